// Which number the next Z has. These books count over all days, whatever code their device has. Where books were lost, numbers that may stand on
// paper are left out, for ever and by an entry in the journal (I8, ADR 0025).

import type { ReadStore, WriteStore } from '../ports/store.ts';
import { appendEntry } from './appendEntry.ts';
import { currentBusinessDate } from './currentBusinessDate.ts';
import type { JournalParts } from './parts.ts';
import { readSetting, saveSetting } from './settings.ts';

export function nextReportSequence(read: ReadStore): number {
  return Math.max(read.lastReport()?.sequence ?? 0, readSetting(read, 'skippedReports')?.through ?? 0) + 1;
}

/** So many facts are missing here, and each of them may have been a close. */
export function skipLostReports(write: WriteStore, parts: JournalParts, most: number): void {
  if (most <= 0) return;
  const from = nextReportSequence(write);
  const through = from - 1 + most;
  saveSetting(write, 'skippedReports', { through });
  appendEntry(write, parts.digest, {
    what: 'reports.skipped',
    by: 'tawi',
    businessDate: currentBusinessDate(write, parts.clock),
    at: parts.clock.now(),
    body: { from, through, why: 'booksBehind' },
  });
}
