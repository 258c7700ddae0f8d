// A loan that was approved is paid out at the counter: told to head office once, whatever becomes of the request or its answer, under the number
// of the paper; one that head office paid out itself meanwhile is a case, and the money that comes back ends it.

import type { Taken } from '../../../shared/contract/shapes.ts';
import type { LineFault } from '../headOffice/line.ts';
import type { Account, Stage } from '../stage.ts';
import { newForm, wrongUnless } from '../stage.ts';
import { WRITTEN } from '../headOffice/api.ts';

interface Step {
  readonly what: string;
  readonly fault: LineFault | null;
  readonly way: 'cash' | 'mobile';
}

const STEPS: readonly Step[] = [
  { what: 'in cash, over a good line', fault: null, way: 'cash' },
  { what: 'over a lost answer', fault: 'replyLost', way: 'mobile' },
  { what: 'over a lost request', fault: 'requestLost', way: 'mobile' },
  { what: 'over an answer that something else gave', fault: 'gatewayAfter', way: 'mobile' },
];

export async function disbursals(stage: Stage): Promise<void> {
  const { pc, institution } = stage;
  const { cashier, manager, checker } = institution.people;
  const loans: Account[] = [];
  for (const seeded of institution.toPayOut) {
    const found = await stage.find(pc, 'loan', seeded);
    if (found === null) throw new Error(`the branch does not know the loan ${String(seeded.serverId)} that is to be paid out`);
    loans.push(found);
  }
  const next = (): Account => {
    const loan = loans.shift();
    if (loan === undefined) throw new Error('no loan is left to pay out');
    return loan;
  };

  async function payOut(loan: Account, way: Step['way']): Promise<Taken> {
    const { amountMinor } = await pc.get(cashier, 'loans.previewDisbursal', { loanId: loan.localId });
    return pc.get(cashier, 'loans.disburse', {
      formId: newForm(),
      loanId: loan.localId,
      amountMinor,
      paidWith: { paymentTypeId: institution.paymentTypes[way], ...(way === 'mobile' ? { accountNumber: '0700 100 200' } : {}) },
      identitySeen: 'acceptance card 1',
      approval: { username: manager.username, password: manager.password },
    });
  }

  for (const { what, fault, way } of STEPS) {
    const loan = next();
    if (fault !== null) pc.line.arm(fault);
    const taken = await payOut(loan, way);
    const atOnce = await stage.loanView(pc, loan);
    // The loan may be read as active before the answer that was lost is looked up.
    const line = await pc.untilStanding(cashier, taken, 'confirmed');
    await pc.until(cashier, async () => {
      const view = await stage.loanView(pc, loan);
      return view.confirmedStatus === 'active' && view.unfinishedCount === 0;
    });
    const struck = pc.line.armed() === 0;
    pc.line.disarm();
    const there = await stage.there(loan);
    const view = await stage.loanView(pc, loan);
    stage.check(`paid out ${what}: it stands there once under the paper’s number, and both say the same`, [
      ...(await stage.onceThere(line, loan)),
      ...wrongUnless(line.standing === 'confirmed', `the paper is ${line.standing}`),
      ...wrongUnless(atOnce.status === 'active', `at once it was ${atOnce.status} here`),
      ...wrongUnless(there.status === 'loanStatusType.active', `the loan is ${there.status} there`),
      ...wrongUnless(
        view.outstandingMinor === there.balanceMinor,
        `${String(view.outstandingMinor)} is owed here, ${String(there.balanceMinor)} there`,
      ),
      ...wrongUnless(struck, 'the fault did not strike'),
    ]);
  }

  const loan = next();
  pc.line.setCut(true);
  const line = await payOut(loan, 'mobile');
  await stage.api.post(`/loans/${String(loan.serverId)}?command=disburse`, {
    actualDisbursementDate: stage.today,
    transactionAmount: 12_000,
    paymentTypeId: institution.paymentTypes.mobile,
    ...WRITTEN,
  });
  pc.line.setCut(false);
  const open = await stage.caseOf(pc, line);
  if (open !== null) {
    await pc.signIn(checker);
    await stage.resolve(pc, checker, open, 'reverse');
  }
  await pc.until(cashier, async () => (await stage.loanView(pc, loan)).unfinishedCount === 0);
  const view = await stage.loanView(pc, loan);
  stage.check('paid out by head office meanwhile: a case with both truths, and the second sum comes back', [
    ...wrongUnless(open !== null, 'no case'),
    ...wrongUnless(open?.answered?.status === 'active', `the case says ${String(open?.answered?.status)}`),
    ...(await stage.neverThere(line, loan)),
    ...wrongUnless(view.status === 'active' && !view.disputed, `the loan is ${view.status} here`),
  ]);
}
