// Repayments, their correction and undoing, and the refund of an overpaid balance. Each refusal carries head office's
// own code; each movement leaves balanced journal lines.
import { requireActiveOwner } from '../owners.ts';
import { businessDate, type Call } from '../call.ts';
import type { CommandResult } from '../commandLayer.ts';
import { given, parseObject, readBody } from '../commandBody.ts';
import { domainRule, integrityIssue, notFound, unavailable, validationError } from '../errors.ts';
import { fundAccount, GL, requireOpenPeriod, reverseMovement } from '../accounting/ledger.ts';
import { currencyReply, jsonAmount } from '../amounts.ts';
import { keepPaymentDetail, PAYMENT_FIELDS, type PaymentDetail, readPaymentDetail } from '../paymentDetail.ts';
import { keepSaid } from '../notes.ts';
import {
  findLoan,
  insertLoanTransaction,
  LOAN_ACTIVE,
  LOAN_CLOSED,
  LOAN_OVERPAID,
  type LoanRow,
  type LoanTransactionRow,
  plainTransaction,
  reprocess,
  termsOf,
  TX_CREDIT_BALANCE_REFUND,
  TX_REPAYMENT,
  TX_WAIVER,
} from './loanAccount.ts';
import { postLoan, requireFreshExternalId, requireOpenDay, requirePast, resultOf, transactionChanges, wrongState } from './loanResults.ts';

export const TRANSACTION_FIELDS = ['transactionDate', 'transactionAmount', ...PAYMENT_FIELDS, 'note', 'externalId'];

export interface Repayment {
  date: string;
  minor: number;
  payment: PaymentDetail | null;
  externalId?: string | undefined;
  note?: string | undefined;
  transferId?: number;
}

/** Where interest is reckoned anew, nothing may be dated before what stands already. */
function requireAfterLast(call: Call, loan: LoanRow, date: string): void {
  if (termsOf(loan).recalculates !== true) return;
  const row = call.office.book.get(
    'SELECT MAX(date) AS last FROM loan_transaction WHERE loan_id = ? AND reversed = 0 AND type = ?',
    loan.id,
    TX_REPAYMENT,
  ) as { last: string | null };
  if (row.last === null || date >= row.last) return;
  throw domainRule(
    'error.msg.loan.repayment.or.waiver.cannot.be.made.before.last.transaction.date',
    'The date on which a repayment or waiver is made cannot be earlier than last transaction date',
    [row.last],
  );
}

/** The repayment itself, without reading a request. Gives the new row's id. */
export function postRepaymentOf(call: Call, loan: LoanRow, repayment: Repayment): number {
  requireActiveOwner(call, loan);
  if (loan.status !== LOAN_ACTIVE && loan.status !== LOAN_CLOSED && loan.status !== LOAN_OVERPAID)
    throw wrongState('error.msg.loan.must.be.active.fully.paid.or.overpaid', 'Loan must be Active, Fully Paid or Overpaid');
  requirePast(call, repayment.date);
  if (loan.disbursed_on !== null && repayment.date < loan.disbursed_on) {
    throw domainRule(
      'error.msg.loan.transaction.cannot.be.before.disbursement.date',
      `The transaction date cannot be before the loan disbursement date: ${loan.disbursed_on}`,
      [repayment.date, loan.disbursed_on],
    );
  }
  requireOpenDay(call, loan, repayment.date);
  requireAfterLast(call, loan, repayment.date);
  requireOpenPeriod(call.office, loan.office_id, repayment.date);
  requireFreshExternalId(call, repayment.externalId, 'repayment');
  const id = insertLoanTransaction(call.office.book, {
    ...plainTransaction(call, loan, TX_REPAYMENT, repayment.date, repayment.minor),
    external_id: repayment.externalId ?? null,
    payment_detail_id: keepPaymentDetail(call.office, repayment.payment),
    transfer_id: repayment.transferId ?? null,
  });
  reprocess(call, loan, id);
  keepSaid(call, 'loanTransactions', id, repayment.note);
  return id;
}

export function repay(call: Call, loanId: number): CommandResult {
  const asked = parseObject(call.body);
  const body = readBody(asked, 'loan.transaction', TRANSACTION_FIELDS);
  const date = body.date('transactionDate');
  const amount = body.amount('transactionAmount');
  const payment = readPaymentDetail(body, false);
  const note = body.optionalText('note', 1000);
  const externalId = body.optionalText('externalId', Number.MAX_SAFE_INTEGER);
  body.check();
  const loan = findLoan(call, loanId);
  const id = postRepaymentOf(call, loan, { date: given(date), minor: given(amount), payment, externalId, note });
  return resultOf(loan, { resourceId: id, resourceExternalId: externalId, changes: transactionChanges(asked) });
}

const ADJUSTABLE = [TX_REPAYMENT, TX_WAIVER, TX_CREDIT_BALANCE_REFUND];

