// The hash chain of the journal (I3). The chain's continuity is also a trigger; the hashes themselves are reckoned by the branch.

import type { EntryReads, EntryWrites } from '../../ports/store.ts';
import { journalEntries } from '../schema/journal/entries.ts';
import { isSealOfEntry, sealOfEntry } from '../seal.ts';
import { insertInto, numberOf, rowsOf, selectFrom } from '../statements.ts';
import type { Session } from '../statements.ts';

export function readEntries(session: Session): EntryReads {
  const last = rowsOf<{ entry: number; at: number; hash: string }>(
    session,
    'SELECT entry, at, hash FROM journal_entries ORDER BY entry DESC LIMIT 1',
  );
  const from = selectFrom(session, journalEntries, 'WHERE entry >= ? ORDER BY entry LIMIT ?');
  const begins = rowsOf<{ entry: number; businessDate: string; at: number }>(
    session,
    `SELECT entry, business_date AS businessDate, at FROM journal_entries
     WHERE entry BETWEEN ? AND ? AND substr(hash, 1, ?) = ? ORDER BY entry LIMIT 1`,
  );
  const count = numberOf(session, 'SELECT count(*) FROM journal_entries');
  const sealed = rowsOf<{ hash: string; seal: string | null }>(session, 'SELECT hash, seal FROM journal_entries WHERE entry = ?');
  const sealedBefore = numberOf(session, 'SELECT entry FROM journal_entries WHERE entry < ? AND seal IS NOT NULL LIMIT 1');
  return {
    lastEntry: () => last()[0] ?? null,
    entries: (fromEntry, most) => from.all(fromEntry, most).map(({ seal: _seal, ...entry }) => entry),
    isSealed: (entry) => {
      const row = sealed(entry)[0];
      if (row === undefined || session.seal === undefined || session.seal === null) return row !== undefined;
      return row.seal === null ? sealedBefore(entry) === null : isSealOfEntry(session.seal, row.hash, row.seal);
    },
    countEntries: () => count() ?? 0,
    entryWithHash: (beginning, entry) => begins(entry ?? 0, entry ?? Number.MAX_SAFE_INTEGER, beginning.length, beginning)[0] ?? null,
  };
}

export function writeEntries(session: Session): EntryWrites {
  const insert = insertInto(session, journalEntries);
  return {
    insertEntry: (entry) => {
      const seal = session.seal ?? null;
      insert({ ...entry, seal: seal === null ? null : sealOfEntry(seal, entry.hash) });
      session.written.head = { entry: entry.entry, hash: entry.hash };
    },
  };
}
