// How far each shelf was pulled; the cursor commits together with the rows it covers (I10).

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Json } from '../../../../shared/kernel/canonicalJson.ts';

export const replicaShelves = sqliteTable('replica_shelves', {
  shelf: text('shelf').primaryKey(),
  cursor: text('cursor', { mode: 'json' }).$type<Json>().notNull(),
  rows: integer('rows').notNull(),
  headOfficeCount: integer('head_office_count'),
  pulledAt: integer('pulled_at'),
});
