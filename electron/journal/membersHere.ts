// What a group is called and which number of the institution's own it has, who belongs to it and has which role in it, in which state it is and who serves it: head office's own row, with what the
// branch changed and that row does not show yet laid over it, oldest first (I6).

import { isFinished, type CommandRecord } from '../../shared/domain/commands/command.ts';
import { HOLDER, MEMBER, ROLE } from '../../shared/domain/commands/kinds/groupChange.ts';
import { ownIdOf } from '../../shared/domain/commands/kinds/groupEdit.ts';
import { kindOf } from '../../shared/domain/commands/kinds/allKinds.ts';
import type { LocalId } from '../../shared/kernel/ids.ts';
import type { GroupStatus } from '../ports/headOffice.ts';
import type { ClientRecord, GroupRecord, ReadStore } from '../ports/store.ts';
import { syncStateOf } from './settings.ts';

/** More than anybody changes of one group between two pulls. */
const CHANGES_MOST = 200;

export interface GroupHere {
  readonly name: string;
  /** The institution's own; null where it has none. */
  readonly externalId: string | null;
  readonly status: GroupStatus;
  readonly staffName: string | null;
  readonly members: readonly ClientRecord[];
  /** Whose coming head office does not show yet. */
  readonly joining: ReadonlySet<LocalId>;
  /** Of members alone. */
  readonly roles: readonly RoleHere[];
}

export interface RoleHere {
  readonly client: ClientRecord;
  readonly role: string;
  /** What gave it, while head office does not show it yet. */
  readonly givenBy: CommandRecord | null;
}

export function groupHere(read: ReadStore, group: GroupRecord): GroupHere {
  const record = { kind: 'group', localId: group.groupId } as const;
  const facts = read
    .factsOf(record, CHANGES_MOST)
    .filter((command) => countsStill(read, command, group.pulledAt))
    .reverse();
  // Of one that head office does not have yet, who founded it.
  const confirmed = group.serverId === null ? [] : read.membersOf(group.groupId);
  const members = new Map(confirmed.map((client) => [client.clientId, client]));
  const roles = new Map<string, RoleHere>();
  for (const { clientId, role } of read.rolesIn(group.groupId)) keepRole(roles, clientOf(read, clientId), role, null);
  let { name, status, staffName } = group;
  let externalId = ownIdOf(group.externalId);
  for (const command of facts)
    for (const change of kindOf(command.kind).changes(command.payload)) {
      if (change.what === 'state') status = STATES.find((each) => each === change.state) ?? status;
      const fields = change.what === 'fields' ? change.fields : {};
      if (fields['name'] !== undefined) name = fields['name'].after ?? name;
      if (fields['externalId'] !== undefined) externalId = fields['externalId'].after;
      if (fields['staffName'] !== undefined) staffName = fields['staffName'].after;
      const member = fields[MEMBER];
      const [gone, come] = [clientOf(read, member?.before), clientOf(read, member?.after)];
      if (gone !== null) members.delete(gone.clientId);
      if (come !== null) members.set(come.clientId, come);
      const [holder, role] = [clientOf(read, fields[HOLDER]?.after), fields[ROLE]];
      if (holder === null || role === undefined) continue;
      if (role.before !== null) roles.delete(keyOf(holder, role.before));
      if (role.after !== null) keepRole(roles, holder, role.after, command);
    }
  const before = new Set(confirmed.map(({ clientId }) => clientId));
  return {
    name,
    externalId,
    status,
    staffName,
    members: [...members.values()],
    joining: new Set([...members.keys()].filter((clientId) => !before.has(clientId))),
    roles: [...roles.values()].filter(({ client }) => members.has(client.clientId)),
  };
}

function keyOf({ clientId }: ClientRecord, role: string): string {
  return `${clientId} ${role}`;
}

/** One that head office shows stays its own, whoever gives it here once more. */
function keepRole(roles: Map<string, RoleHere>, client: ClientRecord | null, role: string, givenBy: CommandRecord | null): void {
  if (client === null || roles.has(keyOf(client, role))) return;
  roles.set(keyOf(client, role), { client, role, givenBy });
}

const STATES: readonly GroupStatus[] = ['pending', 'active', 'closed'];

/** Somebody who was made one with another client is that one. */
function clientOf(read: ReadStore, clientId: string | null | undefined): ClientRecord | null {
  return clientId === null || clientId === undefined ? null : read.client(clientId);
}

/** A refused one is a case and changes nothing; an accepted one stands in the row as soon as that was read after it. */
function countsStill(read: ReadStore, command: CommandRecord, pulledAt: number | null): boolean {
  if (command.state === 'accepted')
    return (read.commandEvents(command.commandId).at(-1)?.at ?? 0) >= (pulledAt ?? syncStateOf(read).auditedAt ?? Number.POSITIVE_INFINITY);
  return !isFinished(command.state) && command.state !== 'rejected';
}
