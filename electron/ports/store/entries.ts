// The hash chain of the journal (I3).

import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import type { Json } from '../../../shared/kernel/canonicalJson.ts';

export interface JournalEntry {
  readonly entry: number;
  readonly what: string;
  readonly by: string;
  readonly businessDate: BusinessDate;
  readonly at: number;
  readonly body: Json;
  readonly previousHash: string;
  readonly hash: string;
}

export interface EntryReads {
  /** What the next entry continues. */
  lastEntry(): Pick<JournalEntry, 'entry' | 'at' | 'hash'> | null;
  entries(fromEntry: number, most: number): readonly JournalEntry[];
  countEntries(): number;
}

export interface EntryWrites {
  insertEntry(entry: JournalEntry): void;
}
