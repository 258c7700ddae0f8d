// Numbers that were given here before head office had one: each once, for ever, whatever becomes of the record.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { RecordKind } from '../../../../shared/domain/commands/kinds/kind.ts';

export const journalLocalNumbers = sqliteTable('journal_local_numbers', {
  number: text('number').primaryKey(),
  recordKind: text('record_kind').$type<RecordKind>().notNull(),
  recordId: text('record_id').notNull(),
  deviceCode: text('device_code').notNull(),
  sequence: integer('sequence').notNull(),
});
