// Who of a group's members is its leader, treasurer or whatever head office names, by local ids.

import { sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const replicaGroupRoles = sqliteTable('replica_group_roles', {
  groupId: text('group_id').notNull(),
  clientId: text('client_id').notNull(),
  role: text('role').notNull(),
});
