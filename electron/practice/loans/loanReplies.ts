// What head office tells about a loan: list line, detail with schedule, transactions, summary and delinquency.
// Everything is reckoned from the book at the business date; nothing is remembered between calls.
import type { Book } from '../book.ts';
import { businessDate, type Call } from '../call.ts';
import { currencyReply, jsonAmount } from '../amounts.ts';
import { dateArray } from '../dates.ts';
import { amortization, interestCalculation, interestRateFrequency, interestType, loanStatus, loanType } from '../enumerations.ts';
import { noteReplies } from '../notes.ts';
import { groupOfLoan } from '../groups/groupReplies.ts';
import { didBy } from '../timeline.ts';
import { listLoanCharges } from './loanCharges.ts';
import { loanTransactionReply } from './loanTransactionReply.ts';
import { counterOf, delinquentOf, ENDED, NO_DELINQUENCY, type Overdue, overdueOf, paidInAdvance, summaryOf } from './loanStanding.ts';
import { originalScheduleReply, scheduleReply } from './scheduleReply.ts';
import {
  duesOf,
  LOAN_ACTIVE,
  type LoanRow,
  type LoanTransactionRow,
  scheduleOf,
  termsOf,
  transactionsOf,
  TX_CREDIT_BALANCE_REFUND,
} from './loanAccount.ts';

export const LOAN_COLUMNS = `l.*, c.display_name AS client_name, c.account_no AS client_account_no, c.external_id AS client_external_id, g.name AS group_name, p.name AS product_name, o.name AS office_name,
  s.lastname || ', ' || s.firstname AS officer_name`;
export const LOAN_FROM = `FROM loan l JOIN office o ON o.id = l.office_id LEFT JOIN client c ON c.id = l.client_id LEFT JOIN client_group g ON g.id = l.group_id
  JOIN loan_product p ON p.id = l.product_id LEFT JOIN staff s ON s.id = l.officer_id`;

export interface LoanLine extends LoanRow {
  client_name: string | null;
  client_account_no: string | null;
  client_external_id: string | null;
  group_name: string | null;
  product_name: string;
  office_name: string;
  officer_name: string | null;
}

const FREQUENCY_ID = { days: 0, weeks: 1, months: 2 } as const;

function coded(code: string, id: number, value: string): object {
  return { id, code, value };
}

/** Frequencies are named by what they are of. */
export function frequency(of: string, id: number): object {
  const [word, value] = [
    ['days', 'Days'],
    ['weeks', 'Weeks'],
    ['months', 'Months'],
    ['years', 'Years'],
  ][id] ?? ['invalid', 'Invalid'];
  return coded(`${of}.periodFrequencyType.${word ?? ''}`, id, value ?? '');
}

export function timelineOf(call: Call, loan: LoanRow): object {
  const { book } = call.office;
  const end = { 400: 'withdrawn', 500: 'rejected' }[loan.status];
  const dues = loan.disbursed_on === null ? scheduleOf(loan) : duesOf(book, loan.id);
  const maturity = dateArray(dues[dues.length - 1]?.dueDate ?? null);
  const planned = loan.foreclosed_on === null ? maturity : dateArray(scheduleOf({ ...loan, foreclosed_on: null }).at(-1)?.dueDate ?? null);
  const closed = loan.closed_on;
  const { disbursedOnDate, ...disbursedBy } = didBy(book, 'disbursed', loan.disbursed_on, loan.disbursed_by);
  return {
    ...didBy(book, 'submitted', loan.submitted_on, loan.submitted_by),
    ...(end === undefined ? {} : didBy(book, end, loan.closed_on, loan.closed_by)),
    ...didBy(book, 'approved', loan.approved_on, loan.approved_by),
    expectedDisbursementDate: dateArray(loan.expected_disbursement),
    actualDisbursementDate: disbursedOnDate,
    ...disbursedBy,
    ...didBy(book, 'closed', closed, loan.closed_by),
    actualMaturityDate: hasEndedEarly(call, loan) ? undefined : maturity,
    expectedMaturityDate: planned,
    ...didBy(book, 'writeOff', loan.written_off_on, loan.closed_by),
    ...(end === undefined ? {} : withoutDate(didBy(book, 'writeOff', loan.closed_on, loan.closed_by))),
  };
}

/** Head office shows who closed a loan as who wrote it off, too. */
function withoutDate(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !name.endsWith('OnDate')));
}

