// The books of a branch are those of the office that it was founded for, with the offices below it. Head office shows a person of the office
// nothing else, but for savings accounts that are asked for by their number; its own people see every office, and whoever of them reads for the
// branch brings in no other.

import { readSetting } from '../journal/settings.ts';
import type { Credential } from '../ports/headOffice.ts';
import type { ReadStore } from '../ports/store.ts';

/** Whether head office shows this reader more than the branch: everybody who is not of the office itself. The reading user is of the office. */
export function seesMore(read: ReadStore, { username }: Credential): boolean {
  const identity = readSetting(read, 'identity');
  const staff = read.staff(username);
  return identity !== null && staff !== null && staff.officeServerId !== identity.officeServerId;
}

/** An office that is not told counts as ours: then head office's own scope is all there is. */
export function isOfBranch(read: ReadStore, officeServerId: number | null | undefined): boolean {
  const own = readSetting(read, 'identity')?.officeServerId;
  if (own === undefined || officeServerId == null || officeServerId === own) return true;
  const offices = new Map(read.reference('offices').map((row) => [row.serverId, row.body['hierarchy']]));
  const above = offices.get(own);
  const below = offices.get(officeServerId);
  return typeof above === 'string' && typeof below === 'string' && below.startsWith(above);
}

interface Owned {
  readonly clientServerId: number | null;
  readonly groupServerId: number | null;
}

/** Its owner was here, and is head office's no more for this branch. */
export function hasOwnerLeft(read: ReadStore, row: Owned): boolean {
  const { clientServerId, groupServerId } = row;
  const clientId = clientServerId === null ? null : read.localIdOf('client', clientServerId);
  const groupId = groupServerId === null ? null : read.localIdOf('group', groupServerId);
  const isKnown = (clientId !== null && read.client(clientId) !== null) || (groupId !== null && read.group(groupId) !== null);
  return isKnown && !isOwnerHere(read, row);
}

/** An account belongs to the branch with its owner, who was read before it. */
export function isOwnerHere(read: ReadStore, { clientServerId, groupServerId }: Owned): boolean {
  const clientId = clientServerId === null ? null : read.localIdOf('client', clientServerId);
  const groupId = groupServerId === null ? null : read.localIdOf('group', groupServerId);
  return (
    (clientId !== null && read.client(clientId)?.gone === false) ||
    (groupId !== null && read.group(groupId)?.gone === false) ||
    (clientServerId !== null && read.leftOutOf('clients', clientServerId) !== null) ||
    (groupServerId !== null && read.leftOutOf('groups', groupServerId) !== null)
  );
}
