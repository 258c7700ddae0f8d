// Charges of a loan: added, read, waived. A charge on an active loan is what the loan will earn, so a row says so.
import { businessDate, type Call, reply, requireRead } from '../call.ts';
import { currencyAlone, jsonAmount } from '../amounts.ts';
import type { CommandResult } from '../commandLayer.ts';
import { given, parseObject, readBody } from '../commandBody.ts';
import { dateArray } from '../dates.ts';
import { chargeCalculationType, chargeTimeType } from '../enumerations.ts';
import { containerRefusal, domainRule, integrityIssue, notFound } from '../errors.ts';
import type { HeadOfficeReply } from '../headOfficeHttp.ts';
import {
  chargesOf,
  duesOf,
  findLoan,
  insertLoanTransaction,
  keepAccrual,
  LOAN_ACTIVE,
  type LoanChargeRow,
  type LoanRow,
  plainTransaction,
  reprocess,
  TX_WAIVE_CHARGE,
} from './loanAccount.ts';
import { resultOf, wrongState } from './loanResults.ts';

const APPLIES_TO_LOANS = 1;

interface ChargeRow {
  id: number;
  name: string;
  penalty: number;
  applies_to: number;
  time_type: number;
  calculation: number;
}

function findCharge(call: Call, id: number): ChargeRow {
  const row = call.office.book.get('SELECT * FROM charge WHERE id = ?', id) as ChargeRow | undefined;
  if (row === undefined) throw notFound('error.msg.charge.id.invalid', `Charge with identifier ${String(id)} does not exist`, [id]);
  // Nobody foresaw a charge of savings here.
  if (row.applies_to !== APPLIES_TO_LOANS) throw containerRefusal(500, 'Internal Server Error', call.path, call.office.now());
  return row;
}

export function addChargeRow(
  call: Call,
  loanId: number,
  chargeId: number,
  amount: number,
  due: string,
  externalId: string | undefined,
): number {
  const charge = findCharge(call, chargeId);
  return call.office.book.run(
    'INSERT INTO loan_charge (loan_id, charge_id, name, amount, penalty, due_date, external_id, submitted_on) VALUES (?,?,?,?,?,?,?,?)',
    loanId,
    charge.id,
    charge.name,
    amount,
    charge.penalty,
    due,
    externalId ?? null,
    businessDate(call.office),
  );
}

export function addLoanCharge(call: Call, loanId: number): CommandResult {
  const body = readBody(parseObject(call.body), 'loanCharge', ['chargeId', 'amount', 'dueDate', 'externalId']);
  const chargeId = body.identifier('chargeId');
  const amount = body.amount('amount');
  const due = body.optionalDate('dueDate');
  const externalId = body.optionalText('externalId', 100);
  body.check();
  const { book } = call.office;
  const loan = findLoan(call, loanId);
  const charge = findCharge(call, given(chargeId));
  if (loan.status !== LOAN_ACTIVE) throw wrongState('error.msg.loan.charge.payment.account.is.not.active', 'Loan is not active.');
  if (externalId !== undefined && book.get('SELECT id FROM loan_charge WHERE external_id = ?', externalId) !== undefined) {
    throw integrityIssue(
      'error.msg.loan.charge.duplicate.externalId',
      `Loan Charge: externalId \`${externalId}\` already exists`,
      'externalId',
      [externalId],
    );
  }
  const today = businessDate(call.office);
  const id = addChargeRow(call, loan.id, charge.id, given(amount), due ?? today, externalId);
  keepAccrual(call, loan, today, { ...(charge.penalty === 1 ? { penalty: given(amount) } : { fee: given(amount) }), chargeId: id });
  reprocess(call, loan);
  return resultOf(loan, { resourceId: id, resourceExternalId: externalId });
}

function findLoanCharge(call: Call, loan: LoanRow, column: 'id' | 'external_id', value: number | string): LoanChargeRow {
  const row = chargesOf(call.office.book, loan.id).find((each) => each[column] === value);
  if (row === undefined)
    throw notFound('error.msg.loanCharge.id.invalid', `Loan charge with identifier ${String(value)} does not exist`, [value]);
  return row;
}

