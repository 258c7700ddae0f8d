// Held against the tables by which Unicode compares letters without case and marks, which databases compare by: what is one letter there is one
// here, in every script that somebody types a user name in today.

import { expect, test } from 'vitest';
import { foldName } from '../../shared/domain/access/foldName.ts';

const forgiving = new Intl.Collator('und', { sensitivity: 'base' });
const SCRIPTS = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Hiragana}\p{Script=Katakana}\p{Nd}]$/u;
/** Letters of phonetics and of old manuscripts, and small ones of other writing. */
const NOT_TYPED = /[\u013F\u0140\u01BE\u0238\u0239\u0250-\u02FF\u037A\u0460-\u0489\u1C80-\u1C88\u1D00-\u1DBF]/u;

test('what databases take for one letter is one', () => {
  const letters = Array.from({ length: 0x3100 }, (_, code) => String.fromCodePoint(code)).filter(
    (letter) => SCRIPTS.test(letter) && /[\p{L}\p{Nd}]/u.test(letter) && !NOT_TYPED.test(letter),
  );
  const sorted = [...letters, 'ae', 'oe', 'ss'].sort((one, other) => forgiving.compare(one, other));
  const apart = sorted
    .slice(1)
    .map((letter, at) => [sorted[at] ?? '', letter] as const)
    .filter(([one, other]) => forgiving.compare(one, other) === 0 && foldName(one) !== foldName(other));
  expect(apart).toEqual([]);
  expect(letters.length).toBeGreaterThan(1_500);
});

test.each([
  ['Bjørn', 'bjorn'],
  ['ŁUKASZ', 'lukasz'],
  ['Đorđe', 'dorde'],
  ['grace２', 'grace2'],
  ['علي٢', 'علي2'],
  ['ヒロ', 'ひろ'],
])('%s is %s', (one, other) => {
  expect(foldName(one)).toBe(foldName(other));
});

test.each([
  ['grace', 'gracie'],
  ['Фатима', 'fatima'],
  ['王', '李'],
])('%s is not %s', (one, other) => {
  expect(foldName(one)).not.toBe(foldName(other));
});
