// What a record's fields and state are with changes laid over them, the earliest first.

import type { RecordChange, RecordRef } from '../commands/kinds/kind.ts';

export interface Folded {
  readonly fields: Readonly<Record<string, string | null>>;
  /** Null where nothing changes it. */
  readonly state: string | null;
}

export function foldFields(changes: readonly RecordChange[], of: RecordRef): Folded {
  const fields: Record<string, string | null> = {};
  let state: string | null = null;
  for (const change of changes) {
    if (change.record.kind !== of.kind || change.record.localId !== of.localId) continue;
    if (change.what === 'state') state = change.state;
    if (change.what === 'fields') for (const [name, { after }] of Object.entries(change.fields)) fields[name] = after;
  }
  return { fields, state };
}
