// What is known of a client, changed field by field, each with what stood there when it was changed. Head office checks no version and the last
// writer wins (contract 6.3), so the fields are read there before they are told: two people's changes to different fields both survive, and where
// the same field says a third thing by then, a person decides.

import type { LocalId } from '../../../kernel/ids.ts';
import { EDITED_FIELDS, fitsField, type EditedField } from '../../clients/editedFields.ts';
import { editableIn, seenThere, wordsAnew, type FieldEdits } from './fieldEdit.ts';
import { subjectOf, type Kind } from './kind.ts';

export interface ClientEditPayload {
  readonly kind: 'clientEdit';
  readonly clientId: LocalId;
  /** At least one. Null: nothing stands there. */
  readonly fields: FieldEdits<EditedField>;
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
  editable: ({ fields }) => editableIn(EDITED_FIELDS, fields),
  edit: (payload, said) => {
    const fields = wordsAnew(EDITED_FIELDS, payload.fields, said, fitsField);
    return fields === null ? null : { ...payload, fields };
  },
  seen: (payload, serverMessage) => ({ ...payload, fields: seenThere(EDITED_FIELDS, payload.fields, serverMessage) }),
  ridesInBatch: () => false,
  looksUpBeforeItGoesAgain: true,
  ways: ['resubmit', 'correct', 'withdraw', 'recognise'],
  never: ['recognise'],
};
