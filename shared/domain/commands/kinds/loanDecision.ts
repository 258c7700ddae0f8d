// A decision on a loan before it is paid out: approved (for what was asked or less), rejected, withdrawn by the client, or an approval taken
// back. Head office takes each but once from the state before it, and keeps its note with the loan: the note carries the command's id, by which
// the decision is found again, whoever decided otherwise since (contract 6.8).

import type { BusinessDate } from '../../../kernel/businessDate.ts';
import type { LocalId } from '../../../kernel/ids.ts';
import { stateAfter, type LoanDeed } from '../../loans/decision.ts';
import { accountDecision } from './accountDecision.ts';

export interface LoanDecisionPayload {
  readonly kind: 'loanDecision';
  readonly loanId: LocalId;
  readonly deed: LoanDeed;
  readonly onDate: BusinessDate;
  /** Whole minor units, of an approval alone. */
  readonly approvedMinor: number | null;
  readonly decimals: number;
  /** The day on which it is to be paid out, where an approval names another one than was asked for. */
  readonly expectedOn?: BusinessDate;
  readonly note: string;
}

export const loanDecision = accountDecision<LoanDecisionPayload>(
  ({ loanId }) => ({ kind: 'loan', localId: loanId }),
  ({ deed }) => stateAfter(deed),
);

export function isLoanDecision(payload: { readonly kind: string }): payload is LoanDecisionPayload {
  return payload.kind === 'loanDecision';
}
