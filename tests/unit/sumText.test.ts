// How a sum is read and shown: what the screen shows is taken as it stands in every language and country, what could be two sums is refused
// with both, and nothing that was typed becomes another sum on the way.
import { describe, expect, test } from 'vitest';
import { AMOUNT_MINOR_MAX } from '../../shared/kernel/money.ts';
import { minorToShown, minorToTyped, readSum, showTyped, type SumRules } from '../../shared/kernel/sumText.ts';
import { moneyText, signsOf } from '../../renderer/app/format.ts';
import { numberCountry } from '../../renderer/app/numberCountry.ts';

function rulesFor(locale: string, decimals: number, zeroAllowed = false, code = 'KES'): SumRules {
  const [language = '', country] = locale.split('-');
  numberCountry.value = country ?? null;
  const signs = signsOf(language);
  numberCountry.value = null;
  return { signs, currency: { code, decimals }, zeroAllowed };
}
const kes = rulesFor('en', 2);
const xaf = rulesFor('fr', 0, false, 'XAF');

const minorOf = (text: string, rules: SumRules): number | null => {
  const reading = readSum(text, rules);
  return reading.kind === 'sum' ? reading.minor : null;
};
const shown = (text: string, rules: SumRules): string =>
  showTyped(text, rules)
    .map(({ character }) => character)
    .join('');

/** Language and country of institutions that are served, and their money's minor digits. */
const SERVED: readonly (readonly [string, string, number])[] = [
  ['en-KE', 'KES', 2],
  ['en-UG', 'UGX', 0],
  ['en-TZ', 'TZS', 2],
  ['en-NG', 'NGN', 2],
  ['en-GH', 'GHS', 2],
  ['en-ZA', 'ZAR', 2],
  ['en-IN', 'INR', 2],
  ['en-US', 'USD', 2],
  ['es-ES', 'EUR', 2],
  ['es-MX', 'MXN', 2],
  ['es-PE', 'PEN', 2],
  ['es-GT', 'GTQ', 2],
  ['es-HN', 'HNL', 2],
  ['es-DO', 'DOP', 2],
  ['es-SV', 'USD', 2],
  ['es-EC', 'USD', 2],
  ['es-CO', 'COP', 2],
  ['es-BO', 'BOB', 2],
  ['es-PY', 'PYG', 0],
  ['es-CL', 'CLP', 0],
  ['fr-SN', 'XOF', 0],
  ['fr-CM', 'XAF', 0],
  ['fr-CD', 'CDF', 2],
  ['fr-MG', 'MGA', 2],
  ['fr-HT', 'HTG', 2],
  ['fr-TN', 'TND', 3],
  ['fr-CH', 'CHF', 2],
  ['en-KW', 'KWD', 3],
  ['fr-KE', 'KES', 2],
  ['es-KE', 'KES', 2],
];

