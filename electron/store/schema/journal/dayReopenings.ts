// Closes of a day that a manager took back; each names the report that it leaves as it is.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const journalDayReopenings = sqliteTable('journal_day_reopenings', {
  report: text('report').primaryKey(),
  businessDate: text('business_date').notNull(),
  reopenedAt: integer('reopened_at').notNull(),
  reopenedBy: text('reopened_by').notNull(),
  reason: text('reason').notNull(),
});
