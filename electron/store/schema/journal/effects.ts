// What an unfinished command does to provisional views (I6): one per account that it touches. Standing, inclusion and the learned server
// transaction change; the amount and the account never do.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { AccountKind, EffectRecord } from '../../../ports/store.ts';

export const journalEffects = sqliteTable('journal_effects', {
  position: integer('position').primaryKey(),
  commandId: text('command_id').notNull(),
  accountKind: text('account_kind').$type<AccountKind>().notNull(),
  accountId: text('account_id').notNull(),
  deltaMinor: integer('delta_minor').notNull(),
  feeMinor: integer('fee_minor').notNull(),
  standing: text('standing').$type<EffectRecord['standing']>().notNull(),
  included: integer('included', { mode: 'boolean' }).notNull(),
  markerExternalId: text('marker_external_id'),
  markerReceiptNumber: text('marker_receipt_number').notNull(),
  markerServerTransactionId: integer('marker_server_transaction_id'),
});