describe.each(SERVED)('in %s with %s', (locale, code, decimals) => {
  const [language = '', country = null] = locale.split('-');
  test('what the screen shows is what is read, with its code and without, and what is read is shown the same', () => {
    const rules = rulesFor(locale, decimals, false, code);
    const minors = [
      1,
      5,
      99,
      100,
      101,
      1_000,
      1_500,
      12_345,
      99_999,
      100_000,
      150_000,
      1_234_500,
      123_456_789,
      1_000_000_000,
      AMOUNT_MINOR_MAX,
    ];
    for (let minor = 1; minor < 40_000; minor += 211) minors.push(minor);
    numberCountry.value = country;
    const texts = minors.map(
      (minor) => [minor, moneyText(minor, rules.currency, language), moneyText(minor, rules.currency, language, true)] as const,
    );
    numberCountry.value = null;
    const wrong = texts.filter(
      ([minor, plain, withCode]) =>
        [plain, withCode, minorToTyped(minor, rules), minorToShown(minor, rules)].some((text) => minorOf(text, rules) !== minor) ||
        shown(plain, rules) !== plain,
    );
    expect(wrong).toEqual([]);
  });

  test('no text of digits and signs is ever read as a sum that it could not mean', () => {
    const rules = rulesFor(locale, decimals, true, code);
    // Every convention there is: one sign groups by threes (or in the reader's own sizes), another begins the minor digits.
    const meanings = (text: string): Set<number> => {
      const found = new Set<number>();
      const scale = 10 ** decimals;
      for (const group of ['', ',', '.', ' ']) {
        for (const point of ['', ',', '.']) {
          if (group !== '' && group === point) continue;
          const parts = point === '' ? [text] : text.split(point);
          if (parts.length > 2) continue;
          const [whole = '', fraction = ''] = parts;
          const groups = group === '' ? [whole] : whole.split(group);
          const { lastGroup, otherGroups } = rules.signs;
          const sizes = groups.slice(1).map((run) => run.length);
          const grouped =
            groups.length === 1 ||
            (groups[0] !== '' &&
              (sizes.every((size) => size === 3) ||
                sizes.every((size, at) => size === (at === sizes.length - 1 ? lastGroup : otherGroups))));
          if (!grouped || !/^\d*$/u.test(groups.join('')) || !/^\d*$/u.test(fraction) || fraction.length > decimals) continue;
          found.add(Number(groups.join('')) * scale + Number(fraction.padEnd(decimals, '0') || '0'));
        }
      }
      return found;
    };
    const wrong: string[] = [];
    const runs = ['', '1', '12', '123', '1234', '0', '05', '50', '500'];
    for (const first of runs)
      for (const one of ['', ',', '.', ' '])
        for (const second of runs)
          for (const two of ['', ',', '.', ' ']) {
            for (const third of ['', '5', '50', '500', '5000']) {
              const text = first + one + second + two + third;
              const minor = minorOf(text, rules);
              if (minor !== null && !meanings(text.trim()).has(minor)) wrong.push(`${text} was read as ${String(minor)}`);
            }
          }
    expect(wrong).toEqual([]);
  });
});

describe('what is not certain is refused with what it could mean', () => {
  test.each([
    ['en', 2, '40,23', [4_023, 402_300]],
    ['en', 2, '1,50', [150, 15_000]],
    ['en', 2, '0,5', [50, 500]],
    ['es', 2, '12.50', [1_250, 125_000]],
    ['es', 2, '0.5', [50, 500]],
    ['es-MX', 2, '1,50', [150, 15_000]],
    ['es-MX', 2, '40,23', [4_023, 402_300]],
    ['fr', 2, '1.500', [150, 150_000]],
    ['fr-TN', 3, '1.500', [1_500, 1_500_000]],
    ['en', 2, '1.500', [150, 150_000]],
    ['es', 2, '1,500', [150, 150_000]],
    ['en', 0, '1,50', [150]],
    ['en', 2, '1,5000', [150, 1_500_000]],
    ['en', 2, '15 00', [150_000]],
  ])('%s with %i minor digits: %s', (locale, decimals, text, couldBe) => {
    expect(readSum(text, rulesFor(locale, decimals))).toMatchObject({ kind: 'refused', couldBe });
  });

  test.each([
    ['en', 2, '1,500', 150_000],
    ['en', 3, '1,500', 1_500_000],
    ['es', 2, '5.000', 500_000],
    ['es', 2, '1.500,50', 150_050],
    ['es-MX', 2, '1,500.50', 150_050],
    ['es-PE', 2, '5,000', 500_000],
    ['fr', 2, '1 500,50', 150_050],
    ['fr', 2, '12.5', 1_250],
    ['fr', 0, '12.500', 12_500],
    ['en-IN', 2, '1,50,000.50', 15_000_050],
    ['en-IN', 2, '150,000', 15_000_000],
    ['en', 2, "1'500", 150_000],
    ['en', 2, 'KES 1,500.00', 150_000],
    ['en', 2, '500 kes', 50_000],
  ])('%s with %i minor digits: %s is taken', (locale, decimals, text, minor) =>
    expect(minorOf(text, rulesFor(locale, decimals))).toBe(minor),
  );

  test.each([
    ['-5', 'negative'],
    ['(500)', 'negative'],
    ['8450.505', 'decimals'],
    ['12*0', 'zero'],
    ['1*2*3', 'product'],
    ['*5', 'product'],
    ['1.5*2.5', 'product'],
    ['1.2.3', 'unsure'],
    ['abc', 'letters'],
    ['1e5', 'letters'],
    ['5 \u21b5 6', 'letters'],
    ['USD 40', 'otherCurrency'],
    ['99999999999999', 'tooLarge'],
    ['9999999999999999999999', 'tooLarge'],
    ['0', 'zero'],
  ])('%s is refused: %s', (text, why) => expect(readSum(text, kes)).toMatchObject({ kind: 'refused', why }));

  test('somebody on the way to a grouped sum is told so quietly', () => {
    for (const text of ['5.', '5.0', '5.00', '1.500.0']) expect(readSum(text, rulesFor('es', 2))).toMatchObject({ mayGrow: true });
    expect(readSum('12.505', rulesFor('en', 2))).toMatchObject({ mayGrow: false });
  });
});

