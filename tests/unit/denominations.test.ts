// What a cashier can count: every sum that the books can hold, whatever the currency.
import { describe, expect, test } from 'vitest';
import { KNOWN_FACES, denominationsOf } from '../../shared/domain/cash/denominations.ts';

const CURRENCIES = [...Object.keys(KNOWN_FACES), 'ZZZ'];
/** Every currency of the countries that the languages of the page are spoken in and an institution of ours may work in. */
const SERVED =
  'KES UGX TZS RWF BIF ETB ZMW MWK MZN ZAR MGA GHS NGN SLE LRD GMD GNF XOF XAF CDF MAD TND MXN GTQ HNL NIO CRC PAB DOP HTG COP PEN BOB PYG CLP UYU ARS BRL KMF DJF INR BDT NPR PKR LKR PHP IDR KHR LAK MMK VND USD'.split(
    ' ',
  );

describe('notes and coins', () => {
  test.each(CURRENCIES.flatMap((code) => [0, 2, 3].map((decimals) => [code, decimals] as const)))(
    '%s with %i decimals go down to the smallest unit, each face once',
    (code, decimals) => {
      const { notes, coins, belowSmallest } = denominationsOf({ code, decimals });
      for (const faces of [notes, coins]) {
        expect(faces).toEqual([...new Set(faces)].toSorted((a, b) => b - a));
        expect(faces.every((face) => Number.isInteger(face) && face > 0)).toBe(true);
      }
      // Every sum that the books can hold can be counted, by the smallest coin or in the line below it.
      expect(Math.min(...notes, ...coins) === 1 || belowSmallest).toBe(true);
    },
  );

  test('of every served currency are listed with their issuer', () => {
    expect(SERVED.filter((code) => (KNOWN_FACES[code]?.issuer ?? '') === '')).toEqual([]);
  });

  test('have the coins below one that circulate, and no others', () => {
    expect(denominationsOf({ code: 'KES', decimals: 2 })).toMatchObject({
      coins: [4_000, 2_000, 1_000, 500, 100, 50],
      belowSmallest: true,
    });
    expect(denominationsOf({ code: 'KES', decimals: 0 })).toMatchObject({ coins: [40, 20, 10, 5, 1], belowSmallest: false });
    expect(denominationsOf({ code: 'TND', decimals: 3 }).coins).toEqual([5_000, 2_000, 1_000, 500, 200, 100, 50]);
    expect(denominationsOf({ code: 'BOB', decimals: 2 })).toMatchObject({
      notes: [20_000, 10_000, 5_000, 2_000, 1_000],
      coins: [500, 200, 100, 50, 20, 10],
    });
    expect(denominationsOf({ code: 'CDF', decimals: 2 })).toMatchObject({ coins: [], belowSmallest: true });
    expect(denominationsOf({ code: 'GTQ', decimals: 2 })).toMatchObject({ belowSmallest: false });
    // What came and went since: the two hundred in Central Africa, the five and the two of Zambia, the five of Costa Rica.
    expect(denominationsOf({ code: 'XAF', decimals: 0 }).coins).toEqual([500, 200, 100, 50, 25, 10, 5, 2, 1]);
    expect(denominationsOf({ code: 'ZMW', decimals: 2 }).coins).toEqual([500, 200, 100, 50, 10, 5]);
    expect(denominationsOf({ code: 'CRC', decimals: 2 })).toMatchObject({
      coins: [50_000, 10_000, 5_000, 2_500, 1_000],
      belowSmallest: true,
    });
    expect(denominationsOf({ code: 'CLP', decimals: 0 })).toMatchObject({ coins: [500, 100, 50, 10], belowSmallest: true });
    // Where coins were withdrawn or nobody takes them only notes are counted, and the loose units below the least note.
    for (const code of ['KHR', 'LAK', 'MMK', 'VND'])
      expect(denominationsOf({ code, decimals: 0 })).toMatchObject({ coins: [], belowSmallest: true });
    expect(denominationsOf({ code: 'VND', decimals: 0 }).notes).toContain(500_000);
    expect(denominationsOf({ code: 'BDT', decimals: 2 })).toMatchObject({ coins: [500, 200, 100], belowSmallest: true });
    expect(denominationsOf({ code: 'ZZZ', decimals: 2 }).coins).toEqual([500, 200, 100, 50, 20, 10, 5, 2, 1]);
  });
});
