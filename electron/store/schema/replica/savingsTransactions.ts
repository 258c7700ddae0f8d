// The transactions of a savings account, one JSON text an account: replaced whole at every pull, never patched (contract 4.3).

import { sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { PackedTransaction } from '../../tables/packedTransactions.ts';

export const replicaSavingsTransactions = sqliteTable('replica_savings_transactions', {
  savingsId: text('savings_id').primaryKey(),
  transactions: text('transactions', { mode: 'json' }).$type<readonly PackedTransaction[]>().notNull(),
});
