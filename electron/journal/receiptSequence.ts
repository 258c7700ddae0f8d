// Which number comes next (I8). Usually the one after the last. Where this PC lost facts that it had recorded, numbers that may be on paper
// somewhere are left out, for ever and by an entry in the journal: a number is never given twice, and a gap is never without its reason.

import { receiptNumberOf } from '../../shared/domain/receipts/receiptNumber.ts';
import type { BusinessDate } from '../../shared/kernel/businessDate.ts';
import type { ReadStore, WriteStore } from '../ports/store.ts';
import { appendEntry } from './appendEntry.ts';
import type { JournalParts } from './parts.ts';
import { identityOf, readSetting, saveSetting } from './settings.ts';

const DATES_KEPT = 24;

/** Who told that numbers may have been given that the journal does not know. */
export type SkipReason = 'booksBehind' | 'headOffice';

export function nextReceiptSequence(read: ReadStore, deviceCode: string, businessDate: BusinessDate): number {
  const skipped = readSetting(read, 'skippedReceipts');
  const through = skipped?.deviceCode === deviceCode ? (skipped.through[businessDate] ?? 0) : 0;
  return Math.max(read.lastReceiptSequence(deviceCode, businessDate), through) + 1;
}

export function nextReceiptNumber(read: ReadStore, businessDate: BusinessDate): string {
  const { officeCode, deviceCode } = identityOf(read);
  return receiptNumberOf(officeCode, deviceCode, businessDate, nextReceiptSequence(read, deviceCode, businessDate));
}

/** No number of this device and date up to `through` will be given any more. Nothing happens where that is so already. */
export function skipReceipts(write: WriteStore, parts: JournalParts, businessDate: BusinessDate, through: number, why: SkipReason): void {
  const { deviceCode } = identityOf(write);
  const from = nextReceiptSequence(write, deviceCode, businessDate);
  if (through < from) return;
  const known = readSetting(write, 'skippedReceipts');
  const all = { ...(known?.deviceCode === deviceCode ? known.through : {}), [businessDate]: through };
  const latest = Object.entries(all)
    .sort(([one], [other]) => (one < other ? 1 : -1))
    .slice(0, DATES_KEPT);
  saveSetting(write, 'skippedReceipts', { deviceCode, through: Object.fromEntries(latest) });
  appendEntry(write, parts.digest, {
    what: 'receipts.skipped',
    by: 'tawi',
    businessDate,
    at: parts.clock.now(),
    body: { deviceCode, from, through, why },
  });
}
