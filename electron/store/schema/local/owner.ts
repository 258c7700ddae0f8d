// Who owns this file (I12): each opening raises the fencing number, and a write under an older number is refused.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const localOwner = sqliteTable('local_owner', {
  only: integer('only').primaryKey(),
  fencing: integer('fencing').notNull(),
  ownerName: text('owner_name').notNull(),
  takenAt: integer('taken_at').notNull(),
});
