// How a sum is written: by the institution's country, and where thousands are set apart by a space, by a narrow one that no line ends at.
import { expect, test } from 'vitest';
import { moneyText, signsOf } from '../../shared/domain/words/figures.ts';

const shown = (language: string, country: string | null, decimals = 2): string =>
  moneyText(123_456_789, { code: 'XTS', decimals }, { language, country });

test.each([
  ['fr', null, '1\u202f234\u202f567,89'],
  ['fr', 'CD', '1\u202f234\u202f567,89'],
  ['fr', 'CA', '1\u202f234\u202f567,89'],
  ['es', 'CR', '1\u202f234\u202f567,89'],
  ['en', 'ZA', '1\u202f234\u202f567,89'],
  ['es', 'MX', '1,234,567.89'],
  ['es', 'CO', '1.234.567,89'],
  ['en', 'KE', '1,234,567.89'],
])('%s in %s', (language, country, text) => {
  const decimal = signsOf({ language, country }).decimal;
  expect(shown(language, country)).toBe(text.slice(0, -3) + decimal + text.slice(-2));
  expect(shown(language, country)).not.toMatch(/[ \u00a0\u2009]/u);
});

test('a currency without minor units has thousands alike', () => {
  expect(shown('fr', 'GN', 0)).toBe('123\u202f456\u202f789');
});

// Spanish is written with a point before the cents in these countries, and with a comma in the others; so are receipts there.
test.each([
  ...['MX', 'PE', 'GT', 'HN', 'DO', 'NI', 'SV', 'PA', 'PR', 'US'].map((country) => [country, '1,234.50'] as const),
  ...['CO', 'BO', 'PY', 'AR', 'CL', 'EC', 'UY', 'VE'].map((country) => [country, '1.234,50'] as const),
  ['CR', '1\u202f234,50'] as const,
])('Spanish in %s writes %s', (country, text) => {
  expect(moneyText(123_450, { code: 'XTS', decimals: 2 }, { language: 'es', country })).toBe(text);
});
