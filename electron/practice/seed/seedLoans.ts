// One seeded loan with its history, reckoned by the same schedule and allocation as live ones. Loan 1 is Mary's
// Market Trader loan, 29 days behind; the others follow a fixed pattern of states, so small books have each of them.
import { ENTITY_LOAN, GL, postMovement } from '../accounting/ledger.ts';
import { addDays, addMonths } from '../dates.ts';
import { allocate, type Dues, freshDues, placeCharges, unpaid } from '../loans/allocation.ts';
import {
  insertLoanTransaction,
  LOAN_ACTIVE,
  LOAN_APPROVED,
  LOAN_CLOSED,
  LOAN_OVERPAID,
  LOAN_SUBMITTED,
  TX_DISBURSEMENT,
  TX_REPAYMENT,
  writeDues,
  writeTotals,
} from '../loans/loanAccount.ts';
import { buildSchedule } from '../loans/schedule.ts';
import { LOAN_PRODUCTS } from './products.ts';
import { CASHIER_USER, type SeedOwner, type SeedWorld } from './seedWorld.ts';

const PENALTY = 15_000;
const PENALTY_WAIT_DAYS = 2;
const OFFICER = 3;
/** The place of the weekly loan for groups among the products. */
const GROUP_PRODUCT = 3;
const INDIVIDUAL_LOAN = 1;
const GROUP_LOAN = 2;

type State = 'arrears' | 'active' | 'approved' | 'submitted' | 'closed' | 'overpaid';
const STATES: readonly State[] = [
  'arrears',
  'active',
  'approved',
  'submitted',
  'closed',
  'overpaid',
  'active',
  'active',
  'active',
  'arrears',
  'active',
  'active',
  'closed',
  'active',
  'active',
  'active',
  'active',
  'arrears',
  'active',
  'active',
];

interface Payment {
  date: string;
  amount: number;
}

