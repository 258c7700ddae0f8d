// Money was taken without a line for accounts that head office shut meanwhile: a loan was written off, a savings account was blocked. Money
// in is never lost: it becomes a case and can stand in suspense.

import { WRITTEN } from '../headOffice/api.ts';
import type { Stage } from '../stage.ts';
import { wrongUnless } from '../stage.ts';
import { suspenseEntries } from './fourWaysOut.ts';

export async function refusedThere(stage: Stage): Promise<void> {
  const { pc, institution, api } = stage;
  const { cashier, manager } = institution.people;
  const loan = await stage.takeLoan('flat');
  const savings = await stage.takeSavings('plain');
  pc.line.setCut(true);
  const repaid = await stage.repay(pc, cashier, loan, 70_000);
  const deposited = await stage.deposit(pc, cashier, savings, 33_000);
  await api.post(`/loans/${String(loan.serverId)}/transactions?command=writeoff`, { transactionDate: stage.today, ...WRITTEN });
  await api.post(`/savingsaccounts/${String(savings.serverId)}?command=block`, { reasonForBlock: 'Acceptance' });
  pc.line.setCut(false);
  for (const [what, line, account] of [
    ['a repayment of a loan that was written off', repaid, loan],
    ['a deposit to an account that was blocked', deposited, savings],
  ] as const) {
    const open = await stage.caseOf(pc, line);
    const problems = wrongUnless(open !== null, `it is ${(await pc.receipt(cashier, line)).standing}`);
    if (open === null) {
      stage.check(`${what} becomes a case`, problems);
      continue;
    }
    stage.check(`${what} becomes a case`, wrongUnless(open.kind === 'refused', `a case of kind ${open.kind}, ${open.serverCode}`));
    await stage.resolve(pc, manager, open, 'suspend');
    stage.check(`${what} stands in suspense`, [...(await suspenseEntries(stage, { line })), ...(await stage.neverThere(line, account))]);
  }
}
