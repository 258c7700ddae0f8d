// Slips of cash as they were hashed; the columns beside the body carry order, sums and search.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { CashSlip, SlipKind } from '../../../../shared/domain/cash/cashSlip.ts';

export const journalCashSlips = sqliteTable('journal_cash_slips', {
  sequence: integer('sequence').primaryKey().notNull(),
  number: text('number').notNull(),
  formId: text('form_id').notNull(),
  kind: text('kind').$type<SlipKind>().notNull(),
  businessDate: text('business_date').notNull(),
  currency: text('currency').notNull(),
  vaultMinor: integer('vault_minor').notNull(),
  body: text('body', { mode: 'json' }).$type<CashSlip>().notNull(),
  hash: text('hash').notNull(),
});
