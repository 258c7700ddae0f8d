// A loan as a whole: reads it, replays its repayments over its schedule after any change, and writes back what
// differs. Transactions whose share changes are reversed and made again under new ids; the external id moves along.
import { addDays, daysBetween } from '../dates.ts';
import { businessDate, type Call, type HeadOffice, isInScope } from '../call.ts';
import type { Book } from '../book.ts';
import { notFound } from '../errors.ts';
import { ENTITY_LOAN, fundAccount, GL, postMovement, reverseMovement, transferAccount } from '../accounting/ledger.ts';
import { allocate, type Dues, freshDues, placeCharges, type Split, unpaid, waiveChargeIn, waiveInterestIn } from './allocation.ts';
import { buildSchedule, type Installment, type LoanTerms } from './schedule.ts';

export const LOAN_SUBMITTED = 100;
export const LOAN_APPROVED = 200;
export const LOAN_ACTIVE = 300;
export const LOAN_CLOSED = 600;
export const LOAN_WRITTEN_OFF = 601;
export const LOAN_OVERPAID = 700;

export const TX_DISBURSEMENT = 1;
export const TX_REPAYMENT = 2;
export const TX_WAIVER = 4;
export const TX_WRITE_OFF = 6;
export const TX_RECOVERY = 8;
export const TX_WAIVE_CHARGE = 9;
export const TX_ACCRUAL = 10;
export const TX_CREDIT_BALANCE_REFUND = 20;

export interface LoanRow {
  id: number;
  account_no: string;
  external_id: string | null;
  client_id: number | null;
  group_id: number | null;
  office_id: number;
  officer_id: number | null;
  product_id: number;
  loan_type: number;
  status: number;
  principal: number;
  terms: string;
  submitted_on: string;
  approved_on: string | null;
  expected_disbursement: string;
  disbursed_on: string | null;
  closed_on: string | null;
  written_off_on: string | null;
  overpaid: number;
  principal_paid: number;
  interest_charged: number;
  interest_paid: number;
  fee_charged: number;
  fee_paid: number;
  penalty_charged: number;
  penalty_paid: number;
  principal_written_off: number;
  interest_written_off: number;
  fee_written_off: number;
  penalty_written_off: number;
  interest_waived: number;
  fee_waived: number;
  penalty_waived: number;
  recovered: number;
  proposed_principal: number | null;
  submitted_by: number | null;
  approved_by: number | null;
  disbursed_by: number | null;
  closed_by: number | null;
  foreclosed_on: string | null;
  link_account_id: number | null;
}

export interface LoanTransactionRow {
  id: number;
  loan_id: number;
  office_id: number;
  external_id: string | null;
  type: number;
  date: string;
  amount: number;
  principal: number;
  interest: number;
  fee: number;
  penalty: number;
  overpayment: number;
  balance: number;
  submitted_on: string;
  reversed: number;
  manually_reversed: number;
  reversed_on: string | null;
  reversal_external_id: string | null;
  payment_detail_id: number | null;
  created_by: number;
  replaces: number | null;
  transfer_id: number | null;
  /** The charge that a waiver of type 9 waives. */
  charge_id: number | null;
}

export interface LoanChargeRow {
  id: number;
  loan_id: number;
  charge_id: number;
  name: string;
  amount: number;
  penalty: number;
  due_date: string;
  external_id: string | null;
  overdue_installment: number | null;
  submitted_on: string;
  waived: number;
}

export interface LoanTermsKept extends LoanTerms {
  firstRepaymentOn?: string;
  /** Interest is reckoned anew as money comes. Practice keeps the schedule and only refuses what is dated before the last payment. */
  recalculates?: boolean;
}

export function termsOf(loan: LoanRow): LoanTermsKept {
  return JSON.parse(loan.terms) as LoanTermsKept;
}

export function findLoan(call: Call, id: number): LoanRow {
  const row = call.office.book.get('SELECT * FROM loan WHERE id = ?', id) as LoanRow | undefined;
  if (row === undefined) throw notFound('error.msg.loan.id.invalid', `Loan with identifier ${String(id)} does not exist`, [id]);
  return row;
}

export function findVisibleLoan(call: Call, id: number): LoanRow {
  const row = findLoan(call, id);
  if (!isInScope(call, row.office_id))
    throw notFound('error.msg.loan.id.invalid', `Loan with identifier ${String(id)} does not exist`, [id]);
  return row;
}

export function loanIdByExternalId(call: Call, externalId: string): number {
  const row = call.office.book.get('SELECT id FROM loan WHERE external_id = ?', externalId) as { id: number } | undefined;
  if (row === undefined)
    throw notFound('error.msg.loan.external.id.invalid', `Loan with external identifier ${externalId} does not exist`, [externalId]);
  return row.id;
}

