// Notes and coins: what is money of a currency and makes the sum that was told, and what is a slip of the hand.
import { describe, expect, test } from 'vitest';
import { arePiecesOf, inOrder, sumOfPieces } from '../../shared/domain/cash/pieces.ts';

const KES = { code: 'KES', decimals: 2 };
const XOF = { code: 'XOF', decimals: 0 };
const TND = { code: 'TND', decimals: 3 };

describe('notes and coins', () => {
  test('are those of the money, and make the sum exactly', () => {
    const pieces = [
      { as: 'note', faceMinor: 100_000, count: 18 },
      { as: 'coin', faceMinor: 2_000, count: 10 },
      { as: 'loose', faceMinor: 1, count: 7 },
    ] as const;
    expect(sumOfPieces(pieces)).toBe(1_820_007);
    expect(arePiecesOf(pieces, KES, 1_820_007)).toBe(true);
    expect(arePiecesOf(pieces, KES, 1_820_000)).toBe(false);
    expect(arePiecesOf([{ as: 'note', faceMinor: 30_000, count: 1 }], KES, 30_000)).toBe(false);
    expect(arePiecesOf([{ as: 'coin', faceMinor: 100_000, count: 1 }], KES, 100_000)).toBe(false);
    expect(arePiecesOf([], KES, 0)).toBe(true);
  });

  test('of one face may be a note and a coin, and each stands once', () => {
    const both = [
      { as: 'coin', faceMinor: 500, count: 3 },
      { as: 'note', faceMinor: 500, count: 2 },
    ] as const;
    expect(arePiecesOf(both, XOF, 2_500)).toBe(true);
    expect(inOrder(both).map(({ as }) => as)).toEqual(['note', 'coin']);
    expect(arePiecesOf([both[0], both[0]], XOF, 3_000)).toBe(false);
  });

  test('go down to the smallest unit where money has three places', () => {
    expect(
      arePiecesOf(
        [
          { as: 'coin', faceMinor: 50, count: 1 },
          { as: 'loose', faceMinor: 1, count: 5 },
        ],
        TND,
        55,
      ),
    ).toBe(true);
  });

  test('that nobody can hold are refused', () => {
    expect(arePiecesOf([{ as: 'note', faceMinor: 100_000, count: 99_999_999 }], KES, 100_000 * 99_999_999)).toBe(false);
  });
});
