// Papers of reports: the original, then copies.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const journalReportPrints = sqliteTable('journal_report_prints', {
  position: integer('position').primaryKey(),
  number: text('number').notNull(),
  at: integer('at').notNull(),
  by: text('by').notNull(),
  copy: integer('copy').notNull(),
});
