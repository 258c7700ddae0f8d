// What head office says of fields that were changed here and there at once: what stands there now, and, where its audit trail tells, since when and by
// whom. It travels and is kept as the message of the refusal.

import { EDITED_FIELDS, type EditedField } from './editedFields.ts';

export interface ChangedThere {
  readonly fields: Readonly<Partial<Record<EditedField, string | null>>>;
  /** In UTC milliseconds; null where it is not told. */
  readonly at: number | null;
  readonly by: string | null;
}

export function sayChangedThere(said: ChangedThere): string {
  return JSON.stringify(said);
}

/** Null for whatever is no such message. */
export function readChangedThere(message: string | null): ChangedThere | null {
  if (message?.startsWith('{') !== true) return null;
  try {
    const read = JSON.parse(message) as { fields?: unknown; at?: unknown; by?: unknown };
    if (typeof read.fields !== 'object' || read.fields === null) return null;
    const fields = Object.fromEntries(
      Object.entries(read.fields).filter(
        ([name, value]) => (EDITED_FIELDS as readonly string[]).includes(name) && (value === null || typeof value === 'string'),
      ),
    );
    return { fields, at: typeof read.at === 'number' ? read.at : null, by: typeof read.by === 'string' ? read.by : null };
  } catch {
    return null;
  }
}
