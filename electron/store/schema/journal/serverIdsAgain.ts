// Numbers that head office gave a second time, after it was put back to an earlier day: the newest row of a number says whose it is.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { ServerIdKind } from '../../../ports/store.ts';

export const journalServerIdsAgain = sqliteTable('journal_server_ids_again', {
  position: integer('position').primaryKey(),
  kind: text('kind').$type<ServerIdKind>().notNull(),
  serverId: integer('server_id').notNull(),
  /** Null: nobody's that is known here. */
  localId: text('local_id'),
  /** The newest row of journal_server_ids then, so that the order in which a record learned its numbers is known. */
  afterPosition: integer('after_position').notNull(),
});
