// Two PCs of one office work without a line on the same accounts, and their lines return at one moment. Head office lets one of two requests
// through and refuses the other; that heals by itself and never becomes a case.

import type { ReceiptLine } from '../../../shared/contract/shapes.ts';
import type { Account, Stage } from '../stage.ts';
import { lastingDifferences } from './firstPull.ts';

const DEEDS_EACH = 4;

export async function twoCounters(stage: Stage): Promise<void> {
  const { pc, secondPc, institution } = stage;
  const { cashier, second } = institution.people;
  const savings = await stage.takeSavings('plain');
  const loan = await stage.takeLoan('declining');
  const done: { readonly line: ReceiptLine; readonly account: Account; readonly first: boolean }[] = [];
  for (const each of [pc, secondPc]) each.line.setCut(true);
  for (const [each, person] of [
    [pc, cashier],
    [secondPc, second],
  ] as const) {
    const first = each === pc;
    for (const account of [savings, loan]) {
      const here = first ? account : await stage.find(each, account.kind, account);
      if (here === null) throw new Error(`the second PC does not know ${account.kind} ${account.accountNo}`);
      for (let at = 0; at < DEEDS_EACH; at += 1) {
        const amountMinor = 5_000 + at + (first ? 0 : 500);
        const line =
          account.kind === 'loan'
            ? await stage.repay(each, person, here, amountMinor)
            : await stage.deposit(each, person, here, amountMinor);
        done.push({ line, account, first });
      }
    }
  }
  for (const each of [pc, secondPc]) each.line.setCut(false);
  await Promise.all([pc.get(cashier, 'sync.wake', {}), secondPc.get(second, 'sync.wake', {})]);
  const wrong: string[] = [];
  for (const { line, account, first } of done) {
    const here = first ? pc : secondPc;
    const person = first ? cashier : second;
    const now = await here.untilStanding(person, line, 'confirmed');
    if (now.standing === 'confirmed') wrong.push(...(await stage.onceThere(now, account)));
    else
      wrong.push(
        `${line.receipt.number} on a ${account.kind} is ${now.standing}, ${(await stage.caseOf(here, line, 0))?.serverCode ?? (await here.item(person, line))?.reason ?? ''}`,
      );
  }
  stage.check('each deed of both arrives exactly once, without a case', wrong);
  await pc.untilRound(cashier);
  const left = await lastingDifferences(stage, [savings, loan]);
  stage.check('accounts are the same here and there', left);
}
