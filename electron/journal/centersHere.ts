// Centers, where groups meet at one place: head office's list of the office's own, which is read and replaced whole. Each is a record by itself, with an
// id of ours. Which groups belong to one, the groups say.

import { isAnotherGroup } from '../../shared/domain/givenAgain.ts';
import { ownIdOf } from '../../shared/domain/commands/kinds/groupEdit.ts';
import type { LocalId } from '../../shared/kernel/ids.ts';
import type { GroupStatus, ReferenceRow } from '../ports/headOffice.ts';
import type { GroupRecord, ReadStore, WriteStore } from '../ports/store.ts';
import { noticeGivenLocalNumbers } from './localNumbers.ts';
import { noteParted } from './noteParted.ts';
import type { JournalParts } from './parts.ts';

export interface CenterHere {
  readonly centerId: LocalId;
  readonly serverId: number;
  readonly name: string;
  readonly accountNo: string;
  /** The institution's own; null where it has none. */
  readonly externalId: string | null;
  readonly status: GroupStatus;
  readonly staffName: string | null;
  readonly groups: readonly GroupRecord[];
}

/** By head office's numbers. */
const STATES: Readonly<Record<string, GroupStatus>> = { 300: 'active', 600: 'closed' };

/** All of them, by name. */
export function centersHere(read: ReadStore): readonly CenterHere[] {
  return read
    .reference('centers')
    .flatMap((row) => centerOf(read, row) ?? [])
    .toSorted((one, other) => read.nameKey(one.name).localeCompare(read.nameKey(other.name)));
}

/** Null where it is not known here, or head office has it no more. */
export function centerHere(read: ReadStore, centerId: LocalId): CenterHere | null {
  const serverId = read.serverIdOf('center', centerId);
  const row = serverId === null ? undefined : read.reference('centers').find((each) => each.serverId === serverId);
  return row === undefined ? null : centerOf(read, row);
}

/** In which one a group is; null in none, or in one of another office. */
export function centerOfGroup(read: ReadStore, { centerServerId }: Pick<GroupRecord, 'centerServerId'>): CenterHere | null {
  const row = read.reference('centers').find(({ serverId }) => serverId === centerServerId);
  return row === undefined ? null : centerOf(read, row);
}

function centerOf(read: ReadStore, row: ReferenceRow): CenterHere | null {
  const centerId = read.localIdOf('center', row.serverId);
  if (centerId === null) return null;
  return {
    centerId,
    serverId: row.serverId,
    name: row.name,
    accountNo: textOf(row, 'accountNo') ?? String(row.serverId),
    externalId: ownIdOf(textOf(row, 'externalId')),
    status: STATES[String(row.body['state'])] ?? 'pending',
    staffName: textOf(row, 'staffName'),
    groups: read.groupsOfCenter(row.serverId),
  };
}

function textOf({ body }: ReferenceRow, member: string): string | null {
  const said = body[member];
  return typeof said === 'string' ? said : null;
}

/** The list was read: each row of it has an id of ours from now on. `before`: the rows that it takes the place of. */
export function keepCenters(
  write: WriteStore,
  parts: JournalParts & { readonly ids: { newId(): LocalId } },
  before: readonly ReferenceRow[],
  rows: readonly ReferenceRow[],
): void {
  noticeGivenLocalNumbers(
    write,
    parts,
    rows.map((row) => textOf(row, 'externalId')),
  );
  const known = new Map(before.map((row) => [row.serverId, bandOf(row)]));
  for (const row of rows) {
    const told = bandOf(row);
    const earlier = known.get(row.serverId);
    const parted = write.learnListed('center', { serverId: row.serverId, externalId: told.externalId }, () => parts.ids.newId(), {
      same: () => false,
      // The list does not say who meets there: another name beside no other id is a new name.
      another: () => earlier !== undefined && isAnotherGroup(earlier, told, true),
    });
    noteParted(write, parts, parted);
  }
}

function bandOf(row: ReferenceRow): { readonly name: string; readonly externalId: string | null } {
  return { name: row.name, externalId: textOf(row, 'externalId') };
}
