// Papers of slips of cash: the original, then copies.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const journalCashSlipPrints = sqliteTable('journal_cash_slip_prints', {
  position: integer('position').primaryKey(),
  number: text('number').notNull(),
  at: integer('at').notNull(),
  by: text('by').notNull(),
  copy: integer('copy').notNull(),
});
