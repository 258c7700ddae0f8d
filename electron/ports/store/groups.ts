// Groups of the replica and their members.

import type { LocalId } from '../../../shared/kernel/ids.ts';
import type { PulledGroup } from '../headOffice.ts';
import type { Parted } from './serverIds.ts';

export interface GroupRecord extends Omit<PulledGroup, 'serverId' | 'memberServerIds' | 'officeServerId' | 'roles'> {
  readonly groupId: LocalId;
  /** Null while head office does not have it: founded here, and not told yet. */
  readonly serverId: number | null;
  readonly members: number;
  /** When head office was asked for it; null where an older program did, or head office does not have it. */
  readonly pulledAt: number | null;
  readonly gone: boolean;
}

export interface GroupRole {
  readonly clientId: LocalId;
  readonly role: string;
}

export interface GroupReads {
  /** Of a group that was merged into another, that one. */
  group(groupId: LocalId): GroupRecord | null;
  groups(offset: number, most: number): { readonly rows: readonly GroupRecord[]; readonly total: number };
  /** As head office told them last, by client. */
  rolesIn(groupId: LocalId): readonly GroupRole[];
  groupsOf(clientId: LocalId): readonly GroupRecord[];
  groupsOfCenter(centerServerId: number): readonly GroupRecord[];
  /** Server ids of savings accounts that belong to a group itself. */
  groupSavingsServerIds(): readonly number[];
  /** Those that head office has under that external id, or that were founded here with it; however it is capitalised. */
  groupsKnownAs(externalId: string): readonly GroupRecord[];
  findGroups(text: string, most: number): readonly GroupRecord[];
}

export interface GroupWrites {
  /** Answers what lost its number to a record of these. */
  /** `alsoKnownAs`: what the branch said of a group and the row kept of it does not say yet; by that too it is told from another group. */
  saveGroups(
    rows: readonly PulledGroup[],
    pulledAt: number,
    newId: () => LocalId,
    alsoKnownAs?: (group: GroupRecord) => Pick<GroupRecord, 'name' | 'externalId'>,
  ): readonly Parted[];
  /** Founded here, and to be found like every other group until head office's own row stands in its place. */
  saveOwnGroup(group: Omit<GroupRecord, 'serverId' | 'gone' | 'members' | 'pulledAt'>, members: readonly LocalId[]): void;
  /** Given up, or merged: what head office never had is in no list any more. */
  forgetOwnGroup(groupId: LocalId): void;
}
