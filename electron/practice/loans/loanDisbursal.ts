// Paying a loan out, in cash or into the client's savings, and taking that back before anything was repaid.
import { businessDate, type Call } from '../call.ts';
import { jsonAmount } from '../amounts.ts';
import type { CommandResult } from '../commandLayer.ts';
import { given, parseObject, readBody } from '../commandBody.ts';
import { loanStatus } from '../enumerations.ts';
import { domainRule } from '../errors.ts';
import { fundAccount, GL, requireOpenPeriod, reverseMovement, transferAccount } from '../accounting/ledger.ts';
import { keepPaymentDetail, PAYMENT_FIELDS, paymentChanges, readPaymentDetail } from '../paymentDetail.ts';
import { placeCharges } from './allocation.ts';
import {
  chargesOf,
  findLoan,
  insertLoanTransaction,
  keepAccrual,
  LOAN_ACTIVE,
  LOAN_APPROVED,
  type LoanRow,
  type LoanTransactionRow,
  plainTransaction,
  scheduleOf,
  TX_DISBURSEMENT,
  writeDues,
  writeTotals,
} from './loanAccount.ts';
import { requireActiveOwner } from '../owners.ts';
import { postLoan, requireFreshExternalId, requireOpenDay, wrongState } from './loanResults.ts';
import { wholeResult } from './loanStates.ts';
import { findSavings } from '../savings/savingsAccount.ts';
import { postMove } from '../savings/savingsMoney.ts';
import { keepTransfer, KIND_LOAN, KIND_SAVINGS } from '../transfers/transferBook.ts';
import { keepSaid } from '../notes.ts';

function requireDisbursable(call: Call, loan: LoanRow, date: string, amount: number | undefined): void {
  requireActiveOwner(call, loan);
  if (loan.status !== LOAN_APPROVED)
    throw wrongState(
      'error.msg.loan.disbursal.account.is.not.approve.not.disbursed.state',
      'Loan Disbursal is not allowed. Loan Account is not in approved and not disbursed state.',
    );
  if (date > businessDate(call.office))
    throw domainRule(
      'error.msg.loan.disbursal.cannot.be.a.future.date',
      `The date on which a loan with identifier : ${loan.account_no} is disbursed cannot be in the future.`,
      [date],
    );
  if (loan.approved_on !== null && date < loan.approved_on)
    throw domainRule(
      'error.msg.loan.disbursal.cannot.be.before.approval.date',
      `The date on which a loan is disbursed cannot be before its approval date: ${loan.approved_on}`,
      [date, loan.approved_on],
    );
  if (amount !== undefined && amount > loan.principal)
    throw domainRule(
      'error.msg.loan.disburse.amount.must.be.less.than.approved.amount',
      "Loan can't be disbursed,disburse amount is exceeding approved amount ",
      [jsonAmount(amount), jsonAmount(amount)],
    );
  requireOpenDay(call, loan, date, 'disbursement', loan.expected_disbursement);
  requireOpenPeriod(call.office, loan.office_id, date);
}

/** The loan becomes active: schedule, transaction, accrual, books. Gives the transaction's id. */
function payOut(
  call: Call,
  loan: LoanRow,
  date: string,
  principal: number,
  more: { externalId?: string | undefined; paymentDetailId?: number | null; counterAccount: number; transferId?: number },
): number {
  const { book } = call.office;
  const disbursed: LoanRow = { ...loan, principal, disbursed_on: date, status: LOAN_ACTIVE };
  book.run('UPDATE loan SET principal = ?, disbursed_on = ?, disbursed_by = ? WHERE id = ?', principal, date, call.caller.id, loan.id);
  const id = insertLoanTransaction(book, {
    ...plainTransaction(call, loan, TX_DISBURSEMENT, date, principal),
    external_id: more.externalId ?? null,
    balance: principal,
    payment_detail_id: more.paymentDetailId ?? null,
    transfer_id: more.transferId ?? null,
  });
  postLoan(call, loan, id, date, [
    [GL.loanPortfolio, principal],
    [more.counterAccount, -principal],
  ]);
  const dues = scheduleOf(disbursed);
  placeCharges(
    dues,
    chargesOf(book, loan.id).map((charge) => ({ amount: charge.amount, penalty: charge.penalty === 1, dueDate: charge.due_date })),
  );
  writeDues(book, loan.id, dues);
  writeTotals(book, loan.id, dues, { status: LOAN_ACTIVE, overpaid: 0, closedOn: null });
  keepAccrual(call, loan, date, { interest: dues.reduce((sum, row) => sum + row.interest, 0) });
  return id;
}

