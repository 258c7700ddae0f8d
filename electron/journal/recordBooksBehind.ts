// The books of this PC do not hold everything that was recorded on it. What is known of that becomes an entry, a notice that stays on the
// start page until the day is closed, and numbers that are left out. Nothing is invented in place of what is lost: people look for it.

import { readReceiptNumber, receiptNumberOf } from '../../shared/domain/receipts/receiptNumber.ts';
import { firstMark } from '../../shared/domain/commands/anew.ts';
import { numberInMark, postingOfMark } from '../../shared/domain/receipts/lines.ts';
import { addDays, type BusinessDate } from '../../shared/kernel/businessDate.ts';
import type { LocalId } from '../../shared/kernel/ids.ts';
import type { Currency } from '../../shared/kernel/money.ts';
import type { BooksBehind, LostReceipts, WriteStore } from '../ports/store.ts';
import { doubtPrintJobs } from './doubtPrintJobs.ts';
import { appendEntry } from './appendEntry.ts';
import type { JournalParts } from './parts.ts';
import { skipLostLocalNumbers } from './localNumbers.ts';
import { skipLostPapers } from './paperNumbers.ts';
import { nextReceiptNumber, nextReceiptSequence, skipReceipts } from './receiptSequence.ts';
import { identityOf, readSetting, saveSetting } from './settings.ts';

/** What is found at head office was sent; so many more may have been given and not sent. */
const RECEIPTS_UNSENT_MOST = 100;

interface Loss {
  readonly noticedBy: 'thisPc' | 'headOffice';
  /** Facts of any kind that are missing, as far as that can be counted. */
  readonly entries: number;
  readonly lost: readonly LostReceipts[];
  readonly forgottenMost: number;
  readonly copy: string | null;
}

function currentDate(write: WriteStore, parts: JournalParts): BusinessDate {
  return write.openDay()?.businessDate ?? parts.clock.localDate(parts.clock.now());
}

function noteLoss(write: WriteStore, parts: JournalParts, { noticedBy, entries, lost, forgottenMost, copy }: Loss): void {
  const { officeCode, deviceCode } = identityOf(write);
  const today = currentDate(write, parts);
  const inOrder = [...lost].sort((one, other) => (one.businessDate < other.businessDate ? -1 : 1));
  const numberOf = (businessDate: BusinessDate, sequence: number): string =>
    receiptNumberOf(officeCode, deviceCode, businessDate, sequence);
  const [first] = inOrder;
  const last = inOrder.at(-1);
  appendEntry(write, parts.digest, {
    what: 'books.behind',
    by: 'tawi',
    businessDate: today,
    at: parts.clock.now(),
    body: { noticedBy, entries, lost: inOrder.map(({ businessDate, from, through }) => ({ businessDate, from, through })), copy },
  });
  // The memory may be a little older than the loss, so also numbers shortly above what it knows are left out, and for the current date always.
  const throughOf = new Map(inOrder.map((each) => [each.businessDate, each.through]));
  throughOf.set(today, throughOf.get(today) ?? write.lastReceiptSequence(deviceCode, today));
  for (const [businessDate, through] of throughOf)
    skipReceipts(write, parts, businessDate, through + forgottenMost, noticedBy === 'thisPc' ? 'booksBehind' : 'headOffice');
  doubtPrintJobs(write, parts.clock.now(), 'booksBehind');
  skipLostLocalNumbers(write, parts, entries + forgottenMost);
  skipLostPapers(write, parts, entries + forgottenMost);
  const before = readSetting(write, 'booksBehind');
  saveSetting(write, 'booksBehind', {
    noticedAt: parts.clock.now(),
    noticedBy,
    entries: (before?.entries ?? 0) + entries,
    receipts: (before?.receipts ?? 0) + inOrder.reduce((sum, { from, through }) => sum + through - from + 1, 0),
    firstReceipt: before?.firstReceipt ?? (first === undefined ? null : numberOf(first.businessDate, first.from)),
    lastReceipt: last === undefined ? (before?.lastReceipt ?? null) : numberOf(last.businessDate, last.through),
    nextReceipt: nextReceiptNumber(write, today),
    copy: copy ?? before?.copy ?? null,
  });
}

