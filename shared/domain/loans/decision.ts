// What may be decided about a loan that is not paid out, and what it is afterwards (contract 6.8, State changes).

import type { BusinessDate } from '../../kernel/businessDate.ts';
import type { LoanStatus } from '../records.ts';
import { isReason } from '../reasons.ts';
import { deedsFrom, isStep, type Steps } from '../steps.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';

/** Persisted with the command, therefore append-only. `withdraw` is the client's own withdrawal of the application. */
export const LOAN_DEEDS = ['approve', 'reject', 'withdraw', 'undoApproval'] as const;
export type LoanDeed = (typeof LOAN_DEEDS)[number];

const STEPS: Steps<LoanDeed, LoanStatus> = {
  approve: { from: 'submitted', to: 'approved' },
  reject: { from: 'submitted', to: 'rejected' },
  withdraw: { from: 'submitted', to: 'withdrawn' },
  undoApproval: { from: 'approved', to: 'submitted' },
};

export interface DecisionAsked {
  readonly deed: LoanDeed;
  /** As the branch knows it now, its own unfinished decisions included. */
  readonly status: LoanStatus;
  /** What was asked for; null where only head office knows it, for its row shows what was approved of it. */
  readonly askedMinor: number | null;
  /** Whole minor units; null where the deed has no sum. */
  readonly approvedMinor: number | null;
  readonly reason: string;
  readonly onDate: BusinessDate;
  /** The day on which it is to be paid out; null where the deed names none. */
  readonly expectedOn: BusinessDate | null;
}

export type DecisionRefused =
  | { readonly code: 'loan.notInThatState'; readonly facts: { readonly status: LoanStatus } }
  | {
      readonly code: 'loan.approvedAboveAsked';
      readonly facts: { readonly askedMinor: number; readonly currency?: string; readonly decimals?: number };
    }
  | { readonly code: 'loan.payoutBeforeApproval' }
  | { readonly code: 'loan.reasonNeeded' };

export function decideOnLoan(asked: DecisionAsked): Result<LoanStatus, DecisionRefused> {
  const { deed, status, askedMinor, approvedMinor, reason, onDate, expectedOn } = asked;
  const step = STEPS[deed];
  if (status !== step.from) return refuse({ code: 'loan.notInThatState', facts: { status } });
  // Head office takes less than was asked, never more.
  if (approvedMinor !== null && askedMinor !== null && approvedMinor > askedMinor)
    return refuse({ code: 'loan.approvedAboveAsked', facts: { askedMinor } });
  if (expectedOn !== null && expectedOn < onDate) return refuse({ code: 'loan.payoutBeforeApproval' });
  // Whoever was told yes needs no reason; everybody else is owed one.
  if (deed !== 'approve' && !isReason(reason)) return refuse({ code: 'loan.reasonNeeded' });
  return ok(step.to);
}

export function deedsOn(status: LoanStatus): readonly LoanDeed[] {
  return deedsFrom(STEPS, status);
}

/** Whether one decision, or paying it out and taking that back, leads from one state to the other. */
export function leadsTo(from: LoanStatus, to: string | null): to is LoanStatus {
  return (from === 'approved' && to === 'active') || (from === 'active' && to === 'approved') || isStep(STEPS, from, to);
}

export function stateAfter(deed: LoanDeed): LoanStatus {
  return STEPS[deed].to;
}
