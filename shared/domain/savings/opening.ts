// What may be decided about a savings account before money may lie on it, and what it is afterwards (contract 6.9, Status).

import type { SavingsStatus } from '../records.ts';
import { isReason } from '../reasons.ts';
import { deedsFrom, isStep, type Steps } from '../steps.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';

/** Persisted with the command, therefore append-only. `withdraw` is the client's own withdrawal of the application. */
export const SAVINGS_DEEDS = ['approve', 'activate', 'reject', 'withdraw', 'undoApproval'] as const;
export type SavingsDeed = (typeof SAVINGS_DEEDS)[number];

const STEPS: Steps<SavingsDeed, SavingsStatus> = {
  approve: { from: 'submitted', to: 'approved' },
  activate: { from: 'approved', to: 'active' },
  reject: { from: 'submitted', to: 'rejected' },
  withdraw: { from: 'submitted', to: 'withdrawn' },
  undoApproval: { from: 'approved', to: 'submitted' },
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

export function savingsAfter(deed: SavingsDeed): SavingsStatus {
  return STEPS[deed].to;
}
