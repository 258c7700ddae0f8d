// Which earlier commands a command needs: any number, from what its payload refers to (I4).

import { sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const journalPrerequisites = sqliteTable('journal_prerequisites', {
  commandId: text('command_id').notNull(),
  needs: text('needs').notNull(),
});
