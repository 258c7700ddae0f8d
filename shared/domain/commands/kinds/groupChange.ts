// A group is changed, line or no line: somebody joins it, perhaps a client who was registered a minute ago, or leaves it; it becomes active, is
// given to somebody of the staff, or is closed. Each is wanted as a state, so a second telling is harmless, and what stands there already was told.

import type { BusinessDate } from '../../../kernel/businessDate.ts';
import type { LocalId } from '../../../kernel/ids.ts';
import type { ChosenOption } from './clientRegistration.ts';
import { subjectOf, type Kind, type RecordChange } from './kind.ts';

export type GroupDeed =
  | { readonly what: 'join' | 'leave'; readonly clientId: LocalId }
  /** Also of one that was closed. */
  | { readonly what: 'activate'; readonly on: BusinessDate }
  | { readonly what: 'serve'; readonly staff: ChosenOption; readonly before: string | null }
  | { readonly what: 'close'; readonly on: BusinessDate; readonly reason: ChosenOption };

/** Who comes or goes; null of what is done to the group itself. */
export function memberIn(deed: GroupDeed): LocalId | null {
  return deed.what === 'join' || deed.what === 'leave' ? deed.clientId : null;
}

export interface GroupChangePayload {
  readonly kind: 'groupChange';
  readonly groupId: LocalId;
  readonly change: GroupDeed;
}

const groupRef = (localId: LocalId) => ({ kind: 'group', localId }) as const;

export const groupChange: Kind<GroupChangePayload> = {
  version: 1,
  lifts: [],
  subjects: ({ groupId }) => [subjectOf(groupRef(groupId))],
  refersTo: ({ groupId, change }) => {
    const member = memberIn(change);
    return [groupRef(groupId), ...(member === null ? [] : [{ kind: 'client', localId: member } as const])];
  },
  teaches: () => null,
  numbered: () => null,
  concerns: ({ groupId }) => groupRef(groupId),
  money: null,
  changes: ({ groupId, change }) => [changeOf(groupId, change)],
  editable: () => ({}),
  edit: () => null,
  ridesInBatch: () => false,
  looksUpBeforeItGoesAgain: true,
  ways: ['resubmit', 'withdraw', 'recognise'],
  never: ['recognise'],
};

/** Who joins or leaves is told by the client's own id. */
function changeOf(groupId: LocalId, deed: GroupDeed): RecordChange {
  const record = groupRef(groupId);
  switch (deed.what) {
    case 'join':
      return { what: 'fields', record, fields: { [MEMBER]: { before: null, after: deed.clientId } } };
    case 'leave':
      return { what: 'fields', record, fields: { [MEMBER]: { before: deed.clientId, after: null } } };
    case 'activate':
      return { what: 'state', record, state: 'active' };
    case 'close':
      return { what: 'state', record, state: 'closed' };
    case 'serve':
      return { what: 'fields', record, fields: { staffName: { before: deed.before, after: deed.staff.name } } };
  }
}

/** The field of a group under which somebody comes or goes. */
export const MEMBER = 'member';
