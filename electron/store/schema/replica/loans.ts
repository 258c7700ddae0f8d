// Loans as head office last told them, and those applied for here that it does not have yet. Instalments are one packed JSON text, because a loan is always read and replaced whole;
// next_unpaid_due_date follows from them and serves the lists.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { BeforePayout } from '../../../../shared/domain/loans/disbursal.ts';
import type { LoanStatus } from '../../../../shared/domain/records.ts';
import type { PackedPeriod } from '../../tables/packedPeriods.ts';

export const replicaLoans = sqliteTable('replica_loans', {
  loanId: text('loan_id').primaryKey(),
  /** Null while only this branch knows the loan. */
  serverId: integer('server_id'),
  externalId: text('external_id'),
  accountNo: text('account_no').notNull(),
  clientId: text('client_id'),
  groupId: text('group_id'),
  productName: text('product_name').notNull(),
  currencyCode: text('currency_code').notNull(),
  currencyDecimals: integer('currency_decimals').notNull(),
  status: text('status').$type<LoanStatus>().notNull(),
  principalMinor: integer('principal_minor').notNull(),
  outstandingMinor: integer('outstanding_minor').notNull(),
  overpaidMinor: integer('overpaid_minor').notNull(),
  strategy: text('strategy').notNull(),
  needsServerReckoning: integer('needs_server_reckoning', { mode: 'boolean' }).notNull(),
  periods: text('periods', { mode: 'json' }).$type<readonly PackedPeriod[]>().notNull(),
  nextUnpaidDueDate: text('next_unpaid_due_date'),
  beforePayout: text('before_payout', { mode: 'json' }).$type<BeforePayout>(),
  gone: integer('gone', { mode: 'boolean' }).notNull(),
  pulledAt: integer('pulled_at').notNull(),
  accountKey: text('account_key').notNull(),
});
