// Refused commands and what a manager decided (I9): at most one open per command, closed once, the snapshot frozen.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Resolution } from '../../../../shared/domain/records.ts';
import type { Json } from '../../../../shared/kernel/canonicalJson.ts';
import type { ExceptionRecord } from '../../../ports/store.ts';

export const journalExceptions = sqliteTable('journal_exceptions', {
  position: integer('position').primaryKey(),
  exceptionId: text('exception_id').notNull(),
  commandId: text('command_id').notNull(),
  kind: text('kind').$type<ExceptionRecord['kind']>().notNull(),
  openedAt: integer('opened_at').notNull(),
  serverCode: text('server_code').notNull(),
  serverMessage: text('server_message'),
  snapshot: text('snapshot', { mode: 'json' }).$type<Json>().notNull(),
  closedAt: integer('closed_at'),
  closedBy: text('closed_by'),
  resolution: text('resolution').$type<Resolution>(),
  reason: text('reason'),
  resolutionReceiptId: text('resolution_receipt_id'),
  suspenseCommandId: text('suspense_command_id'),
});
