// What a pull could not read, by shelf and server id; emptied with the replica.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const replicaLeftOut = sqliteTable('replica_left_out', {
  shelf: text('shelf').notNull(),
  serverId: integer('server_id').notNull(),
  why: text('why').notNull(),
  since: integer('since').notNull(),
  tries: integer('tries').notNull(),
  nextTryAt: integer('next_try_at').notNull(),
});