export function chargesOf(book: Book, loanId: number): LoanChargeRow[] {
  return book.all('SELECT * FROM loan_charge WHERE loan_id = ? ORDER BY due_date, id', loanId) as LoanChargeRow[];
}

export function transactionsOf(book: Book, loanId: number): LoanTransactionRow[] {
  return book.all('SELECT * FROM loan_transaction WHERE loan_id = ? ORDER BY date, id', loanId) as LoanTransactionRow[];
}

interface InstallmentRow {
  number: number;
  from_date: string;
  due_date: string;
  principal: number;
  interest: number;
  fee: number;
  penalty: number;
  principal_paid: number;
  interest_paid: number;
  fee_paid: number;
  penalty_paid: number;
  interest_waived: number;
  fee_waived: number;
  penalty_waived: number;
  paid_in_advance: number;
  paid_late: number;
  met_on: string | null;
}

export function duesOf(book: Book, loanId: number): Dues[] {
  const rows = book.all('SELECT * FROM loan_installment WHERE loan_id = ? ORDER BY number', loanId) as InstallmentRow[];
  return rows.map((row) => ({
    number: row.number,
    fromDate: row.from_date,
    dueDate: row.due_date,
    principal: row.principal,
    interest: row.interest,
    fee: row.fee,
    penalty: row.penalty,
    principalPaid: row.principal_paid,
    interestPaid: row.interest_paid,
    feePaid: row.fee_paid,
    penaltyPaid: row.penalty_paid,
    interestWaived: row.interest_waived,
    feeWaived: row.fee_waived,
    penaltyWaived: row.penalty_waived,
    paidInAdvance: row.paid_in_advance,
    paidLate: row.paid_late,
    metOn: row.met_on,
  }));
}

