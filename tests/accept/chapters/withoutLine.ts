// A morning without a line: everybody is served, receipts are given, and when the line returns each deed arrives exactly once.

import type { ReceiptLine } from '../../../shared/contract/shapes.ts';
import type { Account, Stage } from '../stage.ts';
import { wrongUnless } from '../stage.ts';
import { lastingDifferences } from './firstPull.ts';

export async function withoutLine(stage: Stage): Promise<void> {
  const { pc, institution } = stage;
  const { cashier, manager } = institution.people;
  const savings = [await stage.takeSavings('plain'), await stage.takeSavings('plain'), await stage.takeSavings('plain')];
  const loans = [await stage.takeLoan('declining'), await stage.takeLoan('daily')];
  const done: { readonly line: ReceiptLine; readonly account: Account }[] = [];
  pc.line.setCut(true);
  const isDown = await pc.until(cashier, async () => (await pc.status(cashier)).line === 'down', 20_000);
  stage.check('the branch notices that the line is gone', wrongUnless(isDown, 'it still says up'));
  for (const [at, account] of savings.entries()) {
    done.push({ account, line: await stage.deposit(pc, cashier, account, 30_000 + at) });
    done.push({ account, line: await stage.deposit(pc, manager, account, 40_000 + at) });
    done.push({ account, line: await stage.withdraw(pc, cashier, account, 20_000 + at) });
  }
  for (const [at, account] of loans.entries()) {
    done.push({ account, line: await stage.repay(pc, cashier, account, 60_000 + at) });
    done.push({ account, line: await stage.repay(pc, manager, account, 15_000 + at) });
  }
  stage.check(
    'everything is saved here',
    done.filter(({ line }) => line.standing !== 'savedHere').map(({ line }) => `${line.receipt.number} is ${line.standing}`),
  );
  const before = pc.line.traffic();
  const began = performance.now();
  pc.line.setCut(false);
  const wrong: string[] = [];
  for (const { line, account } of done) {
    const now = await pc.untilStanding(cashier, line, 'confirmed');
    wrong.push(...(now.standing === 'confirmed' ? await stage.onceThere(now, account) : [`${line.receipt.number} is ${now.standing}`]));
  }
  stage.figure(
    `${String(done.length)} deeds without a line, sent and confirmed, requests`,
    pc.line.traffic().requests - before.requests,
    'requests',
  );
  stage.figure(`${String(done.length)} deeds without a line, sent and confirmed`, Math.round(performance.now() - began) / 1000, 's');
  stage.check('each arrives exactly once, with its sum and date', wrong);
  const left = await lastingDifferences(stage, [...savings, ...loans]);
  stage.check('accounts are the same here and there', left);
}
