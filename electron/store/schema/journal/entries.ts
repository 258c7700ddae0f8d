// The hash chain of everything the branch recorded. Never changed, never deleted (I3).

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Json } from '../../../../shared/kernel/canonicalJson.ts';

export const journalEntries = sqliteTable('journal_entries', {
  entry: integer('entry').primaryKey(),
  what: text('what').notNull(),
  by: text('by').notNull(),
  businessDate: text('business_date').notNull(),
  at: integer('at').notNull(),
  body: text('body', { mode: 'json' }).$type<Json>().notNull(),
  previousHash: text('previous_hash').notNull(),
  hash: text('hash').notNull(),
  /** Of the hash, by a key that this PC guards; null where it was recorded before there was one. */
  seal: text('seal'),
});
