// Head office's own figure of what paying off a loan takes on one day.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const replicaPayOffs = sqliteTable('replica_pay_offs', {
  loanId: text('loan_id').primaryKey(),
  onDate: text('on_date').notNull(),
  payOffMinor: integer('pay_off_minor').notNull(),
  outstandingMinor: integer('outstanding_minor').notNull(),
  askedAt: integer('asked_at').notNull(),
});
