// Head office closed its books up to today while the branch had no line. What was taken becomes a case, and goes once the books are open.

import { numberOf, WRITTEN } from '../headOffice/api.ts';
import type { Stage } from '../stage.ts';
import { wrongUnless } from '../stage.ts';
import { suspenseEntries } from './fourWaysOut.ts';

export async function closedBooks(stage: Stage): Promise<void> {
  const { pc, institution, api } = stage;
  const { cashier, manager } = institution.people;
  const savings = await stage.takeSavings('plain');
  pc.line.setCut(true);
  const line = await stage.deposit(pc, cashier, savings, 71_000);
  const other = await stage.takeSavings('plain');
  const carried = await stage.deposit(pc, cashier, other, 72_000);
  const closure = numberOf(
    (await api.post('/glclosures', { officeId: institution.offices.ours, closingDate: stage.today, ...WRITTEN }))['resourceId'],
  );
  pc.line.setCut(false);
  const open = await stage.caseOf(pc, line);
  stage.check(
    'a deed of a closed day becomes a case that says so',
    open === null
      ? [`it is ${(await pc.receipt(cashier, line)).standing}`]
      : wrongUnless(/accounting\.closed/.test(open.serverCode), open.serverCode),
  );
  stage.check('nothing stands there meanwhile', await stage.neverThere(line, savings));
  const second = await stage.caseOf(pc, carried);
  await api.delete(`/glclosures/${String(closure)}`);
  if (second !== null) {
    await stage.resolve(pc, manager, second, 'suspend');
    const booked = await suspenseEntries(stage, { line: carried });
    const cases = await pc.get(manager, 'exceptions.list', { show: 'open' });
    stage.check('money of a closed day is carried in suspense, and that is no case again', [
      ...booked,
      ...cases.filter((each) => each.exceptionId !== open?.exceptionId).map((each) => `one more case: ${each.serverCode}`),
      ...(await stage.neverThere(carried, other)),
    ]);
  }
  if (open === null) return;
  await stage.resolve(pc, manager, open, 'resubmit');
  const now = await pc.untilStanding(cashier, line, 'confirmed');
  stage.check(
    'it goes once the books are open, once',
    now.standing === 'confirmed' ? await stage.onceThere(now, savings) : [`it is ${now.standing}`],
  );
}
