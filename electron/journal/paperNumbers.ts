// Which number the next Z and the next slip of cash have. These books count over all days, whatever code their device has. Where books were
// lost, numbers that may stand on paper are left out, for ever and by an entry in the journal (I8, ADR 0025).

import type { ReadStore, WriteStore } from '../ports/store.ts';
import { appendEntry } from './appendEntry.ts';
import { currentBusinessDate } from './currentBusinessDate.ts';
import type { JournalParts } from './parts.ts';
import { readSetting, saveSetting } from './settings.ts';

export function nextReportSequence(read: ReadStore): number {
  return Math.max(read.lastReport()?.sequence ?? 0, readSetting(read, 'skippedReports')?.through ?? 0) + 1;
}

export function nextSlipSequence(read: ReadStore): number {
  return Math.max(read.lastSlip()?.sequence ?? 0, readSetting(read, 'skippedSlips')?.through ?? 0) + 1;
}

/** So many facts are missing here, and each of them may have been a close, or a slip. */
export function skipLostPapers(write: WriteStore, parts: JournalParts, most: number): void {
  if (most <= 0) return;
  skip(write, parts, 'skippedReports', 'reports.skipped', nextReportSequence(write), most);
  skip(write, parts, 'skippedSlips', 'slips.skipped', nextSlipSequence(write), most);
}

function skip(
  write: WriteStore,
  parts: JournalParts,
  setting: 'skippedReports' | 'skippedSlips',
  what: string,
  from: number,
  most: number,
): void {
  const through = from - 1 + most;
  saveSetting(write, setting, { through });
  appendEntry(write, parts.digest, {
    what,
    by: 'tawi',
    businessDate: currentBusinessDate(write, parts.clock),
    at: parts.clock.now(),
    body: { from, through, why: 'booksBehind' },
  });
}
