// Money on a savings account held, so that nobody draws it. No cash moves and nothing is on paper. Head office keeps no id of ours with it, so the
// reason that stands beside the hold carries the command's own id, and it is found again by that; once it was let go head office empties the
// reason, and then it is known by the number of its transaction.

import type { BusinessDate } from '../../../kernel/businessDate.ts';
import type { LocalId } from '../../../kernel/ids.ts';
import { isReason } from '../../reasons.ts';
import { HOLD_REASON_MAX } from '../../savings/hold.ts';
import { creationOf, subjectOf, type Kind, type RecordRef } from './kind.ts';

export interface SavingsHoldPayload {
  readonly kind: 'savingsHold';
  readonly holdId: LocalId;
  readonly savingsId: LocalId;
  readonly heldOn: BusinessDate;
  /** Whole minor units, always positive. */
  readonly amountMinor: number;
  readonly currency: string;
  readonly decimals: number;
  readonly reason: string;
}

const savingsRef = (localId: LocalId): RecordRef => ({ kind: 'savings', localId });

export function holdRef(localId: LocalId): RecordRef {
  return { kind: 'hold', localId };
}

export const savingsHold: Kind<SavingsHoldPayload> = {
  version: 1,
  lifts: [],
  subjects: ({ holdId, savingsId }) => [creationOf(holdRef(holdId)), subjectOf(savingsRef(savingsId))],
  refersTo: ({ savingsId }) => [savingsRef(savingsId)],
  teaches: ({ holdId }) => holdRef(holdId),
  numbered: () => null,
  concerns: ({ savingsId }) => savingsRef(savingsId),
  money: null,
  held: ({ amountMinor, decimals }) => ({ heldMinor: amountMinor, decimals }),
  changes: ({ savingsId }) => [{ what: 'held', record: savingsRef(savingsId) }],
  editable: ({ reason }) => ({ reason }),
  edit: (payload, { reason }) => {
    const words = reason?.trim() ?? '';
    return !isReason(words) || words.length > HOLD_REASON_MAX ? null : { ...payload, reason: words };
  },
  freeDate: ({ heldOn }) => heldOn,
  submittedAs: (payload, { postedOn }) => (postedOn === null ? payload : { ...payload, heldOn: postedOn }),
  ridesInBatch: () => false,
  // Head office holds the same sum as often as it is asked to.
  looksUpBeforeItGoesAgain: true,
  ways: ['resubmit', 'correct', 'withdraw', 'recognise'],
  never: ['recognise'],
};

export function isSavingsHold(payload: { readonly kind: string }): payload is SavingsHoldPayload {
  return payload.kind === 'savingsHold';
}
