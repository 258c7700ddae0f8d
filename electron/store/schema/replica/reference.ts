// Offices, products, payment types and the like, in the order head office lists them. A shelf is replaced whole.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { ReferenceRow, ReferenceShelf } from '../../../ports/headOffice.ts';

export const replicaReference = sqliteTable('replica_reference', {
  shelf: text('shelf').$type<ReferenceShelf>().notNull(),
  place: integer('place').notNull(),
  serverId: integer('server_id').notNull(),
  name: text('name').notNull(),
  body: text('body', { mode: 'json' }).$type<ReferenceRow['body']>().notNull(),
});
