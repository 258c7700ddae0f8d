// An application for a savings account: known here at once under the number on its slip, told to head office when there is a line. Head office keeps
// that number as the account's external id and keeps it unique: by it the account is found again after a lost reply. The terms that stand on the
// slip go along, so that a product that was changed meanwhile changes nothing of what was agreed.

import { isBusinessDate, type BusinessDate } from '../../../kernel/businessDate.ts';
import type { LocalId } from '../../../kernel/ids.ts';
import type { SavingsCharge, SavingsTerms } from '../../savings/product.ts';
import type { ChosenOption } from './clientRegistration.ts';
import { creationOf, type Kind, type RecordRef } from './kind.ts';

export interface SavingsApplicationPayload {
  readonly kind: 'savingsApplication';
  readonly savingsId: LocalId;
  readonly localNumber: string;
  readonly owner: { readonly kind: 'client' | 'group'; readonly localId: LocalId };
  readonly product: ChosenOption;
  readonly currencyCode: string;
  readonly decimals: number;
  readonly terms: SavingsTerms;
  readonly charges: readonly SavingsCharge[];
  readonly officer: ChosenOption | null;
  readonly submittedOn: BusinessDate;
}

const savingsRef = (localId: LocalId): RecordRef => ({ kind: 'savings', localId });

export const savingsApplication: Kind<SavingsApplicationPayload> = {
  version: 1,
  lifts: [],
  subjects: ({ savingsId }) => [creationOf(savingsRef(savingsId))],
  refersTo: ({ owner }) => [owner],
  teaches: ({ savingsId }) => savingsRef(savingsId),
  numbered: ({ localNumber }) => localNumber,
  concerns: ({ savingsId }) => savingsRef(savingsId),
  money: null,
  // Its row says all of it; a state would be one more decision on it.
  changes: () => [],
  editable: ({ submittedOn }) => ({ submittedOn }),
  edit: (payload, fields) => {
    const submittedOn = (fields['submittedOn'] ?? payload.submittedOn).trim();
    return isBusinessDate(submittedOn) ? { ...payload, submittedOn } : null;
  },
  ridesInBatch: () => false,
  // Its external id is unique there.
  looksUpBeforeItGoesAgain: false,
  ways: ['resubmit', 'correct', 'withdraw'],
  never: [],
};

export function isSavingsApplication(payload: { readonly kind: string }): payload is SavingsApplicationPayload {
  return payload.kind === 'savingsApplication';
}
