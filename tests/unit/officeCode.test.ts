// The first letters of every number that a branch gives: readable where the office's name is written in another script too.

import { expect, test } from 'vitest';
import { officeCodeOf } from '../../electron/branch/foundBranch.ts';
import type { ReferenceRow } from '../../electron/ports/headOffice.ts';
import { fold } from '../../electron/store/search/words.ts';

const codeOf = (name: string, externalId: string | null = null): string =>
  officeCodeOf({ kind: 'offices', serverId: 2, name, body: { externalId } } as unknown as ReferenceRow, fold);

test.each([
  ['Kitale', 'KTL'],
  ['Nairobi', 'NRB'],
  ['Ñandú', 'NND'],
  ['Łódź', 'LDZ'],
  ['Москва', 'MSK'],
  ['Київ', 'KVI'],
  ['ዲላ', 'DLI'],
  ['القاهرة', 'ALQ'],
  ['काठमाडौँ', 'KTH'],
  ['北京', 'BJN'],
  ['Io', 'IOX'],
])('%s is %s', (name, code) => {
  expect(codeOf(name)).toBe(code);
});

test('what head office calls it goes before', () => {
  expect(codeOf('Москва', 'MOW1')).toBe('MOW1');
  expect(codeOf('Kitale', 'not a code')).toBe('KTL');
});

test('a name without a single letter still gives one: it is filled up', () => {
  expect(codeOf('...')).toBe('X'.repeat(3));
});
