// A payout is taken back on its own day: undone at head office once, whatever becomes of the request or its answer, and paid out anew; where
// somebody repaid at head office meanwhile nothing is undone, and a case gives the money out again.

import type { Taken } from '../../../shared/contract/shapes.ts';
import { WRITTEN, membersOf, rowsOf, textOf } from '../headOffice/api.ts';
import type { LineFault } from '../headOffice/line.ts';
import type { Account, Stage } from '../stage.ts';
import { newForm, wrongUnless } from '../stage.ts';

const FAULTS: readonly (LineFault | null)[] = ['requestLost', 'replyLost', null];

export async function payoutsUndone(stage: Stage): Promise<void> {
  const { pc, institution } = stage;
  const { cashier, manager, checker } = institution.people;
  const found = await Promise.all(institution.toPayOut.slice(-2).map((seeded) => stage.find(pc, 'loan', seeded)));
  const [first, second] = found;
  if (first == null || second == null) throw new Error('the branch does not know the loans that are to be paid out and taken back');
  const approval = { username: manager.username, password: manager.password };

  async function payOut(loan: Account): Promise<Taken> {
    const { amountMinor } = await pc.get(cashier, 'loans.previewDisbursal', { loanId: loan.localId });
    const taken = await pc.get(cashier, 'loans.disburse', {
      formId: newForm(),
      loanId: loan.localId,
      amountMinor,
      paidWith: { paymentTypeId: institution.paymentTypes.cash },
      identitySeen: 'acceptance card 2',
      approval,
    });
    await pc.untilStanding(cashier, taken, 'confirmed');
    await pc.until(cashier, async () => (await stage.loanView(pc, loan)).confirmedStatus === 'active');
    return taken;
  }

  const undo = (loan: Account, paid: Taken): Promise<Taken> =>
    pc.get(cashier, 'loans.undoDisbursal', {
      formId: newForm(),
      loanId: loan.localId,
      amountMinor: paid.receipt.amountMinor,
      reason: 'undone in the acceptance run',
      approval,
    });

  const notesOf = async (loan: Account, { receipt }: Taken): Promise<number> => {
    const body = membersOf(await stage.api.get(`/loans/${String(loan.serverId)}?associations=notes`));
    return rowsOf(body['notes']).filter((row) => textOf(row['note']).includes(receipt.commandId ?? '-')).length;
  };

  for (const fault of FAULTS) {
    const paid = await payOut(first);
    if (fault !== null) pc.line.arm(fault);
    const undone = await undo(first, paid);
    const line = await pc.untilStanding(cashier, undone, 'confirmed');
    await pc.until(cashier, async () => {
      const view = await stage.loanView(pc, first);
      return view.confirmedStatus === 'approved' && view.unfinishedCount === 0;
    });
    const struck = pc.line.armed() === 0;
    pc.line.disarm();
    const there = await stage.there(first);
    const view = await stage.loanView(pc, first);
    const notes = await notesOf(first, undone);
    stage.check(
      `taken back ${fault === null ? 'over a good line' : `over ${fault}`}: approved there and here, said once, and nothing of it stands`,
      [
        ...(await stage.neverThere(paid, first)),
        ...wrongUnless(there.status === 'loanStatusType.approved', `the loan is ${there.status} there`),
        ...wrongUnless(
          view.status === 'approved' && view.outstandingMinor === 0,
          `it is ${view.status} here, ${String(view.outstandingMinor)} owed`,
        ),
        ...wrongUnless(line.standing === 'confirmed', `the paper is ${line.standing}`),
        ...wrongUnless(notes === 1, `it stands ${String(notes)} times at head office`),
        ...wrongUnless(struck, 'the fault did not strike'),
      ],
    );
  }

  const paid = await payOut(second);
  pc.line.setCut(true);
  const undone = await undo(second, paid);
  await stage.api.post(`/loans/${String(second.serverId)}/transactions?command=repayment`, {
    transactionDate: stage.today,
    transactionAmount: 100,
    paymentTypeId: institution.paymentTypes.mobile,
    ...WRITTEN,
  });
  pc.line.setCut(false);
  const open = await stage.caseOf(pc, undone);
  if (open !== null) {
    await pc.signIn(checker);
    await stage.resolve(pc, checker, open, 'reverse');
  }
  await pc.until(cashier, async () => (await stage.loanView(pc, second)).unfinishedCount === 0);
  const view = await stage.loanView(pc, second);
  stage.check('repaid at head office meanwhile: nothing is undone there, and the case gives the money out again', [
    ...(await stage.onceThere(paid, second)),
    ...wrongUnless(open?.serverCode === 'loan.postedSince', `the case says ${String(open?.serverCode)}`),
    ...wrongUnless((await notesOf(second, undone)) === 0, 'head office was asked'),
    ...wrongUnless(view.status === 'active' && !view.disputed, `the loan is ${view.status} here`),
  ]);

  // Head office keeps what went along under its mark, and lists it no more.
  await stage.api.post(`/loans/${String(second.serverId)}?command=undodisbursal`, {});
  const lost = await stage.caseOf(pc, paid);
  if (lost !== null) await stage.resolve(pc, checker, lost, 'reverse');
  await pc.until(cashier, async () => (await stage.loanView(pc, second)).unfinishedCount === 0);
  const after = await stage.loanView(pc, second);
  stage.check('undone by head office itself: the payout is missed there, and a case brings the money back', [
    ...(await stage.neverThere(paid, second)),
    ...wrongUnless(lost?.kind === 'vanished', `the case is ${String(lost?.kind)}`),
    ...wrongUnless(after.status === 'approved' && !after.disputed, `the loan is ${after.status} here`),
  ]);
}
