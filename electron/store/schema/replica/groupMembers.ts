// Who belongs to which group, by local ids. A member may be known here before the client itself was pulled.

import { sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const replicaGroupMembers = sqliteTable('replica_group_members', {
  groupId: text('group_id').notNull(),
  clientId: text('client_id').notNull(),
});
