// A change of a group at head office: sent alone. It carries no mark, and needs none: the group is read first, and what stands there as it is
// wanted was told.

import type { Outcome } from '../../../shared/domain/commands/command.ts';
import { memberIn, type GroupChangePayload, type GroupDeed } from '../../../shared/domain/commands/kinds/groupChange.ts';
import type { Answer, CommandToSend, Credential } from '../../ports/headOffice.ts';
import { DATE_FORMAT } from '../dates.ts';
import type { JsonValue } from '../jsonText.ts';
import { decoding } from '../line.ts';
import type { Line } from '../line.ts';
import { Members, needed, Unreadable } from '../members.ts';
import { decodeGroup } from '../shelves/groups.ts';
import { withNumberOf, type KindThere } from './kindThere.ts';
import type { Found } from './lookUp.ts';
import { lookUpWanted, pendingOn, tellWanted, type Stands, type Wanted } from './wantedState.ts';

const DEEDS = {
  join: { command: 'associateClients', action: 'ASSOCIATECLIENTS' },
  leave: { command: 'disassociateClients', action: 'DISASSOCIATECLIENTS' },
  giveRole: { command: 'assignRole', action: 'ASSIGNROLE' },
  takeRole: { command: 'unassignRole', action: 'UNASSIGNROLE' },
  activate: { command: 'activate', action: 'ACTIVATE' },
  serve: { command: 'assignStaff', action: 'ASSIGNSTAFF' },
  close: { command: 'close', action: 'CLOSE' },
} as const satisfies Readonly<Record<GroupDeed['what'], { command: string; action: string }>>;

export const groupChangeThere: KindThere<GroupChangePayload> = {
  send: (line, command, payload, credential) =>
    withNumbers<Outcome>(command, payload, (group, client) => tellWanted(line, command, wanted(group, client, payload.change), credential)),
  lookUp: (line, command, payload, credential, reader) =>
    withNumbers<Found>(command, payload, (group, client) =>
      lookUpWanted(line, command, wanted(group, client, payload.change), credential, reader),
    ),
  pending: (command, { groupId, change: deed }) => {
    // Head office has no right to check these, so that none waits.
    if (deed.what === 'giveRole' || deed.what === 'takeRole') return null;
    const member = memberIn(deed);
    // Of a group that is activated, given to somebody or closed the body says nothing: its row does.
    if (member === null) return pendingOn(command, groupId, deedThere(deed));
    const client = command.serverIds[member];
    if (client === undefined) return null;
    return { ...deedThere(deed), marker: markerOf(client), expected: command.postSingly };
  },
};

function wanted(group: number, client: number, deed: GroupDeed): Wanted {
  return {
    serverId: group,
    stands: (line, credential) => readState(line, group, deed, client, credential),
    request: {
      url: `/groups/${String(group)}?command=${DEEDS[deed.what].command}`,
      body: bodyOf(deed, client),
      ours: { groupId: group },
    },
    deed: deedThere(deed),
    isOnTrail: !NAMES_NO_OFFICE.has(deed.what),
    ...(memberIn(deed) === null ? {} : { marker: markerOf(client) }),
  };
}

/** Of these head office's trail names no office, so that nobody at a branch is shown who said it. */
const NAMES_NO_OFFICE: ReadonlySet<GroupDeed['what']> = new Set(['close', 'giveRole', 'takeRole']);

function deedThere(deed: GroupDeed): { readonly entity: string; readonly action: string } {
  return { entity: 'GROUP', action: DEEDS[deed.what].action };
}

/** As it stands inside a body. */
function markerOf(client: number): string {
  return `"clientMembers":[${String(client)}]`;
}

function withNumbers<T>(
  command: CommandToSend,
  { groupId, change: deed }: GroupChangePayload,
  ask: (group: number, client: number) => Promise<T | Outcome>,
): Promise<T | Outcome> {
  const member = memberIn(deed);
  return withNumberOf<T>(command, groupId, (group) =>
    member === null ? ask(group, 0) : withNumberOf<T>(command, member, (client) => ask(group, client)),
  );
}

function bodyOf(deed: GroupDeed, client: number): JsonValue {
  switch (deed.what) {
    case 'join':
    case 'leave':
      return { clientMembers: [client] };
    case 'giveRole':
      return { clientId: client, role: deed.role.serverId };
    case 'takeRole':
      return {};
    case 'activate':
      return { activationDate: deed.on, ...DATE_FORMAT };
    case 'serve':
      return { staffId: deed.staff.serverId };
    case 'close':
      return { closureDate: deed.on, closureReasonId: deed.reason.serverId, ...DATE_FORMAT };
  }
}

/** Whoever leaves keeps a role there (observed): it is to be taken first. */
const ROLE_HELD_THERE = 'group.roleHeldThere';

async function readState(line: Line, group: number, deed: GroupDeed, client: number, credential: Credential): Promise<Answer<Stands>> {
  const answer = await line.ask({ method: 'GET', url: `/groups/${String(group)}?associations=clientMembers,groupRoles` }, credential);
  if (!answer.ok) return answer;
  return decoding(() => {
    const row = new Members(answer.value, `group ${String(group)}`);
    const { serverId, status, memberServerIds } = decodeGroup(row);
    if (serverId !== group) throw new Unreadable(`group ${String(group)}: id`);
    const held = row.children('groupRoles').filter((each) => each.id('clientId') === client);
    switch (deed.what) {
      case 'join':
        return memberServerIds.includes(client);
      case 'leave':
        if (!memberServerIds.includes(client)) return true;
        return held.length === 0 ? false : { whyNot: ROLE_HELD_THERE };
      case 'giveRole':
        return held.some((each) => each.child('role')?.id('id') === deed.role.serverId);
      case 'takeRole': {
        const its = held.find((each) => each.child('role')?.text('name') === deed.role);
        return its === undefined || { at: `&roleId=${String(needed(its.id('id'), its, 'id'))}` };
      }
      case 'activate':
        return status === 'active';
      case 'close':
        return status === 'closed';
      case 'serve':
        return row.id('staffId') === deed.staff.serverId;
    }
  });
}
