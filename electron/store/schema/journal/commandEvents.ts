// Every change of a command's state, with who and why (I3). Append-only.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { CommandState } from '../../../../shared/domain/commands/command.ts';
import type { Json } from '../../../../shared/kernel/canonicalJson.ts';

export const journalCommandEvents = sqliteTable('journal_command_events', {
  commandId: text('command_id').notNull(),
  /** Counts up within the command: the table is its own index. */
  position: integer('position').notNull(),
  at: integer('at').notNull(),
  from: text('from_state').$type<CommandState>(),
  to: text('to_state').$type<CommandState>().notNull(),
  why: text('why').notNull(),
  by: text('by').notNull(),
  facts: text('facts', { mode: 'json' }).$type<Json>().notNull(),
});
