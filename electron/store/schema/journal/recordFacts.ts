// Which facts that are not about money concern a record: its view is made of them and of what head office confirmed.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { RecordKind } from '../../../../shared/domain/commands/kinds/kind.ts';

export const journalRecordFacts = sqliteTable('journal_record_facts', {
  recordKind: text('record_kind').$type<RecordKind>().notNull(),
  recordId: text('record_id').notNull(),
  sequence: integer('sequence').notNull(),
});
