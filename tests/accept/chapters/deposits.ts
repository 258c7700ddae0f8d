// Deposits in cash, by mobile money and by cheque.

import type { Stage } from '../stage.ts';
import { wrongUnless } from '../stage.ts';
import { lastingDifferences } from './firstPull.ts';

export async function deposits(stage: Stage): Promise<void> {
  const { pc, institution } = stage;
  const { cashier } = institution.people;
  const account = await stage.takeSavings('plain');
  const before = (await stage.there(account)).balanceMinor;
  const wrong: string[] = [];
  let sumMinor = 0;
  for (const [way, paymentTypeId] of Object.entries(institution.paymentTypes)) {
    const amountMinor = 12_500 + sumMinor;
    sumMinor += amountMinor;
    const line = await pc.untilStanding(cashier, await stage.deposit(pc, cashier, account, amountMinor, { paymentTypeId }), 'confirmed');
    const problems = line.standing === 'confirmed' ? await stage.onceThere(line, account) : [`it is ${line.standing}`];
    if (line.receipt.balanceAfterMinor !== before + sumMinor)
      wrong.push(`${way}: the receipt says a balance of ${String(line.receipt.balanceAfterMinor)}`);
    wrong.push(...problems.map((problem) => `${way}: ${problem}`));
  }
  stage.check('each is at head office once, with its sum, date and balance', wrong);
  const after = (await stage.there(account)).balanceMinor;
  stage.check(
    'the account grew by their sum',
    wrongUnless(after === before + sumMinor, `by ${String(after - before)} instead of ${String(sumMinor)}`),
  );
  stage.check('the account is the same here and there', await lastingDifferences(stage, [account]));
  const closed = institution.inState['savings.closed'];
  const shut = closed === undefined ? null : await stage.find(pc, 'savings', closed);
  const code =
    shut === null
      ? 'no account'
      : await pc.refusal(cashier, 'savings.takeDeposit', {
          formId: crypto.randomUUID(),
          savingsId: shut.localId,
          amountMinor: 100,
          paidWith: { paymentTypeId: institution.paymentTypes.cash },
        });
  stage.check('nothing is taken for a closed account', wrongUnless(code === 'savings.notActive', `answered ${String(code)}`));
}
