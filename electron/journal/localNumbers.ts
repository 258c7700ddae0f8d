// Which number the next client, group, loan or savings account gets that is recorded here. Each PC counts for itself, over all days. Where books were lost, numbers
// that may stand on a slip somewhere are left out, for ever and by an entry in the journal.

import { localNumberOf, readLocalNumber, type LocalNumberLetter } from '../../shared/domain/clients/localNumber.ts';
import type { ReadStore, WriteStore } from '../ports/store.ts';
import { appendEntry } from './appendEntry.ts';
import { currentBusinessDate } from './currentBusinessDate.ts';
import type { JournalParts } from './parts.ts';
import type { SkipReason } from './receiptSequence.ts';
import { identityOf, readSetting, saveSetting } from './settings.ts';

/** More registrations than anybody keeps unsent. */
const NUMBERS_UNSENT_MOST = 100;

function nextSequence(read: ReadStore): number {
  const { deviceCode } = identityOf(read);
  const skipped = readSetting(read, 'skippedClientNumbers');
  return Math.max(read.lastLocalNumber(deviceCode), skipped?.deviceCode === deviceCode ? skipped.through : 0) + 1;
}

export function nextLocalNumber(read: ReadStore, letter: LocalNumberLetter): string {
  const { officeCode, deviceCode } = identityOf(read);
  return localNumberOf(letter, officeCode, deviceCode, nextSequence(read));
}

/** No number of this device up to `through` will be given any more. Nothing happens where that is so already. */
function skipLocalNumbers(write: WriteStore, parts: JournalParts, through: number, why: SkipReason): void {
  const { deviceCode } = identityOf(write);
  const from = nextSequence(write);
  if (through < from) return;
  saveSetting(write, 'skippedClientNumbers', { deviceCode, through });
  appendEntry(write, parts.digest, {
    what: 'clientNumbers.skipped',
    by: 'tawi',
    businessDate: currentBusinessDate(write, parts.clock),
    at: parts.clock.now(),
    body: { deviceCode, from, through, why },
  });
}

/** So many facts are missing here: each of them may have given a number. */
export function skipLostLocalNumbers(write: WriteStore, parts: JournalParts, most: number): void {
  skipLocalNumbers(write, parts, nextSequence(write) - 1 + most, 'booksBehind');
}

/** Head office shows a client under a number of this PC which these books never gave: books that are lost gave it. */
export function noticeGivenLocalNumbers(write: WriteStore, parts: JournalParts, externalIds: readonly (string | null)[]): void {
  const { officeCode, deviceCode } = identityOf(write);
  const highest = externalIds.reduce((most, each) => {
    const given = each === null ? null : readLocalNumber(each);
    return given?.officeCode === officeCode && given.deviceCode === deviceCode ? Math.max(most, given.sequence) : most;
  }, 0);
  // Where one was lost, those that were given after it and never got there are lost as well.
  if (highest >= nextSequence(write)) skipLocalNumbers(write, parts, highest + NUMBERS_UNSENT_MOST, 'headOffice');
}
