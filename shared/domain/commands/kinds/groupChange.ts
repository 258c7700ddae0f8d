// A group is changed, line or no line: somebody joins it, perhaps a client who was registered a minute ago, or leaves it; a member is given a role in
// it, such as its leader's, or the role is taken; it becomes active, is given to somebody of the staff, or is closed. Each is wanted as a state, so a
// second telling is harmless, and what stands there already was told.

import type { BusinessDate } from '../../../kernel/businessDate.ts';
import type { LocalId } from '../../../kernel/ids.ts';
import type { ChosenOption } from './clientRegistration.ts';
import { subjectOf, type Kind, type RecordChange } from './kind.ts';

export type GroupDeed =
  | { readonly what: 'join' | 'leave'; readonly clientId: LocalId }
  /** One of those that head office names. Several may have the same. */
  | { readonly what: 'giveRole'; readonly clientId: LocalId; readonly role: ChosenOption }
  /** By its name, which the prepared reports tell without its number. */
  | { readonly what: 'takeRole'; readonly clientId: LocalId; readonly role: string }
  /** Also of one that was closed. */
  | { readonly what: 'activate'; readonly on: BusinessDate }
  | { readonly what: 'serve'; readonly staff: ChosenOption; readonly before: string | null }
  | { readonly what: 'close'; readonly on: BusinessDate; readonly reason: ChosenOption };

/** Who comes or goes, or whose role it is; null of what is done to the group itself. */
export function memberIn(deed: GroupDeed): LocalId | null {
  return 'clientId' in deed ? deed.clientId : null;
}

/** As long as head office takes them. */
export const GROUP_ROLE_MAX = 100;

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

/** Who joins or leaves, and who has a role, is told by the client's own id. */
function changeOf(groupId: LocalId, deed: GroupDeed): RecordChange {
  const record = groupRef(groupId);
  switch (deed.what) {
    case 'join':
      return { what: 'fields', record, fields: { [MEMBER]: { before: null, after: deed.clientId } } };
    case 'leave':
      return { what: 'fields', record, fields: { [MEMBER]: { before: deed.clientId, after: null } } };
    case 'giveRole':
      return { what: 'fields', record, fields: roleFields(deed.clientId, null, deed.role.name) };
    case 'takeRole':
      return { what: 'fields', record, fields: roleFields(deed.clientId, deed.role, null) };
    case 'activate':
      return { what: 'state', record, state: 'active' };
    case 'close':
      return { what: 'state', record, state: 'closed' };
    case 'serve':
      return { what: 'fields', record, fields: { staffName: { before: deed.before, after: deed.staff.name } } };
  }
}

function roleFields(clientId: LocalId, before: string | null, after: string | null) {
  return { [HOLDER]: { before: clientId, after: clientId }, [ROLE]: { before, after } };
}

/** The field of a group under which somebody comes or goes. */
export const MEMBER = 'member';
/** Those that say which role is given or taken, and whose it is. */
export const ROLE = 'role';
export const HOLDER = 'holder';

export function isGroupChange(payload: { readonly kind: string }): payload is GroupChangePayload {
  return payload.kind === 'groupChange';
}