/** `isNew`: the books were founded just now; what other books once gave under another device code is none of theirs. */
export function recordBooksBehind(write: WriteStore, parts: JournalParts, behind: BooksBehind, isNew: boolean): void {
  const { deviceCode } = identityOf(write);
  const lost = behind.lost.filter((each) => each.deviceCode === deviceCode);
  if (isNew && lost.length === 0) return;
  const entries = Math.max(behind.rememberedEntry - behind.lastEntry, 1);
  noteLoss(write, parts, { noticedBy: 'thisPc', entries, lost, forgottenMost: behind.forgottenMost, copy: behind.copy });
}

/** So long back a number of ours that stands for something else is looked for; older receipts were compared when they were new. */
const TWICE_WITHIN_DAYS = 60;
const TWICE_KEPT = 20;

/**
 * A number of ours that stands at head office on another account or with another sum than our receipt says: a copy of these books gives the
 * same numbers, or somebody there used one. Told at once, each number once.
 */
export function noticeNumbersTwice(
  write: WriteStore,
  parts: JournalParts,
  account: { readonly accountId: LocalId; readonly accountNo: string; readonly currency: Currency },
  transactions: readonly { readonly receiptNumber: string | null; readonly amountMinor: number; readonly reversed: boolean }[],
): void {
  const { officeCode, deviceCode } = identityOf(write);
  const ours = `${officeCode}-${deviceCode}-`;
  const since = addDays(currentDate(write, parts), -TWICE_WITHIN_DAYS);
  for (const { receiptNumber, amountMinor, reversed } of transactions) {
    if (reversed || receiptNumber?.startsWith(ours) !== true) continue;
    const mark = firstMark(receiptNumber);
    const given = readReceiptNumber(mark);
    if (given === null || given.businessDate < since) continue;
    const number = numberInMark(mark);
    const receipt = write.soundReceipt({ number });
    // What these books never gave is a loss of theirs, and told as that; one that is not sound is named where receipts are compared.
    if (receipt === null) continue;
    const posting = postingOfMark(receipt, mark);
    if (posting?.posting.accountId === account.accountId && posting.posting.amountMinor === Math.abs(amountMinor)) continue;
    const known = readSetting(write, 'numbersTwice')?.numbers ?? [];
    if (known.some((each) => each.number === number && each.accountNo === account.accountNo)) continue;
    const at = parts.clock.now();
    const found = { number, accountNo: account.accountNo, amountMinor: Math.abs(amountMinor), currency: account.currency, seenAt: at };
    saveSetting(write, 'numbersTwice', { numbers: [found, ...known].slice(0, TWICE_KEPT) });
    appendEntry(write, parts.digest, {
      what: 'receipts.numberTwice',
      by: 'tawi',
      businessDate: currentDate(write, parts),
      at,
      body: { number, account: account.accountId, amountMinor: Math.abs(amountMinor) },
    });
  }
}

/**
 * Head office holds receipts of this device: a number there that was not given here yet was given by books that are lost. Only dates that
 * numbers may still be given for are looked at, so that the long history of an account costs next to nothing.
 */
export function noticeGivenNumbers(write: WriteStore, parts: JournalParts, numbers: readonly (string | null)[]): void {
  const { officeCode, deviceCode } = identityOf(write);
  const ours = `${officeCode}-${deviceCode}-`;
  const since = (write.openDay() ?? write.lastDay())?.businessDate ?? currentDate(write, parts);
  const highest = new Map<BusinessDate, number>();
  for (const number of numbers) {
    if (number?.startsWith(ours) !== true) continue;
    const given = readReceiptNumber(number);
    if (given === null || given.businessDate < since) continue;
    highest.set(given.businessDate, Math.max(highest.get(given.businessDate) ?? 0, given.sequence));
  }
  const lost = [...highest].flatMap(([businessDate, through]): LostReceipts[] => {
    const from = nextReceiptSequence(write, deviceCode, businessDate);
    return through < from ? [] : [{ deviceCode, businessDate, from, through }];
  });
  if (lost.length === 0) return;
  noteLoss(write, parts, { noticedBy: 'headOffice', entries: lost.length, lost, forgottenMost: RECEIPTS_UNSENT_MOST, copy: null });
}
