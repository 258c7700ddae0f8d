// What was asked of a printer, and what a person said came of it. Append-only; the papers that came out are counted in `journal_prints`.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { PrintSaid } from '../../../../shared/domain/records.ts';

export const journalPrintLog = sqliteTable('journal_print_log', {
  position: integer('position').primaryKey(),
  receiptId: text('receipt_id').notNull(),
  at: integer('at').notNull(),
  by: text('by').notNull(),
  what: text('what').$type<PrintSaid>().notNull(),
});
