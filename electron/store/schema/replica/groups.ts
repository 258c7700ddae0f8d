// Groups as head office last told them, and those founded here that it does not have yet; members stand in replica_group_members.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { GroupStatus } from '../../../ports/headOffice.ts';

export const replicaGroups = sqliteTable('replica_groups', {
  groupRow: integer('group_row').primaryKey(),
  groupId: text('group_id').notNull(),
  /** Null while only this branch knows the group. */
  serverId: integer('server_id'),
  externalId: text('external_id'),
  accountNo: text('account_no').notNull(),
  name: text('name').notNull(),
  /** What an older program asked for; the state says it. */
  active: integer('active', { mode: 'boolean' }).notNull(),
  status: text('status').$type<GroupStatus>().notNull(),
  staffName: text('staff_name'),
  centerServerId: integer('center_server_id'),
  savingsServerIds: text('savings_server_ids', { mode: 'json' }).$type<readonly number[]>().notNull(),
  members: integer('members').notNull(),
  /** Null of one that head office does not have, and of those that an older program read. */
  pulledAt: integer('pulled_at'),
  gone: integer('gone', { mode: 'boolean' }).notNull(),
  nameKey: text('name_key').notNull(),
  accountKey: text('account_key').notNull(),
});
