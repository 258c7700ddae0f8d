// What a group is called, changed with what stood there when it was changed: told and judged as what is known of a client is. Its number at head
// office and what the branch knows it by stay.

import type { LocalId } from '../../../kernel/ids.ts';
import { editableIn, seenThere, wordsAnew, type FieldEdits } from './fieldEdit.ts';
import { GROUP_NAME_MAX, groupNameOf } from './groupRegistration.ts';
import { subjectOf, type Kind } from './kind.ts';

export const GROUP_FIELDS = ['name'] as const;
export type GroupField = (typeof GROUP_FIELDS)[number];

export interface GroupEditPayload {
  readonly kind: 'groupEdit';
  readonly groupId: LocalId;
  readonly fields: FieldEdits<GroupField>;
}

const groupRef = (localId: LocalId) => ({ kind: 'group', localId }) as const;

export const groupEdit: Kind<GroupEditPayload> = {
  version: 1,
  lifts: [],
  subjects: ({ groupId }) => [subjectOf(groupRef(groupId))],
  refersTo: ({ groupId }) => [groupRef(groupId)],
  teaches: () => null,
  numbered: () => null,
  concerns: ({ groupId }) => groupRef(groupId),
  money: null,
  changes: ({ groupId, fields }) => [{ what: 'fields', record: groupRef(groupId), fields: { ...fields } }],
  editable: ({ fields }) => editableIn(GROUP_FIELDS, fields),
  edit: (payload, said) => {
    const name = said['name'];
    const fields = wordsAnew(GROUP_FIELDS, payload.fields, name === undefined ? {} : { name: groupNameOf(name) }, fits);
    return fields === null ? null : { ...payload, fields };
  },
  seen: (payload, serverMessage) => ({ ...payload, fields: seenThere(GROUP_FIELDS, payload.fields, serverMessage) }),
  ridesInBatch: () => false,
  looksUpBeforeItGoesAgain: true,
  ways: ['resubmit', 'correct', 'withdraw', 'recognise'],
  never: ['recognise'],
};

function fits(_name: GroupField, after: string | null): boolean {
  return after !== null && after.length <= GROUP_NAME_MAX;
}
