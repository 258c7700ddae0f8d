// The outbox. Only the columns of CommandProgress ever change, and only through applyOutcome (I3, I5); triggers hold the rest still.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { CommandKindName, CommandState, Hold, Outcome } from '../../../../shared/domain/commands/command.ts';
import type { Anew } from '../../../../shared/domain/commands/anew.ts';
import type { StoredPayload } from '../../../../shared/domain/commands/liftPayload.ts';

export const journalCommands = sqliteTable('journal_commands', {
  sequence: integer('sequence').primaryKey(),
  commandId: text('command_id').notNull(),
  kind: text('kind').$type<CommandKindName>().notNull(),
  payloadVersion: integer('payload_version').notNull(),
  /** In the shape of its version; liftPayload reads it. */
  payload: text('payload', { mode: 'json' }).$type<StoredPayload>().notNull(),
  /** The payload's amount once more, so that lists can sum without reading payloads; null where it is not about money. */
  amountMinor: integer('amount_minor'),
  subject: text('subject').notNull(),
  recordedBy: text('recorded_by').notNull(),
  businessDate: text('business_date').notNull(),
  recordedAt: integer('recorded_at').notNull(),
  clockDoubt: integer('clock_doubt', { mode: 'boolean' }).notNull(),
  receiptId: text('receipt_id'),
  formId: text('form_id'),
  pageId: text('page_id'),
  state: text('state').$type<CommandState>().notNull(),
  submission: integer('submission').notNull(),
  idempotencyKey: text('idempotency_key').notNull(),
  attempts: integer('attempts').notNull(),
  nextAttemptAt: integer('next_attempt_at'),
  sentAt: integer('sent_at'),
  sentAs: text('sent_as').notNull(),
  postSingly: integer('post_singly', { mode: 'boolean' }).notNull(),
  lastOutcome: text('last_outcome', { mode: 'json' }).$type<Outcome>(),
  serverResourceId: integer('server_resource_id'),
  replaces: text('replaces'),
  hold: text('hold', { mode: 'json' }).$type<Hold>(),
  anew: text('anew', { mode: 'json' }).$type<Anew>(),
  entry: integer('entry'),
});