function baseReply(call: Call, loan: LoanLine): Record<string, unknown> {
  const terms = termsOf(loan);
  const id = FREQUENCY_ID[terms.repaymentFrequency];
  return {
    id: loan.id,
    accountNo: loan.account_no,
    externalId: loan.external_id ?? undefined,
    status: loanStatus(loan.status),
    subStatus: loan.foreclosed_on === null ? undefined : coded('loanSubStatus.loanSubStatusType.foreclosed', 100, 'Foreclosed'),
    clientId: loan.client_id ?? undefined,
    clientAccountNo: loan.client_account_no ?? undefined,
    clientName: loan.client_name ?? undefined,
    clientExternalId: loan.client_external_id ?? undefined,
    clientOfficeId: loan.client_id === null ? undefined : loan.office_id,
    group: loan.group_id === null ? undefined : groupOfLoan(call, loan.group_id),
    loanProductId: loan.product_id,
    loanProductName: loan.product_name,
    isLoanProductLinkedToFloatingRate: false,
    loanOfficerId: loan.officer_id ?? undefined,
    loanOfficerName: loan.officer_name ?? undefined,
    loanType: loanType(loan.loan_type),
    currency: currencyReply,
    principal: jsonAmount(loan.principal),
    approvedPrincipal: jsonAmount(loan.principal),
    proposedPrincipal: jsonAmount(loan.proposed_principal ?? loan.principal),
    netDisbursalAmount: jsonAmount(loan.principal),
    termFrequency: terms.numberOfRepayments * terms.repaymentEvery,
    termPeriodFrequencyType: frequency('termFrequency', id),
    numberOfRepayments: terms.numberOfRepayments,
    repaymentEvery: terms.repaymentEvery,
    repaymentFrequencyType: frequency('repaymentFrequency', id),
    interestRatePerPeriod: Number(terms.ratePerPeriod),
    interestRateFrequencyType: interestRateFrequency(terms.interestRateFrequency),
    annualInterestRate: Number(terms.annualRate),
    isFloatingInterestRate: false,
    amortizationType: amortization(terms.amortization === 'equalInstallments' ? 1 : 0),
    interestType: interestType(terms.interestType === 'flat' ? 1 : 0),
    interestCalculationPeriodType: interestCalculation(terms.interestCalculation === 'daily' ? 0 : 1),
    allowPartialPeriodInterestCalculation: false,
    transactionProcessingStrategyCode: 'mifos-standard-strategy',
    transactionProcessingStrategyName: 'Penalties, Fees, Interest, Principal order',
    graceOnPrincipalPayment: terms.graceOnPrincipal === 0 ? undefined : terms.graceOnPrincipal,
    graceOnInterestPayment: terms.graceOnInterestPayment === 0 ? undefined : terms.graceOnInterestPayment,
    syncDisbursementWithMeeting: false,
    disallowExpectedDisbursements: false,
    timeline: timelineOf(call, loan),
    totalOverpaid: loan.overpaid > 0 ? jsonAmount(loan.overpaid) : undefined,
  };
}

const TYPE_OPTIONS = {
  loanScheduleTypeOptions: [coded('CUMULATIVE', 1, 'Cumulative'), coded('PROGRESSIVE', 2, 'Progressive')],
  loanScheduleProcessingTypeOptions: [coded('HORIZONTAL', 1, 'Horizontal'), coded('VERTICAL', 2, 'Vertical')],
};

const LOAN_TAIL = {
  isVariableInstallmentsAllowed: false,
  minimumGap: 0,
  maximumGap: 0,
  isEqualAmortization: false,
  isRatesEnabled: false,
};

const SCHEDULE_TYPES = {
  enableInstallmentLevelDelinquency: false,
  chargedOff: false,
  enableDownPayment: false,
  enableAutoRepaymentForDownPayment: false,
  loanScheduleType: coded('CUMULATIVE', 0, 'Cumulative'),
  loanScheduleProcessingType: coded('HORIZONTAL', 0, 'Horizontal'),
};

/** A line of the list; what is overdue comes from one grouped question over the whole page. */
export function loanListReply(call: Call, loan: LoanLine, overdue: Overdue | undefined): object {
  const none: Overdue = { principal: 0, interest: 0, fee: 0, penalty: 0, since: null };
  return {
    ...baseReply(call, loan),
    summary: summaryOf(loan, overdue ?? none, null),
    feeChargesAtDisbursementCharged: 0,
    loanProductCounter: counterOf(call, loan),
    multiDisburseLoan: false,
    canDefineInstallmentAmount: false,
    canUseForTopup: false,
    isTopup: false,
    fraud: false,
    closureLoanId: 0,
    inArrears: loan.status === LOAN_ACTIVE && overdue !== undefined,
    isNPA: false,
    ...DAYS,
    isInterestRecalculationEnabled: termsOf(loan).recalculates === true,
    interestRecalculationData: termsOf(loan).recalculates === true ? recalculationReply(loan) : undefined,
    createStandingInstructionAtDisbursement: false,
    isVariableInstallmentsAllowed: false,
    minimumGap: 0,
    maximumGap: 0,
    isEqualAmortization: false,
    overpaidOnDate: overpaidOn(call, loan),
    delinquent: NO_DELINQUENCY,
    ...SCHEDULE_TYPES,
  };
}

const DAYS = {
  daysInMonthType: coded('DaysInMonthType.actual', 1, 'Actual'),
  daysInYearType: coded('DaysInYearType.days365', 365, '365 Days'),
};

