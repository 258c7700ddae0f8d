// The life of a loan outside its movements: approval, rejection, withdrawal, the officer, and its taking away.
import { businessDate, type Call } from '../call.ts';
import { jsonAmount } from '../amounts.ts';
import type { CommandResult } from '../commandLayer.ts';
import { given, parseObject, readBody } from '../commandBody.ts';
import { dateArray } from '../dates.ts';
import { loanStatus } from '../enumerations.ts';
import { domainRule } from '../errors.ts';
import { keepSaid } from '../notes.ts';
import { findLoan, LOAN_APPROVED, LOAN_SUBMITTED, type LoanRow } from './loanAccount.ts';
import { resultOf, wrongState } from './loanResults.ts';

/** The answer of a command on the loan as a whole. */
export function wholeResult(loan: LoanRow, changes?: object): CommandResult {
  return resultOf(loan, { resourceId: loan.id, changes, resourceExternalId: loan.external_id ?? undefined });
}

export function approveLoan(call: Call, loanId: number): CommandResult {
  const asked = parseObject(call.body);
  const body = readBody(asked, 'loanapplication', [
    'approvedOnDate',
    'approvedLoanAmount',
    'expectedDisbursementDate',
    'netDisbursalAmount',
    'disbursementData',
    'note',
  ]);
  const on = body.date('approvedOnDate');
  const amount = body.optionalAmount('approvedLoanAmount');
  const expected = body.optionalDate('expectedDisbursementDate');
  const note = body.optionalText('note', 1000);
  body.check();
  const loan = findLoan(call, loanId);
  if (loan.status !== LOAN_SUBMITTED)
    throw wrongState(
      'error.msg.loan.approve.account.is.not.submitted.and.pending.state',
      'Loan Account Approval is not allowed. Loan Account is not in submitted and pending approval state.',
    );
  const date = given(on);
  if (amount !== undefined && amount > loan.principal) {
    throw domainRule(
      "error.msg.loan.approval.amount.can't.be.greater.than.loan.amount.demanded",
      "Loan approved amount can't be greater than loan amount demanded.",
      [jsonAmount(loan.principal), jsonAmount(amount)],
    );
  }
  if (date < loan.submitted_on)
    throw domainRule(
      'error.msg.loan.approval.cannot.be.before.submittal.date',
      `The date on which a loan is approved cannot be before its submittal date: ${loan.submitted_on}`,
      [date, loan.submitted_on],
    );
  if (date > businessDate(call.office))
    throw domainRule('error.msg.loan.approval.cannot.be.a.future.date', 'The date on which a loan is approved cannot be in the future.', [
      date,
    ]);
  if (expected !== undefined && expected < date)
    throw domainRule(
      'error.msg.loan.expecteddisbursal.should.be.on.or.after.approval.date',
      `The expected disbursement date should be either on or after the approval date: ${date}`,
      [date, expected],
    );
  const principal = amount ?? loan.principal;
  call.office.book.run(
    'UPDATE loan SET status = ?, approved_on = ?, approved_by = ?, principal = ?, proposed_principal = ?, expected_disbursement = ? WHERE id = ?',
    LOAN_APPROVED,
    date,
    call.caller.id,
    principal,
    loan.proposed_principal ?? loan.principal,
    expected ?? loan.expected_disbursement,
    loan.id,
  );
  keepSaid(call, 'loans', loan.id, note);
  return wholeResult(loan, {
    status: loanStatus(LOAN_APPROVED),
    approvedLoanAmount: asked['approvedLoanAmount'],
    ...(amount === undefined ? {} : { principal: jsonAmount(principal), netDisbursalAmount: jsonAmount(principal) }),
    locale: asked['locale'],
    dateFormat: asked['dateFormat'],
    approvedOnDate: asked['approvedOnDate'],
    expectedDisbursementDate: dateArray(expected ?? null),
    note,
  });
}

const ENDS = {
  reject: { field: 'rejectedOnDate', status: 500 },
  withdraw: { field: 'withdrawnOnDate', status: 400 },
} as const;

export function endApplication(call: Call, loanId: number, kind: keyof typeof ENDS): CommandResult {
  const asked = parseObject(call.body);
  const { field, status } = ENDS[kind];
  const body = readBody(asked, 'loanapplication', [field, 'note']);
  const on = body.date(field);
  const note = body.optionalText('note', 1000);
  body.check();
  const loan = findLoan(call, loanId);
  if (loan.status !== LOAN_SUBMITTED)
    throw wrongState(
      `error.msg.loan.${kind}.account.is.not.submitted.and.pending.state`,
      'Loan Account is not in submitted and pending approval state.',
    );
  call.office.book.run('UPDATE loan SET status = ?, closed_on = ?, closed_by = ? WHERE id = ?', status, given(on), call.caller.id, loan.id);
  keepSaid(call, 'loans', loan.id, note);
  return wholeResult(loan, {
    status: loanStatus(status),
    locale: asked['locale'],
    dateFormat: asked['dateFormat'],
    [field]: asked[field],
    closedOnDate: asked[field],
  });
}

export function undoApproval(call: Call, loanId: number): CommandResult {
  const body = readBody(parseObject(call.body), 'loanapplication', ['note']);
  const note = body.optionalText('note', 1000);
  body.check();
  const loan = findLoan(call, loanId);
  if (loan.status !== LOAN_APPROVED)
    throw wrongState(
      'error.msg.loan.undo.approval.account.is.not.approved',
      'Loan Account Undo Approval is not allowed. Loan Account is not in approved state.',
    );
  call.office.book.run(
    'UPDATE loan SET status = ?, approved_on = NULL, approved_by = NULL, principal = ? WHERE id = ?',
    LOAN_SUBMITTED,
    loan.proposed_principal ?? loan.principal,
    loan.id,
  );
  keepSaid(call, 'loans', loan.id, note);
  return wholeResult(loan, { status: loanStatus(LOAN_SUBMITTED), approvedOnDate: '' });
}

export function assignLoanOfficer(call: Call, loanId: number, isLeaving: boolean): CommandResult {
  const fields = isLeaving ? ['unassignedDate'] : ['fromLoanOfficerId', 'toLoanOfficerId', 'assignmentDate'];
  const body = readBody(parseObject(call.body), 'loans', fields);
  const officer = isLeaving ? null : given(body.identifier('toLoanOfficerId'));
  body.check();
  const loan = findLoan(call, loanId);
  call.office.book.run('UPDATE loan SET officer_id = ? WHERE id = ?', officer, loan.id);
  return wholeResult(loan);
}

export function deleteLoan(call: Call, loanId: number): CommandResult {
  const { book } = call.office;
  const loan = findLoan(call, loanId);
  if (loan.status !== LOAN_SUBMITTED)
    throw domainRule(
      'error.msg.loan.cannot.delete.loan.in.its.present.state',
      `Loan with identifier ${String(loanId)} cannot be deleted in its current state.`,
      [loanId],
    );
  book.run('DELETE FROM loan_installment WHERE loan_id = ?', loanId);
  book.run('DELETE FROM loan_charge WHERE loan_id = ?', loanId);
  book.run('DELETE FROM loan WHERE id = ?', loanId);
  return wholeResult(loan);
}
