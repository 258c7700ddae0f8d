// The paper promises (I8). The body is the whole receipt as it was issued and hashed; the columns beside it carry uniqueness and search.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Receipt, ReceiptKind } from '../../../../shared/domain/records.ts';

export const journalReceipts = sqliteTable('journal_receipts', {
  /** Order of issue. An INTEGER PRIMARY KEY of our own, because a vacuumed copy may renumber hidden row ids. */
  position: integer('position').primaryKey(),
  receiptId: text('receipt_id').notNull(),
  number: text('number').notNull(),
  kind: text('kind').$type<ReceiptKind>().notNull(),
  commandId: text('command_id'),
  businessDate: text('business_date').notNull(),
  deviceCode: text('device_code').notNull(),
  sequence: integer('sequence').notNull(),
  username: text('username').notNull(),
  clientId: text('client_id'),
  amountMinor: integer('amount_minor').notNull(),
  body: text('body', { mode: 'json' }).$type<Receipt>().notNull(),
});
