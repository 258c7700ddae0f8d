// Lists of clients and groups, a page at a time, straight from the replica.

import type { AnswerOf, OutputOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { HOLDER, MEMBER, ROLE } from '../../../shared/domain/commands/kinds/groupChange.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { centerOfGroup } from '../../journal/centersHere.ts';
import { changedHere } from '../../journal/changedHere.ts';
import { groupHere, type GroupHere } from '../../journal/membersHere.ts';
import type { GroupRecord, ReadStore } from '../../ports/store.ts';
import { standingOf } from '../counter/receiptLine.ts';
import { closedDayOf, loanView } from '../loans/loanView.ts';
import type { BranchParts } from '../parts.ts';
import { payoutMoment } from '../savings/payoutMoment.ts';
import { savingsView } from '../savings/savingsView.ts';
import { rolesThere } from './changeGroup.ts';
import { clientRow, registrationStanding } from './clientRow.ts';
import { changesOf } from './recordFacts.ts';

type Clients = BranchContract['clients'];
type Groups = BranchContract['groups'];

export function listClients(parts: BranchParts, input: ParsedInputOf<Clients['list']>): AnswerOf<Clients['list']> {
  return parts.store.read((read) => {
    const businessDate = currentBusinessDate(read, parts.clock);
    const moment = payoutMoment(read, parts);
    const { rows, total } = read.clients({ ...input, businessDate });
    return ok({ rows: rows.map((client) => clientRow(read, client, businessDate, moment)), total });
  });
}

/** More groups than that are looked for by name, not chosen from a list. */
const GROUPS_TO_CHOOSE = 500;

export function listNarrowings(parts: BranchParts): AnswerOf<Clients['listNarrowings']> {
  return parts.store.read((read) =>
    ok({
      staff: [...read.staffOfClients()],
      groups: read.groups(0, GROUPS_TO_CHOOSE).rows.map(({ groupId, name }) => ({ groupId, name })),
      statuses: [...read.statusesOfClients()],
    }),
  );
}

export function listGroups(parts: BranchParts, input: ParsedInputOf<Groups['list']>): AnswerOf<Groups['list']> {
  return parts.store.read((read) => {
    const businessDate = currentBusinessDate(read, parts.clock);
    const moment = payoutMoment(read, parts);
    const { rows, total } = read.groups(input.offset, input.most);
    return ok({
      rows: rows.map((group) => ({
        groupId: group.groupId,
        name: groupHere(read, group).name,
        members: group.members,
        behind: read.membersOf(group.groupId).filter((member) => clientRow(read, member, businessDate, moment).overdue).length,
        staffName: group.staffName,
        status: group.status,
        registration: group.serverId === null ? registrationStanding(read, { kind: 'group', localId: group.groupId }) : null,
      })),
      total,
    });
  });
}

export function showGroup(parts: BranchParts, input: ParsedInputOf<Groups['show']>): AnswerOf<Groups['show']> {
  return parts.store.read((read) => {
    const group = read.group(input.groupId);
    if (group === null) return refuse({ code: 'group.unknown' });
    const businessDate = currentBusinessDate(read, parts.clock);
    const closedDay = closedDayOf(read, businessDate);
    const moment = payoutMoment(read, parts);
    const here = groupHere(read, group);
    return ok({
      groupId: group.groupId,
      name: here.name,
      externalId: here.externalId,
      accountNo: group.accountNo,
      numbers: {
        local: read.localNumberOf('group', group.groupId),
        headOffice: group.serverId === null ? null : group.accountNo,
      },
      registration: group.serverId === null ? registrationStanding(read, { kind: 'group', localId: group.groupId }) : null,
      staffName: here.staffName,
      status: here.status,
      center: centerNamed(read, group),
      members: here.members.map((member) => clientRow(read, member, businessDate, moment)),
      joining: [...here.joining],
      ...rolesShown(read, group, here),
      readAt: group.pulledAt,
      changes: groupChanges(read, group.groupId),
      loans: read.loansOfGroup(group.groupId).map((loan) => ({ ...loanView(read, loan, businessDate), ...closedDay })),
      savings: read.savingsOfGroup(group.groupId).map((account) => savingsView(read, account, moment)),
    });
  });
}

function centerNamed(read: ReadStore, group: GroupRecord): OutputOf<Groups['show']>['center'] {
  const center = centerOfGroup(read, group);
  return center === null ? null : { centerId: center.centerId, name: center.name };
}

/** In the order in which head office names them, what it does not name any more last. */
function rolesShown(
  read: ReadStore,
  group: GroupRecord,
  { roles, status }: GroupHere,
): Pick<OutputOf<Groups['show']>, 'roles' | 'roleOptions' | 'rolesWhyNot'> {
  const options = rolesThere(read);
  const place = (role: string): number => {
    const at = options.findIndex(({ name }) => name === role);
    return at === -1 ? options.length : at;
  };
  return {
    roles: roles
      .map(({ client, role, givenBy }) => ({
        clientId: client.clientId,
        displayName: changedHere(read, client).displayName,
        role,
        standing: givenBy === null ? null : standingOf(givenBy.state),
      }))
      .toSorted(
        (one, other) => place(one.role) - place(other.role) || read.nameKey(one.displayName).localeCompare(read.nameKey(other.displayName)),
      ),
    roleOptions: [...options],
    rolesWhyNot: group.gone ? 'group.unknown' : status === 'closed' ? 'group.closedAlready' : null,
  };
}

const CHANGES_SHOWN = 50;

function groupChanges(read: ReadStore, groupId: LocalId): OutputOf<Groups['show']>['changes'] {
  return changesOf(read, { kind: 'group', localId: groupId })
    .slice(0, CHANGES_SHOWN)
    .map(({ commandId, fields, state, recordedBy, recordedAt, standing, exceptionId }) => {
      const member = fields.find(({ name }) => name === MEMBER || name === HOLDER);
      const role = fields.find(({ name }) => name === ROLE);
      const clientId = member?.after ?? member?.before ?? null;
      const named = fields.find(({ name }) => name === 'name' || name === 'externalId' || name === 'staffName');
      return {
        commandId,
        what: whatWasDone(fields, state),
        name: named !== undefined ? named.after : clientId === null ? null : (read.client(clientId)?.displayName ?? null),
        role: role === undefined ? null : (role.after ?? role.before),
        recordedBy,
        recordedAt,
        standing,
        exceptionId,
      };
    });
}

type Change = OutputOf<Groups['show']>['changes'][number];
type ChangedField = { readonly name: string; readonly before: string | null; readonly after: string | null };

/** A group that is founded has a name, an officer, members and a state at once. */
function whatWasDone(fields: readonly ChangedField[], state: string | null): Change['what'] {
  const said = (name: string) => fields.find((field) => field.name === name);
  const name = said('name');
  if (name !== undefined) return name.before === null ? 'register' : 'rename';
  if (said('externalId') !== undefined) return 'renumber';
  const member = said(MEMBER);
  if (member !== undefined) return member.after === null ? 'leave' : 'join';
  const role = said(ROLE);
  if (role !== undefined) return role.after === null ? 'takeRole' : 'giveRole';
  if (said('staffName') !== undefined) return 'serve';
  return state === 'closed' ? 'close' : 'activate';
}
