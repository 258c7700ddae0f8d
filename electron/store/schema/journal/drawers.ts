// Cash box sessions (I7): opened once, closed once with what was counted; a person has at most one open in each currency.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Pieces } from '../../../../shared/domain/cash/pieces.ts';

export const journalDrawers = sqliteTable('journal_drawers', {
  position: integer('position').primaryKey(),
  drawerId: text('drawer_id').notNull(),
  name: text('name').notNull(),
  username: text('username').notNull(),
  businessDate: text('business_date').notNull(),
  openedAt: integer('opened_at').notNull(),
  openingMinor: integer('opening_minor').notNull(),
  currency: text('currency').notNull(),
  closedAt: integer('closed_at'),
  countedMinor: integer('counted_minor'),
  differenceMinor: integer('difference_minor'),
  reason: text('reason'),
  /** Null where the opening was counted as a sum alone. */
  openingPieces: text('opening_pieces', { mode: 'json' }).$type<Pieces>(),
});
