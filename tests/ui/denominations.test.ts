// What a cashier can count: every sum that the books can hold, whatever the currency.
import { describe, expect, test } from 'vitest';
import { denominationsOf } from '../../renderer/components/denominations.ts';

const CURRENCIES = [
  'KES',
  'UGX',
  'TZS',
  'RWF',
  'ETB',
  'GHS',
  'NGN',
  'XOF',
  'XAF',
  'TND',
  'MXN',
  'GTQ',
  'HNL',
  'PEN',
  'USD',
  'EUR',
  'INR',
  'PHP',
  'ZZZ',
];

describe('notes and coins', () => {
  test.each(CURRENCIES.flatMap((code) => [0, 2, 3].map((decimals) => [code, decimals] as const)))(
    '%s with %i decimals go down to the smallest unit, each face once',
    (code, decimals) => {
      const { notes, coins } = denominationsOf({ code, decimals });
      for (const faces of [notes, coins]) {
        expect(faces).toEqual([...new Set(faces)].toSorted((a, b) => b - a));
        expect(faces.every((face) => Number.isInteger(face) && face > 0)).toBe(true);
      }
      expect(coins.at(-1)).toBe(1);
    },
  );

  test('have the coins below one that circulate, and no others', () => {
    expect(denominationsOf({ code: 'KES', decimals: 2 }).coins).toEqual([4_000, 2_000, 1_000, 500, 100, 50, 1]);
    expect(denominationsOf({ code: 'KES', decimals: 0 }).coins).toEqual([40, 20, 10, 5, 1]);
    expect(denominationsOf({ code: 'TND', decimals: 3 }).coins).toEqual([5_000, 2_000, 1_000, 500, 200, 100, 50, 1]);
    expect(denominationsOf({ code: 'ZZZ', decimals: 2 }).coins).toEqual([500, 200, 100, 50, 20, 10, 5, 2, 1]);
  });
});
