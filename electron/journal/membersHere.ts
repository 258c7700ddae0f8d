// What a group is called, who belongs to it, in which state it is and who serves it: head office's own row, with what the branch changed and that
// row does not show yet laid over it, oldest first (I6).

import { isFinished, type CommandRecord } from '../../shared/domain/commands/command.ts';
import { MEMBER } from '../../shared/domain/commands/kinds/groupChange.ts';
import { kindOf } from '../../shared/domain/commands/kinds/allKinds.ts';
import type { LocalId } from '../../shared/kernel/ids.ts';
import type { GroupStatus } from '../ports/headOffice.ts';
import type { ClientRecord, GroupRecord, ReadStore } from '../ports/store.ts';
import { syncStateOf } from './settings.ts';

/** More than anybody changes of one group between two pulls. */
const CHANGES_MOST = 200;

export interface GroupHere {
  readonly name: string;
  readonly status: GroupStatus;
  readonly staffName: string | null;
  readonly members: readonly ClientRecord[];
  /** Whose coming head office does not show yet. */
  readonly joining: ReadonlySet<LocalId>;
}

export function groupHere(read: ReadStore, group: GroupRecord): GroupHere {
  const record = { kind: 'group', localId: group.groupId } as const;
  const changes = read
    .factsOf(record, CHANGES_MOST)
    .filter((command) => countsStill(read, command))
    .reverse()
    .flatMap(({ kind, payload }) => kindOf(kind).changes(payload));
  // Of one that head office does not have yet, who founded it.
  const confirmed = group.serverId === null ? [] : read.membersOf(group.groupId);
  const members = new Map(confirmed.map((client) => [client.clientId, client]));
  let { name, status, staffName } = group;
  for (const change of changes) {
    if (change.what === 'state') status = STATES.find((each) => each === change.state) ?? status;
    const fields = change.what === 'fields' ? change.fields : {};
    if (fields['name'] !== undefined) name = fields['name'].after ?? name;
    if (fields['staffName'] !== undefined) staffName = fields['staffName'].after;
    const member = fields[MEMBER];
    const [gone, come] = [clientOf(read, member?.before), clientOf(read, member?.after)];
    if (gone !== null) members.delete(gone.clientId);
    if (come !== null) members.set(come.clientId, come);
  }
  const before = new Set(confirmed.map(({ clientId }) => clientId));
  return {
    name,
    status,
    staffName,
    members: [...members.values()],
    joining: new Set([...members.keys()].filter((clientId) => !before.has(clientId))),
  };
}

const STATES: readonly GroupStatus[] = ['pending', 'active', 'closed'];

/** Somebody who was made one with another client is that one. */
function clientOf(read: ReadStore, clientId: string | null | undefined): ClientRecord | null {
  return clientId === null || clientId === undefined ? null : read.client(clientId);
}

/** A refused one is a case and changes nothing; an accepted one stands in the row as soon as the audit trail was read past it. */
function countsStill(read: ReadStore, command: CommandRecord): boolean {
  if (command.state === 'accepted')
    return (read.commandEvents(command.commandId).at(-1)?.at ?? 0) >= (syncStateOf(read).auditedAt ?? Number.POSITIVE_INFINITY);
  return !isFinished(command.state) && command.state !== 'rejected';
}
