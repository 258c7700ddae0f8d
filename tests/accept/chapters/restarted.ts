// The program ends with deeds that wait, and starts again on the same books.

import type { Stage } from '../stage.ts';
import { wrongUnless } from '../stage.ts';

export async function restarted(stage: Stage): Promise<void> {
  const { pc, institution } = stage;
  const { cashier } = institution.people;
  const savings = await stage.takeSavings('plain');
  pc.line.setCut(true);
  const line = await stage.deposit(pc, cashier, savings, 81_000);
  await pc.restart();
  pc.line.setCut(false);
  const { start, state } = await pc.get(cashier, 'session.showStart', {});
  stage.check('the books are whole', [
    ...wrongUnless(state === 'ready', `the branch is ${state}`),
    ...wrongUnless(start?.chainWhole === true, 'the chain is broken'),
    ...wrongUnless(start?.unclean === false, 'a clean end is called unclean'),
  ]);
  const now = await pc.untilStanding(cashier, line, 'confirmed');
  stage.check('what waited goes, once', now.standing === 'confirmed' ? await stage.onceThere(now, savings) : [`it is ${now.standing}`]);
}
