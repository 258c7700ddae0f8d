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
  /** Under this PC's seal, or older than the first that has one. Where the books were opened without the seal's key, all are. */
  isSealed(entry: number): boolean;
  countEntries(): number;
  /** The entry whose hash begins so; `entry` where its number is known. Without it the whole chain is looked through. */
  entryWithHash(beginning: string, entry: number | null): Pick<JournalEntry, 'entry' | 'businessDate' | 'at'> | null;
}

export interface EntryWrites {
  insertEntry(entry: JournalEntry): void;
}
