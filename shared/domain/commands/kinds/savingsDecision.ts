// A decision on a savings account before money may lie on it: approved, activated, rejected, withdrawn by the client, or an approval taken back. Each
// is wanted as a state, so a second telling is harmless, and what stands there already was told.

import type { BusinessDate } from '../../../kernel/businessDate.ts';
import type { LocalId } from '../../../kernel/ids.ts';
import { savingsAfter, type SavingsDeed } from '../../savings/opening.ts';
import { subjectOf, type Kind } from './kind.ts';
import { DECISION_NOTE_MAX } from './loanDecision.ts';

export interface SavingsDecisionPayload {
  readonly kind: 'savingsDecision';
  readonly savingsId: LocalId;
  readonly deed: SavingsDeed;
  readonly onDate: BusinessDate;
  readonly note: string;
}

const savingsRef = (localId: LocalId) => ({ kind: 'savings', localId }) as const;

export const savingsDecision: Kind<SavingsDecisionPayload> = {
  version: 1,
  lifts: [],
  subjects: ({ savingsId }) => [subjectOf(savingsRef(savingsId))],
  refersTo: ({ savingsId }) => [savingsRef(savingsId)],
  teaches: () => null,
  numbered: () => null,
  concerns: ({ savingsId }) => savingsRef(savingsId),
  money: null,
  changes: ({ savingsId, deed }) => [{ what: 'state', record: savingsRef(savingsId), state: savingsAfter(deed) }],
  editable: ({ note }) => ({ note }),
  edit: (payload, { note }) => (note === undefined || note.length > DECISION_NOTE_MAX ? null : { ...payload, note }),
  ridesInBatch: () => false,
  looksUpBeforeItGoesAgain: true,
  ways: ['resubmit', 'correct', 'withdraw', 'recognise'],
  never: ['recognise'],
};

export function isSavingsDecision(payload: { readonly kind: string }): payload is SavingsDecisionPayload {
  return payload.kind === 'savingsDecision';
}