export function writeDues(book: Book, loanId: number, dues: readonly Dues[]): void {
  for (const row of dues) {
    book.run(
      `INSERT OR REPLACE INTO loan_installment (loan_id, number, from_date, due_date, principal, interest, fee, penalty, principal_paid, interest_paid, fee_paid, penalty_paid,
       interest_waived, fee_waived, penalty_waived, paid_in_advance, paid_late, met_on) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
      loanId,
      row.number,
      row.fromDate,
      row.dueDate,
      row.principal,
      row.interest,
      row.fee,
      row.penalty,
      row.principalPaid,
      row.interestPaid,
      row.feePaid,
      row.penaltyPaid,
      row.interestWaived,
      row.feeWaived,
      row.penaltyWaived,
      row.paidInAdvance,
      row.paidLate,
      row.metOn,
    );
  }
}

/** The schedule as it stands before anything is paid: by disbursal date, or by the expected one. */
export function scheduleOf(loan: LoanRow): Dues[] {
  const terms = termsOf(loan);
  const schedule = buildSchedule(loan.principal, terms, loan.disbursed_on ?? loan.expected_disbursement, terms.firstRepaymentOn);
  return freshDues(loan.foreclosed_on === null ? schedule : cutAt(schedule, loan.foreclosed_on));
}

/** A foreclosed loan ends on that day: the running installment takes all principal and the interest of its days. */
function cutAt(schedule: readonly Installment[], date: string): Installment[] {
  const past = schedule.filter((row) => row.dueDate <= date);
  const running = schedule[past.length];
  if (running === undefined) return [...schedule];
  const principal = schedule.slice(past.length).reduce((sum, row) => sum + row.principal, 0);
  const days = daysBetween(running.fromDate, date);
  const interest = Math.round((running.interest * days) / daysBetween(running.fromDate, running.dueDate));
  return [...past, { number: running.number, fromDate: running.fromDate, dueDate: date, principal, interest }];
}

export function insertLoanTransaction(
  book: Book,
  row: Omit<
    LoanTransactionRow,
    'id' | 'reversed' | 'manually_reversed' | 'reversed_on' | 'reversal_external_id' | 'transfer_id' | 'charge_id'
  > &
    Partial<Pick<LoanTransactionRow, 'transfer_id' | 'charge_id'>>,
): number {
  return book.run(
    `INSERT INTO loan_transaction (loan_id, office_id, external_id, type, date, amount, principal, interest, fee, penalty, overpayment, balance, submitted_on,
     payment_detail_id, created_by, replaces, transfer_id, charge_id) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
    row.loan_id,
    row.office_id,
    row.external_id,
    row.type,
    row.date,
    row.amount,
    row.principal,
    row.interest,
    row.fee,
    row.penalty,
    row.overpayment,
    row.balance,
    row.submitted_on,
    row.payment_detail_id,
    row.created_by,
    row.replaces,
    row.transfer_id ?? null,
    row.charge_id ?? null,
  );
}

/** A row of today that carries nothing yet but its amount. */
export function plainTransaction(
  call: Call,
  loan: LoanRow,
  type: number,
  date: string,
  amount: number,
): Omit<
  LoanTransactionRow,
  'id' | 'reversed' | 'manually_reversed' | 'reversed_on' | 'reversal_external_id' | 'transfer_id' | 'charge_id'
> {
  return {
    loan_id: loan.id,
    office_id: loan.office_id,
    external_id: null,
    type,
    date,
    amount,
    principal: 0,
    interest: 0,
    fee: 0,
    penalty: 0,
    overpayment: 0,
    balance: 0,
    submitted_on: businessDate(call.office),
    payment_detail_id: null,
    created_by: call.caller.id,
    replaces: null,
  };
}

/** Head office keeps a row of what a loan will earn, under cash accounting too; it moves no books. */
export function keepAccrual(
  call: Call,
  loan: LoanRow,
  date: string,
  shares: { interest?: number; fee?: number; penalty?: number; chargeId?: number },
): void {
  const { interest = 0, fee = 0, penalty = 0 } = shares;
  const amount = interest + fee + penalty;
  if (amount === 0) return;
  insertLoanTransaction(call.office.book, {
    ...plainTransaction(call, loan, TX_ACCRUAL, date, amount),
    interest,
    fee,
    penalty,
    charge_id: shares.chargeId ?? null,
  });
}

function paymentTypeOf(book: Book, paymentDetailId: number | null): number | undefined {
  if (paymentDetailId === null) return undefined;
  return (book.get('SELECT payment_type_id FROM payment_detail WHERE id = ?', paymentDetailId) as { payment_type_id: number })
    .payment_type_id;
}

export function postRepayment(
  office: HeadOffice,
  row: Pick<
    LoanTransactionRow,
    'id' | 'loan_id' | 'office_id' | 'date' | 'submitted_on' | 'payment_detail_id' | 'created_by' | 'amount' | 'transfer_id'
  >,
  split: Split,
): void {
  postMovement(office.book, {
    ref: `L${String(row.id)}`,
    officeId: row.office_id,
    date: row.date,
    submittedOn: row.submitted_on,
    entityType: ENTITY_LOAN,
    entityId: row.loan_id,
    createdBy: row.created_by,
    lines: [
      [
        row.transfer_id === null ? fundAccount(office, paymentTypeOf(office.book, row.payment_detail_id)) : transferAccount(office),
        row.amount,
      ],
      [GL.loanPortfolio, -split.principal],
      [GL.interestIncome, -split.interest],
      [GL.feeIncome, -split.fee],
      [GL.penaltyIncome, -split.penalty],
      [GL.overpayments, -split.overpayment],
    ],
  });
}

/** By date, then by age; a row that took the place of another keeps the other's age. */
function inReplayOrder(rows: readonly LoanTransactionRow[]): LoanTransactionRow[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const age = (row: LoanTransactionRow): number => {
    const older = row.replaces === null ? undefined : byId.get(row.replaces);
    return older === undefined ? row.id : age(older);
  };
  return [...rows].sort((left, right) => (left.date === right.date ? age(left) - age(right) : left.date < right.date ? -1 : 1));
}

/**
 * Replays all standing transactions in order of date over a fresh schedule. A row with amount unequal to the sum of
 * its shares is new and only filled in; an old row whose shares change is reversed and made again.
 * Gives the ids that took the place of others.
 */
export function reprocess(call: Call, loan: LoanRow, newTransactionId?: number): ReadonlyMap<number, number> {
  const { office } = call;
  const { book } = office;
  const today = businessDate(office);
  const replaced = new Map<number, number>();
  const dues = scheduleOf(loan);
  const charges = chargesOf(book, loan.id);
  placeCharges(
    dues,
    charges.map((charge) => ({ amount: charge.amount, penalty: charge.penalty === 1, dueDate: charge.due_date })),
  );
  const rows = inReplayOrder(transactionsOf(book, loan.id)).filter((row) => row.reversed === 0);
  let balance = 0;
  let overpaid = 0;
  let refunded = 0;
  let lastDate = loan.disbursed_on;
  for (const row of rows) {
    if (row.type === TX_DISBURSEMENT) {
      balance += row.amount;
      continue;
    }
    if (row.type === TX_CREDIT_BALANCE_REFUND) {
      refunded += row.amount;
      continue;
    }
    if (row.type === TX_WAIVER) waiveInterestIn(dues, row.amount, row.date);
    if (row.type === TX_WAIVE_CHARGE) {
      const charge = charges.find((each) => each.id === row.charge_id);
      if (charge !== undefined)
        waiveChargeIn(dues, { amount: charge.amount, penalty: charge.penalty === 1, dueDate: charge.due_date }, row.amount, row.date);
    }
    if (row.type === TX_WAIVER || row.type === TX_WAIVE_CHARGE) {
      if (row.balance !== balance) book.run('UPDATE loan_transaction SET balance = ? WHERE id = ?', balance, row.id);
      continue;
    }
    if (row.type !== TX_REPAYMENT) continue;
    const split = allocate(dues, row.amount, row.date);
    balance -= split.principal;
    overpaid += split.overpayment;
    lastDate = row.date;
    const isNew = row.id === newTransactionId;
    const same =
      row.principal === split.principal &&
      row.interest === split.interest &&
      row.fee === split.fee &&
      row.penalty === split.penalty &&
      row.overpayment === split.overpayment;
    if (isNew) {
      book.run(
        'UPDATE loan_transaction SET principal = ?, interest = ?, fee = ?, penalty = ?, overpayment = ?, balance = ? WHERE id = ?',
        split.principal,
        split.interest,
        split.fee,
        split.penalty,
        split.overpayment,
        balance,
        row.id,
      );
      postRepayment(office, row, split);
    } else if (same) {
      if (row.balance !== balance) book.run('UPDATE loan_transaction SET balance = ? WHERE id = ?', balance, row.id);
    } else {
      book.run('UPDATE loan_transaction SET reversed = 1, reversed_on = ?, external_id = NULL WHERE id = ?', today, row.id);
      reverseMovement(call, `L${String(row.id)}`);
      const id = insertLoanTransaction(book, { ...row, ...split, balance, submitted_on: today, replaces: row.id });
      postRepayment(office, { ...row, id, submitted_on: today }, split);
      replaced.set(row.id, id);
    }
  }
  book.run('DELETE FROM loan_installment WHERE loan_id = ? AND number > ?', loan.id, dues.length);
  writeDues(book, loan.id, dues);
  const left = dues.reduce((sum, row) => sum + unpaid(row), 0);
  const standing = overpaid - refunded;
  let status = loan.status;
  if (loan.status === LOAN_ACTIVE || loan.status === LOAN_CLOSED || loan.status === LOAN_OVERPAID) {
    status = standing > 0 ? LOAN_OVERPAID : left === 0 ? LOAN_CLOSED : LOAN_ACTIVE;
  }
  writeTotals(book, loan.id, dues, { status, overpaid: standing, closedOn: status === LOAN_CLOSED ? lastDate : null });
  return replaced;
}

export function writeTotals(
  book: Book,
  loanId: number,
  dues: readonly Dues[],
  state: { status: number; overpaid: number; closedOn: string | null },
): void {
  const sum = (read: (row: Dues) => number): number => dues.reduce((total, row) => total + read(row), 0);
  book.run(
    `UPDATE loan SET status = ?, overpaid = ?, closed_on = ?, principal_paid = ?, interest_charged = ?, interest_paid = ?, fee_charged = ?, fee_paid = ?,
     penalty_charged = ?, penalty_paid = ?, interest_waived = ?, fee_waived = ?, penalty_waived = ? WHERE id = ?`,
    state.status,
    state.overpaid,
    state.closedOn,
    sum((row) => row.principalPaid),
    sum((row) => row.interest),
    sum((row) => row.interestPaid),
    sum((row) => row.fee),
    sum((row) => row.feePaid),
    sum((row) => row.penalty),
    sum((row) => row.penaltyPaid),
    sum((row) => row.interestWaived),
    sum((row) => row.feeWaived),
    sum((row) => row.penaltyWaived),
    loanId,
  );
}

/** Late penalties of a loan: one per installment that is unpaid for longer than the wait. Gives how many were added. */
export function applyPenalties(
  call: Call,
  loan: LoanRow,
  penalty: { chargeId: number; name: string; amount: number; waitDays: number },
): number {
  const { book } = call.office;
  const today = businessDate(call.office);
  const charged = new Set(chargesOf(book, loan.id).map((charge) => charge.overdue_installment));
  let added = 0;
  for (const row of duesOf(book, loan.id)) {
    if (charged.has(row.number) || row.principal + row.interest === 0 || unpaid(row) === 0) continue;
    if (addDays(row.dueDate, penalty.waitDays) >= today) continue;
    book.run(
      'INSERT INTO loan_charge (loan_id, charge_id, name, amount, penalty, due_date, external_id, overdue_installment, submitted_on) VALUES (?,?,?,?,1,?,NULL,?,?)',
      loan.id,
      penalty.chargeId,
      penalty.name,
      penalty.amount,
      row.dueDate,
      row.number,
      today,
    );
    added += 1;
  }
  if (added > 0) reprocess(call, loan);
  return added;
}
