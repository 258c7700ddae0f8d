// What the branch posted is undone at head office. The branch notices it without being told, opens a case, and what is sent again is a new
// transaction: the undone one keeps its ids for ever.

import { WRITTEN } from '../headOffice/api.ts';
import type { Account, Stage } from '../stage.ts';
import { wrongUnless } from '../stage.ts';
import type { ReceiptLine } from '../../../shared/contract/shapes.ts';
import { lastingDifferences } from './firstPull.ts';

export async function undoneThere(stage: Stage): Promise<void> {
  const { pc, institution } = stage;
  const { cashier, manager } = institution.people;
  const savings = await stage.takeSavings('plain');
  const fee = await stage.takeSavings('flatFee');
  const loan = await stage.takeLoan('daily');
  const cases: readonly (readonly [string, Account, () => Promise<ReceiptLine>])[] = [
    ['a deposit', savings, () => stage.deposit(pc, cashier, savings, 21_000)],
    ['a withdrawal with its fee', fee, () => stage.withdraw(pc, cashier, fee, 22_000)],
    ['a repayment', loan, () => stage.repay(pc, cashier, loan, 23_000)],
  ];
  for (const [what, account, deed] of cases) {
    const line = await pc.untilStanding(cashier, await deed(), 'confirmed');
    await undo(stage, account, line);
    const open = await stage.caseOf(pc, line);
    stage.check(
      `${what} undone there is noticed`,
      open === null
        ? [`it is ${(await pc.receipt(cashier, line)).standing}`]
        : wrongUnless(open.kind === 'vanished', `a case of kind ${open.kind}`),
    );
    if (open === null) continue;
    await stage.resolve(pc, manager, open, 'resubmit');
    const again = await pc.untilStanding(cashier, line, 'confirmed');
    const why =
      again.standing === 'confirmed' ? await stage.onceThere(again, account) : [`it is ${again.standing}, ${await whyOf(stage, line)}`];
    stage.check(`${what} sent again stands once`, why);
  }
  const left = await lastingDifferences(stage, [savings, fee, loan]);
  stage.check('accounts are the same here and there', left);
}

async function undo(stage: Stage, account: Account, line: ReceiptLine): Promise<void> {
  const { transactions } = await stage.there(account);
  const posted = transactions.find((each) => each.receiptNumber === line.receipt.number && !each.reversed);
  if (posted === undefined) throw new Error(`${line.receipt.number} is not at head office`);
  const kind = account.kind === 'loan' ? 'loans' : 'savingsaccounts';
  await stage.api.post(
    `/${kind}/${String(account.serverId)}/transactions/${String(posted.serverId)}?command=undo`,
    account.kind === 'loan' ? { transactionDate: line.receipt.businessDate, transactionAmount: 0, ...WRITTEN } : {},
  );
}

/** Why a receipt stands where it stands, by codes alone. */
async function whyOf(stage: Stage, line: ReceiptLine): Promise<string> {
  const open = await stage.caseOf(stage.pc, line, 0);
  const item = await stage.pc.item(stage.institution.people.cashier, line);
  return `${item?.reason ?? ''} ${open?.serverCode ?? ''}`.trim();
}
