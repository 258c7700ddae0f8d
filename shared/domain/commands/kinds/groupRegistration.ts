// Founding a group: known here at once under the number that it is given, with its members, some of whom head office may not have yet. Head
// office keeps one external id of a group and keeps it unique: the institution's own where somebody typed one, else our number. By that the
// group is found again after a lost reply. Its name is unique there as well, over all offices.

import type { BusinessDate } from '../../../kernel/businessDate.ts';
import type { LocalId } from '../../../kernel/ids.ts';
import { isLocalNumber } from '../../clients/localNumber.ts';
import type { ChosenOption } from './clientRegistration.ts';
import { MEMBER } from './groupChange.ts';
import { creationOf, type Kind, type RecordChange } from './kind.ts';

export interface GroupRegistrationPayload {
  readonly kind: 'groupRegistration';
  readonly groupId: LocalId;
  readonly localNumber: string;
  readonly officeServerId: number;
  readonly name: string;
  /** The institution's own, typed by people. */
  readonly externalId: string | null;
  readonly staff: ChosenOption | null;
  readonly submittedOn: BusinessDate;
  /** Null: registered, and not active yet. */
  readonly activationDate: BusinessDate | null;
  readonly members: readonly LocalId[];
}

/** As long as head office takes them. */
export const GROUP_NAME_MAX = 100;
export const GROUP_EXTERNAL_ID_MAX = 100;
/** As it is kept: no space beside another. */
export function groupNameOf(said: string): string {
  return said.trim().replace(/\s+/gu, ' ');
}
/** More than sit down together. */
export const GROUP_MEMBERS_MOST = 200;

/** What head office knows the group by, unique there. */
export function markOfGroup({ externalId, localNumber }: Pick<GroupRegistrationPayload, 'externalId' | 'localNumber'>): string {
  return externalId ?? localNumber;
}

const groupRef = (localId: LocalId) => ({ kind: 'group', localId }) as const;

export const groupRegistration: Kind<GroupRegistrationPayload> = {
  version: 1,
  lifts: [],
  subjects: ({ groupId }) => [creationOf(groupRef(groupId))],
  refersTo: ({ members }) => members.map((localId) => ({ kind: 'client', localId })),
  teaches: ({ groupId }) => groupRef(groupId),
  numbered: ({ localNumber }) => localNumber,
  concerns: ({ groupId }) => groupRef(groupId),
  money: null,
  changes: (payload) => [
    { what: 'fields', record: groupRef(payload.groupId), fields: fieldsOf(payload) },
    { what: 'state', record: groupRef(payload.groupId), state: payload.activationDate === null ? 'pending' : 'active' },
    ...payload.members.map((clientId): RecordChange => ({
      what: 'fields',
      record: groupRef(payload.groupId),
      fields: { [MEMBER]: { before: null, after: clientId } },
    })),
  ],
  editable: ({ name, externalId }) => ({ name, externalId: externalId ?? '' }),
  edit,
  ridesInBatch: () => false,
  // Its external id is unique there.
  looksUpBeforeItGoesAgain: false,
  ways: ['correct', 'merge', 'resubmit', 'withdraw'],
  never: [],
};

/** By the names that a group's row has them. */
function fieldsOf({ name, externalId, staff }: GroupRegistrationPayload) {
  const after: Readonly<Record<string, string | null>> = { name, externalId, staffName: staff?.name ?? null };
  return Object.fromEntries(
    Object.entries(after).flatMap(([field, value]) => (value === null ? [] : [[field, { before: null, after: value }]])),
  );
}

function edit(payload: GroupRegistrationPayload, fields: Readonly<Record<string, string>>): GroupRegistrationPayload | null {
  const name = groupNameOf(fields['name'] ?? payload.name);
  const externalId = (fields['externalId'] ?? payload.externalId ?? '').trim();
  const fits = name !== '' && name.length <= GROUP_NAME_MAX && externalId.length <= GROUP_EXTERNAL_ID_MAX && !isLocalNumber(externalId);
  return fits ? { ...payload, name, externalId: externalId === '' ? null : externalId } : null;
}

export function isGroupRegistration(payload: { readonly kind: string }): payload is GroupRegistrationPayload {
  return payload.kind === 'groupRegistration';
}
