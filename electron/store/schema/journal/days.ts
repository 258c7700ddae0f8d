// Business days of the branch: opened once, closed once, at most one open.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const journalDays = sqliteTable('journal_days', {
  businessDate: text('business_date').primaryKey(),
  openedAt: integer('opened_at').notNull(),
  openedBy: text('opened_by').notNull(),
  closedAt: integer('closed_at'),
  closedBy: text('closed_by'),
});
