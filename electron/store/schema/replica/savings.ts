// Savings accounts as head office last told them, and those applied for here that it does not have yet.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { SavingsStatus } from '../../../../shared/domain/records.ts';
import type { WithdrawalCharge } from '../../../../shared/domain/savings/withdrawalFee.ts';

export const replicaSavings = sqliteTable('replica_savings', {
  savingsId: text('savings_id').primaryKey(),
  /** Null while only this branch knows the account. */
  serverId: integer('server_id'),
  externalId: text('external_id'),
  accountNo: text('account_no').notNull(),
  clientId: text('client_id'),
  groupId: text('group_id'),
  productName: text('product_name').notNull(),
  currencyCode: text('currency_code').notNull(),
  currencyDecimals: integer('currency_decimals').notNull(),
  status: text('status').$type<SavingsStatus>().notNull(),
  ledgerMinor: integer('ledger_minor').notNull(),
  onHoldMinor: integer('on_hold_minor').notNull(),
  guaranteeHeldMinor: integer('guarantee_held_minor').notNull(),
  minimumMinor: integer('minimum_minor').notNull(),
  overdraftMinor: integer('overdraft_minor').notNull(),
  lockedInUntil: text('locked_in_until'),
  gone: integer('gone', { mode: 'boolean' }).notNull(),
  pulledAt: integer('pulled_at').notNull(),
  accountKey: text('account_key').notNull(),
  withdrawalCharges: text('withdrawal_charges', { mode: 'json' }).$type<readonly WithdrawalCharge[]>().notNull(),
});
