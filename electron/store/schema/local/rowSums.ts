// What the rows add up to, enciphered under this PC's seal (I13).

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const localRowSums = sqliteTable('local_row_sums', {
  only: integer('only').primaryKey(),
  sealed: text('sealed').notNull(),
});
