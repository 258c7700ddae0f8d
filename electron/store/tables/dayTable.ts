// Business days of the branch.

import { assertInvariant } from '../../../shared/kernel/assert.ts';
import type { DayReads, DayWrites } from '../../ports/store.ts';
import { journalDays } from '../schema/journal/days.ts';
import { change, insertInto, selectFrom } from '../statements.ts';
import type { Session } from '../statements.ts';

export function readDays(session: Session): DayReads {
  const byDate = selectFrom(session, journalDays, 'WHERE business_date = ?');
  const open = selectFrom(session, journalDays, 'WHERE closed_at IS NULL');
  const last = selectFrom(session, journalDays, 'ORDER BY business_date DESC LIMIT 1');
  return { day: (businessDate) => byDate.one(businessDate), openDay: () => open.one(), lastDay: () => last.one() };
}

export function writeDays(session: Session): DayWrites {
  const close = change(session, 'UPDATE journal_days SET closed_at = ?, closed_by = ? WHERE business_date = ?');
  return {
    insertDay: insertInto(session, journalDays),
    closeDay: (businessDate, closedAt, closedBy) => {
      const closed = close(closedAt, closedBy, businessDate);
      assertInvariant(closed === 1, 'I3', 'a day that closes was opened before');
    },
  };
}
