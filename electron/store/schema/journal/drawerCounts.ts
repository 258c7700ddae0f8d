// Counts of drawers: how much was there, and how much should have been.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const journalDrawerCounts = sqliteTable('journal_drawer_counts', {
  position: integer('position').primaryKey(),
  drawerId: text('drawer_id').notNull(),
  countedMinor: integer('counted_minor').notNull(),
  expectedMinor: integer('expected_minor').notNull(),
  at: integer('at').notNull(),
  by: text('by').notNull(),
});