/** What of a charge is paid: the installment pays its charges in the order of their age. */
function paidOf(call: Call, charge: LoanChargeRow): number {
  const { book } = call.office;
  const home = duesOf(book, charge.loan_id).find(
    (row, index) => charge.due_date <= row.dueDate && (index === 0 || charge.due_date > row.fromDate),
  );
  if (home === undefined) return 0;
  const isPenalty = charge.penalty === 1;
  const siblings = chargesOf(book, charge.loan_id).filter(
    (each) => each.penalty === charge.penalty && each.due_date <= home.dueDate && (each.due_date > home.fromDate || home.number === 1),
  );
  let paid = isPenalty ? home.penaltyPaid : home.feePaid;
  for (const each of siblings) {
    const share = Math.min(paid, each.amount - each.waived);
    if (each.id === charge.id) return share;
    paid -= share;
  }
  return 0;
}

export function waiveLoanCharge(call: Call, loanId: number, chargeId: number): CommandResult {
  readBody(parseObject(call.body), 'loanCharge', ['installmentNumber', 'dueDate', 'note']).check();
  const { book } = call.office;
  const loan = findLoan(call, loanId);
  const charge = findLoanCharge(call, loan, 'id', chargeId);
  const left = charge.amount - charge.waived - paidOf(call, charge);
  if (left <= 0)
    throw domainRule('error.msg.loan.charge.already.waived', `Loan Charge with id ${String(chargeId)} cannot be waived.`, [chargeId]);
  const today = businessDate(call.office);
  const id = insertLoanTransaction(book, {
    ...plainTransaction(call, loan, TX_WAIVE_CHARGE, charge.due_date < today ? charge.due_date : today, left),
    ...(charge.penalty === 1 ? { penalty: left } : { fee: left }),
    charge_id: charge.id,
  });
  book.run('UPDATE loan_charge SET waived = waived + ? WHERE id = ?', left, charge.id);
  reprocess(call, loan);
  return resultOf(loan, { resourceId: charge.id, subResourceId: id, changes: { amount: jsonAmount(left) } });
}

/** Only a charge that is paid from savings may be paid by itself; practice has none of those. */
export function payLoanCharge(call: Call, loanId: number, chargeId: number): never {
  const loan = findLoan(call, loanId);
  const charge = findLoanCharge(call, loan, 'id', chargeId);
  throw domainRule(
    'error.msg.loan.charge.payment.mode.not.account.transfer',
    'This loan charge can be payed as the charge payment mode is not account transfer',
    [charge.id],
  );
}

export function loanChargeReply(call: Call, loan: LoanRow, charge: LoanChargeRow): object {
  const kind = findChargeKind(call, charge.charge_id);
  const paid = paidOf(call, charge);
  const left = charge.amount - charge.waived - paid;
  return {
    id: charge.id,
    chargeId: charge.charge_id,
    name: charge.name,
    chargeTimeType: chargeTimeType(kind?.time_type ?? 2),
    submittedOnDate: dateArray(charge.submitted_on),
    dueDate: dateArray(charge.due_date),
    chargeCalculationType: chargeCalculationType(kind?.calculation ?? 1),
    percentage: 0,
    amountPercentageAppliedTo: 0,
    currency: currencyAlone,
    amount: jsonAmount(charge.amount),
    amountPaid: jsonAmount(paid),
    amountWaived: jsonAmount(charge.waived),
    amountWrittenOff: 0,
    amountOutstanding: jsonAmount(left),
    amountOrPercentage: jsonAmount(charge.amount),
    penalty: charge.penalty === 1,
    chargePaymentMode: { id: 0, code: 'chargepaymentmode.regular', value: 'Regular' },
    paid: left === 0 && charge.waived === 0,
    waived: charge.waived === charge.amount,
    chargePayable: false,
    loanId: loan.id,
    externalId: charge.external_id ?? undefined,
    externalLoanId: loan.external_id ?? undefined,
  };
}

function findChargeKind(call: Call, id: number): ChargeRow | undefined {
  return call.office.book.get('SELECT * FROM charge WHERE id = ?', id) as ChargeRow | undefined;
}

export function listLoanCharges(call: Call, loan: LoanRow): object[] {
  return chargesOf(call.office.book, loan.id).map((charge) => loanChargeReply(call, loan, charge));
}

export function readLoanCharge(call: Call, loan: LoanRow, column: 'id' | 'external_id', value: number | string): HeadOfficeReply {
  requireRead(call, 'LOAN');
  return reply({ ...loanChargeReply(call, loan, findLoanCharge(call, loan, column, value)), installmentChargeData: [] });
}
