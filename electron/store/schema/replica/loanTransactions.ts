// The transactions of a loan, one JSON text a loan: replaced whole at every pull, never patched (contract 4.3).

import { sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { PackedTransaction } from '../../tables/packedTransactions.ts';

export const replicaLoanTransactions = sqliteTable('replica_loan_transactions', {
  loanId: text('loan_id').primaryKey(),
  transactions: text('transactions', { mode: 'json' }).$type<readonly PackedTransaction[]>().notNull(),
});
