// What the start-up page says after the power went: how many receipts of the day are safe, which was the last, and whether the chain is
// whole (field-rules 1.4). Looks at the end of the journal only, so that a long history starts as fast as a short one.

import type { StartView } from '../../../shared/contract/session.ts';
import { findBrokenEntry } from '../../journal/appendEntry.ts';
import type { Digest } from '../../ports/clock.ts';
import type { ReadStore } from '../../ports/store.ts';

const ENTRIES_CHECKED = 200;

export type StartReport = Omit<NonNullable<StartView['start']>, 'behind' | 'memory'>;

/** What this start found; null before the branch started. That a bad end harmed nothing is said until somebody came in, and to them. */
export interface StartMemory {
  report: StartReport | null;
  readBy: object | null;
}

export function startReport(read: ReadStore, digest: Digest, unclean: boolean): StartReport {
  const last = read.lastReceipt();
  const day = read.openDay() ?? read.lastDay();
  const newest = read.lastEntry()?.entry ?? 0;
  return {
    unclean,
    receiptsToday: day === null ? 0 : read.receipts({ businessDate: day.businessDate, offset: 0, most: 1 }).total,
    lastReceipt:
      last === null
        ? null
        : {
            number: last.number,
            kind: last.kind,
            amountMinor: last.amountMinor,
            currency: last.currency,
            recordedAt: last.recordedAt,
            printed: read.prints(last.receiptId).length > 0,
          },
    chainWhole: findBrokenEntry(read, digest, Math.max(newest - ENTRIES_CHECKED, 1), ENTRIES_CHECKED + 1) === null,
    unprinted: day === null ? 0 : read.countUnprinted(day.businessDate),
    drafts: read.drafts(null).length,
  };
}
