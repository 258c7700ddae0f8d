// Refused commands that wait for a manager, and what was decided (I9).

import { assertInvariant } from '../../../shared/kernel/assert.ts';
import type { ExceptionReads, ExceptionRecord, ExceptionWrites } from '../../ports/store.ts';
import { journalExceptions } from '../schema/journal/exceptions.ts';
import { change, insertInto, numberOf, selectFrom } from '../statements.ts';
import type { Session } from '../statements.ts';

type Row = typeof journalExceptions.$inferSelect;
function exceptionOf({ position: _position, ...exception }: Row): ExceptionRecord {
  return exception;
}

function exceptionOrNull(row: Row | null): ExceptionRecord | null {
  return row === null ? null : exceptionOf(row);
}

export function readExceptions(session: Session): ExceptionReads {
  const byId = selectFrom(session, journalExceptions, 'WHERE exception_id = ?');
  const openOf = selectFrom(session, journalExceptions, 'WHERE command_id = ? AND closed_at IS NULL');
  const of = selectFrom(session, journalExceptions, 'WHERE command_id = ? ORDER BY position');
  // Open ones: who waits longest comes first. Closed ones: what was decided last comes first.
  const open = selectFrom(
    session,
    journalExceptions,
    'INDEXED BY journal_exceptions_one_open WHERE closed_at IS NULL ORDER BY position LIMIT ?',
  );
  const closed = selectFrom(session, journalExceptions, 'WHERE closed_at IS NOT NULL ORDER BY closed_at DESC, position DESC LIMIT ?');
  const countOpen = numberOf(
    session,
    'SELECT count(*) FROM journal_exceptions INDEXED BY journal_exceptions_one_open WHERE closed_at IS NULL',
  );
  const suspended = selectFrom(session, journalExceptions, `WHERE resolution = 'suspend' ORDER BY closed_at, position`);
  return {
    exception: (exceptionId) => exceptionOrNull(byId.one(exceptionId)),
    openExceptionOf: (commandId) => exceptionOrNull(openOf.one(commandId)),
    exceptionsOf: (commandId) => of.all(commandId).map(exceptionOf),
    exceptionsWhere: (wanted, most) => (wanted ? open : closed).all(most).map(exceptionOf),
    countOpenExceptions: () => countOpen() ?? 0,
    suspendedExceptions: () => suspended.all().map(exceptionOf),
  };
}

export function writeExceptions(session: Session): ExceptionWrites {
  const close = change(
    session,
    `UPDATE journal_exceptions SET closed_at = ?, closed_by = ?, resolution = ?, reason = ?, resolution_receipt_id = ?,
       suspense_command_id = ? WHERE exception_id = ?`,
  );
  return {
    insertException: insertInto(session, journalExceptions),
    closeException: (exceptionId, decision) => {
      const closed = close(
        decision.closedAt,
        decision.closedBy,
        decision.resolution,
        decision.reason,
        decision.resolutionReceiptId,
        decision.suspenseCommandId,
        exceptionId,
      );
      assertInvariant(closed === 1, 'I9', 'an exception that closes was opened before');
    },
  };
}