const DISBURSAL_FIELDS = [
  'actualDisbursementDate',
  'transactionAmount',
  'externalId',
  'note',
  'netDisbursalAmount',
  'adjustRepaymentDate',
  ...PAYMENT_FIELDS,
];

export function disburseLoan(call: Call, loanId: number): CommandResult {
  const asked = parseObject(call.body);
  const body = readBody(asked, 'loan.disbursement', DISBURSAL_FIELDS);
  const on = body.date('actualDisbursementDate');
  const amount = body.optionalAmount('transactionAmount');
  const payment = readPaymentDetail(body, false);
  const externalId = body.optionalText('externalId', 100);
  const note = body.optionalText('note', 1000);
  body.check();
  const loan = findLoan(call, loanId);
  const date = given(on);
  requireDisbursable(call, loan, date, amount);
  requireFreshExternalId(call, externalId, 'disbursement');
  const id = payOut(call, loan, date, amount ?? loan.principal, {
    externalId,
    paymentDetailId: keepPaymentDetail(call.office, payment),
    counterAccount: fundAccount(call.office, payment?.paymentTypeId),
  });
  keepSaid(call, 'loans', loan.id, note);
  return {
    ...wholeResult(loan, {
      ...paymentChanges(asked),
      locale: asked['locale'],
      dateFormat: asked['dateFormat'],
      actualDisbursementDate: asked['actualDisbursementDate'],
      status: loanStatus(LOAN_ACTIVE),
    }),
    subResourceId: id,
    subResourceExternalId: externalId,
  };
}

export function disburseToSavings(call: Call, loanId: number): CommandResult {
  const asked = parseObject(call.body);
  const body = readBody(asked, 'loan.disbursement', DISBURSAL_FIELDS);
  const on = body.date('actualDisbursementDate');
  const amount = body.optionalAmount('transactionAmount');
  const note = body.optionalText('note', 1000);
  body.check();
  const loan = findLoan(call, loanId);
  const date = given(on);
  requireDisbursable(call, loan, date, amount);
  if (loan.link_account_id === null)
    throw domainRule(
      'error.msg.loan.disburse.to.savings.requires.linked.account',
      `Disburse Loan with id:${String(loan.id)} requires linked savings account for payment`,
      [loan.id],
    );
  const principal = amount ?? loan.principal;
  const account = findSavings(call, loan.link_account_id);
  const transferId = keepTransfer(call, {
    from: { kind: KIND_LOAN, id: loan.id },
    to: { kind: KIND_SAVINGS, id: account.id },
    minor: principal,
    date,
    description: 'Loan Disbursement',
  });
  const counterAccount = transferAccount(call.office);
  payOut(call, loan, date, principal, { counterAccount, transferId });
  postMove(call, account, 'deposit', { date, minor: principal, payment: null, transferId, counterAccount });
  keepSaid(call, 'loans', loan.id, note);
  return wholeResult(loan, {
    locale: asked['locale'],
    dateFormat: asked['dateFormat'],
    actualDisbursementDate: asked['actualDisbursementDate'],
    status: loanStatus(LOAN_ACTIVE),
  });
}

export function undoDisbursal(call: Call, loanId: number): CommandResult {
  const body = readBody(parseObject(call.body), 'loan.disbursement', ['note']);
  const note = body.optionalText('note', 1000);
  body.check();
  const { book } = call.office;
  const loan = findLoan(call, loanId);
  if (loan.status !== LOAN_ACTIVE)
    throw wrongState(
      'error.msg.loan.undo.disbursal.account.is.not.active',
      'Loan Undo disbursal is not allowed. Loan Account is not active.',
    );
  const rows = book.all('SELECT * FROM loan_transaction WHERE loan_id = ? AND reversed = 0', loan.id) as LoanTransactionRow[];
  for (const row of rows) {
    requireOpenPeriod(call.office, loan.office_id, row.date);
    // No list shows them any more; asked for by external id, each is still there, and keeps it for ever.
    book.run('UPDATE loan_transaction SET reversed = 1, reversed_on = ? WHERE id = ?', businessDate(call.office), row.id);
    reverseMovement(call, `L${String(row.id)}`);
  }
  book.run('DELETE FROM loan_installment WHERE loan_id = ?', loan.id);
  writeTotals(book, loan.id, [], { status: LOAN_APPROVED, overpaid: 0, closedOn: null });
  book.run('UPDATE loan SET disbursed_on = NULL, disbursed_by = NULL WHERE id = ?', loan.id);
  keepSaid(call, 'loans', loan.id, note);
  return wholeResult(loan, { status: loanStatus(LOAN_APPROVED), actualDisbursementDate: '' });
}
