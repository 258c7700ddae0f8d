// Who may sign in at this PC.

import type { ReadStore, WriteStore } from '../../ports/store.ts';
import { localStaff } from '../schema/local/staff.ts';
import { insertInto, replacing, selectFrom } from '../statements.ts';
import type { Session } from '../statements.ts';

export function readStaff(session: Session): Pick<ReadStore, 'staff' | 'allStaff'> {
  const byName = selectFrom(session, localStaff, 'WHERE username = ?');
  const all = selectFrom(session, localStaff, 'ORDER BY username');
  return { staff: (username) => byName.one(username), allStaff: () => all.all() };
}

export function writeStaff(session: Session): Pick<WriteStore, 'saveStaff'> {
  return { saveStaff: insertInto(session, localStaff, replacing(localStaff, 'username')) };
}
