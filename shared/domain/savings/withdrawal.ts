// May this withdrawal be paid? Three tests in this order: what the account allows, what is available, and, when head office cannot be
// asked, what the branch may risk (field-rules 1.2, 1.3). Between 'may' and 'refused' stands a manager's agreement.

import type { BusinessDate } from '../../kernel/businessDate.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { SavingsStatus } from '../records.ts';
import type { OfflinePolicy } from './offlinePolicy.ts';

export interface WithdrawalFacts {
  readonly status: SavingsStatus;
  /** The first day on which it may be paid out; null where nothing is locked in today. */
  readonly lockedInUntil: BusinessDate | null;
  readonly amountMinor: number;
  readonly availableMinor: number;
  readonly disputed: boolean;
  /** False while offline is declared or the line is down. */
  readonly lineUp: boolean;
  readonly balanceAgeMs: number;
  /** Unfinished payouts: of this account, of this cashier, of the branch. */
  readonly accountUnsentMinor: number;
  readonly accountUnsentCount: number;
  readonly cashierUnsentMinor: number;
  readonly branchUnsentMinor: number;
  readonly managerAgrees: boolean;
}

export type WithdrawalRefusal =
  | 'savings.notActive'
  | 'savings.lockedIn'
  | 'savings.debitBlocked'
  | 'savings.disputed'
  | 'withdrawal.exceedsAvailable'
  | 'withdrawal.needsManager'
  | 'withdrawal.exceedsOfflineLimit'
  | 'withdrawal.balanceTooOld';

export interface WithdrawalRefused {
  readonly code: WithdrawalRefusal;
  readonly facts: Readonly<Record<string, number | string>>;
}

const PAYS_OUT: ReadonlySet<SavingsStatus> = new Set<SavingsStatus>(['active', 'creditBlocked', 'inactive', 'dormant']);

/** Whether head office pays out of an account in that state at all. Where it does not, nothing of it is available, whatever the ledger says. */
export function statePaysOut(status: SavingsStatus): boolean {
  return PAYS_OUT.has(status);
}

export function decideWithdrawal(
  facts: WithdrawalFacts,
  policy: OfflinePolicy,
): Result<{ readonly limitMinor: number | null }, WithdrawalRefused> {
  if (facts.status === 'blocked' || facts.status === 'debitBlocked') return refuse({ code: 'savings.debitBlocked', facts: {} });
  if (!statePaysOut(facts.status)) return refuse({ code: 'savings.notActive', facts: {} });
  if (facts.lockedInUntil !== null) return refuse({ code: 'savings.lockedIn', facts: { lockedInUntil: facts.lockedInUntil } });
  if (facts.disputed) return refuse({ code: 'savings.disputed', facts: {} });
  if (facts.amountMinor > facts.availableMinor)
    return refuse({ code: 'withdrawal.exceedsAvailable', facts: { availableMinor: facts.availableMinor } });
  if (facts.lineUp && facts.balanceAgeMs <= policy.freshMs) return ok({ limitMinor: null });
  return decideOffline(facts, policy);
}

function decideOffline(facts: WithdrawalFacts, policy: OfflinePolicy): Result<{ readonly limitMinor: number | null }, WithdrawalRefused> {
  if (facts.balanceAgeMs > policy.oldestAgeMs)
    return refuse({ code: 'withdrawal.balanceTooOld', facts: { hours: Math.floor(facts.balanceAgeMs / 3_600_000) } });
  const old = facts.balanceAgeMs > policy.normalAgeMs;
  const unitMinor = old ? Math.floor(policy.typicalInstalmentMinor / 2) : policy.typicalInstalmentMinor;
  const accountLimitMinor = unitMinor * policy.perAccountSum;
  const branchLimitMinor = unitMinor * policy.perBranchSum;
  const accountAfterMinor = facts.accountUnsentMinor + facts.amountMinor;
  if (accountAfterMinor > accountLimitMinor || facts.accountUnsentCount + 1 > policy.perAccountCount) {
    return refuse({
      code: 'withdrawal.exceedsOfflineLimit',
      facts: { limitMinor: Math.max(accountLimitMinor - facts.accountUnsentMinor, 0), count: policy.perAccountCount },
    });
  }
  if (facts.branchUnsentMinor + facts.amountMinor > branchLimitMinor) {
    return refuse({
      code: 'withdrawal.exceedsOfflineLimit',
      facts: { limitMinor: Math.max(branchLimitMinor - facts.branchUnsentMinor, 0), count: policy.perAccountCount },
    });
  }
  const limitMinor = unitMinor * policy.perTransaction;
  const aboveOne = facts.amountMinor > limitMinor;
  const second = facts.accountUnsentCount >= 1;
  const aboveCashier = facts.cashierUnsentMinor + facts.amountMinor > unitMinor * policy.perCashierSum;
  const sleeping = facts.status === 'dormant' || facts.status === 'inactive';
  if ((aboveOne || second || aboveCashier || old || sleeping) && !facts.managerAgrees)
    return refuse({ code: 'withdrawal.needsManager', facts: { limitMinor } });
  return ok({ limitMinor });
}
