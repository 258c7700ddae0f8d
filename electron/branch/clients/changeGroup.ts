// A group is changed, line or no line: a member comes or goes, is given a role or gives it back, the group becomes active, is given to somebody of the
// staff, or is closed. Shown at once, and told like every other fact. Head office closes a group whose accounts are open, and takes no money on them
// from then on (observed): so none is closed here before they are.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { isPermitted } from '../../../shared/domain/access/permissions.ts';
import type { CommandPayload, CommandRecord } from '../../../shared/domain/commands/command.ts';
import { isGroupChange, type GroupChangePayload, type GroupDeed } from '../../../shared/domain/commands/kinds/groupChange.ts';
import { subjectOf } from '../../../shared/domain/commands/kinds/kind.ts';
import type { ChosenOption } from '../../../shared/domain/commands/kinds/clientRegistration.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { groupHere, type RoleHere } from '../../journal/membersHere.ts';
import { hasOpenAccounts } from '../../journal/openAccounts.ts';
import { recordCommand } from '../../journal/recordCommand.ts';
import type { GroupRecord, ReadStore } from '../../ports/store.ts';
import { formDraft } from '../counter/formDraft.ts';
import { usedFact } from '../counter/usedForm.ts';
import type { BranchParts } from '../parts.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import type { Session } from '../session/sessions.ts';
import { staffHere } from './registrationOptions.ts';

type Method = BranchContract['groups']['addMember' | 'removeMember' | 'giveRole' | 'takeRole' | 'activate' | 'assignStaff' | 'close'];
type Groups = BranchContract['groups'];

interface Asked {
  readonly formId: LocalId;
  readonly pageId?: LocalId | undefined;
  readonly groupId: LocalId;
  readonly deed:
    | { readonly what: 'join' | 'leave'; readonly clientId: LocalId }
    | { readonly what: 'giveRole'; readonly clientId: LocalId; readonly roleId: number }
    | { readonly what: 'takeRole'; readonly clientId: LocalId; readonly role: string }
    | { readonly what: 'activate' }
    | { readonly what: 'serve'; readonly staffId: number; readonly before: string | null }
    | { readonly what: 'close'; readonly reasonId: number };
}

export function changeGroup(parts: BranchParts, clockWatch: ClockWatch, session: Session, input: Asked): AnswerOf<Method> {
  return parts.store.write((write): AnswerOf<Method> => {
    const businessDate = currentBusinessDate(write, parts.clock);
    const deed = deedIn(write, input.deed, businessDate);
    if (deed === null) return refuse({ code: 'client.optionUnknown' });
    const payload: GroupChangePayload = { kind: 'groupChange', groupId: input.groupId, change: deed };
    const used = usedFact(write, parts.clock, { ...input, username: session.username }, payload);
    if (used !== null) return used;
    if (clockWatch.unanswered(write) !== null) return refuse({ code: 'clock.answerFirst' });
    const group = write.group(input.groupId);
    if (group === null || group.gone) return refuse({ code: 'group.unknown' });
    const whyNot = 'clientId' in deed ? whyNotMember(write, group, deed) : whyNotOf(write, group, deed.what);
    if (whyNot !== null) return refuse({ code: whyNot });
    const roles = deed.what === 'leave' ? rolesOf(write, group, deed.clientId) : [];
    if (roles.length > 0 && !isPermitted('group.role.take', new Set(write.staff(session.username)?.permissions ?? [])))
      return refuse({ code: 'group.mayNotTakeRole' });
    if (deed.what === 'serve' && groupHere(write, group).staffName !== deed.before) return refuse({ code: 'group.changedMeanwhile' });
    const record = (fact: GroupDeed, formId: LocalId | null): CommandRecord => {
      const form = { ...input, username: session.username };
      const draft = formDraft(write, parts, clockWatch, form, { ...payload, change: fact }, businessDate);
      return recordCommand(write, parts, { ...draft, formId }, { body: { group: input.groupId, deed: { ...fact } } });
    };
    // Head office leaves them with whoever goes (observed): they are taken first.
    const taken = roles.map(({ role, client }) => record({ what: 'takeRole', clientId: client.clientId, role }, null));
    const needed = [...taken, ...comingOf(write, deed, input.groupId)];
    const command = record(deed, input.formId);
    for (const { commandId } of needed) write.insertPrerequisite(command.commandId, commandId);
    return ok({ commandId: command.commandId, replayed: false });
  });
}

