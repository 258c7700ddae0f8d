// A group pays into its own loan and its own savings: in its name here, once at head office, with the member who brought the money in the note.

import type { Account, Stage } from '../stage.ts';
import { wrongUnless } from '../stage.ts';
import { lastingDifferences } from './firstPull.ts';

export async function groups(stage: Stage): Promise<void> {
  const { pc, institution } = stage;
  const { cashier } = institution.people;
  const savings = await stage.find(pc, 'savings', institution.groupSavings);
  const loan = await stage.find(pc, 'loan', institution.groupLoan);
  const row = (await pc.get(cashier, 'groups.list', {})).rows.find((each) => each.name === institution.groupSavings.ownerName);
  const page = row === undefined ? null : await pc.get(cashier, 'groups.show', { groupId: row.groupId });
  stage.check('the page of the group has its loan and its savings', [
    ...wrongUnless(page?.savings.some(({ savingsId }) => savingsId === savings?.localId) === true, 'its savings are not there'),
    ...wrongUnless(page?.loans.some(({ loanId }) => loanId === loan?.localId) === true, 'its loan is not there'),
  ]);
  if (savings === null || loan === null || page === null) return;
  const [member] = page.members;
  const paid = { formId: '', amountMinor: 1_500, paidWith: { paymentTypeId: institution.paymentTypes.cash } };
  const named = member === undefined ? {} : { handedBy: member.clientId };
  const before = { savings: (await stage.there(savings)).balanceMinor, loan: (await stage.there(loan)).balanceMinor };

  const deposited = await pc.get(cashier, 'savings.takeDeposit', {
    ...paid,
    ...named,
    formId: crypto.randomUUID(),
    savingsId: savings.localId,
  });
  const repaid = await pc.get(cashier, 'loans.takeRepayment', { ...paid, ...named, formId: crypto.randomUUID(), loanId: loan.localId });
  const wrong: string[] = [];
  const accounts: readonly (readonly [typeof deposited, Account])[] = [
    [deposited, savings],
    [repaid, loan],
  ];
  for (const [line, account] of accounts) {
    const { receipt } = line;
    if (receipt.clientName !== page.name || receipt.groupId !== page.groupId)
      wrong.push(`${receipt.number} is not in the name of the group`);
    if (receipt.handedBy?.name !== member?.displayName) wrong.push(`${receipt.number} does not say who brought it`);
    const settled = await pc.untilStanding(cashier, line, 'confirmed');
    wrong.push(
      ...(settled.standing === 'confirmed' ? await stage.onceThere(settled, account) : [`${receipt.number} is ${settled.standing}`]),
    );
  }
  stage.check('each is in its name, and at head office once', wrong);
  const after = { savings: (await stage.there(savings)).balanceMinor, loan: (await stage.there(loan)).balanceMinor };
  stage.check(
    'its savings grew and its loan fell by the sum',
    wrongUnless(
      after.savings === before.savings + 1_500 && after.loan === before.loan - 1_500,
      `savings by ${String(after.savings - before.savings)}, the loan by ${String(after.loan - before.loan)}`,
    ),
  );
  stage.check('both accounts are the same here and there', await lastingDifferences(stage, [savings, loan]));
}
