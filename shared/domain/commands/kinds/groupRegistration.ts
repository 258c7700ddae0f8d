// Founding a group: known here at once under the number that it is given, with its members, some of whom head office may not have yet. Head
// office keeps one external id of a group and keeps it unique: the institution's own where somebody typed one, else our number. By that the
// group is found again after a lost reply. Its name is unique there as well, over all offices.

import type { BusinessDate } from '../../../kernel/businessDate.ts';
import type { LocalId } from '../../../kernel/ids.ts';
import { isLocalNumber } from '../../clients/localNumber.ts';
import type { ChosenOption } from './clientRegistration.ts';
import { MEMBER } from './groupChange.ts';
import { creationOf, type Kind, type RecordChange, type RecordRef } from './kind.ts';

/** What founding a group and founding a center have in common. */
export interface Founding {
  readonly localNumber: string;
  readonly officeServerId: number;
  readonly name: string;
  /** The institution's own, typed by people. */
  readonly externalId: string | null;
  readonly staff: ChosenOption | null;
  readonly submittedOn: BusinessDate;
  /** Null: registered, and not active yet. */
  readonly activationDate: BusinessDate | null;
}

export interface GroupRegistrationPayload extends Founding {
  readonly kind: 'groupRegistration';
  readonly groupId: LocalId;
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

/** What head office knows it by, unique there. */
export function markOfGroup({ externalId, localNumber }: Pick<Founding, 'externalId' | 'localNumber'>): string {
  return externalId ?? localNumber;
}

/** `memberField`: under which field whoever belongs to it from the beginning is told. */
export function foundingKind<P extends Founding>(
  recordOf: (payload: P) => RecordRef,
  membersOf: (payload: P) => readonly RecordRef[],
  memberField: string,
): Kind<P> {
  return {
    version: 1,
    lifts: [],
    subjects: (payload) => [creationOf(recordOf(payload))],
    refersTo: membersOf,
    teaches: recordOf,
    numbered: ({ localNumber }) => localNumber,
    concerns: recordOf,
    money: null,
    changes: (payload) => [
      { what: 'fields', record: recordOf(payload), fields: fieldsOf(payload) },
      { what: 'state', record: recordOf(payload), state: payload.activationDate === null ? 'pending' : 'active' },
      ...membersOf(payload).map(({ localId }): RecordChange => ({
        what: 'fields',
        record: recordOf(payload),
        fields: { [memberField]: { before: null, after: localId } },
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
}

export const groupRegistration: Kind<GroupRegistrationPayload> = foundingKind(
  ({ groupId }) => ({ kind: 'group', localId: groupId }),
  ({ members }) => members.map((localId) => ({ kind: 'client', localId })),
  MEMBER,
);

/** By the names that its row has them. */
function fieldsOf({ name, externalId, staff }: Founding) {
  const after: Readonly<Record<string, string | null>> = { name, externalId, staffName: staff?.name ?? null };
  return Object.fromEntries(
    Object.entries(after).flatMap(([field, value]) => (value === null ? [] : [[field, { before: null, after: value }]])),
  );
}

function edit<P extends Founding>(payload: P, fields: Readonly<Record<string, string>>): P | null {
  const name = groupNameOf(fields['name'] ?? payload.name);
  const externalId = (fields['externalId'] ?? payload.externalId ?? '').trim();
  const fits = name !== '' && name.length <= GROUP_NAME_MAX && externalId.length <= GROUP_EXTERNAL_ID_MAX && !isLocalNumber(externalId);
  return fits ? { ...payload, name, externalId: externalId === '' ? null : externalId } : null;
}

export function isGroupRegistration(payload: { readonly kind: string }): payload is GroupRegistrationPayload {
  return payload.kind === 'groupRegistration';
}
