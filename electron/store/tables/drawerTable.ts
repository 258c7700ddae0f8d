// Drawers and the cash that moved through them (I1, I7).

import { assertInvariant } from '../../../shared/kernel/assert.ts';
import type { DrawerMovement, DrawerReads, DrawerRecord, DrawerWrites } from '../../ports/store.ts';
import { journalDrawerCounts } from '../schema/journal/drawerCounts.ts';
import { journalDrawers } from '../schema/journal/drawers.ts';
import { journalMovements } from '../schema/journal/movements.ts';
import { change, insertInto, numberOf, rowsOf, selectFrom } from '../statements.ts';
import type { Session } from '../statements.ts';

function drawerOf({ position: _position, openingPieces, ...drawer }: typeof journalDrawers.$inferSelect): DrawerRecord {
  return openingPieces === null ? drawer : { ...drawer, openingPieces };
}

function drawerOrNull(row: typeof journalDrawers.$inferSelect | null): DrawerRecord | null {
  return row === null ? null : drawerOf(row);
}

export function readDrawers(session: Session): DrawerReads {
  const openOf = selectFrom(session, journalDrawers, 'WHERE username = ? AND closed_at IS NULL ORDER BY position');
  const byId = selectFrom(session, journalDrawers, 'WHERE drawer_id = ?');
  const onDate = selectFrom(session, journalDrawers, 'WHERE business_date = ? ORDER BY position');
  const closed = selectFrom(session, journalDrawers, 'WHERE closed_at IS NOT NULL ORDER BY position DESC LIMIT ?');
  const sums = rowsOf<{ kind: DrawerMovement['kind']; sum: number }>(
    session,
    `SELECT m.kind, sum(m.amount_minor) AS sum FROM journal_movements m JOIN journal_drawers d ON d.drawer_id = m.drawer_id
     WHERE m.drawer_id = ? AND m.currency = d.currency GROUP BY m.kind`,
  );
  const counts = selectFrom(session, journalDrawerCounts, 'WHERE drawer_id = ? ORDER BY position');
  const receipts = rowsOf<{ receiptId: string }>(
    session,
    'SELECT DISTINCT receipt_id AS receiptId FROM journal_movements WHERE drawer_id = ? AND receipt_id IS NOT NULL',
  );
  const ofDrawer = selectFrom(session, journalMovements, 'WHERE drawer_id = ? ORDER BY position');
  const ofCommand = selectFrom(session, journalMovements, 'WHERE command_id = ? ORDER BY position LIMIT 1');
  const lastPosition = numberOf(session, 'SELECT coalesce(max(position), 0) FROM journal_movements');
  return {
    openDrawerOf: (username, currency) =>
      drawerOrNull(openOf.all(username).find((drawer) => currency === undefined || drawer.currency === currency) ?? null),
    openDrawersOf: (username) => openOf.all(username).map(drawerOf),
    drawer: (drawerId) => drawerOrNull(byId.one(drawerId)),
    drawersOf: (businessDate) => onDate.all(businessDate).map(drawerOf),
    drawersClosed: (most) => closed.all(most).map(drawerOf),
    drawerTotals: (drawerId) => {
      const sumByKind = new Map(sums(drawerId).map(({ kind, sum }) => [kind, sum]));
      return {
        takenMinor: sumByKind.get('taken') ?? 0,
        paidMinor: sumByKind.get('paid') ?? 0,
        allocatedMinor: sumByKind.get('allocated') ?? 0,
        settledMinor: sumByKind.get('settled') ?? 0,
      };
    },
    drawerCounts: (drawerId) =>
      counts
        .all(drawerId)
        .map(({ position: _position, drawerId: _drawer, pieces, ...count }) => (pieces === null ? count : { ...count, pieces })),
    receiptsOfDrawer: (drawerId) => receipts(drawerId).map(({ receiptId }) => receiptId),
    lastMovement: () => lastPosition() ?? 0,
    movementsOfDrawer: (drawerId) => ofDrawer.all(drawerId),
    movementOf: (commandId) => {
      const row = ofCommand.one(commandId);
      if (row === null) return null;
      const { position: _position, ...movement } = row;
      return movement;
    },
  };
}

export function writeDrawers(session: Session): DrawerWrites {
  const insert = insertInto(session, journalMovements);
  const currencyOf = selectFrom(session, journalDrawers, 'WHERE drawer_id = ?');
  const close = change(
    session,
    'UPDATE journal_drawers SET closed_at = ?, counted_minor = ?, difference_minor = ?, reason = ? WHERE drawer_id = ?',
  );
  return {
    insertDrawer: insertInto(session, journalDrawers),
    closeDrawer: (drawerId, { closedAt, countedMinor, differenceMinor, reason }) => {
      const closed = close(closedAt, countedMinor, differenceMinor, reason, drawerId);
      assertInvariant(closed === 1, 'I7', 'a drawer that closes was opened before');
    },
    insertDrawerCount: insertInto(session, journalDrawerCounts),
    insertMovement: (movement) => insert({ ...movement, currency: movement.currency ?? currencyOf.one(movement.drawerId)?.currency ?? '' }),
  };
}
