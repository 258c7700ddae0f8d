// A hold on a savings account let go: one that was made here, which goes before it, or one that head office has under its own number. It is wanted as
// a state: what was let go already was told. Head office keeps no words of it.

import type { LocalId } from '../../../kernel/ids.ts';
import { isReason } from '../../reasons.ts';
import { RELEASE_REASON_MAX } from '../../savings/hold.ts';
import { subjectOf, type Kind, type RecordRef } from './kind.ts';
import { holdRef } from './savingsHold.ts';

export interface SavingsReleasePayload {
  readonly kind: 'savingsRelease';
  readonly savingsId: LocalId;
  /** Of one that was made here; null where head office's own number stands beside it. */
  readonly holdId: LocalId | null;
  readonly holdServerId: number | null;
  /** What head office says beside that hold, by which its number is known from one that it gave again; null of one that was made here. */
  readonly heldFor: string | null;
  /** Whole minor units, always positive. */
  readonly amountMinor: number;
  readonly currency: string;
  readonly decimals: number;
  readonly reason: string;
}

const savingsRef = (localId: LocalId): RecordRef => ({ kind: 'savings', localId });

export const savingsRelease: Kind<SavingsReleasePayload> = {
  version: 1,
  lifts: [],
  subjects: ({ savingsId }) => [subjectOf(savingsRef(savingsId))],
  refersTo: ({ savingsId, holdId }) => [savingsRef(savingsId), ...(holdId === null ? [] : [holdRef(holdId)])],
  teaches: () => null,
  numbered: () => null,
  concerns: ({ savingsId }) => savingsRef(savingsId),
  money: null,
  held: ({ amountMinor, decimals }) => ({ heldMinor: -amountMinor, decimals }),
  changes: ({ savingsId }) => [{ what: 'held', record: savingsRef(savingsId) }],
  editable: ({ reason }) => ({ reason }),
  edit: (payload, { reason }) => {
    const words = reason?.trim() ?? '';
    return !isReason(words) || words.length > RELEASE_REASON_MAX ? null : { ...payload, reason: words };
  },
  ridesInBatch: () => false,
  looksUpBeforeItGoesAgain: true,
  ways: ['resubmit', 'correct', 'withdraw', 'recognise'],
  never: ['recognise'],
};

export function isSavingsRelease(payload: { readonly kind: string }): payload is SavingsReleasePayload {
  return payload.kind === 'savingsRelease';
}
