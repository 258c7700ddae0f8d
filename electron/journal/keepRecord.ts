// A record that a command creates is known here at once: it is found in the lists and by its number like every other one, until head office's
// own row stands in its place. What is shown of it follows from the changes that the kind's chapter names, and from nothing else.

import { foldFields } from '../../shared/domain/clients/foldFields.ts';
import type { CommandRecord } from '../../shared/domain/commands/command.ts';
import { kindOf } from '../../shared/domain/commands/kinds/allKinds.ts';
import { isGroupRegistration } from '../../shared/domain/commands/kinds/groupRegistration.ts';
import { isLoanApplication } from '../../shared/domain/commands/kinds/loanApplication.ts';
import { isSavingsApplication } from '../../shared/domain/commands/kinds/savingsApplication.ts';
import { readLocalNumber } from '../../shared/domain/clients/localNumber.ts';
import { assert } from '../../shared/kernel/assert.ts';
import type { WriteStore } from '../ports/store.ts';
import { ownLoan } from './ownLoan.ts';
import { ownSavings } from './ownSavings.ts';
import type { JournalParts } from './parts.ts';
import { identityOf } from './settings.ts';

export function keepRecord(write: WriteStore, parts: JournalParts, { kind, payload }: Pick<CommandRecord, 'kind' | 'payload'>): void {
  const chapter = kindOf(kind);
  const record = chapter.teaches(payload);
  const number = chapter.numbered(payload);
  if (record === null || number === null) return;
  const given = readLocalNumber(number);
  assert(given !== null, 'what is known here first has a number of this branch');
  write.insertLocalNumber({
    number,
    recordKind: record.kind,
    recordId: record.localId,
    deviceCode: given.deviceCode,
    sequence: given.sequence,
  });
  if (isLoanApplication(payload)) {
    write.saveOwnLoan(ownLoan(write, parts, payload));
    return;
  }
  if (isSavingsApplication(payload)) {
    write.saveOwnSavings(ownSavings(payload, parts.clock.now()));
    return;
  }
  // What is shown of a center that head office does not have follows from its founding alone: there is no row of it.
  if (record.kind === 'center') return;
  const { fields, state } = foldFields(chapter.changes(payload), record);
  if (isGroupRegistration(payload)) {
    write.saveOwnGroup(
      {
        groupId: payload.groupId,
        accountNo: number,
        // As head office will say it: by that it is told from another group.
        externalId: fields['externalId'] ?? number,
        name: fields['name'] ?? number,
        status: state === 'active' ? 'active' : 'pending',
        staffName: fields['staffName'] ?? null,
        centerServerId: null,
        savingsServerIds: [],
      },
      payload.members,
    );
    return;
  }
  write.saveOwnClient({
    clientId: record.localId,
    // Until head office gives one, its own stands everywhere in that place.
    accountNo: number,
    externalId: fields['externalId'] ?? null,
    displayName: fields['displayName'] ?? number,
    firstname: fields['firstname'] ?? null,
    lastname: fields['lastname'] ?? null,
    mobileNo: fields['mobileNo'] ?? null,
    status: state === 'active' || state === 'pending' ? state : 'other',
    dateOfBirth: fields['dateOfBirth'] ?? null,
    gender: fields['gender'] ?? null,
    activationDate: fields['activationDate'] ?? null,
    staffName: fields['staffName'] ?? null,
    officeServerId: identityOf(write).officeServerId,
    pulledAt: parts.clock.now(),
  });
}

/** Given up, or made one with what head office had: nothing of its own is shown any more. */
export function forgetRecord(write: WriteStore, { kind, payload }: Pick<CommandRecord, 'kind' | 'payload'>): void {
  const record = kindOf(kind).teaches(payload);
  if (record?.kind === 'client') write.forgetOwnClient(record.localId);
  if (record?.kind === 'group') write.forgetOwnGroup(record.localId);
  if (record?.kind === 'loan') write.forgetOwnLoan(record.localId);
  if (record?.kind === 'savings') write.forgetOwnSavings(record.localId);
}
