// The current value of each setting. Neither journal nor replica: a change that matters is told to the journal by the use case.

import { sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Json } from '../../../../shared/kernel/canonicalJson.ts';
import type { SettingName } from '../../../ports/store.ts';

export const localSettings = sqliteTable('local_settings', {
  name: text('name').$type<SettingName>().primaryKey(),
  value: text('value', { mode: 'json' }).$type<Json>().notNull(),
});
