// The subjects of a command beside its first one, where it keeps order for several (I4).

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const journalSubjects = sqliteTable('journal_subjects', {
  subject: text('subject').notNull(),
  sequence: integer('sequence').notNull(),
});
