// Groups with their members and their savings accounts, read one by one: a list of groups does not name the members (contract 6.6), and no list
// of savings accounts names those that belong to a group.

import type { GroupStatus, PulledGroup } from '../../ports/headOffice.ts';
import { needed } from '../members.ts';
import type { Members } from '../members.ts';
import { listPage, nameOnly } from './page.ts';
import { readEach } from './replies.ts';
import type { ShelfSource } from './shelf.ts';

export const groups: ShelfSource<PulledGroup> = {
  list: (line, page, credential) => listPage(line, '/groups', { paged: true }, page, nameOnly, credential),
  read: async (line, serverIds, _way, credential, breathing) => {
    const groups = await readEach(line, 'group', serverIds, (id) => `/groups/${id}?associations=all`, decodeGroup, credential, breathing);
    if (!groups.ok || groups.value.rows.length === 0) return groups;
    const owners = groups.value.rows.map((group) => group.serverId);
    const owned = await readEach(line, 'group', owners, (id) => `/groups/${id}/accounts`, decodeOwned, credential, breathing);
    // Who may not see them reads the groups all the same.
    if (!owned.ok && (owned.trouble.kind === 'unreachable' || owned.trouble.kind === 'signInNeeded')) return owned;
    const savingsOf = new Map(owned.ok ? owned.value.rows.map((each) => [each.serverId, each.savingsServerIds]) : []);
    const rows = groups.value.rows.map((group) => ({ ...group, savingsServerIds: savingsOf.get(group.serverId) ?? [] }));
    return { ok: true, value: { ...groups.value, rows } };
  },
};

/** By head office's numbers. */
const STATUS: Readonly<Record<number, GroupStatus>> = { 300: 'active', 600: 'closed' };

export function decodeGroup(row: Members): PulledGroup {
  const serverId = needed(row.id('id'), row, 'id');
  const group = row.named(`group ${serverId}`);
  const name = needed(group.text('name'), group, 'name');
  const officeServerId = group.id('officeId');
  const memberServerIds = [...new Set(group.children('clientMembers').map((member) => needed(member.id('id'), member, 'id')))];
  return {
    serverId,
    externalId: group.text('externalId'),
    accountNo: group.text('accountNo') ?? String(serverId),
    name,
    status: group.flag('active') ? 'active' : (STATUS[group.enumeration('status') ?? 0] ?? 'pending'),
    staffName: group.text('staffName'),
    centerServerId: group.id('centerId') ?? parentOf(group.text('hierarchy')),
    ...(officeServerId === null ? {} : { officeServerId }),
    savingsServerIds: [],
    memberServerIds,
    roles: rolesOf(group, memberServerIds),
  };
}

/**
 * Of members alone: whoever left may have one there still, which the prepared reports do not tell. By name, for they tell no number of it either.
 */
function rolesOf(group: Members, memberServerIds: readonly number[]): PulledGroup['roles'] {
  const roles = group.children('groupRoles').map((row) => {
    const role = needed(row.child('role'), row, 'role');
    return { clientServerId: needed(row.id('clientId'), row, 'clientId'), role: needed(role.text('name'), role, 'name') };
  });
  const each = new Map(roles.map((held) => [`${String(held.clientServerId)} ${held.role}`, held]));
  return [...each.values()]
    .filter(({ clientServerId }) => memberServerIds.includes(clientServerId))
    .toSorted((one, other) => one.clientServerId - other.clientServerId || (one.role < other.role ? -1 : 1));
}

function decodeOwned(row: Members, serverId: number): { readonly serverId: number; readonly savingsServerIds: readonly number[] } {
  return { serverId, savingsServerIds: inOrder(row.children('savingsAccounts').map((account) => needed(account.id('id'), account, 'id'))) };
}

/** Each once: head office orders them by their state, which both ways of reading need not know. */
export function inOrder(serverIds: readonly number[]): readonly number[] {
  return [...new Set(serverIds)].toSorted((one, other) => one - other);
}

/** Of '.7.4.': the centre 7 over the group 4. */
function parentOf(hierarchy: string | null): number | null {
  const parent = /^\.(\d{1,15})\.\d+\.$/.exec(hierarchy ?? '')?.[1];
  return parent === undefined ? null : Number(parent);
}
