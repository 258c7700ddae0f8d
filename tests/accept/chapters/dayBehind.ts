// Head office keeps a business date of its own and is a day behind: the morning's deeds wait for its day and never become cases.

import { WRITTEN } from '../headOffice/api.ts';
import { daysBefore } from '../headOffice/institution.ts';
import { setSwitch, switchOf } from '../headOffice/server.ts';
import type { Stage } from '../stage.ts';
import { wrongUnless } from '../stage.ts';

export async function dayBehind(stage: Stage): Promise<void> {
  const { pc, institution, api } = stage;
  const { cashier } = institution.people;
  const feature = await switchOf(api, 'enable-business-date');
  if (feature === null) {
    stage.say('  this head office has no business date of its own');
    return;
  }
  const setDay = (date: string) => api.post('/businessdate', { type: 'BUSINESS_DATE', date, ...WRITTEN });
  const savings = await stage.takeSavings('plain');
  const loan = await stage.takeLoan('flat');
  await setSwitch(api, 'enable-business-date', true);
  try {
    await setDay(daysBefore(stage.today, 1));
    const deposited = await stage.deposit(pc, cashier, savings, 61_000);
    const repaid = await stage.repay(pc, cashier, loan, 62_000);
    for (const [what, line, account] of [
      ['a deposit', deposited, savings],
      ['a repayment', repaid, loan],
    ] as const) {
      const waits = await pc.until(cashier, async () => (await pc.item(cashier, line))?.reason === 'headOfficeDayBehind', 20_000);
      const open = await stage.caseOf(pc, line, 0);
      stage.check(`${what} waits for head office's day`, [
        ...wrongUnless(waits, `it says ${(await pc.item(cashier, line))?.reason ?? 'nothing'}`),
        ...wrongUnless(open === null, `it is a case, ${open?.serverCode ?? ''}`),
        ...(await stage.neverThere(line, account)),
      ]);
    }
    await setDay(stage.today);
    for (const [what, line, account] of [
      ['a deposit', deposited, savings],
      ['a repayment', repaid, loan],
    ] as const) {
      const now = await pc.untilStanding(cashier, line, 'confirmed', 120_000);
      stage.check(
        `${what} goes with head office's new day`,
        now.standing === 'confirmed'
          ? await stage.onceThere(now, account)
          : [`it is ${now.standing}, ${(await pc.item(cashier, line))?.reason ?? ''}`],
      );
    }
  } finally {
    await setSwitch(api, 'enable-business-date', feature.enabled);
  }
}
