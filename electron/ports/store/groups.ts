// Groups of the replica and their members.

import type { LocalId } from '../../../shared/kernel/ids.ts';
import type { PulledGroup } from '../headOffice.ts';
import type { Parted } from './serverIds.ts';

export interface GroupRecord extends Omit<PulledGroup, 'memberServerIds' | 'officeServerId'> {
  readonly groupId: LocalId;
  readonly members: number;
  readonly gone: boolean;
}

export interface GroupReads {
  group(groupId: LocalId): GroupRecord | null;
  groups(offset: number, most: number): { readonly rows: readonly GroupRecord[]; readonly total: number };
  groupsOf(clientId: LocalId): readonly GroupRecord[];
  groupsOfCenter(centerServerId: number): readonly GroupRecord[];
  /** Server ids of savings accounts that belong to a group itself. */
  groupSavingsServerIds(): readonly number[];
  findGroups(text: string, most: number): readonly GroupRecord[];
}

export interface GroupWrites {
  /** Answers what lost its number to a record of these. */
  saveGroups(rows: readonly PulledGroup[], pulledAt: number, newId: () => LocalId): readonly Parted[];
}
