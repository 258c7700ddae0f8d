// What a branch may pay out: availability always, and limits while head office cannot be asked.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultOfflinePolicy } from '../../shared/domain/savings/offlinePolicy.ts';
import { decideWithdrawal, payoutLimits, type WithdrawalFacts } from '../../shared/domain/savings/withdrawal.ts';
import { decideDeposit } from '../../shared/domain/savings/deposit.ts';
import { decideRepayment } from '../../shared/domain/loans/repayment.ts';

const HOUR = 3_600_000;
const policy = defaultOfflinePolicy(500_000);
const facts: WithdrawalFacts = {
  status: 'active',
  lockedInUntil: null,
  amountMinor: 300_000,
  availableMinor: 2_000_000,
  disputed: false,
  lineUp: false,
  balanceAgeMs: HOUR,
  accountUnsentMinor: 0,
  accountUnsentCount: 0,
  cashierUnsentMinor: 0,
  branchUnsentMinor: 0,
  managerAgrees: false,
};
const verdict = (change: Partial<WithdrawalFacts>): string => {
  const decision = decideWithdrawal({ ...facts, ...change }, policy);
  return decision.ok ? 'may' : decision.refusal.code;
};

describe('withdrawals', () => {
  test.each<[string, Partial<WithdrawalFacts>, string]>([
    ['below one instalment, offline', {}, 'may'],
    ['online and fresh has no limit but the balance', { lineUp: true, balanceAgeMs: 60_000, amountMinor: 2_000_000 }, 'may'],
    [
      'online but stale is held to the offline limits',
      { lineUp: true, balanceAgeMs: HOUR, amountMinor: 600_000 },
      'withdrawal.needsManager',
    ],
    ['more than available', { amountMinor: 2_000_001 }, 'withdrawal.exceedsAvailable'],
    ['above one instalment', { amountMinor: 600_000 }, 'withdrawal.needsManager'],
    ['above one instalment, a manager agrees', { amountMinor: 600_000, managerAgrees: true }, 'may'],
    ['above two instalments, even with a manager', { amountMinor: 1_000_001, managerAgrees: true }, 'withdrawal.exceedsOfflineLimit'],
    ['the second on one account', { accountUnsentCount: 1, accountUnsentMinor: 100_000 }, 'withdrawal.needsManager'],
    ['the third on one account', { accountUnsentCount: 2, accountUnsentMinor: 2, managerAgrees: true }, 'withdrawal.exceedsOfflineLimit'],
    ['the cashier has paid out ten', { cashierUnsentMinor: 4_800_000 }, 'withdrawal.needsManager'],
    ['the branch has paid out fifty', { branchUnsentMinor: 24_800_000, managerAgrees: true }, 'withdrawal.exceedsOfflineLimit'],
    ['a balance of yesterday: half limits, with a manager', { balanceAgeMs: 30 * HOUR, amountMinor: 200_000 }, 'withdrawal.needsManager'],
    ['a balance of yesterday, agreed', { balanceAgeMs: 30 * HOUR, amountMinor: 400_000, managerAgrees: true }, 'may'],
    ['a balance older than three days', { balanceAgeMs: 73 * HOUR, managerAgrees: true }, 'withdrawal.balanceTooOld'],
    ['blocked', { status: 'blocked' }, 'savings.debitBlocked'],
    ['debits blocked', { status: 'debitBlocked' }, 'savings.debitBlocked'],
    ['closed', { status: 'closed' }, 'savings.notActive'],
    ['locked in', { lockedInUntil: '2027-01-01' }, 'savings.lockedIn'],
    ['dormant needs a manager', { status: 'dormant' }, 'withdrawal.needsManager'],
    ['a case is open on the account', { disputed: true, managerAgrees: true }, 'savings.disputed'],
  ])('%s', (_title, change, expected) => {
    expect(verdict(change)).toBe(expected);
  });
});

