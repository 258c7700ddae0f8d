// Repayments of every kind of loan: a part, what is due, by another way of paying, and more than is owed. Where our receipt says how a sum
// was shared out, head office must have shared it out so; where only head office can reckon, the receipt must not pretend.

import type { LoanKind } from '../headOffice/institution.ts';
import type { Account, Stage } from '../stage.ts';
import { wrongUnless } from '../stage.ts';
import type { ReceiptLine } from '../../../shared/contract/shapes.ts';
import { lastingDifferences } from './firstPull.ts';

const KINDS: readonly LoanKind[] = ['flat', 'declining', 'daily', 'weekly', 'recalculated'];

export async function repayments(stage: Stage): Promise<void> {
  const { pc, institution } = stage;
  const { cashier } = institution.people;
  const taken: { readonly kind: string; readonly line: ReceiptLine; readonly account: Account; readonly reckoned: boolean }[] = [];
  const take = async (kind: string, account: Account, amountMinor: number, paymentTypeId?: number): Promise<void> => {
    const { reckoned } = await pc.get(cashier, 'loans.previewRepayment', { loanId: account.localId, amountMinor });
    const line = await stage.repay(pc, cashier, account, amountMinor, {
      overpaymentSeen: true,
      ...(paymentTypeId === undefined ? {} : { paymentTypeId }),
    });
    taken.push({ kind, account, reckoned, line: await pc.untilStanding(cashier, line, 'confirmed') });
  };
  for (const kind of KINDS) {
    const account = await stage.takeLoan(kind);
    await take(`${kind}, a part`, account, 50_050);
    const { dueNowMinor } = await stage.loanView(pc, account);
    await take(`${kind}, what is due`, account, Math.max(dueNowMinor, 10_000), institution.paymentTypes.mobile);
  }
  const paidOff = await stage.takeLoan('flat');
  const owed = (await stage.loanView(pc, paidOff)).outstandingMinor;
  await take('more than is owed', paidOff, owed + 12_345);

  const wrong: string[] = [];
  const shares: string[] = [];
  for (const { kind, line, account, reckoned } of taken) {
    const problems = line.standing === 'confirmed' ? await stage.onceThere(line, account) : [`${line.receipt.number} is ${line.standing}`];
    wrong.push(...problems.map((problem) => `${kind}: ${problem}`));
    const { allocation, number } = line.receipt;
    if (!reckoned || allocation === null || problems.length > 0) continue;
    const there = (await stage.there(account)).transactions.find((each) => each.receiptNumber === number && !each.reversed)?.portions;
    for (const part of ['penaltyMinor', 'feeMinor', 'interestMinor', 'principalMinor', 'overpaidMinor'] as const)
      if (allocation[part] !== there?.[part])
        shares.push(`${kind}: ${part} ${String(allocation[part])} on the receipt, ${String(there?.[part])} there`);
  }
  const left = await lastingDifferences(stage, new Set(taken.map((each) => each.account)));
  stage.check('each is at head office once, with its sum and date', wrong);
  stage.check('receipts share the sum as head office does, to the cent', shares);
  stage.check('what is left is the same here and there', left);
  const over = await stage.there(paidOff);
  stage.check(
    'what was too much is overpaid there',
    wrongUnless(over.overpaidMinor === 12_345, `overpaid by ${String(over.overpaidMinor)}`),
  );
}
