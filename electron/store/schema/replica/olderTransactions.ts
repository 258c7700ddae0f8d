// Full pages of the older transactions of an account, counted from its first; the rest stands in the account's own row.

import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { PackedTransaction } from '../../tables/packedTransactions.ts';

export const replicaOlderTransactions = sqliteTable(
  'replica_older_transactions',
  {
    accountId: text('account_id').notNull(),
    page: integer('page').notNull(),
    lines: integer('lines').notNull(),
    transactions: text('transactions', { mode: 'json' }).$type<readonly PackedTransaction[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.page] })],
);
