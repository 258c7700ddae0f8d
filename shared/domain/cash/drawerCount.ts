// How often a drawer may be counted (field-rules 1.7): blind, and once more if the first count differed, as blind as the first. What must lie
// in it is told when there is no count left that could be made to fit: after a right one, or after the second.

import type { Currency } from '../../kernel/money.ts';
import { denominationsOf } from './denominations.ts';
import type { Pieces } from './pieces.ts';

export interface DrawerCount {
  readonly countedMinor: number;
  readonly expectedMinor: number;
  readonly at: number;
  readonly by: string;
  readonly pieces?: Pieces | null;
}

const COUNTS_MOST = 2;

/**
 * 'stands': this very sum is the last count, so nothing new is recorded. `holds`: whoever counted says that their count is right though it
 * differs, which is their second one.
 */
export function judgeCount(counts: readonly DrawerCount[], countedMinor: number, holds = false): 'counts' | 'stands' | 'recountUsed' {
  const last = counts.at(-1);
  if (last === undefined) return 'counts';
  if (last.countedMinor === countedMinor) return holds && !isCountedOut(counts) ? 'counts' : 'stands';
  return counts.length >= COUNTS_MOST || last.countedMinor === last.expectedMinor ? 'recountUsed' : 'counts';
}

/** Whether no count is left: then, and not before, its holder is told what must lie in it. */
export function isCountedOut(counts: readonly DrawerCount[]): boolean {
  const last = counts.at(-1);
  return last !== undefined && (counts.length >= COUNTS_MOST || last.countedMinor === last.expectedMinor);
}

const MOVED_PARTS = 1000;

/**
 * How much may be missing without a second person: a thousandth of the cash that moved, or the smallest note, whichever is more (field-rules
 * 1.7). Where a currency has no notes it is the largest coin.
 */
export function toleranceMinor(movedMinor: number, currency: Currency): number {
  const { notes, coins } = denominationsOf(currency);
  const smallest = notes.length > 0 ? Math.min(...notes) : Math.max(0, ...coins);
  return Math.max(Math.floor(movedMinor / MOVED_PARTS), smallest);
}
