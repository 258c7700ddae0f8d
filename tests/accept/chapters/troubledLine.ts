// What a bad line does to requests with money in them: each fault strikes a deposit, a withdrawal and a repayment, and each still arrives once.

import type { ReceiptLine } from '../../../shared/contract/shapes.ts';
import { pause } from '../branch/pc.ts';
import { LINE_FAULTS } from '../headOffice/line.ts';
import type { Account, Stage } from '../stage.ts';
import { lastingDifferences } from './firstPull.ts';

/** Longer than the proxy keeps a copy back. */
const COPIES_COME_WITHIN_MS = 2_500;

export async function troubledLine(stage: Stage): Promise<void> {
  const { pc } = stage;
  const { cashier } = stage.institution.people;
  const first = await stage.takeSavings('plain');
  const second = await stage.takeSavings('plain');
  const loan = await stage.takeLoan('declining');
  for (const fault of LINE_FAULTS) {
    pc.line.arm(fault, 3);
    const done: readonly { readonly line: ReceiptLine; readonly account: Account }[] = [
      { account: first, line: await stage.deposit(pc, cashier, first, 11_000) },
      { account: second, line: await stage.withdraw(pc, cashier, second, 12_000) },
      { account: loan, line: await stage.repay(pc, cashier, loan, 13_000) },
    ];
    const wrong: string[] = [];
    for (const { line } of done) {
      const now = await pc.untilStanding(cashier, line, 'confirmed');
      if (now.standing !== 'confirmed')
        wrong.push(`${line.receipt.number} is ${now.standing}, ${(await pc.item(cashier, line))?.reason ?? ''}`);
    }
    if (pc.line.armed() > 0) wrong.push('the fault did not strike each of them');
    pc.line.disarm();
    if (fault === 'doubledLater') await pause(COPIES_COME_WITHIN_MS);
    for (const { line, account } of done) wrong.push(...(await stage.onceThere(line, account)));
    stage.check(`${fault}: exactly once`, wrong);
  }
  const left = await lastingDifferences(stage, [first, second, loan]);
  stage.check('accounts are the same here and there', left);
}
