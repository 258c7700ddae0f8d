// A group is called something else, or is given another number of the institution's own, line or no line: shown at once, and told like every other
// fact. Head office takes each name and each number once, over all its offices; what the branch sees of them is asked here first.

import type { AnswerOf, ParsedInputOf, Refusal } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { isLocalNumber } from '../../../shared/domain/clients/localNumber.ts';
import type { GroupEditPayload, GroupField } from '../../../shared/domain/commands/kinds/groupEdit.ts';
import { groupNameOf } from '../../../shared/domain/commands/kinds/groupRegistration.ts';
import type { FieldChange } from '../../../shared/domain/commands/kinds/kind.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { centersKnownAs, centersNamed } from '../../journal/centersHere.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { groupHere } from '../../journal/membersHere.ts';
import { recordCommand } from '../../journal/recordCommand.ts';
import type { GroupRecord, ReadStore } from '../../ports/store.ts';
import { formDraft } from '../counter/formDraft.ts';
import { usedFact } from '../counter/usedForm.ts';
import type { BranchParts } from '../parts.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import type { Session } from '../session/sessions.ts';
import { whyNotOf } from './changeGroup.ts';
import { factsOfGroup, groupsNamed } from './founding.ts';

type Groups = BranchContract['groups'];

export function renameGroup(
  parts: BranchParts,
  clockWatch: ClockWatch,
  session: Session,
  { name, before, ...form }: ParsedInputOf<Groups['rename']>,
): AnswerOf<Groups['rename']> {
  const after = groupNameOf(name);
  return editGroup(parts, clockWatch, session, form, 'name', { before, after }, (read, group) => {
    if (after === '') return { code: 'group.nameNeeded' };
    const holder = groupsNamed(read, after).find(({ groupId }) => groupId !== group.groupId) ?? centersNamed(read, after)[0];
    return holder === undefined ? null : { code: 'group.nameTaken', facts: factsOfGroup(holder) };
  });
}

/** Taken away where nothing is written. */
export function renumberGroup(
  parts: BranchParts,
  clockWatch: ClockWatch,
  session: Session,
  { externalId, before, ...form }: ParsedInputOf<Groups['renumber']>,
): AnswerOf<Groups['renumber']> {
  const said = externalId.trim();
  const change = { before, after: said === '' ? null : said };
  return editGroup(parts, clockWatch, session, form, 'externalId', change, (read, group) => {
    if (isLocalNumber(said)) return { code: 'group.externalIdTaken' };
    const holder = read.groupsKnownAs(said).find(({ groupId }) => groupId !== group.groupId) ?? centersKnownAs(read, said)[0];
    return holder === undefined ? null : { code: 'group.externalIdTaken', facts: factsOfGroup(holder) };
  });
}

type NotNow =
  | NonNullable<ReturnType<typeof whyNotOf>>
  | 'clock.answerFirst'
  | 'form.alreadyUsed'
  | 'group.unknown'
  | 'group.changedMeanwhile'
  | 'client.nothingChanged';

/** One field of a group is changed, where `whyNot` has no word against what it is to say; each with what the maker saw there. */
function editGroup<Code extends Refusal['code']>(
  parts: BranchParts,
  clockWatch: ClockWatch,
  session: Session,
  input: { readonly formId: LocalId; readonly pageId?: LocalId | undefined; readonly groupId: LocalId },
  field: GroupField,
  change: FieldChange,
  whyNot: (read: ReadStore, group: GroupRecord) => Refusal<Code> | null,
): Result<{ readonly commandId: LocalId; readonly replayed: boolean }, Refusal<Code | NotNow>> {
  return parts.store.write((write): Result<{ readonly commandId: LocalId; readonly replayed: boolean }, Refusal<Code | NotNow>> => {
    const localNumber = field === 'externalId' ? write.localNumberOf('group', input.groupId) : null;
    const payload: GroupEditPayload = {
      kind: 'groupEdit',
      groupId: input.groupId,
      fields: { [field]: change },
      ...(localNumber === null ? {} : { localNumber }),
    };
    const form = { ...input, username: session.username };
    const used = usedFact(write, parts.clock, form, payload);
    if (used !== null) return used;
    if (clockWatch.unanswered(write) !== null) return refuse({ code: 'clock.answerFirst' });
    const group = write.group(input.groupId);
    if (group === null || group.gone) return refuse({ code: 'group.unknown' });
    const notNow = whyNotOf(write, group, 'rename');
    if (notNow !== null) return refuse({ code: notNow });
    if (groupHere(write, group)[field] !== change.before) return refuse({ code: 'group.changedMeanwhile' });
    if (change.after === change.before) return refuse({ code: 'client.nothingChanged' });
    const refused = whyNot(write, group);
    if (refused !== null) return refuse(refused);
    const draft = formDraft(write, parts, clockWatch, form, payload, currentBusinessDate(write, parts.clock));
    const command = recordCommand(write, parts, draft, { body: { group: input.groupId, [field]: change.after } });
    return ok({ commandId: command.commandId, replayed: false });
  });
}
