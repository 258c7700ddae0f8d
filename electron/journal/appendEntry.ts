// The journal is a chain: each entry holds the hash of the one before it, so a row that was changed, removed or slipped in shows (I3, I8).
// An entry is written in the same transaction as the facts it records; it never travels alone.

import { entryHash } from '../../shared/domain/journal/entryWords.ts';
import type { Json } from '../../shared/kernel/canonicalJson.ts';
import type { BusinessDate } from '../../shared/kernel/businessDate.ts';
import type { Digest } from '../ports/clock.ts';
import type { JournalEntry, ReadStore, WriteStore } from '../ports/store.ts';

export const FIRST_HASH = '0'.repeat(64);

export interface Fact {
  readonly what: string;
  readonly by: string;
  readonly businessDate: BusinessDate;
  readonly at: number;
  readonly body: Json;
}

export function appendEntry(store: WriteStore, digest: Digest, fact: Fact): JournalEntry {
  const last = store.lastEntry();
  const unsealed = { ...fact, entry: (last?.entry ?? 0) + 1, previousHash: last?.hash ?? FIRST_HASH };
  const entry: JournalEntry = { ...unsealed, hash: hashOf(unsealed, digest) };
  store.insertEntry(entry);
  return entry;
}

/** Walks `most` entries from `fromEntry`; answers the number of the first that does not fit, or null when the chain is whole. */
export function findBrokenEntry(store: ReadStore, digest: Digest, fromEntry: number, most: number): number | null {
  const entries = store.entries(Math.max(fromEntry - 1, 1), most + 1);
  let previous: JournalEntry | null = null;
  for (const entry of entries) {
    if (previous === null && entry.entry === 1 && entry.previousHash !== FIRST_HASH) return entry.entry;
    if (previous !== null && (entry.entry !== previous.entry + 1 || entry.previousHash !== previous.hash)) return entry.entry;
    if (!isSealed(entry, digest)) return entry.entry;
    previous = entry;
  }
  return null;
}

/** Whether an entry's hash fits its words. */
export function isSealed(entry: JournalEntry, digest: Digest): boolean {
  return hashOf(entry, digest) === entry.hash;
}

function hashOf(entry: Omit<JournalEntry, 'hash'>, digest: Digest): string {
  return entryHash(entry, (text) => digest.sha256(text));
}
