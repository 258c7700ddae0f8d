// Cash into and out of drawers, in positive minor units of the drawer's currency (I1, I7). Append-only; a closed drawer takes none.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { DrawerMovement } from '../../../ports/store.ts';

export const journalMovements = sqliteTable('journal_movements', {
  position: integer('position').primaryKey(),
  movementId: text('movement_id').notNull(),
  drawerId: text('drawer_id').notNull(),
  kind: text('kind').$type<DrawerMovement['kind']>().notNull(),
  amountMinor: integer('amount_minor').notNull(),
  /** Of its drawer; another one's money cannot get in. */
  currency: text('currency').notNull(),
  commandId: text('command_id'),
  receiptId: text('receipt_id'),
  at: integer('at').notNull(),
  /** The slip that moved it between vault and drawers; null where a paper of a client did. */
  slip: text('slip'),
});
