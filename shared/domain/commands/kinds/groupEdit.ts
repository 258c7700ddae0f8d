// What a group is called, or the number that the institution itself gave it, changed with what stood there when it was changed: told and judged as
// what is known of a client is. Head office keeps one external id of a group. Where the institution has none of its own, the number that a branch gave
// stands there, which is none to people; taken away, it is that number again.

import type { LocalId } from '../../../kernel/ids.ts';
import { isLocalNumber } from '../../clients/localNumber.ts';
import { editableIn, seenThere, wordsAnew, type FieldEdits } from './fieldEdit.ts';
import { GROUP_EXTERNAL_ID_MAX, GROUP_NAME_MAX, groupNameOf } from './groupRegistration.ts';
import { subjectOf, type Kind } from './kind.ts';

export const GROUP_FIELDS = ['name', 'externalId'] as const;
export type GroupField = (typeof GROUP_FIELDS)[number];

export interface GroupEditPayload {
  readonly kind: 'groupEdit';
  readonly groupId: LocalId;
  readonly fields: FieldEdits<GroupField>;
  /** What it was founded under here: that stands at head office where the institution has no number of its own for it. */
  readonly localNumber?: string;
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
    const fields = wordsAnew(GROUP_FIELDS, payload.fields, name === undefined ? said : { ...said, name: groupNameOf(name) }, fits);
    return fields === null ? null : { ...payload, fields };
  },
  seen: (payload, serverMessage) => ({ ...payload, fields: seenThere(GROUP_FIELDS, payload.fields, serverMessage) }),
  ridesInBatch: () => false,
  looksUpBeforeItGoesAgain: true,
  ways: ['resubmit', 'correct', 'withdraw', 'recognise'],
  never: ['recognise'],
};

/** What may stand in that field. Nobody types the number of a branch as the institution's own. */
function fits(name: GroupField, after: string | null): boolean {
  if (name === 'name') return after !== null && after.length <= GROUP_NAME_MAX;
  return after === null || (after.length <= GROUP_EXTERNAL_ID_MAX && !isLocalNumber(after));
}

/** The institution's own number of a group, of what head office keeps as its external id; null where that is a branch's. */
export function ownIdOf(externalId: string | null): string | null {
  return externalId === null || isLocalNumber(externalId) ? null : externalId;
}
