// Who may sign in at this PC. Holds stretched password hashes and sealed passwords, never a password.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { StaffRecord } from '../../../ports/store.ts';

export const localStaff = sqliteTable('local_staff', {
  username: text('username').primaryKey(),
  displayName: text('display_name').notNull(),
  role: text('role').notNull(),
  staffServerId: integer('staff_server_id'),
  userServerId: integer('user_server_id').notNull(),
  officeServerId: integer('office_server_id').notNull(),
  permissions: text('permissions', { mode: 'json' }).$type<readonly string[]>().notNull(),
  passwordHash: text('password_hash'),
  sealedPassword: text('sealed_password'),
  lastOnlineAt: integer('last_online_at').notNull(),
  failures: integer('failures').notNull(),
  waitUntil: integer('wait_until'),
  lockedOut: integer('locked_out', { mode: 'boolean' }).notNull(),
  signIn: text('sign_in').$type<StaffRecord['signIn']>().notNull(),
});
