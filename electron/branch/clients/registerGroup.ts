// A group is founded, line or no line: known here at once under a number that holds, with its members, also those who were registered a minute
// ago. What head office would refuse is refused here as far as it can be known.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { isPermitted } from '../../../shared/domain/access/permissions.ts';
import { isGroupRegistration, type GroupRegistrationPayload } from '../../../shared/domain/commands/kinds/groupRegistration.ts';
import { canonicalJson, type Json } from '../../../shared/kernel/canonicalJson.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { nextLocalNumber } from '../../journal/localNumbers.ts';
import { recordCommand } from '../../journal/recordCommand.ts';
import { identityOf } from '../../journal/settings.ts';
import type { ReadStore } from '../../ports/store.ts';
import { formDraft, whyNoNumber } from '../counter/formDraft.ts';
import { isAwaited, recordedFacts } from '../counter/usedForm.ts';
import type { BranchParts } from '../parts.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import type { Session } from '../session/sessions.ts';
import { foundingWords, whyNotFounded } from './founding.ts';

type Method = BranchContract['groups']['register'];
type Input = ParsedInputOf<Method>;
type Typed = Omit<GroupRegistrationPayload, 'kind' | 'groupId' | 'localNumber' | 'officeServerId'>;

export function registerGroup(parts: BranchParts, clockWatch: ClockWatch, session: Session, input: Input): AnswerOf<Method> {
  return parts.store.write((write): AnswerOf<Method> => {
    const form = { ...input, username: session.username };
    const used = write.commandOfForm(input.formId);
    const typed = typedIn(write, input);
    if (used !== null) {
      const said = isGroupRegistration(used.payload) ? used.payload : null;
      const same = said !== null && typed.ok && canonicalJson(typedOf(said)) === canonicalJson(asJson(typed.value));
      return same && isAwaited(write, parts.clock, used, form)
        ? ok({ groupId: said.groupId, localNumber: said.localNumber, replayed: true })
        : refuse({ code: 'form.alreadyUsed', facts: recordedFacts(write, used) });
    }
    const noNumber = whyNoNumber(write, clockWatch);
    if (noNumber !== null) return refuse(noNumber);
    if (!typed.ok) return typed;
    const { activationDate, members } = typed.value;
    // Head office asks for the rights of those deeds too.
    const may = new Set(write.staff(session.username)?.permissions ?? []);
    if (activationDate !== null && !isPermitted('group.activate', may)) return refuse({ code: 'group.mayNotActivate' });
    if (members.length > 0 && !isPermitted('group.member.add', may)) return refuse({ code: 'group.mayNotAddMembers' });
    const businessDate = currentBusinessDate(write, parts.clock);
    const misfit = whyNotFounded(write, typed.value, businessDate);
    if (misfit !== null) return refuse({ ...misfit, code: `group.${misfit.code}` });
    const payload: GroupRegistrationPayload = {
      kind: 'groupRegistration',
      groupId: parts.ids.newId(),
      localNumber: nextLocalNumber(write, 'G'),
      officeServerId: identityOf(write).officeServerId,
      ...typed.value,
    };
    recordCommand(write, parts, formDraft(write, parts, clockWatch, form, payload, businessDate), {
      body: { group: payload.groupId, number: payload.localNumber, members: [...members] },
    });
    return ok({ groupId: payload.groupId, localNumber: payload.localNumber, replayed: false });
  });
}

type Unfit = 'client.unknown' | 'client.optionUnknown' | 'group.nameNeeded';

/** What was typed, in the words of the payload; whoever was made one with another client is that one. */
function typedIn(read: ReadStore, input: Input): Result<Typed, { readonly code: Unfit }> {
  const words = foundingWords(read, input, 'group.nameNeeded');
  if (!words.ok) return words;
  const members = input.members.map((clientId) => read.client(clientId));
  if (members.some((client) => client === null || client.gone)) return refuse({ code: 'client.unknown' });
  return ok({
    ...words.value,
    members: [...new Set(members.flatMap((client) => (client === null ? [] : [client.clientId])))],
  });
}

function typedOf({ kind: _kind, groupId: _id, localNumber: _number, officeServerId: _office, ...typed }: GroupRegistrationPayload): Json {
  return asJson(typed);
}

function asJson(typed: Typed): Json {
  return { ...typed, members: [...typed.members] };
}
