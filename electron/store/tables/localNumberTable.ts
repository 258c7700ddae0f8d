// Numbers that were given here. A record that was merged into another is found by its own number still.

import type { LocalNumberReads, LocalNumberWrites } from '../../ports/store.ts';
import { journalLocalNumbers } from '../schema/journal/localNumbers.ts';
import { insertInto, numberOf, textOf, textsOf } from '../statements.ts';
import type { Session } from '../statements.ts';

export function readLocalNumbers(session: Session): LocalNumberReads {
  const own = textOf(session, 'SELECT number FROM journal_local_numbers WHERE record_id = ? AND record_kind = ?');
  const merged = textOf(
    session,
    `SELECT number FROM journal_local_numbers AS given
     JOIN journal_merges AS merge ON merge.local_id = given.record_id AND merge.kind = given.record_kind
     WHERE merge.into_local_id = ? AND merge.kind = ? ORDER BY number LIMIT 1`,
  );
  const ofKind = textsOf(session, 'SELECT record_id FROM journal_local_numbers WHERE record_kind = ? ORDER BY number');
  const last = numberOf(session, 'SELECT max(sequence) FROM journal_local_numbers WHERE device_code = ?');
  return {
    localNumberOf: (kind, localId) => own(localId, kind) ?? merged(localId, kind),
    numberedHere: (kind) => ofKind(kind),
    lastLocalNumber: (deviceCode) => last(deviceCode) ?? 0,
  };
}

export function writeLocalNumbers(session: Session): LocalNumberWrites {
  const insert = insertInto(session, journalLocalNumbers);
  const holder = textOf(session, 'SELECT record_id FROM journal_local_numbers WHERE number = ?');
  return {
    insertLocalNumber: (given) => {
      if (holder(given.number) !== given.recordId) insert(given);
    },
  };
}
