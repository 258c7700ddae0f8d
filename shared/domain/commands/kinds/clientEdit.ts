// What is known of a client, changed field by field, each with what stood there when it was changed. Head office checks no version and the last
// writer wins (contract 6.3), so the fields are read there before they are told: two people's changes to different fields both survive, and where
// the same field says a third thing by then, a person decides.

import { isBusinessDate } from '../../../kernel/businessDate.ts';
import type { LocalId } from '../../../kernel/ids.ts';
import { CLIENT_FULLNAME_MAX, CLIENT_MOBILE_MAX, CLIENT_NAME_MAX } from './clientRegistration.ts';
import { subjectOf, type FieldChange, type Kind } from './kind.ts';

/** First and last name of a person, the one name of a business, the phone, and the birth date of a person. */
export const EDITED_FIELDS = ['firstname', 'lastname', 'fullname', 'mobileNo', 'dateOfBirth'] as const;
export type EditedField = (typeof EDITED_FIELDS)[number];
export type EditedFields = Readonly<Partial<Record<EditedField, FieldChange>>>;

export interface ClientEditPayload {
  readonly kind: 'clientEdit';
  readonly clientId: LocalId;
  /** At least one. Null: nothing stands there. */
  readonly fields: EditedFields;
}

const LENGTHS: Readonly<Record<EditedField, number>> = {
  firstname: CLIENT_NAME_MAX,
  lastname: CLIENT_NAME_MAX,
  fullname: CLIENT_FULLNAME_MAX,
  mobileNo: CLIENT_MOBILE_MAX,
  dateOfBirth: 10,
};
/** A name is never taken away. */
const MAY_BE_EMPTY: readonly EditedField[] = ['mobileNo', 'dateOfBirth'];

/** What may stand in that field. */
export function fitsField(field: EditedField, value: string | null): boolean {
  if (value === null) return MAY_BE_EMPTY.includes(field);
  return value.length <= LENGTHS[field] && (field !== 'dateOfBirth' || isBusinessDate(value));
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