export function seedLoan(world: SeedWorld, loan: SeedOwner & { officeId: number; place: number }): void {
  const { book, random, today } = world;
  const isMary = loan.place === 0;
  const product = LOAN_PRODUCTS[loan.groupId !== null ? GROUP_PRODUCT : isMary ? 0 : loan.place % LOAN_PRODUCTS.length];
  if (product === undefined) return;
  const wished = loan.groupId !== null ? 'active' : (STATES[loan.place % STATES.length] ?? 'active');
  const isRare = wished === 'approved' || wished === 'submitted' || wished === 'overpaid';
  const state = isRare && Math.floor(loan.place / STATES.length) % 3 !== 0 ? 'active' : wished;
  const { principal: usual, principalLeast, principalMost, ...terms } = product.terms;
  const principal = isMary
    ? usual
    : Math.min(principalMost, Math.max(principalLeast, Math.round((usual * random.between(4, 14)) / 10 / 50_000) * 50_000));
  const back = (date: string, periods: number): string =>
    terms.repaymentFrequency === 'months' ? addMonths(date, -periods) : addDays(date, -7 * periods);
  const number = terms.numberOfRepayments;
  let disbursedOn: string;
  if (isMary) disbursedOn = addMonths(addDays(today, -29), -5);
  else if (state === 'closed' || state === 'overpaid') disbursedOn = back(addDays(today, -random.between(5, 25)), number);
  else
    disbursedOn = back(addDays(today, -random.between(0, terms.repaymentFrequency === 'months' ? 27 : 6)), random.between(2, number - 2));
  const isDisbursed = state !== 'approved' && state !== 'submitted';
  const submittedOn = isDisbursed ? addDays(disbursedOn, -6) : addDays(today, -4);
  const approvedOn = isDisbursed ? addDays(disbursedOn, -2) : addDays(today, -1);
  const id = loan.place + 1;
  const schedule = isDisbursed ? buildSchedule(principal, terms, disbursedOn) : [];
  book.run(
    `INSERT INTO loan (id, account_no, client_id, group_id, office_id, officer_id, product_id, loan_type, status, principal, terms, submitted_on, approved_on, expected_disbursement, disbursed_on)
     VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
    id,
    String(id).padStart(9, '0'),
    loan.clientId,
    loan.groupId,
    loan.officeId,
    OFFICER,
    product.id,
    loan.groupId !== null ? GROUP_LOAN : INDIVIDUAL_LOAN,
    state === 'submitted' ? LOAN_SUBMITTED : state === 'approved' ? LOAN_APPROVED : LOAN_ACTIVE,
    principal,
    JSON.stringify(terms),
    submittedOn,
    state === 'submitted' ? null : approvedOn,
    isDisbursed ? disbursedOn : addDays(today, 3),
    isDisbursed ? disbursedOn : null,
  );
  if (!isDisbursed) return;

  const payments = isMary ? maryPays(schedule) : paymentsOf(world, schedule, state);
  const dues = freshDues(schedule);
  const penalties = penaltiesOf(schedule, payments, today);
  for (const penalty of penalties) {
    book.run(
      `INSERT INTO loan_charge (loan_id, charge_id, name, amount, penalty, due_date, overdue_installment, submitted_on) VALUES (?,1,'Late penalty',?,1,?,?,?)`,
      id,
      PENALTY,
      penalty.dueDate,
      penalty.number,
      addDays(penalty.dueDate, PENALTY_WAIT_DAYS + 1),
    );
  }
  placeCharges(
    dues,
    penalties.map((penalty) => ({ amount: PENALTY, penalty: true, dueDate: penalty.dueDate })),
  );
  disburse(world, id, loan.officeId, disbursedOn, principal);
  let balance = principal;
  let overpaid = 0;
  for (const payment of payments) {
    const split = allocate(dues, payment.amount, payment.date);
    balance -= split.principal;
    overpaid += split.overpayment;
    const paidWith = random.between(0, 9) < 7 ? 1 : 2;
    const transactionId = insertLoanTransaction(book, {
      loan_id: id,
      office_id: loan.officeId,
      external_id: null,
      type: TX_REPAYMENT,
      date: payment.date,
      amount: payment.amount,
      ...split,
      balance,
      submitted_on: payment.date,
      payment_detail_id: paidWith,
      created_by: CASHIER_USER,
      replaces: null,
    });
    postMovement(book, {
      ref: `L${String(transactionId)}`,
      officeId: loan.officeId,
      date: payment.date,
      submittedOn: payment.date,
      entityType: ENTITY_LOAN,
      entityId: id,
      createdBy: CASHIER_USER,
      lines: [
        [paidWith === 1 ? GL.cash : GL.mobileMoney, payment.amount],
        [GL.loanPortfolio, -split.principal],
        [GL.interestIncome, -split.interest],
        [GL.penaltyIncome, -split.penalty],
        [GL.overpayments, -split.overpayment],
      ],
    });
  }
  writeDues(book, id, dues);
  const isPaid = dues.every((row) => unpaid(row) === 0);
  writeTotals(book, id, dues, {
    status: overpaid > 0 ? LOAN_OVERPAID : isPaid ? LOAN_CLOSED : LOAN_ACTIVE,
    overpaid,
    closedOn: isPaid && overpaid === 0 ? (payments[payments.length - 1]?.date ?? null) : null,
  });
}

function disburse({ book }: SeedWorld, id: number, officeId: number, date: string, principal: number): void {
  const transactionId = insertLoanTransaction(book, {
    loan_id: id,
    office_id: officeId,
    external_id: null,
    type: TX_DISBURSEMENT,
    date,
    amount: principal,
    principal: 0,
    interest: 0,
    fee: 0,
    penalty: 0,
    overpayment: 0,
    balance: principal,
    submitted_on: date,
    payment_detail_id: 1,
    created_by: CASHIER_USER,
    replaces: null,
  });
  postMovement(book, {
    ref: `L${String(transactionId)}`,
    officeId,
    date,
    submittedOn: date,
    entityType: ENTITY_LOAN,
    entityId: id,
    createdBy: CASHIER_USER,
    lines: [
      [GL.loanPortfolio, principal],
      [GL.cash, -principal],
    ],
  });
}

type Row = Pick<Dues, 'number' | 'fromDate' | 'dueDate' | 'principal' | 'interest'>;

function maryPays(schedule: readonly Row[]): Payment[] {
  return schedule.slice(0, 5).map((row, index) => ({
    date: index === 4 ? addDays(row.dueDate, 2) : row.dueDate,
    amount: index === 4 ? 350_000 : row.principal + row.interest,
  }));
}

function paymentsOf({ random, today }: SeedWorld, schedule: readonly Row[], state: State): Payment[] {
  const due = schedule.filter((row) => row.dueDate < today);
  const missed = state === 'arrears' ? Math.min(due.length, random.between(1, 3)) : 0;
  const payments: Payment[] = [];
  for (const row of due.slice(0, due.length - missed)) {
    const late = addDays(row.dueDate, random.between(0, 5) === 0 ? 1 : 0);
    payments.push({ date: late <= today ? late : row.dueDate, amount: row.principal + row.interest });
  }
  const partly = due[due.length - missed];
  if (missed > 0 && partly !== undefined && random.between(0, 1) === 1) {
    payments.push({ date: partly.dueDate, amount: Math.round((partly.principal + partly.interest) / 2 / 5_000) * 5_000 });
  }
  const last = payments[payments.length - 1];
  if (state === 'overpaid' && last !== undefined) last.amount += 25_000;
  return payments.filter((payment) => payment.amount > 0);
}

/** Installments that stay short of their due beyond the wait, counting payments oldest first. */
function penaltiesOf(schedule: readonly Row[], payments: readonly Payment[], today: string): Row[] {
  let left = payments.reduce((sum, payment) => sum + payment.amount, 0);
  return schedule.filter((row) => {
    left -= row.principal + row.interest;
    return left < 0 && addDays(row.dueDate, PENALTY_WAIT_DAYS) < today;
  });
}
