// Identity papers of a client as head office listed them when it was asked.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { IdentifierThere } from '../../../ports/headOffice.ts';

export const replicaIdentifiers = sqliteTable('replica_identifiers', {
  clientId: text('client_id').primaryKey(),
  askedAt: integer('asked_at').notNull(),
  identifiers: text('identifiers', { mode: 'json' }).$type<readonly IdentifierThere[]>().notNull(),
});
