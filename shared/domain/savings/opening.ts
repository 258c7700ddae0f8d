// What may be decided about a savings account before money may lie on it and after nothing lies on it any more, and what it is then (contract 6.9,
// Status). Nothing leads out of a closed one.

import type { SavingsStatus } from '../records.ts';
import { isReason } from '../reasons.ts';
import { deedsFrom, isStep, type Steps } from '../steps.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';

/** Persisted with the command, therefore append-only. `withdraw` is the client's own withdrawal of the application. */
export const SAVINGS_DEEDS = ['approve', 'activate', 'reject', 'withdraw', 'undoApproval', 'close'] as const;
export type SavingsDeed = (typeof SAVINGS_DEEDS)[number];

const STEPS: Steps<SavingsDeed, SavingsStatus> = {
  approve: { from: 'submitted', to: 'approved' },
  activate: { from: 'approved', to: 'active' },
  reject: { from: 'submitted', to: 'rejected' },
  withdraw: { from: 'submitted', to: 'withdrawn' },
  undoApproval: { from: 'approved', to: 'submitted' },
  close: { from: 'active', to: 'closed' },
};

export type OpeningRefused =
  | { readonly code: 'savings.notInThatState'; readonly facts: { readonly status: SavingsStatus } }
  | { readonly code: 'savings.reasonNeeded' };

/** `status`: as the branch knows it now, its own unfinished decisions included. */
export function decideOnSavings(deed: SavingsDeed, status: SavingsStatus, reason: string): Result<SavingsStatus, OpeningRefused> {
  const step = STEPS[deed];
  if (status !== step.from) return refuse({ code: 'savings.notInThatState', facts: { status } });
  // Whoever was told yes needs no reason; everybody else is owed one.
  if (needsReason(deed) && !isReason(reason)) return refuse({ code: 'savings.reasonNeeded' });
  return ok(step.to);
}

export function needsReason(deed: SavingsDeed): boolean {
  return deed !== 'approve' && deed !== 'activate';
}

export function deedsOnSavings(status: SavingsStatus): readonly SavingsDeed[] {
  return deedsFrom(STEPS, status);
}

export function leadsOn(from: SavingsStatus, to: string | null): to is SavingsStatus {
  return isStep(STEPS, from, to);
}

/** Whole minor units; what the branch's own books say, everything unfinished counted. */
interface LiesOnIt {
  readonly ledgerMinor: number;
  /** Held on it by name. */
  readonly onHoldMinor: number;
  readonly minimumMinor: number;
  readonly disputed: boolean;
}

export type CloseBar = 'savings.disputed' | 'savings.moneyHeld' | 'savings.keepsMinimum' | 'savings.notEmpty';

/** Why it cannot be closed here: head office closes no account on which money lies, and by a withdrawal what it keeps as its least never leaves it. */
export function whyNotClosed({ ledgerMinor, onHoldMinor, minimumMinor, disputed }: LiesOnIt): CloseBar | null {
  if (disputed) return 'savings.disputed';
  if (onHoldMinor > 0) return 'savings.moneyHeld';
  if (ledgerMinor === 0) return null;
  return minimumMinor > 0 ? 'savings.keepsMinimum' : 'savings.notEmpty';
}

export function savingsAfter(deed: SavingsDeed): SavingsStatus {
  return STEPS[deed].to;
}
