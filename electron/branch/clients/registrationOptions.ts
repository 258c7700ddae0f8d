// What a new client or group may be, from head office's own options as they were read last, and what the form is filled with.

import type { AnswerOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { dateFromHeadOffice } from '../../../shared/kernel/businessDate.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import type { ChosenOption } from '../../../shared/domain/commands/kinds/clientRegistration.ts';
import { ok } from '../../../shared/kernel/result.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { nextLocalNumber } from '../../journal/localNumbers.ts';
import { identityOf, syncStateOf } from '../../journal/settings.ts';
import type { ReadStore } from '../../ports/store.ts';
import type { BranchParts } from '../parts.ts';

type Method = BranchContract['clients']['registrationOptions'];

export function registrationOptions(parts: BranchParts): AnswerOf<Method> {
  return parts.store.read((read) => {
    const { officeName } = identityOf(read);
    return ok({
      genders: [...optionsOf(read, 'gender')],
      clientTypes: [...optionsOf(read, 'clientType')],
      classifications: [...optionsOf(read, 'classification')],
      staff: [...staffHere(read)],
      officeName,
      nextNumber: nextLocalNumber(read, 'P'),
      today: currentBusinessDate(read, parts.clock),
      openedOn: officeOpenedOn(read),
      checkedAt: syncStateOf(read).auditedAt ?? null,
    });
  });
}

/** `letter`: of the number that the next one gets. */
export function foundingOptions(parts: BranchParts, letter: 'G' | 'C'): AnswerOf<BranchContract['groups']['registrationOptions']> {
  return parts.store.read((read) =>
    ok({
      staff: [...staffHere(read)],
      nextNumber: nextLocalNumber(read, letter),
      today: currentBusinessDate(read, parts.clock),
    }),
  );
}

export function optionsOf(read: ReadStore, list: 'gender' | 'clientType' | 'classification'): readonly ChosenOption[] {
  return read.reference('clientOptions').flatMap(({ serverId, name, body }) => (body['list'] === list ? [{ serverId, name }] : []));
}

/** Head office takes only active people of the same office. */
export function staffHere(read: ReadStore): readonly ChosenOption[] {
  const { officeServerId } = identityOf(read);
  return read
    .reference('staff')
    .flatMap(({ serverId, name, body }) => (body['officeId'] === officeServerId && body['isActive'] !== false ? [{ serverId, name }] : []));
}

/** Nobody is active there before it was opened. */
export function officeOpenedOn(read: ReadStore): BusinessDate | null {
  const { officeServerId } = identityOf(read);
  return dateFromHeadOffice(read.reference('offices').find(({ serverId }) => serverId === officeServerId)?.body['openingDate']);
}