describe('what may be typed', () => {
  test.each([
    ['8', 800],
    ['8450', 845_000],
    ['8450.', 845_000],
    ['8450.5', 845_050],
    ['8450.50', 845_050],
    ['12*500', 600_000],
    ['12 × 500', 600_000],
    ['2.50*3', 750],
    ['3*2.50', 750],
    ['0.5', 50],
    ['0.05', 5],
    ['05', 500],
  ])('%s is %i', (text, minor) => expect(minorOf(text, kes)).toBe(minor));
  test('a currency without minor units takes no decimal sign', () => {
    expect(minorOf('84500', xaf)).toBe(84_500);
    expect(minorOf('84500,', xaf)).toBeNull();
    expect(minorOf('0', xaf)).toBeNull();
  });
  test('a counted drawer may be empty', () => expect(minorOf('0', rulesFor('en', 2, true))).toBe(0));
  test.each(['', '  ', '0', '0.00', '12*'])('%j is not an amount yet', (text) => expect(minorOf(text, kes)).toBeNull());
  test('three decimals stay exact', () => expect(minorOf('123456789.891', rulesFor('en', 3))).toBe(123_456_789_891));
  test('pasted text keeps its value', () => expect(minorOf(' 8,450.00 ', kes)).toBe(845_000));
});

describe('shown', () => {
  test('grouping follows the language and the country', () => {
    expect(shown('1234567.5', kes)).toBe('1,234,567.5');
    expect(shown('1234567,5', rulesFor('es', 2))).toBe('1.234.567,5');
    expect(shown('1234567,5', rulesFor('fr', 2))).toBe('1\u202f234\u202f567,5');
    expect(shown('1234567.5', rulesFor('es-MX', 2))).toBe('1,234,567.5');
    expect(shown('1234567.5', rulesFor('en-IN', 2))).toBe('12,34,567.5');
    expect(shown('12*500', kes)).toBe('12 × 500');
    expect(shown('12.5', rulesFor('fr', 2))).toBe('12,5');
  });
  test.each(['1,50', '40,23', 'abc', '1.505', '99999999999999', '1,5000', '-500'])('%s stays as it was typed', (text) =>
    expect(shown(text, kes)).toBe(text),
  );
  test('each shown character knows the typed one that it stands for', () => {
    for (const text of ['1500', '1,500', '0084', '12*1500', '1500.5', '1 500'])
      for (const { character, at } of showTyped(text, kes))
        if (at !== null) expect([character, ',', '×']).toContain(/\d/u.test(text[at] ?? '') ? text[at] : character);
  });
});
