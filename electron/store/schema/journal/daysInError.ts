// Days that a wrong clock opened, closed as that; each may open once more on its own date.

import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const journalDaysInError = sqliteTable(
  'journal_days_in_error',
  {
    businessDate: text('business_date').notNull(),
    saidAt: integer('said_at').notNull(),
    saidBy: text('said_by').notNull(),
    reason: text('reason').notNull(),
    openedAgainAt: integer('opened_again_at'),
    openedAgainBy: text('opened_again_by'),
  },
  (table) => [primaryKey({ columns: [table.businessDate, table.saidAt] })],
);
