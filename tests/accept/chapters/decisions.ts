// A decision on a loan is told to head office once, whatever becomes of the request or its answer, and found again by its note; one that head
// office took otherwise meanwhile is a case with both truths.

import type { LoanDecision } from '../../../shared/contract/shapes.ts';
import { addDays } from '../../../shared/kernel/businessDate.ts';
import { dateOf, membersOf, rowsOf, textOf } from '../headOffice/api.ts';
import type { LineFault } from '../headOffice/line.ts';
import type { Account, Stage } from '../stage.ts';
import { newForm, wrongUnless } from '../stage.ts';

/** The tenant's own sums are of two decimals. */
const LESS_MINOR = 1_000_000;

export async function decisions(stage: Stage): Promise<void> {
  const { pc, institution } = stage;
  const { cashier, manager, checker } = institution.people;

  async function inState(state: 'submitted' | 'approved'): Promise<Account> {
    const seeded = institution.inState[`loan.${state}`];
    const account = seeded === undefined ? null : await stage.find(pc, 'loan', seeded);
    if (account === null) throw new Error(`the branch does not know the loan that is ${state}`);
    return account;
  }
  const shown = async (loan: Account, commandId: string): Promise<LoanDecision | undefined> =>
    (await pc.get(cashier, 'loans.show', { loanId: loan.localId })).decisions.find((each) => each.commandId === commandId);
  const stands = async (loan: Account, commandId: string): Promise<number> => {
    const body = membersOf(await stage.api.get(`/loans/${String(loan.serverId)}?associations=notes`));
    return rowsOf(body['notes']).filter((row) => textOf(row['note']).includes(commandId)).length;
  };

  const dayThere = async (loan: Account): Promise<string | null> => {
    const timeline = membersOf(membersOf(await stage.api.get(`/loans/${String(loan.serverId)}`))['timeline']);
    return dateOf(timeline['expectedDisbursementDate']);
  };

  const asked = await inState('submitted');
  // The same day of a week on: a working day wherever today is one.
  const later = addDays((await pc.get(manager, 'loans.listProducts', {})).businessDate, 7);
  const common = (loan: Account) => ({ formId: newForm(), loanId: loan.localId, note: 'decided in the acceptance run' });
  const steps: readonly {
    readonly what: string;
    readonly fault: LineFault | null;
    readonly decide: () => Promise<LoanDecision>;
    readonly status: string;
    /** For which day it is to be paid out then. */
    readonly day?: string;
  }[] = [
    {
      what: 'approved for less, over a lost answer',
      fault: 'replyLost',
      decide: () => pc.get(manager, 'loans.approve', { ...common(asked), approvedMinor: LESS_MINOR }),
      status: 'loanStatusType.approved',
    },
    {
      what: 'the approval taken back, over a lost request',
      fault: 'requestLost',
      decide: () => pc.get(manager, 'loans.undoApproval', common(asked)),
      status: 'loanStatusType.submitted.and.pending.approval',
    },
    {
      what: 'approved once more for a later day, over a good line',
      fault: null,
      decide: () => pc.get(manager, 'loans.approve', { ...common(asked), approvedMinor: LESS_MINOR, expectedOn: later }),
      status: 'loanStatusType.approved',
      day: later,
    },
    {
      what: 'and taken back once more',
      fault: null,
      decide: () => pc.get(manager, 'loans.undoApproval', common(asked)),
      status: 'loanStatusType.submitted.and.pending.approval',
    },
    {
      what: 'rejected, over an answer that something else gave',
      fault: 'gatewayAfter',
      decide: () => pc.get(manager, 'loans.reject', common(asked)),
      status: 'loanStatusType.rejected',
    },
  ];
  for (const { what, fault, decide, status, day } of steps) {
    if (fault !== null) pc.line.arm(fault);
    const { commandId } = await decide();
    await pc.until(cashier, async () => {
      const { loan } = await pc.get(cashier, 'loans.show', { loanId: asked.localId });
      return (await shown(asked, commandId))?.standing === 'confirmed' && loan.status === loan.confirmedStatus;
    });
    const struck = pc.line.armed() === 0;
    pc.line.disarm();
    const there = await stage.there(asked);
    const standing = (await shown(asked, commandId))?.standing ?? 'not shown';
    const notes = await stands(asked, commandId);
    stage.check(`${what}: it stands there once, and both say the same`, [
      ...wrongUnless(standing === 'confirmed', `it is ${standing}`),
      ...wrongUnless(there.status === status, `the loan is ${there.status} there`),
      ...wrongUnless(notes === 1, `it stands ${String(notes)} times at head office`),
      ...wrongUnless(struck, 'the fault did not strike'),
      ...(day === undefined
        ? []
        : wrongUnless((await dayThere(asked)) === day, `it is to be paid out there on ${String(await dayThere(asked))}`)),
    ]);
  }

  // Head office takes the approval back while the branch has no line, and the branch does the same.
  const approved = await inState('approved');
  pc.line.setCut(true);
  const { commandId } = await pc.get(manager, 'loans.undoApproval', common(approved));
  await stage.api.post(`/loans/${String(approved.serverId)}?command=undoapproval`, { note: 'by head office itself' });
  pc.line.setCut(false);
  const caseOf = async () => (await pc.get(manager, 'exceptions.list', { show: 'open' })).find((each) => each.item.commandId === commandId);
  await pc.until(manager, async () => (await caseOf())?.answered != null);
  const open = await caseOf();
  if (open !== undefined) {
    await pc.signIn(checker);
    await pc.get(checker, 'exceptions.resolve', {
      exceptionId: open.exceptionId,
      resolution: 'withdraw',
      reason: 'decided in the acceptance run',
    });
  }
  const { loan } = await pc.get(cashier, 'loans.show', { loanId: approved.localId });
  const settled = (await shown(approved, commandId))?.withdrawn === true;
  stage.check('decided at head office meanwhile: a case with both truths; given up, both say the same', [
    ...wrongUnless(open !== undefined, 'no case'),
    ...wrongUnless(open?.answered?.status === 'submitted', `the case says ${String(open?.answered?.status)}`),
    ...wrongUnless(settled, 'it is not given up'),
    ...wrongUnless(loan.status === 'submitted', `the loan is ${loan.status} here`),
    ...wrongUnless((await stands(approved, commandId)) === 0, 'it stands there'),
  ]);
}
