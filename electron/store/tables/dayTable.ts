// Business days of the branch.

import { assertInvariant } from '../../../shared/kernel/assert.ts';
import type { DayReads, DayWrites } from '../../ports/store.ts';
import { journalDays } from '../schema/journal/days.ts';
import { journalDayReopenings } from '../schema/journal/dayReopenings.ts';
import { journalDaysInError } from '../schema/journal/daysInError.ts';
import { change, insertInto, selectFrom } from '../statements.ts';
import type { Session } from '../statements.ts';

export function readDays(session: Session): DayReads {
  const byDate = selectFrom(session, journalDays, 'WHERE business_date = ?');
  const open = selectFrom(session, journalDays, 'WHERE closed_at IS NULL');
  const last = selectFrom(
    session,
    journalDays,
    `WHERE NOT EXISTS (SELECT 1 FROM journal_days_in_error AS wrong
      WHERE wrong.business_date = journal_days.business_date AND wrong.opened_again_at IS NULL)
    ORDER BY business_date DESC LIMIT 1`,
  );
  const inError = selectFrom(session, journalDaysInError, 'WHERE business_date = ? ORDER BY said_at DESC LIMIT 1');
  const reopenings = selectFrom(session, journalDayReopenings, 'WHERE business_date = ? ORDER BY length(report), report');
  return {
    day: (businessDate) => byDate.one(businessDate),
    openDay: () => open.one(),
    lastDay: () => last.one(),
    dayInError: (businessDate) => inError.one(businessDate),
    dayReopenings: (businessDate) => reopenings.all(businessDate),
  };
}

export function writeDays(session: Session): DayWrites {
  const close = change(session, 'UPDATE journal_days SET closed_at = ?, closed_by = ? WHERE business_date = ?');
  const openAgain = change(session, 'UPDATE journal_days SET closed_at = NULL, closed_by = NULL WHERE business_date = ?');
  const saidAgain = change(
    session,
    'UPDATE journal_days_in_error SET opened_again_at = ?, opened_again_by = ? WHERE business_date = ? AND opened_again_at IS NULL',
  );
  const insertReopening = insertInto(session, journalDayReopenings);
  return {
    insertDay: insertInto(session, journalDays),
    insertDayInError: insertInto(session, journalDaysInError),
    openDayAgain: (businessDate, at, by) => {
      assertInvariant(openAgain(businessDate) === 1, 'I3', 'a day that opens again was there');
      assertInvariant(saidAgain(at, by, businessDate) === 1, 'I3', 'only a day in error opens again');
    },
    reopenDay: (reopening) => {
      insertReopening(reopening);
      assertInvariant(openAgain(reopening.businessDate) === 1, 'I3', 'a day that opens again was there');
    },
    closeDay: (businessDate, closedAt, closedBy) => {
      const closed = close(closedAt, closedBy, businessDate);
      assertInvariant(closed === 1, 'I3', 'a day that closes was opened before');
    },
  };
}
