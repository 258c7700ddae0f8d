// Pictures of clients as head office gave them out: the hashes of the files in the vault, the small one and the whole one.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const replicaPictures = sqliteTable('replica_pictures', {
  clientId: text('client_id').primaryKey(),
  askedAt: integer('asked_at').notNull(),
  small: text('small'),
  whole: text('whole'),
});
