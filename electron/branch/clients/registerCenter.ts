// A center is founded, line or no line: known here at once under a number that holds, with its groups, also those that were founded a minute ago. What
// head office would refuse is refused here as far as it can be known.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { isPermitted } from '../../../shared/domain/access/permissions.ts';
import { isCenterRegistration, type CenterRegistrationPayload } from '../../../shared/domain/commands/kinds/centerRegistration.ts';
import { canonicalJson, type Json } from '../../../shared/kernel/canonicalJson.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { centerOfGroup } from '../../journal/centersHere.ts';
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
import { factsOfGroup, foundingWords, whyNotFounded } from './founding.ts';

type Method = BranchContract['centers']['register'];
type Input = ParsedInputOf<Method>;
type Typed = Omit<CenterRegistrationPayload, 'kind' | 'centerId' | 'localNumber' | 'officeServerId'>;

export function registerCenter(parts: BranchParts, clockWatch: ClockWatch, session: Session, input: Input): AnswerOf<Method> {
  return parts.store.write((write): AnswerOf<Method> => {
    const form = { ...input, username: session.username };
    const used = write.commandOfForm(input.formId);
    const typed = typedIn(write, input);
    if (used !== null) {
      const said = isCenterRegistration(used.payload) ? used.payload : null;
      const same = said !== null && typed.ok && canonicalJson(typedOf(said)) === canonicalJson(asJson(typed.value));
      return same && isAwaited(write, parts.clock, used, form)
        ? ok({ centerId: said.centerId, localNumber: said.localNumber, replayed: true })
        : refuse({ code: 'form.alreadyUsed', facts: recordedFacts(write, used) });
    }
    const noNumber = whyNoNumber(write, clockWatch);
    if (noNumber !== null) return refuse(noNumber);
    if (!typed.ok) return typed;
    const { activationDate, groups } = typed.value;
    // Head office asks for the right of that deed too.
    const may = new Set(write.staff(session.username)?.permissions ?? []);
    if (activationDate !== null && !isPermitted('center.activate', may)) return refuse({ code: 'center.mayNotActivate' });
    const businessDate = currentBusinessDate(write, parts.clock);
    const misfit = whyNotFounded(write, typed.value, businessDate);
    if (misfit !== null) return refuse({ ...misfit, code: `center.${misfit.code}` });
    // Head office would take a group out of the center where it meets, and tell nobody there.
    const elsewhere = groups.flatMap((groupId) => write.group(groupId) ?? []).find((group) => centerOfGroup(write, group) !== null);
    if (elsewhere !== undefined) return refuse({ code: 'center.groupElsewhere', facts: factsOfGroup(elsewhere) });
    const payload: CenterRegistrationPayload = {
      kind: 'centerRegistration',
      centerId: parts.ids.newId(),
      localNumber: nextLocalNumber(write, 'C'),
      officeServerId: identityOf(write).officeServerId,
      ...typed.value,
    };
    recordCommand(write, parts, formDraft(write, parts, clockWatch, form, payload, businessDate), {
      body: { center: payload.centerId, number: payload.localNumber, groups: [...groups] },
    });
    return ok({ centerId: payload.centerId, localNumber: payload.localNumber, replayed: false });
  });
}

type Unfit = 'group.unknown' | 'client.optionUnknown' | 'center.nameNeeded';

/** What was typed, in the words of the payload; a group that was made one with another is that one. */
function typedIn(read: ReadStore, input: Input): Result<Typed, { readonly code: Unfit }> {
  const words = foundingWords(read, input, 'center.nameNeeded');
  if (!words.ok) return words;
  const groups = input.groups.map((groupId) => read.group(groupId));
  if (groups.some((group) => group === null || group.gone)) return refuse({ code: 'group.unknown' });
  return ok({
    ...words.value,
    groups: [...new Set(groups.flatMap((group) => (group === null ? [] : [group.groupId])))],
  });
}

function typedOf({ kind: _kind, centerId: _id, localNumber: _number, officeServerId: _office, ...typed }: CenterRegistrationPayload): Json {
  return asJson(typed);
}

function asJson(typed: Typed): Json {
  return { ...typed, groups: [...typed.groups] };
}
