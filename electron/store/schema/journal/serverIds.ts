// Which local id stands for a server record. Learned once and kept for ever, also when the replica is dropped and pulled again.
// One local id may gather several server ids (a merge, a restored head office); the latest learned one is spoken.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { ServerIdKind } from '../../../ports/store.ts';

export const journalServerIds = sqliteTable('journal_server_ids', {
  position: integer('position').primaryKey(),
  kind: text('kind').$type<ServerIdKind>().notNull(),
  serverId: integer('server_id').notNull(),
  localId: text('local_id').notNull(),
});
