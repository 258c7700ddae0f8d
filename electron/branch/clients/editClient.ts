// What is known of a client is changed, line or no line: field by field, each with what the maker saw there. Shown at once as provisional, and told
// to head office like every other fact; where somebody changed the same field meanwhile, here or there, a person decides.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { EDITED_FIELDS, fitsField, type EditedField } from '../../../shared/domain/clients/editedFields.ts';
import type { ClientEditPayload } from '../../../shared/domain/commands/kinds/clientEdit.ts';
import type { FieldChange } from '../../../shared/domain/commands/kinds/kind.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { changedHere } from '../../journal/changedHere.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { recordCommand } from '../../journal/recordCommand.ts';
import type { ClientRecord } from '../../ports/store.ts';
import { formDraft } from '../counter/formDraft.ts';
import { usedFact } from '../counter/usedForm.ts';
import type { BranchParts } from '../parts.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import type { Session } from '../session/sessions.ts';
import { alikeTo } from './findAlike.ts';

type Method = BranchContract['clients']['edit'];

export function editClient(parts: BranchParts, clockWatch: ClockWatch, session: Session, input: ParsedInputOf<Method>): AnswerOf<Method> {
  return parts.store.write((write): AnswerOf<Method> => {
    const payload = payloadOf(input);
    const used = usedFact(write, parts.clock, { ...input, username: session.username }, payload);
    if (used !== null) return used;
    if (clockWatch.unanswered(write) !== null) return refuse({ code: 'clock.answerFirst' });
    const row = write.client(input.clientId);
    if (row === null || row.gone) return refuse({ code: 'client.unknown' });
    const client = changedHere(write, row);
    const names = EDITED_FIELDS.filter((name) => payload.fields[name] !== undefined);
    if (names.length === 0) return refuse({ code: 'client.nothingChanged' });
    const businessDate = currentBusinessDate(write, parts.clock);
    for (const name of names) {
      const { before, after } = payload.fields[name] ?? { before: null, after: null };
      if (shownIn(client, name) !== before) return refuse({ code: 'client.changedMeanwhile' });
      if (!fitsField(name, after)) return refuse({ code: name === 'dateOfBirth' ? 'client.bornTooLate' : 'client.nameNeeded' });
      if (name === 'dateOfBirth' && after !== null && after >= businessDate) return refuse({ code: 'client.bornTooLate' });
    }
    const phone = payload.fields.mobileNo?.after ?? null;
    // Head office keeps it unique, as it is written.
    const holder =
      phone === null
        ? undefined
        : alikeTo(write, { displayName: '', mobileNo: phone, externalId: null, dateOfBirth: null }).find(
            (other) => other.client.mobileNo === phone && other.client.clientId !== client.clientId,
          );
    if (holder !== undefined)
      return refuse({ code: 'client.mobileTaken', facts: { knownClient: `${holder.client.displayName}, ${holder.client.accountNo}` } });
    const command = recordCommand(
      write,
      parts,
      formDraft(write, parts, clockWatch, { ...input, username: session.username }, payload, businessDate),
      { body: { client: input.clientId, fields: names } },
    );
    return ok({ commandId: command.commandId, replayed: false });
  });
}

/** A field that says what it said is none. */
function payloadOf({ clientId, fields }: ParsedInputOf<Method>): ClientEditPayload {
  const changed: Partial<Record<EditedField, FieldChange>> = {};
  for (const name of EDITED_FIELDS) {
    const field = fields[name];
    if (field === undefined) continue;
    const after = field.after === null || field.after.trim() === '' ? null : field.after.trim();
    if (after !== field.before) changed[name] = { before: field.before, after };
  }
  return { kind: 'clientEdit', clientId, fields: changed };
}

function shownIn(client: ClientRecord, name: EditedField): string | null {
  // Head office tells a business by its one name.
  return name === 'fullname' ? client.displayName : client[name];
}