/** A role is given up with the coming that it rests on. */
function comingOf(read: ReadStore, deed: GroupDeed, groupId: LocalId): readonly CommandRecord[] {
  if (deed.what !== 'giveRole') return [];
  const group = { kind: 'group', localId: groupId } as const;
  return read
    .unfinishedOf(subjectOf(group))
    .filter(({ payload }) => isJoining(payload) && read.client(payload.change.clientId)?.clientId === read.client(deed.clientId)?.clientId);
}

function isJoining(
  payload: CommandPayload,
): payload is GroupChangePayload & { readonly change: { readonly what: 'join'; readonly clientId: LocalId } } {
  return isGroupChange(payload) && payload.change.what === 'join';
}

/** What may be done with the group itself now, and why not, with head office's own choices. */
export function groupTurnOptions(parts: BranchParts, input: ParsedInputOf<Groups['turnOptions']>): AnswerOf<Groups['turnOptions']> {
  return parts.store.read((read) => {
    const group = read.group(input.groupId);
    if (group === null) return refuse({ code: 'group.unknown' });
    const here = groupHere(read, group);
    return ok({
      turns: TURNS.map((what) => ({ what, whyNot: group.gone ? ('group.unknown' as const) : whyNotOf(read, group, what) })),
      reasons: [...reasonsOf(read)],
      staff: [...staffHere(read)],
      staffName: here.staffName,
      name: here.name,
      externalId: here.externalId,
    });
  });
}

const TURNS = ['rename', 'renumber', 'activate', 'serve', 'close'] as const;

/** Null where head office does not have that choice. */
function deedIn(read: ReadStore, wish: Asked['deed'], on: BusinessDate): GroupDeed | null {
  switch (wish.what) {
    case 'activate':
      return { what: 'activate', on };
    case 'serve': {
      const staff = staffHere(read).find(({ serverId }) => serverId === wish.staffId);
      return staff === undefined ? null : { what: 'serve', staff, before: wish.before };
    }
    case 'close': {
      const reason = reasonsOf(read).find(({ serverId }) => serverId === wish.reasonId);
      return reason === undefined ? null : { what: 'close', on, reason };
    }
    case 'giveRole': {
      const role = rolesThere(read).find(({ serverId }) => serverId === wish.roleId);
      return role === undefined ? null : { what: 'giveRole', clientId: wish.clientId, role };
    }
    default:
      return wish;
  }
}

function reasonsOf(read: ReadStore): readonly ChosenOption[] {
  return read.reference('groupReasons').map(({ serverId, name }) => ({ serverId, name }));
}

/** What head office names that a member may be in a group. */
export function rolesThere(read: ReadStore): readonly ChosenOption[] {
  return read.reference('groupRoles').map(({ serverId, name }) => ({ serverId, name }));
}

function rolesOf(read: ReadStore, group: GroupRecord, clientId: LocalId): readonly RoleHere[] {
  const holder = read.client(clientId);
  return groupHere(read, group).roles.filter(({ client }) => client.clientId === holder?.clientId);
}

function whyNotMember(read: ReadStore, group: GroupRecord, deed: Extract<GroupDeed, { readonly clientId: LocalId }>) {
  const client = read.client(deed.clientId);
  if (client === null || client.gone) return 'client.unknown';
  const { members, status } = groupHere(read, group);
  const isMember = members.some((each) => each.clientId === client.clientId);
  const holds = (role: string): boolean => rolesOf(read, group, client.clientId).some((each) => each.role === role);
  switch (deed.what) {
    case 'join':
      return isMember ? 'group.memberAlready' : null;
    case 'leave':
      return isMember ? null : 'group.notMember';
    case 'giveRole':
      if (status === 'closed') return 'group.closedAlready';
      if (!isMember) return 'group.notMember';
      return holds(deed.role.name) ? 'group.roleHeld' : null;
    case 'takeRole':
      return holds(deed.role) ? null : 'group.roleNotHeld';
  }
}

export function whyNotOf(read: ReadStore, group: GroupRecord, what: (typeof TURNS)[number]) {
  const { status, members } = groupHere(read, group);
  switch (what) {
    case 'activate':
      return status === 'active' ? 'group.alreadyActive' : null;
    case 'rename':
    case 'renumber':
      return status === 'closed' ? 'group.closedAlready' : null;
    case 'serve':
      if (status === 'closed') return 'group.closedAlready';
      return staffHere(read).length === 0 ? 'client.servedByNobody' : null;
    case 'close':
      if (status === 'closed') return 'group.closedAlready';
      if (members.length > 0) return 'group.membersLeft';
      if (hasOpenAccounts(read, read.loansOfGroup(group.groupId), read.savingsOfGroup(group.groupId))) return 'group.accountsOpen';
      return reasonsOf(read).length === 0 ? 'client.noReasons' : null;
  }
}
