// A group is called something else, line or no line: shown at once, and told like every other fact. Head office takes each name once, over all its
// offices; what the branch sees of them is asked here first.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import type { GroupEditPayload } from '../../../shared/domain/commands/kinds/groupEdit.ts';
import { groupNameOf } from '../../../shared/domain/commands/kinds/groupRegistration.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { groupHere } from '../../journal/membersHere.ts';
import { recordCommand } from '../../journal/recordCommand.ts';
import { formDraft } from '../counter/formDraft.ts';
import { usedFact } from '../counter/usedForm.ts';
import type { BranchParts } from '../parts.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import type { Session } from '../session/sessions.ts';
import { whyNotOf } from './changeGroup.ts';
import { groupsNamed } from './registerGroup.ts';

type Method = BranchContract['groups']['rename'];

export function renameGroup(parts: BranchParts, clockWatch: ClockWatch, session: Session, input: ParsedInputOf<Method>): AnswerOf<Method> {
  return parts.store.write((write): AnswerOf<Method> => {
    const name = groupNameOf(input.name);
    const payload: GroupEditPayload = {
      kind: 'groupEdit',
      groupId: input.groupId,
      fields: { name: { before: input.before, after: name } },
    };
    const used = usedFact(write, parts.clock, { ...input, username: session.username }, payload);
    if (used !== null) return used;
    if (clockWatch.unanswered(write) !== null) return refuse({ code: 'clock.answerFirst' });
    const group = write.group(input.groupId);
    if (group === null || group.gone) return refuse({ code: 'group.unknown' });
    const whyNot = whyNotOf(write, group, 'rename');
    if (whyNot !== null) return refuse({ code: whyNot });
    if (groupHere(write, group).name !== input.before) return refuse({ code: 'group.changedMeanwhile' });
    if (name === '') return refuse({ code: 'group.nameNeeded' });
    if (name === input.before) return refuse({ code: 'client.nothingChanged' });
    const holder = groupsNamed(write, name).find(({ groupId }) => groupId !== group.groupId);
    if (holder !== undefined) return refuse({ code: 'group.nameTaken', facts: { knownGroup: `${holder.name}, ${holder.accountNo}` } });
    const command = recordCommand(
      write,
      parts,
      formDraft(write, parts, clockWatch, { ...input, username: session.username }, payload, currentBusinessDate(write, parts.clock)),
      { body: { group: input.groupId, name } },
    );
    return ok({ commandId: command.commandId, replayed: false });
  });
}
