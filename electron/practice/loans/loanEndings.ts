// What ends or eases a loan besides paying it: waivers, write-off and its taking back, recovery, foreclosure.
import { businessDate, type Call } from '../call.ts';
import { jsonAmount } from '../amounts.ts';
import type { CommandResult } from '../commandLayer.ts';
import { given, parseObject, readBody } from '../commandBody.ts';
import { loanStatus } from '../enumerations.ts';
import { domainRule } from '../errors.ts';
import { fundAccount, GL, requireOpenPeriod, reverseMovement } from '../accounting/ledger.ts';
import { keepPaymentDetail, readPaymentDetail } from '../paymentDetail.ts';
import { keepSaid } from '../notes.ts';
import { interestLeft, unpaid } from './allocation.ts';
import {
  duesOf,
  findLoan,
  insertLoanTransaction,
  LOAN_ACTIVE,
  LOAN_WRITTEN_OFF,
  type LoanTransactionRow,
  plainTransaction,
  reprocess,
  scheduleOf,
  TX_RECOVERY,
  TX_WAIVER,
  TX_WRITE_OFF,
} from './loanAccount.ts';
import { postRepaymentOf, TRANSACTION_FIELDS } from './loanRepayments.ts';
import { postLoan, requireFreshExternalId, requirePast, resultOf, transactionChanges, wrongState } from './loanResults.ts';

export function waiveInterest(call: Call, loanId: number): CommandResult {
  const asked = parseObject(call.body);
  const body = readBody(asked, 'loan.transaction', TRANSACTION_FIELDS);
  const on = body.date('transactionDate');
  const amount = body.amount('transactionAmount');
  const note = body.optionalText('note', 1000);
  const externalId = body.optionalText('externalId', 100);
  body.check();
  const { book } = call.office;
  const loan = findLoan(call, loanId);
  if (loan.status !== LOAN_ACTIVE) throw wrongState('error.msg.loan.waive.interest.account.is.not.active', 'Loan Account is not active.');
  const date = given(on);
  requirePast(call, date);
  requireOpenPeriod(call.office, loan.office_id, date);
  requireFreshExternalId(call, externalId, 'waiver');
  const left = duesOf(book, loan.id).reduce((sum, row) => sum + interestLeft(row), 0);
  if (given(amount) > left)
    throw domainRule('error.msg.loan.waive.interest.amount.exceeds.total.outstanding.interest', 'More than the outstanding interest.', [
      jsonAmount(left),
    ]);
  const id = insertLoanTransaction(book, {
    ...plainTransaction(call, loan, TX_WAIVER, date, given(amount)),
    external_id: externalId ?? null,
    interest: given(amount),
  });
  reprocess(call, loan);
  keepSaid(call, 'loanTransactions', id, note);
  return resultOf(loan, { resourceId: id, resourceExternalId: externalId, changes: transactionChanges(asked) });
}

export function writeOffLoan(call: Call, loanId: number): CommandResult {
  const asked = parseObject(call.body);
  const body = readBody(asked, 'loan.transaction', ['transactionDate', 'note', 'writeoffReasonId', 'externalId']);
  const on = body.date('transactionDate');
  const note = body.optionalText('note', 1000);
  const externalId = body.optionalText('externalId', 100);
  body.check();
  const { book } = call.office;
  const loan = findLoan(call, loanId);
  if (loan.status !== LOAN_ACTIVE)
    throw wrongState('error.msg.loan.writtenoff.account.is.not.active', 'Loan Written off is not allowed. Loan Account is not active.');
  const date = given(on);
  if (date > businessDate(call.office))
    throw domainRule(
      'error.msg.loan.writeoff.cannot.be.a.future.date',
      'The date on which a loan is written off cannot be in the future.',
      [date],
    );
  requireOpenPeriod(call.office, loan.office_id, date);
  requireFreshExternalId(call, externalId, 'writeoff');
  const left = duesOf(book, loan.id).reduce((sum, row) => sum + unpaid(row), 0);
  const shares = {
    principal: loan.principal - loan.principal_paid,
    interest: loan.interest_charged - loan.interest_paid - loan.interest_waived,
    fee: loan.fee_charged - loan.fee_paid - loan.fee_waived,
    penalty: loan.penalty_charged - loan.penalty_paid - loan.penalty_waived,
  };
  const id = insertLoanTransaction(book, {
    ...plainTransaction(call, loan, TX_WRITE_OFF, date, left),
    ...shares,
    external_id: externalId ?? null,
  });
  postLoan(call, loan, id, date, [
    [GL.writeOffs, shares.principal],
    [GL.loanPortfolio, -shares.principal],
  ]);
  book.run(
    `UPDATE loan SET status = ?, written_off_on = ?, closed_on = ?, closed_by = ?, principal_written_off = ?, interest_written_off = ?, fee_written_off = ?,
     penalty_written_off = ? WHERE id = ?`,
    LOAN_WRITTEN_OFF,
    date,
    date,
    call.caller.id,
    shares.principal,
    shares.interest,
    shares.fee,
    shares.penalty,
    loan.id,
  );
  keepSaid(call, 'loanTransactions', id, note);
  return resultOf(loan, {
    resourceId: id,
    resourceExternalId: externalId,
    changes: {
      transactionDate: asked['transactionDate'],
      locale: asked['locale'],
      dateFormat: asked['dateFormat'],
      status: loanStatus(LOAN_WRITTEN_OFF),
      closedOnDate: asked['transactionDate'],
      writtenOffOnDate: asked['transactionDate'],
      externalId,
      note,
    },
  });
}

