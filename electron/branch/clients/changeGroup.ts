// A group is changed, line or no line: a member comes or goes, or the group becomes active. Shown at once, and told like every other fact.

import type { AnswerOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import type { GroupChangePayload, GroupDeed } from '../../../shared/domain/commands/kinds/groupChange.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { groupHere } from '../../journal/membersHere.ts';
import { recordCommand } from '../../journal/recordCommand.ts';
import { formDraft } from '../counter/formDraft.ts';
import { usedFact } from '../counter/usedForm.ts';
import type { BranchParts } from '../parts.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import type { Session } from '../session/sessions.ts';

type Method = BranchContract['groups']['addMember' | 'removeMember' | 'activate'];

interface Asked {
  readonly formId: LocalId;
  readonly pageId?: LocalId | undefined;
  readonly groupId: LocalId;
  readonly deed: { readonly what: 'join' | 'leave'; readonly clientId: LocalId } | { readonly what: 'activate' };
}

export function changeGroup(parts: BranchParts, clockWatch: ClockWatch, session: Session, input: Asked): AnswerOf<Method> {
  return parts.store.write((write): AnswerOf<Method> => {
    const businessDate = currentBusinessDate(write, parts.clock);
    const deed: GroupDeed = input.deed.what === 'activate' ? { what: 'activate', on: businessDate } : input.deed;
    const payload: GroupChangePayload = { kind: 'groupChange', groupId: input.groupId, change: deed };
    const used = usedFact(write, parts.clock, { ...input, username: session.username }, payload);
    if (used !== null) return used;
    if (clockWatch.unanswered(write) !== null) return refuse({ code: 'clock.answerFirst' });
    const group = write.group(input.groupId);
    if (group === null || group.gone) return refuse({ code: 'group.unknown' });
    const { active, members } = groupHere(write, group);
    if (deed.what === 'activate') {
      if (active) return refuse({ code: 'group.alreadyActive' });
    } else {
      const client = write.client(deed.clientId);
      if (client === null || client.gone) return refuse({ code: 'client.unknown' });
      const isMember = members.some(({ clientId }) => clientId === client.clientId);
      if (isMember && deed.what === 'join') return refuse({ code: 'group.memberAlready' });
      if (!isMember && deed.what === 'leave') return refuse({ code: 'group.notMember' });
    }
    const command = recordCommand(
      write,
      parts,
      formDraft(write, parts, clockWatch, { ...input, username: session.username }, payload, businessDate),
      { body: { group: input.groupId, deed: { ...deed } } },
    );
    return ok({ commandId: command.commandId, replayed: false });
  });
}
