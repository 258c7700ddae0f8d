// Half-filled forms, so that a power cut does not cost the typing. Deleted when the form is done.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const localDrafts = sqliteTable('local_drafts', {
  username: text('username').notNull(),
  draftKey: text('draft_key').notNull(),
  body: text('body').notNull(),
  /** The form that the body names, if it names one. */
  formId: text('form_id'),
  keptAt: integer('kept_at').notNull(),
});
