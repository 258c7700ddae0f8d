// Each time a receipt went to paper, copy by copy. Append-only.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const journalPrints = sqliteTable('journal_prints', {
  position: integer('position').primaryKey(),
  receiptId: text('receipt_id').notNull(),
  at: integer('at').notNull(),
  by: text('by').notNull(),
  copy: integer('copy').notNull(),
});
