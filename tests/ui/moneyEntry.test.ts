// Typing a sum: what may stand in the field, what a product is worth, and how the text is shown and read back in three languages.
import { describe, expect, test } from 'vitest';
import type { EntryRules } from '../../renderer/components/moneyEntry.ts';
import { entryToMinor, mayStand, minorToEntry, showEntry, toPlain } from '../../renderer/components/moneyEntry.ts';
import { separatorsOf } from '../../renderer/app/format.ts';

function rulesFor(locale: string, decimals: number, zeroAllowed = false): EntryRules {
  const signs = separatorsOf(locale);
  return { decimals, decimalSign: signs.decimal, groupSign: signs.group, zeroAllowed };
}
const kes = rulesFor('en', 2);
const xaf = rulesFor('fr', 0);

describe('what may stand in the field', () => {
  test.each(['8', '8450', '8450.', '8450.5', '8450.50', '12*', '12*500', '0', '0.5', ''])('%s may', (text) =>
    expect(mayStand(text, kes)).toBe(true),
  );
  test.each(['-5', '00', '05', '8450.505', '12*0', '1*2*3', '*5', '1.2.3', 'abc', '1e5', '99999999999999'])('%s may not', (text) =>
    expect(mayStand(text, kes)).toBe(false),
  );
  test('a currency without minor units takes no decimal sign and no leading zero', () => {
    expect(mayStand('84500', xaf)).toBe(true);
    expect(mayStand('84500.', xaf)).toBe(false);
    expect(mayStand('0', xaf)).toBe(false);
  });
  test('a counted drawer may be empty', () => {
    expect(mayStand('0', rulesFor('fr', 0, true))).toBe(true);
    expect(entryToMinor('0', rulesFor('en', 2, true))).toBe(0);
  });
});

describe('what it is worth in minor units', () => {
  test.each([
    ['8450', 845_000],
    ['8450.5', 845_050],
    ['0.05', 5],
    ['12*500', 600_000],
    ['2.50*3', 750],
    ['3*2.50', 750],
  ])('%s is %i', (text, minor) => expect(entryToMinor(text, kes)).toBe(minor));
  test.each(['', '0', '0.00', '12*', '1.5*2.5'])('%s is not an amount yet', (text) => expect(entryToMinor(text, kes)).toBeNull());
  test('three decimals stay exact', () => expect(entryToMinor('1234567.891', rulesFor('en', 3))).toBe(1_234_567_891));
});

describe('shown and read back', () => {
  test.each(['en', 'es', 'fr'])('in %s nothing is lost', (locale) => {
    const rules = rulesFor(locale, 2);
    for (const minor of [5, 100, 255_000, 845_050, 123_456_789_01]) {
      const shown = showEntry(minorToEntry(minor, rules), rules);
      expect(entryToMinor(toPlain(shown, rules), rules)).toBe(minor);
    }
  });
  test('grouping follows the language', () => {
    expect(showEntry('1234567.5', rulesFor('en', 2))).toBe('1,234,567.5');
    expect(showEntry('1234567.5', rulesFor('es', 2))).toBe('1.234.567,5');
    expect(showEntry('1234567.5', rulesFor('fr', 2))).toBe('1\u202f234\u202f567,5');
    expect(showEntry('12*500', kes)).toBe('12 × 500');
  });
  test('pasted text keeps its value', () => expect(entryToMinor(toPlain(' 8,450.00 ', kes), kes)).toBe(845_000));
});
