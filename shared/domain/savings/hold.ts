// May money on a savings account be held, and may a hold be let go? Head office checks neither again before the branch has told it, so what is held
// here has to be there: a hold takes from what is available, never from an overdraft (contract 6.9).

import { isReason } from '../reasons.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { SavingsStatus } from '../records.ts';

/** Head office keeps 100 characters beside a hold, and our mark takes nearly half of them. */
export const HOLD_REASON_MAX = 50;
/** Head office keeps no words of letting go: they stay in this branch's own books. */
export const RELEASE_REASON_MAX = 200;

/** Head office has it as active; what is blocked on it bars no hold. */
const HOLDS: ReadonlySet<SavingsStatus> = new Set<SavingsStatus>([
  'active',
  'inactive',
  'dormant',
  'blocked',
  'creditBlocked',
  'debitBlocked',
]);

export function stateHolds(status: SavingsStatus): boolean {
  return HOLDS.has(status);
}

/** Whole minor units of the account, everything unfinished counted. */
export interface HoldFacts {
  readonly status: SavingsStatus;
  /** Whoever it belongs to is active. */
  readonly ownerActive: boolean;
  readonly amountMinor: number;
  readonly availableMinor: number;
  readonly overdraftMinor: number;
  readonly disputed: boolean;
  readonly reason: string;
}

export type HoldRefused =
  | { readonly code: 'savings.notActive' | 'savings.disputed' | 'savings.reasonNeeded' }
  | { readonly code: 'hold.exceedsAvailable'; readonly facts: { readonly availableMinor: number } };

/** The most that may be held now: an overdraft is head office's money, not the client's. */
export function holdableMinor({ availableMinor, overdraftMinor }: Pick<HoldFacts, 'availableMinor' | 'overdraftMinor'>): number {
  return Math.max(availableMinor - overdraftMinor, 0);
}

export function mayHold(facts: HoldFacts): Result<null, HoldRefused> {
  if (!stateHolds(facts.status) || !facts.ownerActive) return refuse({ code: 'savings.notActive' });
  if (facts.disputed) return refuse({ code: 'savings.disputed' });
  const most = holdableMinor(facts);
  if (facts.amountMinor > most) return refuse({ code: 'hold.exceedsAvailable', facts: { availableMinor: most } });
  return isReason(facts.reason) ? ok(null) : refuse({ code: 'savings.reasonNeeded' });
}

/** `state`: of the hold as it is known here; null where there is none of that name. */
export type HoldState = 'held' | 'lettingGo' | 'refused' | null;

export type ReleaseRefused = { readonly code: 'hold.unknown' | 'hold.lettingGo' | 'hold.refusedThere' | 'savings.reasonNeeded' };

export function mayRelease(state: HoldState, reason: string): Result<null, ReleaseRefused> {
  if (state === null) return refuse({ code: 'hold.unknown' });
  if (state === 'lettingGo') return refuse({ code: 'hold.lettingGo' });
  // Nothing is held there: its case decides what becomes of it.
  if (state === 'refused') return refuse({ code: 'hold.refusedThere' });
  return isReason(reason) ? ok(null) : refuse({ code: 'savings.reasonNeeded' });
}
