// Who may sign in at this PC.

import type { StaffReads, StaffWrites } from '../../ports/store.ts';
import { localStaff } from '../schema/local/staff.ts';
import { insertInto, parsingOnce, replacing, selectFrom } from '../statements.ts';
import type { Session } from '../statements.ts';

export function readStaff(session: Session): StaffReads {
  const parse = parsingOnce();
  const byName = selectFrom(session, localStaff, 'WHERE username = ?', parse);
  const all = selectFrom(session, localStaff, 'ORDER BY username', parse);
  return { staff: (username) => byName.one(username), allStaff: () => all.all() };
}

export function writeStaff(session: Session): StaffWrites {
  return { saveStaff: insertInto(session, localStaff, replacing(localStaff, 'username')) };
}
