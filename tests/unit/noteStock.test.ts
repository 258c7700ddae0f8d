// Which notes lie in a drawer by what was told, until something was not told; and which of them make a sum.

import { describe, expect, test } from 'vitest';
import { stockOf, suggestNotes, type StockEvent } from '../../shared/domain/cash/noteStock.ts';
import { sumOfPieces, type Pieces } from '../../shared/domain/cash/pieces.ts';
import { seeded } from '../world/seed.ts';

const note = (faceMinor: number, count: number) => ({ as: 'note' as const, faceMinor, count });
const coin = (faceMinor: number, count: number) => ({ as: 'coin' as const, faceMinor, count });
const counted = (at: number, ...pieces: Pieces): StockEvent => ({ at, told: { counted: pieces } });
const moved = (at: number, into: Pieces, outOf: Pieces): StockEvent => ({ at, told: { into, outOf } });
const untold = (at: number): StockEvent => ({ at, told: null });

describe('the stock of a drawer', () => {
  test('is the float with what came in, less what went out', () => {
    const events = [
      counted(1, note(1000, 2), note(500, 1)),
      moved(2, [note(1000, 1)], [note(200, 0)]),
      moved(3, [note(200, 5)], [note(1000, 1), note(500, 1)]),
    ];
    expect(stockOf(events)).toEqual({ known: true, pieces: [note(1000, 2), note(200, 5)] });
  });

  test('keeps a note and a coin of one face apart', () => {
    const events = [counted(1, note(20, 1), coin(20, 1)), moved(2, [], [coin(20, 1)])];
    expect(stockOf(events)).toEqual({ known: true, pieces: [note(20, 1)] });
    expect(stockOf([...events, moved(3, [], [coin(20, 1)])])).toEqual({ known: false, since: 3, why: 'contradicted' });
  });

  test('is not known since the first thing that was not told, whatever is told after it, until it is counted', () => {
    const events = [counted(1, note(500, 3)), untold(5), moved(6, [note(500, 1)], []), untold(7)];
    expect(stockOf(events)).toEqual({ known: false, since: 5, why: 'notTold' });
    expect(stockOf([...events, counted(8, note(500, 9)), moved(9, [], [note(500, 9)])])).toEqual({ known: true, pieces: [] });
    expect(stockOf([untold(1)])).toEqual({ known: false, since: 1, why: 'notTold' });
  });
});

describe('notes for a sum', () => {
  test('are the largest first, from what is there', () => {
    expect(suggestNotes([note(1000, 1), note(500, 3), note(100, 9)], 2700)).toEqual([note(1000, 1), note(500, 3), note(100, 2)]);
  });

  test('are found where the largest first leads nowhere', () => {
    expect(suggestNotes([note(500, 1), note(200, 3)], 600)).toEqual([note(200, 3)]);
    expect(suggestNotes([note(5000, 3), note(2000, 4)], 11_000)).toEqual([note(5000, 1), note(2000, 3)]);
  });

  test('are exact or none', () => {
    expect(suggestNotes([note(500, 1), note(200, 3)], 300)).toBeNull();
    expect(suggestNotes([note(500, 1)], 501)).toBeNull();
    expect(suggestNotes([], 1)).toBeNull();
    expect(suggestNotes([note(500, 1)], 0)).toBeNull();
    expect(suggestNotes([note(500, 1), { as: 'loose', faceMinor: 1, count: 7 }], 507)).toEqual([
      note(500, 1),
      { as: 'loose', faceMinor: 1, count: 7 },
    ]);
  });

  test('are looked for no longer than somebody waits', () => {
    // Even faces alone never make an odd sum, and there are very many ways to try.
    const many = Array.from({ length: 20 }, (_each, at) => note(2 * (at + 11), 9_999));
    const before = performance.now();
    expect(suggestNotes(many, 1_000_001)).toBeNull();
    expect(performance.now() - before).toBeLessThan(2_000);
  });

  test('are found whenever there are any, and are never more than there are', () => {
    const chance = seeded('notes');
    for (let round = 0; round < 400; round += 1) {
      const stock = [500, 200, 100, 50, 20, 7].map((face) => note(face, chance.below(4)));
      const amountMinor = 1 + chance.below(1200);
      const found = suggestNotes(stock, amountMinor);
      expect(found !== null).toBe(sumsOf(stock).has(amountMinor));
      if (found === null) continue;
      expect(sumOfPieces(found)).toBe(amountMinor);
      for (const { faceMinor, count } of found)
        expect(count).toBeLessThanOrEqual(stock.find((each) => each.faceMinor === faceMinor)?.count ?? 0);
    }
  });
});

/** Every sum that these pieces make, by trying all. */
function sumsOf(stock: Pieces): ReadonlySet<number> {
  return stock.reduce<ReadonlySet<number>>(
    (sums, { faceMinor, count }) =>
      new Set([...sums].flatMap((sum) => Array.from({ length: count + 1 }, (_each, times) => sum + times * faceMinor))),
    new Set([0]),
  );
}
