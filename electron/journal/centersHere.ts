// Centers, where groups meet at one place: head office's list of the office's own, which is read and replaced whole, and those that were founded here and
// that it does not have yet. Each is a record by itself, with an id of ours. Which groups belong to one, the groups say.

import { isFinished, type CommandRecord } from '../../shared/domain/commands/command.ts';
import { foldFields } from '../../shared/domain/clients/foldFields.ts';
import { isCenterRegistration } from '../../shared/domain/commands/kinds/centerRegistration.ts';
import { kindOf } from '../../shared/domain/commands/kinds/allKinds.ts';
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
  /** Null while head office's list does not have it: founded here. */
  readonly serverId: number | null;
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
  const there = read.reference('centers').flatMap((row) => centerOf(read, row) ?? []);
  const known = new Set(there.map(({ centerId }) => centerId));
  const own = read.numberedHere('center').flatMap((centerId) => ownCenter(read, centerId) ?? []);
  return [...there, ...own.filter(({ centerId }) => !known.has(centerId))].toSorted((one, other) =>
    read.nameKey(one.name).localeCompare(read.nameKey(other.name)),
  );
}

/** Null where it is not known here, or head office has it no more. */
export function centerHere(read: ReadStore, centerId: LocalId): CenterHere | null {
  const row = rowOf(read, centerId);
  return row === null ? ownCenter(read, centerId) : centerOf(read, row);
}

/** In which one a group is; null in none, or in one of another office. */
export function centerOfGroup(read: ReadStore, group: Pick<GroupRecord, 'groupId' | 'centerServerId'>): CenterHere | null {
  return centersHere(read).find(({ groups }) => groups.some(({ groupId }) => groupId === group.groupId)) ?? null;
}

/** Those of that very name, however it is capitalised. */
export function centersNamed(read: ReadStore, name: string): readonly CenterHere[] {
  const wanted = name.trim().toLowerCase();
  return centersHere(read).filter((center) => center.name.trim().toLowerCase() === wanted);
}

/** Those with that number of the institution. */
export function centersKnownAs(read: ReadStore, externalId: string): readonly CenterHere[] {
  const wanted = externalId.trim().toLowerCase();
  return centersHere(read).filter((center) => center.externalId?.toLowerCase() === wanted);
}

function rowOf(read: ReadStore, centerId: LocalId): ReferenceRow | null {
  const serverId = read.serverIdOf('center', centerId);
  return serverId === null ? null : (read.reference('centers').find((each) => each.serverId === serverId) ?? null);
}

function centerOf(read: ReadStore, row: ReferenceRow): CenterHere | null {
  const centerId = read.localIdOf('center', row.serverId);
  if (centerId === null) return null;
  const told = read.groupsOfCenter(row.serverId);
  return {
    centerId,
    serverId: row.serverId,
    name: row.name,
    accountNo: textOf(row, 'accountNo') ?? String(row.serverId),
    externalId: ownIdOf(textOf(row, 'externalId')),
    status: STATES[String(row.body['state'])] ?? 'pending',
    staffName: textOf(row, 'staffName'),
    groups: together(told, broughtTo(read, centerId)),
  };
}

/** Of one that head office's list does not have, what its founding says; null where that was given up, or head office has lost it since. */
function ownCenter(read: ReadStore, centerId: LocalId): CenterHere | null {
  if (rowOf(read, centerId) !== null) return null;
  const founding = foundingOf(read, centerId);
  if (founding === null || !isCenterRegistration(founding.payload)) return null;
  if (founding.state === 'accepted' && endedAt(read, founding) < (read.shelf('centers')?.pulledAt ?? 0)) return null;
  const record = { kind: 'center', localId: centerId } as const;
  const { fields, state } = foldFields(kindOf(founding.kind).changes(founding.payload), record);
  return {
    centerId,
    serverId: null,
    name: fields['name'] ?? founding.payload.localNumber,
    accountNo: founding.payload.localNumber,
    externalId: fields['externalId'] ?? null,
    status: state === 'active' ? 'active' : 'pending',
    staffName: fields['staffName'] ?? null,
    groups: broughtTo(read, centerId),
  };
}

/** More than anybody says of one center between two pulls. */
const FACTS_MOST = 100;

/** The last word of what made it known here; null where it was not founded here, or that was given up. */
function foundingOf(read: ReadStore, centerId: LocalId): CommandRecord | null {
  return (
    read
      .factsOf({ kind: 'center', localId: centerId }, FACTS_MOST)
      .find(({ kind, payload, state }) => state !== 'withdrawn' && kindOf(kind).teaches(payload) !== null) ?? null
  );
}

/** Groups that it was founded with and that do not say so themselves yet: read before head office heard of it, or not there at all. */
function broughtTo(read: ReadStore, centerId: LocalId): readonly GroupRecord[] {
  const founding = foundingOf(read, centerId);
  if (founding === null || !isCenterRegistration(founding.payload)) return [];
  const saidAt = founding.state === 'accepted' ? endedAt(read, founding) : Number.POSITIVE_INFINITY;
  if (isFinished(founding.state) && founding.state !== 'accepted') return [];
  return founding.payload.groups.flatMap((groupId) => {
    const group = read.group(groupId);
    return group === null || group.gone || (group.pulledAt ?? 0) > saidAt ? [] : [group];
  });
}

function endedAt(read: ReadStore, { commandId }: CommandRecord): number {
  return read.commandEvents(commandId).at(-1)?.at ?? 0;
}

function together(told: readonly GroupRecord[], brought: readonly GroupRecord[]): readonly GroupRecord[] {
  return [...new Map([...told, ...brought].map((group) => [group.groupId, group])).values()];
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
      // One whose answer was lost, and head office lists it first.
      same: (ours) => ownCenter(write, ours)?.name === told.name,
      // The list does not say who meets there: another name beside no other id is a new name.
      another: () => earlier !== undefined && isAnotherGroup(earlier, told, true),
    });
    noteParted(write, parts, parted);
  }
}

function bandOf(row: ReferenceRow): { readonly name: string; readonly externalId: string | null } {
  return { name: row.name, externalId: textOf(row, 'externalId') };
}
