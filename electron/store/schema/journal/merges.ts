// A record of ours that turned out to be one which head office had already: from then on it is spoken of by that one's number.

import { sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { RecordKind } from '../../../../shared/domain/commands/kinds/kind.ts';

export const journalMerges = sqliteTable('journal_merges', {
  kind: text('kind').$type<RecordKind>().notNull(),
  localId: text('local_id').notNull(),
  intoLocalId: text('into_local_id').notNull(),
});
