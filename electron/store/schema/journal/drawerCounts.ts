// Counts of drawers: how much was there, and how much should have been.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Pieces } from '../../../../shared/domain/cash/pieces.ts';

export const journalDrawerCounts = sqliteTable('journal_drawer_counts', {
  position: integer('position').primaryKey(),
  drawerId: text('drawer_id').notNull(),
  countedMinor: integer('counted_minor').notNull(),
  expectedMinor: integer('expected_minor').notNull(),
  at: integer('at').notNull(),
  by: text('by').notNull(),
  /** Null where it was counted as a sum alone. */
  pieces: text('pieces', { mode: 'json' }).$type<Pieces>(),
});