/** Amount 0 undoes; another amount reverses and posts anew. */
export function adjustRepayment(call: Call, loanId: number, transactionId: number): CommandResult {
  const asked = parseObject(call.body);
  const body = readBody(asked, 'loan.transaction', [...TRANSACTION_FIELDS, 'reversalExternalId']);
  const date = body.date('transactionDate');
  const amount = body.amountOrZero('transactionAmount');
  const payment = readPaymentDetail(body, false);
  const note = body.optionalText('note', 1000);
  const reversalExternalId = body.optionalText('reversalExternalId', 100);
  const externalId = body.optionalText('externalId', 100);
  body.check();
  const { book } = call.office;
  const loan = findLoan(call, loanId);
  const row = book.get('SELECT * FROM loan_transaction WHERE id = ? AND loan_id = ?', transactionId, loan.id) as
    LoanTransactionRow | undefined;
  if (row === undefined)
    throw notFound(
      'error.msg.loan.transaction.id.invalid',
      `Transaction with identifier ${String(transactionId)} does not exist for loan with identifier ${String(loan.id)}.`,
      [transactionId, loan.id],
    );
  if (row.transfer_id !== null)
    throw unavailable(
      'error.msg.loan.transfer.transaction.update.not.allowed',
      `Loan transaction:${String(row.id)} update not allowed as it involves in account transfer`,
      [row.id],
    );
  if (!ADJUSTABLE.includes(row.type) || row.reversed === 1) {
    throw domainRule(
      'error.msg.loan.transaction.adjustment.is.only.allowed.to.repayment.or.waiver.or.creditbalancerefund.transactions',
      'Only (non-reversed) transactions of type repayment, waiver or credit balance refund can be adjusted.',
    );
  }
  if (
    reversalExternalId !== undefined &&
    book.get('SELECT id FROM loan_transaction WHERE reversal_external_id = ?', reversalExternalId) !== undefined
  ) {
    throw integrityIssue('error.msg.data.integrity.issue', `Duplicate entry '${reversalExternalId}' for key 'reversal_external_id'`, null);
  }
  const today = businessDate(call.office);
  const on = given(date);
  requirePast(call, on);
  requireOpenPeriod(call.office, loan.office_id, row.date);
  book.run(
    'UPDATE loan_transaction SET reversed = 1, manually_reversed = 1, reversed_on = ?, reversal_external_id = ? WHERE id = ?',
    today,
    reversalExternalId ?? null,
    row.id,
  );
  reverseMovement(call, `L${String(row.id)}`);
  let newId: number | undefined;
  if (given(amount) > 0) {
    requireFreshExternalId(call, externalId, 'repayment');
    newId = insertLoanTransaction(book, {
      ...plainTransaction(call, loan, row.type, on, given(amount)),
      external_id: externalId ?? null,
      payment_detail_id: payment === null ? row.payment_detail_id : keepPaymentDetail(call.office, payment),
    });
  }
  reprocess(call, loan, newId);
  keepSaid(call, 'loanTransactions', newId ?? row.id, note);
  const { externalId: _said, ...changes } = transactionChanges(asked);
  return resultOf(loan, {
    resourceId: newId ?? row.id,
    resourceExternalId: newId === undefined ? (row.external_id ?? undefined) : externalId,
    changes,
  });
}

/** Money as head office prints it in the arguments of this one refusal. */
function moneyArgument(minor: number): object {
  return {
    currencyCode: currencyReply.code,
    currencyDigitsAfterDecimal: currencyReply.decimalPlaces,
    amount: jsonAmount(minor),
    zero: minor === 0,
    currency: { code: currencyReply.code, digitsAfterDecimal: currencyReply.decimalPlaces, currencyInMultiplesOf: 0 },
    greaterThanZero: minor > 0,
    currencyInMultiplesOf: 0,
    lessThanZero: minor < 0,
    amountDefaultedToNullIfZero: jsonAmount(minor),
  };
}

export function refundCreditBalance(call: Call, loanId: number): CommandResult {
  const asked = parseObject(call.body);
  const body = readBody(asked, 'loan.transaction', TRANSACTION_FIELDS);
  const on = body.date('transactionDate');
  const amount = body.amount('transactionAmount');
  const payment = readPaymentDetail(body, false);
  const note = body.optionalText('note', 1000);
  const externalId = body.optionalText('externalId', 100);
  body.check();
  const loan = findLoan(call, loanId);
  if (loan.status !== LOAN_OVERPAID)
    throw wrongState(
      'error.msg.loan.credit.balance.refund.account.is.not.overpaid',
      'Loan Credit Balance Refund is not allowed. Loan Account is not Overpaid.',
    );
  const date = given(on);
  const minor = given(amount);
  requirePast(call, date);
  if (minor > loan.overpaid)
    throw validationError(
      'error.msg.transactionAmount.invalid.must.be.>zero.and<=overpaidamount',
      `Transaction Amount (${(minor / 100).toFixed(2)}) must be > zero and <= Overpaid amount (${(loan.overpaid / 100).toFixed(6)}).`,
      'transactionAmount',
      [moneyArgument(minor)],
    );
  requireOpenPeriod(call.office, loan.office_id, date);
  requireFreshExternalId(call, externalId, 'creditBalanceRefund');
  const id = insertLoanTransaction(call.office.book, {
    ...plainTransaction(call, loan, TX_CREDIT_BALANCE_REFUND, date, minor),
    external_id: externalId ?? null,
    overpayment: minor,
    payment_detail_id: keepPaymentDetail(call.office, payment),
  });
  postLoan(call, loan, id, date, [
    [GL.overpayments, minor],
    [fundAccount(call.office, payment?.paymentTypeId), -minor],
  ]);
  reprocess(call, loan);
  keepSaid(call, 'loanTransactions', id, note);
  // Head office names no loan in this answer.
  return { ...resultOf(loan, { resourceId: id, resourceExternalId: externalId, changes: transactionChanges(asked) }), loanId: undefined };
}
