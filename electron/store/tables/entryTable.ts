// The hash chain of the journal (I3). The chain's continuity is also a trigger; the hashes themselves are reckoned by the branch.

import type { EntryReads, EntryWrites } from '../../ports/store.ts';
import { journalEntries } from '../schema/journal/entries.ts';
import { insertInto, numberOf, rowsOf, selectFrom } from '../statements.ts';
import type { Session } from '../statements.ts';

export function readEntries(session: Session): EntryReads {
  const last = rowsOf<{ entry: number; at: number; hash: string }>(
    session,
    'SELECT entry, at, hash FROM journal_entries ORDER BY entry DESC LIMIT 1',
  );
  const from = selectFrom(session, journalEntries, 'WHERE entry >= ? ORDER BY entry LIMIT ?');
  const count = numberOf(session, 'SELECT count(*) FROM journal_entries');
  return {
    lastEntry: () => last()[0] ?? null,
    entries: (fromEntry, most) => from.all(fromEntry, most),
    countEntries: () => count() ?? 0,
  };
}

export function writeEntries(session: Session): EntryWrites {
  const insert = insertInto(session, journalEntries);
  return {
    insertEntry: (entry) => {
      insert(entry);
      session.written.head = { entry: entry.entry, hash: entry.hash };
    },
  };
}