export function undoWriteOff(call: Call, loanId: number): CommandResult {
  readBody(parseObject(call.body), 'loan.transaction', ['note', 'reversalExternalId']).check();
  const { book } = call.office;
  const loan = findLoan(call, loanId);
  const row = book.get(
    'SELECT * FROM loan_transaction WHERE loan_id = ? AND type = ? AND reversed = 0 ORDER BY id DESC',
    loan.id,
    TX_WRITE_OFF,
  ) as LoanTransactionRow | undefined;
  if (loan.status !== LOAN_WRITTEN_OFF || row === undefined)
    throw wrongState('error.msg.loan.account.is.not.written.off', 'Loan Account is not written off.');
  requireOpenPeriod(call.office, loan.office_id, row.date);
  book.run(
    'UPDATE loan_transaction SET reversed = 1, manually_reversed = 1, reversed_on = ? WHERE id = ?',
    businessDate(call.office),
    row.id,
  );
  reverseMovement(call, `L${String(row.id)}`);
  book.run(
    `UPDATE loan SET status = ?, written_off_on = NULL, closed_on = NULL, closed_by = NULL, principal_written_off = 0, interest_written_off = 0, fee_written_off = 0,
     penalty_written_off = 0 WHERE id = ?`,
    LOAN_ACTIVE,
    loan.id,
  );
  reprocess(call, findLoan(call, loan.id));
  return resultOf(loan, { resourceId: row.id, resourceExternalId: row.external_id ?? undefined });
}

/** Money that comes in on a loan given up already; it changes nothing of what the loan owes. */
export function recover(call: Call, loanId: number): CommandResult {
  const asked = parseObject(call.body);
  const body = readBody(asked, 'loan.transaction', TRANSACTION_FIELDS);
  const on = body.date('transactionDate');
  const amount = body.amount('transactionAmount');
  const payment = readPaymentDetail(body, false);
  const note = body.optionalText('note', 1000);
  const externalId = body.optionalText('externalId', 100);
  body.check();
  const { book } = call.office;
  const loan = findLoan(call, loanId);
  if (loan.status !== LOAN_WRITTEN_OFF)
    throw wrongState('error.msg.loan.account.is.not.written.off', 'Recovery repayments may only be made on loans which are written off');
  const date = given(on);
  const minor = given(amount);
  requirePast(call, date);
  requireOpenPeriod(call.office, loan.office_id, date);
  requireFreshExternalId(call, externalId, 'repayment');
  const id = insertLoanTransaction(book, {
    ...plainTransaction(call, loan, TX_RECOVERY, date, minor),
    external_id: externalId ?? null,
    payment_detail_id: keepPaymentDetail(call.office, payment),
  });
  postLoan(call, loan, id, date, [
    [fundAccount(call.office, payment?.paymentTypeId), minor],
    [GL.writeOffs, -minor],
  ]);
  book.run('UPDATE loan SET recovered = recovered + ? WHERE id = ?', minor, loan.id);
  keepSaid(call, 'loanTransactions', id, note);
  return resultOf(loan, { resourceId: id, resourceExternalId: externalId, changes: transactionChanges(asked) });
}

/** What a loan owes if it ends on a day: all principal, and interest only up to then. */
export function foreclosureOf(
  call: Call,
  loanId: number,
  date: string,
): { principal: number; interest: number; fee: number; penalty: number } {
  const loan = findLoan(call, loanId);
  const interest = scheduleOf({ ...loan, foreclosed_on: date }).reduce((sum, row) => sum + row.interest, 0);
  return {
    principal: loan.principal - loan.principal_paid - loan.principal_written_off,
    interest: Math.max(0, interest - loan.interest_paid - loan.interest_waived),
    fee: loan.fee_charged - loan.fee_paid - loan.fee_waived,
    penalty: loan.penalty_charged - loan.penalty_paid - loan.penalty_waived,
  };
}

export function foreclose(call: Call, loanId: number): CommandResult {
  const asked = parseObject(call.body);
  const body = readBody(asked, 'loan.transaction', ['transactionDate', 'note', 'externalId']);
  const on = body.date('transactionDate');
  const note = body.optionalText('note', 1000);
  body.check();
  const { book } = call.office;
  const loan = findLoan(call, loanId);
  if (loan.status !== LOAN_ACTIVE) throw wrongState('error.msg.loan.foreclosure.account.is.not.active', 'Loan Account is not active.');
  const date = given(on);
  requirePast(call, date);
  const owed = foreclosureOf(call, loan.id, date);
  book.run('UPDATE loan SET foreclosed_on = ? WHERE id = ?', date, loan.id);
  const id = postRepaymentOf(call, findLoan(call, loan.id), {
    date,
    minor: owed.principal + owed.interest + owed.fee + owed.penalty,
    payment: null,
  });
  keepSaid(call, 'loans', loan.id, note);
  return {
    loanId: loan.id,
    resourceId: id,
    changes: {
      dateFormat: asked['dateFormat'],
      transactionDate: asked['transactionDate'],
      transactions: [id],
      eventAmount: -jsonAmount(owed.principal),
      note,
    },
  };
}
