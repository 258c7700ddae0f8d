// A client is registered, line or no line: known here at once under a number that holds for ever, and told to head office like every other
// fact. What head office would refuse and the branch can know is refused here, while the person still stands at the desk.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { isPermitted } from '../../../shared/domain/access/permissions.ts';
import type { CommandRecord } from '../../../shared/domain/commands/command.ts';
import {
  displayNameOf,
  isClientRegistration,
  type ChosenOption,
  type ClientRegistrationPayload,
} from '../../../shared/domain/commands/kinds/clientRegistration.ts';
import { isLocalNumber } from '../../../shared/domain/clients/localNumber.ts';
import { canonicalJson, type Json } from '../../../shared/kernel/canonicalJson.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
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
import { alikeTo, describedIn } from './findAlike.ts';
import { officeOpenedOn, optionsOf, staffHere } from './registrationOptions.ts';

type Method = BranchContract['clients']['register'];
type Input = ParsedInputOf<Method>;
type Typed = Omit<ClientRegistrationPayload, 'kind' | 'clientId' | 'localNumber' | 'officeServerId'>;

export function registerClient(parts: BranchParts, clockWatch: ClockWatch, session: Session, input: Input): AnswerOf<Method> {
  return parts.store.write((write): AnswerOf<Method> => {
    const used = write.commandOfForm(input.formId);
    const typed = typedIn(write, input);
    if (used !== null) {
      const isWaitedFor = isAwaited(write, parts.clock, used, { ...input, username: session.username });
      const said = isClientRegistration(used.payload) ? used.payload : null;
      const same = said !== null && typed.ok && canonicalJson(asJson(typedOf(said))) === canonicalJson(asJson(typed.value));
      return same && isWaitedFor
        ? ok({ ...toldOf(said), replayed: true })
        : refuse({ code: 'form.alreadyUsed', facts: recordedFacts(write, used) });
    }
    const noNumber = whyNoNumber(write, clockWatch);
    if (noNumber !== null) return refuse(noNumber);
    if (!typed.ok) return typed;
    const businessDate = currentBusinessDate(write, parts.clock);
    // Head office asks for a right of its own of whoever registers somebody as active at once.
    if (typed.value.activationDate !== null && !isPermitted('client.activate', new Set(write.staff(session.username)?.permissions ?? [])))
      return refuse({ code: 'client.mayNotActivate' });
    // It is the number of a slip, and belongs to whoever holds that.
    if (isLocalNumber(typed.value.externalId ?? '')) return refuse({ code: 'client.externalIdTaken' });
    const misfit = misfitOf(typed.value, businessDate, officeOpenedOn(write));
    if (misfit !== null) return refuse({ code: misfit });
    const alike = alikeTo(write, describedIn(input));
    for (const { client } of alike) {
      const facts = { knownClient: `${client.displayName}, ${client.accountNo}` };
      // Head office keeps both unique, as they are written.
      if (typed.value.mobileNo !== null && client.mobileNo === typed.value.mobileNo) return refuse({ code: 'client.mobileTaken', facts });
      if (isTaken(typed.value.externalId, client.externalId)) return refuse({ code: 'client.externalIdTaken', facts });
    }
    const likely = alike.filter(({ client, likeness }) => likeness.likely && !input.others.includes(client.clientId));
    const [first] = likely;
    if (first !== undefined)
      return refuse({
        code: 'client.alike',
        facts: { knownClient: `${first.client.displayName}, ${first.client.accountNo}`, count: likely.length },
      });
    const payload: ClientRegistrationPayload = {
      kind: 'clientRegistration',
      clientId: parts.ids.newId(),
      localNumber: nextLocalNumber(write, 'P'),
      officeServerId: identityOf(write).officeServerId,
      ...typed.value,
    };
    record(payload);
    return ok({ ...toldOf(payload), replayed: false });

    function record(what: ClientRegistrationPayload): CommandRecord {
      return recordCommand(
        write,
        parts,
        formDraft(write, parts, clockWatch, { ...input, username: session.username }, what, businessDate),
        {
          body: {
            client: what.clientId,
            number: what.localNumber,
            // Whom the maker saw and called another person.
            others: alike.flatMap(({ client }) => (input.others.includes(client.clientId) ? [client.clientId] : [])),
          },
        },
      );
    }
  });
}

function toldOf(payload: ClientRegistrationPayload) {
  return { clientId: payload.clientId, localNumber: payload.localNumber, displayName: displayNameOf(payload) };
}

/** What was typed, in the words of the payload; an option that head office does not have (any more) is refused. */
function typedIn(read: ReadStore, input: Input): Result<Typed, { readonly code: 'client.optionUnknown' | 'client.nameNeeded' }> {
  const isPerson = input.legalForm === 'person';
  const chosen = (id: number | null, options: readonly ChosenOption[]): ChosenOption | null | undefined =>
    id === null ? null : options.find(({ serverId }) => serverId === id);
  const gender = isPerson ? chosen(input.genderId, optionsOf(read, 'gender')) : null;
  const clientType = chosen(input.clientTypeId, optionsOf(read, 'clientType'));
  const classification = chosen(input.classificationId, optionsOf(read, 'classification'));
  const staff = chosen(input.staffId, staffHere(read));
  if (gender === undefined || clientType === undefined || classification === undefined || staff === undefined)
    return refuse({ code: 'client.optionUnknown' });
  const name = (text: string): string => text.trim().replace(/\s+/gu, ' ');
  const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  const typed: Typed = {
    legalForm: input.legalForm,
    firstname: isPerson ? name(input.firstname) : '',
    middlename: isPerson ? name(input.middlename) : '',
    lastname: isPerson ? name(input.lastname) : '',
    fullname: isPerson ? '' : name(input.fullname),
    mobileNo: orNull(input.mobileNo),
    externalId: orNull(input.externalId),
    dateOfBirth: isPerson ? input.dateOfBirth : null,
    gender,
    clientType,
    classification,
    staff,
    submittedOn: input.submittedOn,
    activationDate: input.activationDate,
  };
  const named = isPerson ? typed.firstname !== '' && typed.lastname !== '' : typed.fullname !== '';
  return named ? ok(typed) : refuse({ code: 'client.nameNeeded' });
}

function typedOf({
  kind: _kind,
  clientId: _id,
  localNumber: _number,
  officeServerId: _office,
  ...typed
}: ClientRegistrationPayload): Typed {
  return typed;
}

type Misfit = 'client.bornTooLate' | 'client.dateAhead' | 'client.dateBeforeOffice' | 'client.activeBeforeSubmitted';

/** Head office's own rules of dates, as far as they can be known here. */
function misfitOf({ dateOfBirth, submittedOn, activationDate }: Typed, today: BusinessDate, openedOn: BusinessDate | null): Misfit | null {
  if (submittedOn > today || (activationDate ?? '') > today) return 'client.dateAhead';
  if (dateOfBirth !== null && dateOfBirth >= submittedOn) return 'client.bornTooLate';
  if (activationDate !== null && activationDate < submittedOn) return 'client.activeBeforeSubmitted';
  return activationDate !== null && openedOn !== null && activationDate < openedOn ? 'client.dateBeforeOffice' : null;
}

function isTaken(wanted: string | null, known: string | null): boolean {
  return wanted !== null && known !== null && wanted.toLowerCase() === known.toLowerCase();
}

function asJson(typed: Typed): Json {
  return { ...typed };
}
