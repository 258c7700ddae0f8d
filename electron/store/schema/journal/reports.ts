// What each close said, as it was hashed; the columns beside it carry order and search.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { DayReport } from '../../../../shared/domain/cash/dayReport.ts';

export const journalReports = sqliteTable('journal_reports', {
  sequence: integer('sequence').primaryKey().notNull(),
  number: text('number').notNull(),
  drawerId: text('drawer_id'),
  businessDate: text('business_date').notNull(),
  body: text('body', { mode: 'json' }).$type<DayReport>().notNull(),
  hash: text('hash').notNull(),
});
