// A loan whose interest head office reckons anew each day costs less to pay off than its schedule says. The branch asks head office for its
// figure of today, takes exactly that, and the loan is closed there with nothing too much.

import { membersOf, minorOf } from '../headOffice/api.ts';
import type { Stage } from '../stage.ts';
import { wrongUnless } from '../stage.ts';
import { lastingDifferences } from './firstPull.ts';

export async function payOff(stage: Stage): Promise<void> {
  const { pc, api } = stage;
  const { cashier } = stage.institution.people;
  const account = await stage.takeLoan('recalculated');
  const before = (await stage.loanView(pc, account)).payOff;
  stage.check(
    'before head office was asked the sum is an upper bound',
    wrongUnless(before.known === 'upperBound', `it is said to be known from ${before.known}`),
  );

  const template = await api.get(
    `/loans/${String(account.serverId)}/transactions/template?command=prepayLoan&locale=en&dateFormat=yyyy-MM-dd&transactionDate=${stage.today}`,
  );
  const theirs = minorOf(membersOf(template)['amount']);
  const asked = await pc.get(cashier, 'loans.askPayOff', { loanId: account.localId });
  stage.check("the sum is head office's of today", [
    ...wrongUnless(
      asked.payOffMinor === theirs && asked.onDate === stage.today,
      `${String(asked.payOffMinor)} here, ${String(theirs)} there`,
    ),
    ...wrongUnless(theirs <= before.minor, `the upper bound ${String(before.minor)} was less`),
  ]);
  const line = await pc.untilStanding(cashier, await stage.repay(pc, cashier, account, asked.payOffMinor), 'confirmed');
  const there = await stage.there(account);
  stage.check('paid, the loan is closed there with nothing too much', [
    ...(line.standing === 'confirmed' ? await stage.onceThere(line, account) : [`the receipt is ${line.standing}`]),
    ...wrongUnless(
      there.status.includes('closed') && there.overpaidMinor === 0,
      `${there.status}, overpaid by ${String(there.overpaidMinor)}`,
    ),
  ]);
  stage.check('the loan is the same here and there', await lastingDifferences(stage, [account]));
}
