// Amounts in words are what catches a wrong zero, so the words themselves are proved: the hard places of each language, and a law.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amountInWords } from '../../shared/domain/words/amountInWords.ts';

const KES = { code: 'KES', decimals: 2 };
const XAF = { code: 'XAF', decimals: 0 };
const EGP = { code: 'EGP', decimals: 2 };
const TND = { code: 'TND', decimals: 3 };

describe('English', () => {
  test.each([
    [845_000, 'Eight thousand four hundred and fifty Kenyan shillings'],
    [100, 'One Kenyan shilling'],
    [2_100, 'Twenty-one Kenyan shillings'],
    [100_500, 'One thousand and five Kenyan shillings'],
    [100_000_000, 'One million Kenyan shillings'],
    [
      123_456_789_00,
      'One hundred and twenty-three million four hundred and fifty-six thousand seven hundred and eighty-nine Kenyan shillings',
    ],
    [845_025, 'Eight thousand four hundred and fifty Kenyan shillings and 25/100'],
    [5, 'Zero Kenyan shillings and 05/100'],
  ])('%i', (minor, words) => expect(amountInWords(minor, KES, 'en')).toBe(words));
  test('three decimals', () => expect(amountInWords(1_250, TND, 'en')).toBe('One Tunisian dinars and 250/1000'.replace('dinars', 'dinar')));
});

describe('Spanish', () => {
  test.each([
    [845_000, 'Ocho mil cuatrocientos cincuenta chelines kenianos'],
    [100, 'Un chelín keniano'],
    [2_100, 'Veintiún chelines kenianos'],
    [10_000, 'Cien chelines kenianos'],
    [10_100, 'Ciento un chelines kenianos'],
    [100_000, 'Mil chelines kenianos'],
    [2_100_000, 'Veintiún mil chelines kenianos'],
    [100_000_000, 'Un millón de chelines kenianos'],
    [200_000_000, 'Dos millones de chelines kenianos'],
  ])('%i', (minor, words) => expect(amountInWords(minor, KES, 'es')).toBe(words));
  test('a feminine currency', () => {
    expect(amountInWords(20_100, EGP, 'es')).toBe('Doscientas una libras egipcias');
    expect(amountInWords(2_100, EGP, 'es')).toBe('Veintiuna libras egipcias');
  });
});

describe('French', () => {
  test.each([
    [84_500, 'Quatre-vingt-quatre mille cinq cents francs CFA (BEAC)'],
    [80, 'Quatre-vingts francs CFA (BEAC)'],
    [81, 'Quatre-vingt-un francs CFA (BEAC)'],
    [71, 'Soixante et onze francs CFA (BEAC)'],
    [91, 'Quatre-vingt-onze francs CFA (BEAC)'],
    [21, 'Vingt et un francs CFA (BEAC)'],
    [200, 'Deux cents francs CFA (BEAC)'],
    [201, 'Deux cent un francs CFA (BEAC)'],
    [1_000, 'Mille francs CFA (BEAC)'],
    [80_000, 'Quatre-vingt mille francs CFA (BEAC)'],
    [2_000_000, 'Deux millions de francs CFA (BEAC)'],
  ])('%i', (minor, words) => expect(amountInWords(minor, XAF, 'fr')).toBe(words));
  test('a feminine currency', () => expect(amountInWords(2_100, EGP, 'fr')).toBe('Vingt et une livres égyptiennes'));
});

test.each(['en', 'es', 'fr'])('in %s two amounts never share their words', (locale) => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000_000_000 }), fc.integer({ min: 1, max: 1_000_000_000_000 }), (a, b) => {
      fc.pre(a !== b);
      expect(amountInWords(a, KES, locale)).not.toBe(amountInWords(b, KES, locale));
      expect(amountInWords(a, KES, locale)).not.toMatch(/undefined| {2}|- /);
    }),
  );
});

test('a code that no table knows still says the number', () =>
  expect(amountInWords(500, { code: 'ZZZ', decimals: 2 }, 'en')).toMatch(/^Five /));
