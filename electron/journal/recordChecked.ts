// What was found when the books were held against their own chain, and against what this PC remembers of them. A find becomes an entry once and
// a notice that stays: while the rows differ, or until a day was closed over a memory that is gone.

import type { BooksAudit, MemoryFinding, ReadStore, WriteStore } from '../ports/store.ts';
import { appendEntry } from './appendEntry.ts';
import { currentBusinessDate } from './currentBusinessDate.ts';
import type { JournalParts } from './parts.ts';
import { readSetting, saveSetting, type KeptCheck } from './settings.ts';

const NEVER: KeptCheck = { checkedAt: null, entries: 0, finding: null, memory: null };

export function checkOf(read: ReadStore): KeptCheck {
  return readSetting(read, 'recordCheck') ?? NEVER;
}

function note(write: WriteStore, parts: JournalParts, what: string, body: Parameters<typeof appendEntry>[2]['body']): void {
  appendEntry(write, parts.digest, {
    what,
    by: 'tawi',
    businessDate: currentBusinessDate(write, parts.clock),
    at: parts.clock.now(),
    body,
  });
}

/** True when it found something that was not known. */
export function recordAudit(write: WriteStore, parts: JournalParts, { entries, finding }: BooksAudit): boolean {
  const before = checkOf(write);
  const isNew = finding !== null && (finding.what !== before.finding?.what || finding.where !== before.finding.where);
  saveSetting(write, 'recordCheck', { ...before, checkedAt: parts.clock.now(), entries, finding });
  if (isNew) note(write, parts, 'books.differ', { what: finding.what, where: finding.where });
  return isNew || (finding === null) !== (before.finding === null);
}

export function recordMemoryFinding(write: WriteStore, parts: JournalParts, memory: MemoryFinding): void {
  saveSetting(write, 'recordCheck', { ...checkOf(write), memory });
  note(write, parts, 'books.memory', { finding: memory });
}

/** The day was closed over it. */
export function settleMemoryFinding(write: WriteStore): void {
  const check = checkOf(write);
  if (check.memory !== null) saveSetting(write, 'recordCheck', { ...check, memory: null });
}
