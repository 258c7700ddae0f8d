// A decision on a loan before it is paid out: approved (for what was asked or less), rejected, withdrawn by the client, or an approval taken
// back. Head office takes each but once from the state before it, and keeps its note with the loan: the note carries the command's id, by which
// the decision is found again, whoever decided otherwise since (contract 6.8).

import type { BusinessDate } from '../../../kernel/businessDate.ts';
import type { LocalId } from '../../../kernel/ids.ts';
import { stateAfter, type LoanDeed } from '../../loans/decision.ts';
import { subjectOf, type Kind } from './kind.ts';

export interface LoanDecisionPayload {
  readonly kind: 'loanDecision';
  readonly loanId: LocalId;
  readonly deed: LoanDeed;
  readonly onDate: BusinessDate;
  /** Whole minor units, of an approval alone. */
  readonly approvedMinor: number | null;
  readonly decimals: number;
  readonly note: string;
}

/** Head office takes 1000 characters, and the mark with its origin needs room beside the words. */
export const DECISION_NOTE_MAX = 800;

const loanRef = (localId: LocalId) => ({ kind: 'loan', localId }) as const;

export const loanDecision: Kind<LoanDecisionPayload> = {
  version: 1,
  lifts: [],
  subjects: ({ loanId }) => [subjectOf(loanRef(loanId))],
  refersTo: ({ loanId }) => [loanRef(loanId)],
  teaches: () => null,
  numbered: () => null,
  concerns: ({ loanId }) => loanRef(loanId),
  money: null,
  changes: ({ loanId, deed }) => [{ what: 'state', record: loanRef(loanId), state: stateAfter(deed) }],
  editable: ({ note }) => ({ note }),
  edit: (payload, { note }) => (note === undefined || note.length > DECISION_NOTE_MAX ? null : { ...payload, note }),
  ridesInBatch: () => false,
  // A second one is refused there, but by then somebody may have asked for it anew: what is known of the first comes before.
  looksUpBeforeItGoesAgain: true,
  ways: ['resubmit', 'correct', 'withdraw', 'recognise'],
  never: ['recognise'],
};

export function isLoanDecision(payload: { readonly kind: string }): payload is LoanDecisionPayload {
  return payload.kind === 'loanDecision';
}
