// By which rules, and for numbers of which country, the search index was made.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const localSearchIndex = sqliteTable('local_search_index', {
  only: integer('only').primaryKey(),
  rules: integer('rules').notNull(),
  country: text('country'),
});
