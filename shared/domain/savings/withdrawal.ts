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
  /** What is handed over with it out of other accounts: the limits of a payment, a cashier and the branch are of the whole. */
  readonly besideMinor?: number | undefined;
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

/** What keeps a payout from being larger; 'balance' is no limit but the account's own money. Append only. */
export type PayoutRule =
  | 'balance'
  // Nothing is paid, whoever agrees.
  | 'blocked'
  | 'notActive'
  | 'lockedIn'
  | 'disputed'
  | 'tooOld'
  // While head office cannot be asked: the most, whoever agrees.
  | 'account'
  | 'times'
  | 'branch'
  // And the most that a cashier pays without asking.
  | 'once'
  | 'second'
  | 'cashier'
  | 'oldBalance'
  | 'sleeping';

/** Whole minor units of the account, never negative, and the rule that says so. */
export interface PayoutLimit {
  readonly minor: number;
  readonly rule: PayoutRule;
  /** Of a rule that limits all that is handed over at once: how much that is, where more goes along. */
  readonly wholeMinor?: number | undefined;
}

export interface PayoutLimits {
  /** What the cashier may pay without asking anybody. */
  readonly alone: PayoutLimit;
  /** What may be paid when a manager agrees: no sum above it is paid at all. */
  readonly agreed: PayoutLimit;
}

type Standing = Omit<WithdrawalFacts, 'amountMinor' | 'managerAgrees'>;

const REFUSAL_OF: Readonly<Partial<Record<PayoutRule, WithdrawalRefusal>>> = {
  balance: 'withdrawal.exceedsAvailable',
  blocked: 'savings.debitBlocked',
  notActive: 'savings.notActive',
  lockedIn: 'savings.lockedIn',
  disputed: 'savings.disputed',
  tooOld: 'withdrawal.balanceTooOld',
};

/** With what words a payout above the limit of that rule is refused. */
export function refusalOfRule(rule: PayoutRule): WithdrawalRefusal {
  return REFUSAL_OF[rule] ?? 'withdrawal.exceedsOfflineLimit';
}

/** The least of several limits; of equal ones the first, so that what weighs most stands first. */
function least(...limits: readonly PayoutLimit[]): PayoutLimit {
  const lowest = limits.reduce((low, each) => (each.minor < low.minor ? each : low));
  return { ...lowest, minor: Math.max(lowest.minor, 0) };
}

function never(facts: Standing, policy: OfflinePolicy, isOffline: boolean): PayoutRule | null {
  if (facts.status === 'blocked' || facts.status === 'debitBlocked') return 'blocked';
  if (!statePaysOut(facts.status)) return 'notActive';
  if (facts.lockedInUntil !== null) return 'lockedIn';
  if (facts.disputed) return 'disputed';
  return isOffline && facts.balanceAgeMs > policy.oldestAgeMs ? 'tooOld' : null;
}

/** What may be paid out of this account now, with and without a manager: one figure each, with its reason, for every screen. */
export function payoutLimits(facts: Standing, policy: OfflinePolicy): PayoutLimits {
  const isOffline = !facts.lineUp || facts.balanceAgeMs > policy.freshMs;
  const stop = never(facts, policy, isOffline);
  if (stop !== null) return { alone: { minor: 0, rule: stop }, agreed: { minor: 0, rule: stop } };
  const balance: PayoutLimit = { minor: Math.max(facts.availableMinor, 0), rule: 'balance' };
  if (!isOffline) return { alone: balance, agreed: balance };
  const old = facts.balanceAgeMs > policy.normalAgeMs;
  const unitMinor = old ? Math.floor(policy.typicalInstalmentMinor / 2) : policy.typicalInstalmentMinor;
  const besideMinor = facts.besideMinor ?? 0;
  const ofWhole = (rule: PayoutRule, minor: number): PayoutLimit => ({
    minor: minor - besideMinor,
    rule,
    ...(besideMinor === 0 ? {} : { wholeMinor: Math.max(minor, 0) }),
  });
  const agreed = least(
    balance,
    ...(facts.accountUnsentCount + 1 > policy.perAccountCount ? [{ minor: 0, rule: 'times' as const }] : []),
    { minor: unitMinor * policy.perAccountSum - facts.accountUnsentMinor, rule: 'account' },
    ofWhole('branch', unitMinor * policy.perBranchSum - facts.branchUnsentMinor),
  );
  const asksAlways: PayoutRule | null =
    facts.status === 'dormant' || facts.status === 'inactive'
      ? 'sleeping'
      : old
        ? 'oldBalance'
        : facts.accountUnsentCount >= 1
          ? 'second'
          : null;
  const alone =
    asksAlways !== null && agreed.minor > 0
      ? { minor: 0, rule: asksAlways }
      : least(
          agreed,
          ofWhole('once', unitMinor * policy.perTransaction),
          ofWhole('cashier', unitMinor * policy.perCashierSum - facts.cashierUnsentMinor),
        );
  return { alone, agreed };
}

export function decideWithdrawal(facts: WithdrawalFacts, policy: OfflinePolicy): Result<PayoutLimits, WithdrawalRefused> {
  const limits = payoutLimits(facts, policy);
  const { alone, agreed } = limits;
  if (facts.amountMinor > agreed.minor) {
    // More than the account holds is the plainer reason, where the account pays at all.
    const rule = agreed.minor > 0 && facts.amountMinor > facts.availableMinor ? 'balance' : agreed.rule;
    return refuse({ code: refusalOfRule(rule), facts: factsOf(rule, facts, limits) });
  }
  if (facts.amountMinor > alone.minor && !facts.managerAgrees)
    return refuse({ code: 'withdrawal.needsManager', facts: factsOf(alone.rule, facts, limits) });
  return ok(limits);
}

function factsOf(rule: PayoutRule, facts: WithdrawalFacts, { alone, agreed }: PayoutLimits): Readonly<Record<string, number | string>> {
  if (rule === 'lockedIn') return { lockedInUntil: facts.lockedInUntil ?? '' };
  if (rule === 'tooOld') return { hours: Math.floor(facts.balanceAgeMs / 3_600_000) };
  if (rule === 'balance') return { availableMinor: facts.availableMinor };
  if (rule === 'blocked' || rule === 'notActive' || rule === 'disputed') return {};
  // Each sum with the rule that makes it; no sum where nothing is paid, whoever agrees.
  const aloneMinor = alone.wholeMinor ?? alone.minor;
  const agreedMinor = agreed.wholeMinor ?? agreed.minor;
  if (agreedMinor === 0) return { agreedRule: agreed.rule };
  return {
    ...(isSameLimit(alone, agreed) ? {} : { aloneMinor, aloneRule: alone.rule }),
    agreedMinor,
    agreedRule: agreed.rule,
  };
}

/** Where a manager's agreement changes nothing. */
export function isSameLimit(alone: PayoutLimit, agreed: PayoutLimit): boolean {
  return alone.rule === agreed.rule && alone.minor === agreed.minor;
}
