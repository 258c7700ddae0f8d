// What a bad line does to a request with money in it: each fault strikes a deposit, a withdrawal and a repayment, and each still arrives once.

import type { ReceiptLine } from '../../../shared/contract/shapes.ts';
import { pause } from '../branch/pc.ts';
import { LINE_FAULTS } from '../headOffice/line.ts';
import type { Account, Stage } from '../stage.ts';
import { differences } from './firstPull.ts';

/** Longer than the proxy keeps a copy back. */
const COPIES_COME_WITHIN_MS = 2_500;

export async function troubledLine(stage: Stage): Promise<void> {
  const { pc } = stage;
  const { cashier } = stage.institution.people;
  const first = await stage.takeSavings('plain');
  const second = await stage.takeSavings('plain');
  const loan = await stage.takeLoan('declining');
  for (const fault of LINE_FAULTS) {
    const done: { readonly line: ReceiptLine; readonly account: Account }[] = [];
    const wrong: string[] = [];
    const strike = async (account: Account, deed: () => Promise<ReceiptLine>): Promise<void> => {
      pc.line.arm(fault);
      const line = await pc.untilStanding(cashier, await deed(), 'confirmed');
      if (line.standing !== 'confirmed')
        wrong.push(`${line.receipt.number} is ${line.standing}, ${(await pc.item(cashier, line))?.reason ?? ''}`);
      if (pc.line.armed() > 0) wrong.push('the fault never struck');
      done.push({ line, account });
    };
    await strike(first, () => stage.deposit(pc, cashier, first, 11_000));
    await strike(second, () => stage.withdraw(pc, cashier, second, 12_000));
    await strike(loan, () => stage.repay(pc, cashier, loan, 13_000));
    if (fault === 'doubledLater') await pause(COPIES_COME_WITHIN_MS);
    for (const { line, account } of done) wrong.push(...(await stage.onceThere(line, account)));
    stage.check(`${fault}: exactly once`, wrong);
  }
  const left: string[] = [];
  for (const account of [first, second, loan]) left.push(...(await differences(stage, account)));
  stage.check('accounts are the same here and there', left);
}
