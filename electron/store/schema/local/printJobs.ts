// Papers that wait for their printer, one for a receipt at most.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { LocalId } from '../../../../shared/kernel/ids.ts';
import type { PaperLanguage } from '../../../../shared/domain/printing/printers.ts';

export const localPrintJobs = sqliteTable('local_print_jobs', {
  receiptId: text('receipt_id').$type<LocalId>().primaryKey(),
  line: integer('line'),
  language: text('language').$type<PaperLanguage>().notNull(),
  by: text('by').notNull(),
  askedAt: integer('asked_at').notNull(),
  state: text('state').$type<'waiting' | 'printing' | 'unsure'>().notNull(),
  tries: integer('tries').notNull(),
  nextAt: integer('next_at').notNull(),
  why: text('why'),
});
