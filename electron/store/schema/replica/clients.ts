// Clients as head office last told them, and those registered here that it does not have yet. name_key orders lists, account_key finds numbers; both follow from the other columns.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { ClientRecord } from '../../../ports/store.ts';

export const replicaClients = sqliteTable('replica_clients', {
  clientRow: integer('client_row').primaryKey(),
  clientId: text('client_id').notNull(),
  /** Null while only this branch knows the client. */
  serverId: integer('server_id'),
  externalId: text('external_id'),
  accountNo: text('account_no').notNull(),
  displayName: text('display_name').notNull(),
  firstname: text('firstname'),
  lastname: text('lastname'),
  mobileNo: text('mobile_no'),
  status: text('status').$type<ClientRecord['status']>().notNull(),
  dateOfBirth: text('date_of_birth'),
  gender: text('gender'),
  activationDate: text('activation_date'),
  staffName: text('staff_name'),
  officeServerId: integer('office_server_id'),
  gone: integer('gone', { mode: 'boolean' }).notNull(),
  pulledAt: integer('pulled_at').notNull(),
  nameKey: text('name_key').notNull(),
  accountKey: text('account_key').notNull(),
  /** The oldest unpaid due date of the client's active loans, kept in step with them so that the list of those behind is one look. */
  firstUnpaidDueDate: text('first_unpaid_due_date'),
});
