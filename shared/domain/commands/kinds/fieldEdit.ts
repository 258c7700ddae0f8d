// What the kinds that change a record field by field have in common: what may be written anew, and what follows when somebody changed the same
// field at head office.

import { readChangedThere } from '../../clients/changedThere.ts';
import type { FieldChange } from './kind.ts';

export type FieldEdits<Name extends string> = Readonly<Partial<Record<Name, FieldChange>>>;

export function editableIn<Name extends string>(names: readonly Name[], fields: FieldEdits<Name>): Readonly<Record<string, string>> {
  return Object.fromEntries(names.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name].after ?? '']])));
}

/** Null where one of the words does not fit its field. */
export function wordsAnew<Name extends string>(
  names: readonly Name[],
  fields: FieldEdits<Name>,
  said: Readonly<Record<string, string>>,
  fits: (name: Name, after: string | null) => boolean,
): FieldEdits<Name> | null {
  const anew: Partial<Record<Name, FieldChange>> = { ...fields };
  for (const name of names) {
    const known = fields[name];
    const words = said[name]?.trim();
    if (known === undefined || words === undefined) continue;
    const after = words === '' ? null : words;
    if (!fits(name, after)) return null;
    anew[name] = { ...known, after };
  }
  return anew;
}

/** What stands there now takes the place of what was seen before: over that, and nothing else, new words go. */
export function seenThere<Name extends string>(
  names: readonly Name[],
  fields: FieldEdits<Name>,
  serverMessage: string | null,
): FieldEdits<Name> {
  const there: Readonly<Record<string, string | null>> = readChangedThere(serverMessage)?.fields ?? {};
  const seen: Partial<Record<Name, FieldChange>> = { ...fields };
  for (const name of names) {
    const [known, now] = [fields[name], there[name]];
    if (known !== undefined && now !== undefined) seen[name] = { ...known, before: now };
  }
  return seen;
}
