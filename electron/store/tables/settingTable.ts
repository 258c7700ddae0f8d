// The branch's settings, each a JSON value under a fixed name.

import type { Json } from '../../../shared/kernel/canonicalJson.ts';
import type { SettingReads, SettingWrites } from '../../ports/store.ts';
import { localSettings } from '../schema/local/settings.ts';
import { insertInto, parsingOnce, replacing, selectFrom } from '../statements.ts';
import type { Session } from '../statements.ts';

export function readSettings(session: Session): SettingReads {
  const byName = selectFrom(session, localSettings, 'WHERE name = ?', parsingOnce());
  return { setting: (name): Json | null => byName.one(name)?.value ?? null };
}

export function writeSettings(session: Session): SettingWrites {
  const save = insertInto(session, localSettings, replacing(localSettings, 'name'));
  return { saveSetting: (name, value) => save({ name, value }) };
}
