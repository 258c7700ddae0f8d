// What is known of a client, changed field by field, each with what stood there when it was changed. Head office checks no version and the last
// writer wins (contract 6.3), so the fields are read there before they are told: two people's changes to different fields both survive, and where
// the same field says a third thing by then, a person decides.

import type { LocalId } from '../../../kernel/ids.ts';
import { readChangedThere } from '../../clients/changedThere.ts';
import { EDITED_FIELDS, fitsField, type EditedField } from '../../clients/editedFields.ts';
import { subjectOf, type FieldChange, type Kind } from './kind.ts';

export type EditedFields = Readonly<Partial<Record<EditedField, FieldChange>>>;

export interface ClientEditPayload {
  readonly kind: 'clientEdit';
  readonly clientId: LocalId;
  /** At least one. Null: nothing stands there. */
  readonly fields: EditedFields;
}

const clientRef = (localId: LocalId) => ({ kind: 'client', localId }) as const;

export const clientEdit: Kind<ClientEditPayload> = {
  version: 1,
  lifts: [],
  subjects: ({ clientId }) => [subjectOf(clientRef(clientId))],
  refersTo: ({ clientId }) => [clientRef(clientId)],
  teaches: () => null,
  numbered: () => null,
  concerns: ({ clientId }) => clientRef(clientId),
  money: null,
  changes: ({ clientId, fields }) => [{ what: 'fields', record: clientRef(clientId), fields: { ...fields } }],
  editable: ({ fields }) =>
    Object.fromEntries(EDITED_FIELDS.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name].after ?? '']]))),
  edit,
  seen,
  ridesInBatch: () => false,
  looksUpBeforeItGoesAgain: true,
  ways: ['resubmit', 'correct', 'withdraw', 'recognise'],
  never: ['recognise'],
};

function edit(payload: ClientEditPayload, said: Readonly<Record<string, string>>): ClientEditPayload | null {
  const fields: Partial<Record<EditedField, FieldChange>> = { ...payload.fields };
  for (const name of EDITED_FIELDS) {
    const known = fields[name];
    const words = said[name]?.trim();
    if (known === undefined || words === undefined) continue;
    const after = words === '' ? null : words;
    if (!fitsField(name, after)) return null;
    fields[name] = { ...known, after };
  }
  return { ...payload, fields };
}

/** What stands there now takes the place of what was seen before: over that, and nothing else, new words go. */
function seen(payload: ClientEditPayload, serverMessage: string | null): ClientEditPayload {
  const there = readChangedThere(serverMessage)?.fields;
  if (there === undefined) return payload;
  const fields: Partial<Record<EditedField, FieldChange>> = { ...payload.fields };
  for (const name of EDITED_FIELDS) {
    const [known, now] = [fields[name], there[name]];
    if (known !== undefined && now !== undefined) fields[name] = { ...known, before: now };
  }
  return { ...payload, fields };
}