/** How interest is reckoned anew; practice has one way, and refuses what it would change. */
function recalculationReply(loan: LoanRow): object {
  return {
    id: loan.id,
    loanId: loan.id,
    interestRecalculationCompoundingType: coded('interestRecalculationCompoundingMethod.none', 0, 'None'),
    rescheduleStrategyType: coded('loanRescheduleStrategyMethod.reschedule.next.repayments', 1, 'Reschedule next repayments'),
    recalculationRestFrequencyType: coded('interestRecalculationFrequencyType.daily', 2, 'Daily'),
    recalculationRestFrequencyInterval: 1,
    recalculationCompoundingFrequencyType: coded('interestRecalculationFrequencyType.invalid', 0, 'Invalid'),
    isCompoundingToBePostedAsTransaction: false,
    allowCompoundingOnEod: false,
  };
}

function overpaidOn(call: Call, loan: LoanRow): number[] | undefined {
  if (loan.overpaid === 0) return undefined;
  const row = call.office.book.get(
    'SELECT MAX(date) AS last FROM loan_transaction WHERE loan_id = ? AND reversed = 0 AND overpayment > 0',
    loan.id,
  ) as { last: string | null };
  return dateArray(row.last);
}

/** A loan that was ever paid too much has no day on which it ended as planned. */
function hasEndedEarly(call: Call, loan: LoanRow): boolean {
  if (loan.overpaid > 0) return true;
  return (
    call.office.book.get(
      'SELECT id FROM loan_transaction WHERE loan_id = ? AND type = ? AND reversed = 0',
      loan.id,
      TX_CREDIT_BALANCE_REFUND,
    ) !== undefined
  );
}

export function loanDetailReply(call: Call, loan: LoanLine): object {
  const { book } = call.office;
  const today = businessDate(call.office);
  const asked = new Set((call.query.get('associations') ?? '').split(','));
  const wants = (name: string): boolean => asked.has('all') || asked.has(name);
  const isDisbursed = loan.disbursed_on !== null;
  const dues = isDisbursed ? duesOf(book, loan.id) : [];
  const overdue = overdueOf(loan.status === LOAN_ACTIVE ? dues : [], today);
  // Of an application that ended head office tells the delays of its plan.
  const planned = ENDED.includes(loan.status) ? scheduleOf(loan) : null;
  const transactions = isDisbursed ? shownTransactionsOf(book, loan.id) : [];
  const terms = termsOf(loan);
  const charges = wants('charges') ? listLoanCharges(call, loan) : [];
  const notes = wants('notes') ? noteReplies(call, 'loans', loan.id) : [];
  return {
    ...baseReply(call, loan),
    summary: summaryOf(loan, overdue, transactions),
    repaymentSchedule: wants('repaymentSchedule') ? scheduleReply(loan, isDisbursed ? dues : scheduleOf(loan), today) : undefined,
    transactions:
      wants('transactions') && transactions.length > 0 ? transactions.map((row) => loanTransactionReply(call, row, loan)) : undefined,
    charges: charges.length > 0 ? charges : undefined,
    collateral: [],
    notes: notes.length > 0 ? notes : undefined,
    disbursementDetails: wants('repaymentSchedule') ? [] : undefined,
    originalSchedule:
      wants('repaymentSchedule') && terms.recalculates === true ? originalScheduleReply(loan, scheduleOf(loan), today) : undefined,
    ...TYPE_OPTIONS,
    feeChargesAtDisbursementCharged: 0,
    loanProductCounter: counterOf(call, loan),
    multiDisburseLoan: false,
    canDefineInstallmentAmount: false,
    emiAmountVariations: wants('repaymentSchedule') ? [] : undefined,
    canUseForTopup: false,
    isTopup: false,
    fraud: false,
    closureLoanId: 0,
    inArrears: overdue.since !== null,
    isNPA: false,
    overdueCharges: [],
    ...DAYS,
    isInterestRecalculationEnabled: terms.recalculates === true,
    interestRecalculationData: terms.recalculates === true ? recalculationReply(loan) : undefined,
    createStandingInstructionAtDisbursement: false,
    paidInAdvance: { paidInAdvance: paidInAdvance(dues, today) },
    ...LOAN_TAIL,
    overpaidOnDate: overpaidOn(call, loan),
    delinquent: delinquentOf(planned ?? dues, transactions, planned === null ? overdue : overdueOf(planned, today), today, loan),
    ...SCHEDULE_TYPES,
    ...(terms.recalculates === true ? { enableDownPayment: undefined, enableAutoRepaymentForDownPayment: undefined } : {}),
  };
}

/** Rows that a replay replaced are not shown; those that somebody took back are. */
export function shownTransactionsOf(book: Book, loanId: number): LoanTransactionRow[] {
  return transactionsOf(book, loanId).filter((row) => row.reversed === 0 || row.manually_reversed === 1);
}
