// Every distinct word of a client's name with its sound: where a misspelt word looks for its neighbours. Words stay when their
// last bearer is gone; they then find nobody.

import { sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const replicaNameWords = sqliteTable('replica_name_words', {
  word: text('word').primaryKey(),
  sound: text('sound').notNull(),
});
