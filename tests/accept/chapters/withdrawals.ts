// Withdrawals from every kind of savings: what head office takes on top is known before it is paid, and what head office would not pay, the
// counter does not pay either.

import { randomUUID } from 'node:crypto';
import type { SavingsKind } from '../headOffice/institution.ts';
import type { Account, Stage } from '../stage.ts';
import { wrongUnless } from '../stage.ts';
import { lastingDifferences } from './firstPull.ts';

const PAID_MINOR = 100_000;

export async function withdrawals(stage: Stage): Promise<void> {
  const { pc, institution } = stage;
  const { cashier } = institution.people;
  const wrong: string[] = [];
  const fees: string[] = [];
  const accounts: Account[] = [];
  for (const [kind, feeMinor] of [
    ['plain', 0],
    ['flatFee', 2_000],
    ['percentFee', 1_500],
    ['minimum', 0],
    ['overdraft', 0],
  ] as const satisfies readonly (readonly [SavingsKind, number])[]) {
    const account = await stage.takeSavings(kind);
    const before = (await stage.there(account)).balanceMinor;
    const preview = await pc.get(cashier, 'savings.previewWithdrawal', { savingsId: account.localId, amountMinor: PAID_MINOR });
    if ((preview.fee?.minor ?? 0) !== feeMinor) fees.push(`${kind}: a fee of ${String(preview.fee?.minor ?? 0)} is announced`);
    const line = await pc.untilStanding(cashier, await stage.withdraw(pc, cashier, account, PAID_MINOR), 'confirmed');
    const problems = line.standing === 'confirmed' ? await stage.onceThere(line, account) : [`it is ${line.standing}`];
    wrong.push(...problems.map((problem) => `${kind}: ${problem}`));
    const after = (await stage.there(account)).balanceMinor;
    if (before - after !== PAID_MINOR + feeMinor) fees.push(`${kind}: head office took ${String(before - after - PAID_MINOR)} on top`);
    accounts.push(account);
  }
  stage.check('each is at head office once, with its sum and date', wrong);
  stage.check('fees are as announced', fees);
  stage.check('accounts are the same here and there', await lastingDifferences(stage, accounts));
  await notPaid(stage);
}

async function notPaid(stage: Stage): Promise<void> {
  const { pc, institution } = stage;
  const { cashier } = institution.people;
  const refusalOf = (account: Account, amountMinor: number): Promise<string | null> =>
    pc.refusal(cashier, 'savings.payWithdrawal', {
      formId: randomUUID(),
      savingsId: account.localId,
      amountMinor,
      paidWith: { paymentTypeId: institution.paymentTypes.cash },
    });
  const inState = async (state: string): Promise<Account> => {
    const seeded = institution.inState[`savings.${state}`];
    const account = seeded === undefined ? null : await stage.find(pc, 'savings', seeded);
    if (account === null) throw new Error(`the branch does not know the ${state} account`);
    return account;
  };
  const wrong: string[] = [];
  const expect = async (what: string, account: Account, amountMinor: number, ...codes: readonly string[]): Promise<void> => {
    const code = await refusalOf(account, amountMinor);
    if (code === null || !codes.includes(code)) wrong.push(`${what}: answered ${String(code)}`);
  };
  await expect('more than there is', await stage.takeSavings('plain'), 1_000_100, 'withdrawal.exceedsAvailable');
  await expect('into the minimum', await stage.takeSavings('minimum'), 960_000, 'withdrawal.exceedsAvailable');
  await expect('into a hold', await inState('held'), 160_000, 'withdrawal.exceedsAvailable');
  await expect('no room for the fee', await stage.takeSavings('flatFee'), 999_000, 'withdrawal.exceedsAvailable');
  await expect('blocked', await inState('blocked'), 1_000, 'savings.debitBlocked');
  await expect('blocked for payouts', await inState('debitBlocked'), 1_000, 'savings.debitBlocked');
  await expect('closed', await inState('closed'), 1_000, 'savings.notActive');
  await expect('not opened yet', await inState('approved'), 1_000, 'savings.notActive');
  stage.check('what head office would not pay is not paid', wrong);
  const locked = await refusalOf(await stage.takeSavings('lockedIn'), 1_000);
  stage.check(
    'a lock-in is refused in its own words',
    wrongUnless(locked !== null && locked !== 'savings.notActive', `answered ${String(locked)}`),
  );
}