describe('what may be paid, with and without a manager', () => {
  test.each<[string, Partial<WithdrawalFacts>, readonly [number, string], readonly [number, string]]>([
    ['with a line, all that is available', { lineUp: true, balanceAgeMs: 60_000 }, [2_000_000, 'balance'], [2_000_000, 'balance']],
    ['without one: one instalment alone, two when agreed', {}, [500_000, 'once'], [1_000_000, 'account']],
    [
      'a second: nothing alone, the rest of the account when agreed',
      { accountUnsentCount: 1, accountUnsentMinor: 300_000 },
      [0, 'second'],
      [700_000, 'account'],
    ],
    ['after two nothing at all', { accountUnsentCount: 2, accountUnsentMinor: 2 }, [0, 'times'], [0, 'times']],
    ['a sleeping account: nothing alone', { status: 'dormant' }, [0, 'sleeping'], [1_000_000, 'account']],
    ['an old balance: nothing alone, half the limits', { balanceAgeMs: 30 * HOUR }, [0, 'oldBalance'], [500_000, 'account']],
    ['what the cashier has left of her own limit', { cashierUnsentMinor: 4_800_000 }, [200_000, 'cashier'], [1_000_000, 'account']],
    ['what the branch has left', { branchUnsentMinor: 24_800_000 }, [200_000, 'branch'], [200_000, 'branch']],
    ['a poor account is limited by itself', { availableMinor: 120_000 }, [120_000, 'balance'], [120_000, 'balance']],
    ['overdrawn is nothing, never less', { availableMinor: -390_000 }, [0, 'balance'], [0, 'balance']],
    ['blocked', { status: 'debitBlocked' }, [0, 'blocked'], [0, 'blocked']],
    ['disputed', { disputed: true, availableMinor: -390_000 }, [0, 'disputed'], [0, 'disputed']],
    ['locked in', { lockedInUntil: '2027-01-01' }, [0, 'lockedIn'], [0, 'lockedIn']],
    ['too old', { balanceAgeMs: 73 * HOUR }, [0, 'tooOld'], [0, 'tooOld']],
  ])('%s', (_title, change, alone, agreed) => {
    const limits = payoutLimits({ ...facts, ...change }, policy);
    expect([limits.alone.minor, limits.alone.rule]).toEqual(alone);
    expect([limits.agreed.minor, limits.agreed.rule]).toEqual(agreed);
  });

  test.each<[string, Partial<WithdrawalFacts>, object]>([
    ['one payment', { amountMinor: 500_001 }, { aloneMinor: 500_000, aloneRule: 'once', agreedMinor: 1_000_000, agreedRule: 'account' }],
    [
      'her own sum of the day',
      { cashierUnsentMinor: 5_000_000 },
      { aloneMinor: 0, aloneRule: 'cashier', agreedMinor: 1_000_000, agreedRule: 'account' },
    ],
    ['what the branch has left', { branchUnsentMinor: 24_800_000 }, { agreedMinor: 200_000, agreedRule: 'branch' }],
    ['the sum of the branch used up', { branchUnsentMinor: 25_000_000 }, { agreedRule: 'branch' }],
    ['the sum of the account used up', { accountUnsentCount: 1, accountUnsentMinor: 1_000_000 }, { agreedRule: 'account' }],
    ['as many as may be', { accountUnsentCount: 2, accountUnsentMinor: 2 }, { agreedRule: 'times' }],
    // Of several accounts at once the whole is limited, and its sum is the one that is said.
    [
      'one payment out of several accounts',
      { amountMinor: 300_000, besideMinor: 700_000 },
      { aloneMinor: 500_000, aloneRule: 'once', agreedMinor: 1_000_000, agreedRule: 'account' },
    ],
    [
      'the branch, out of several accounts',
      { amountMinor: 300_000, besideMinor: 400_000, branchUnsentMinor: 24_800_000 },
      { agreedMinor: 200_000, agreedRule: 'branch' },
    ],
  ])('a refusal names %s', (_title, change, said) => {
    const decision = decideWithdrawal({ ...facts, ...change }, policy);
    expect(decision.ok ? null : decision.refusal.facts).toEqual(said);
  });

  test('is what is decided: at the limit paid, one minor unit above it not, whatever was paid before', () => {
    fc.assert(
      fc.property(
        fc.record({
          status: fc.constantFrom('active' as const, 'dormant' as const, 'inactive' as const),
          availableMinor: fc.integer({ min: -1_000, max: 3_000_000 }),
          lineUp: fc.boolean(),
          balanceAgeMs: fc.integer({ min: 0, max: 80 * HOUR }),
          accountUnsentMinor: fc.integer({ min: 0, max: 1_200_000 }),
          accountUnsentCount: fc.integer({ min: 0, max: 3 }),
          cashierUnsentMinor: fc.integer({ min: 0, max: 6_000_000 }),
          branchUnsentMinor: fc.integer({ min: 0, max: 26_000_000 }),
        }),
        (change) => {
          const { alone, agreed } = payoutLimits({ ...facts, ...change }, policy);
          expect(alone.minor).toBeLessThanOrEqual(agreed.minor);
          const decide = (amountMinor: number, managerAgrees: boolean) =>
            decideWithdrawal({ ...facts, ...change, amountMinor, managerAgrees }, policy).ok;
          if (alone.minor > 0) expect(decide(alone.minor, false)).toBe(true);
          expect(decide(alone.minor + 1, false)).toBe(false);
          if (agreed.minor > 0) expect(decide(agreed.minor, true)).toBe(true);
          expect(decide(agreed.minor + 1, true)).toBe(false);
        },
      ),
    );
  });
});

test('deposits are refused only where head office certainly would', () => {
  expect(decideDeposit('active').ok).toBe(true);
  expect(decideDeposit('debitBlocked').ok).toBe(true);
  expect(decideDeposit('creditBlocked')).toMatchObject({ refusal: { code: 'savings.creditBlocked' } });
  expect(decideDeposit('closed')).toMatchObject({ refusal: { code: 'savings.notActive' } });
});

test('a repayment above what is owed must have been seen', () => {
  expect(decideRepayment({ status: 'active', amountMinor: 11, outstandingMinor: 10, overpaymentSeen: false })).toMatchObject({
    refusal: { code: 'repayment.exceedsOutstanding', facts: { outstandingMinor: 10 } },
  });
  expect(decideRepayment({ status: 'active', amountMinor: 11, outstandingMinor: 10, overpaymentSeen: true }).ok).toBe(true);
  expect(decideRepayment({ status: 'closed', amountMinor: 1, outstandingMinor: 10, overpaymentSeen: true })).toMatchObject({
    refusal: { code: 'loan.notActive' },
  });
});
