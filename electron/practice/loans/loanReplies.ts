// What head office tells about a loan: list line, detail with schedule, transactions, summary and delinquency.
// Everything is reckoned from the book at the business date; nothing is remembered between calls.
import { businessDate, type Call } from '../call.ts';
import { currencyReply, jsonAmount } from '../amounts.ts';
import { dateArray, daysBetween } from '../dates.ts';
import {
  amortization,
  frequencyType,
  interestCalculation,
  interestRateFrequency,
  interestType,
  loanStatus,
  loanTransactionType,
  loanType,
} from '../enumerations.ts';
import { paymentDetailReply } from '../paymentDetail.ts';
import { type Dues, unpaid } from './allocation.ts';
import {
  chargesOf,
  duesOf,
  LOAN_ACTIVE,
  LOAN_APPROVED,
  LOAN_SUBMITTED,
  type LoanRow,
  type LoanTransactionRow,
  scheduleOf,
  termsOf,
  transactionsOf,
  TX_REPAYMENT,
} from './loanAccount.ts';

export const LOAN_COLUMNS = `l.*, c.display_name AS client_name, c.account_no AS client_account_no, g.name AS group_name, p.name AS product_name, o.name AS office_name,
  s.lastname || ', ' || s.firstname AS officer_name`;
export const LOAN_FROM = `FROM loan l JOIN office o ON o.id = l.office_id LEFT JOIN client c ON c.id = l.client_id LEFT JOIN client_group g ON g.id = l.group_id
  JOIN loan_product p ON p.id = l.product_id LEFT JOIN staff s ON s.id = l.officer_id`;

export interface LoanLine extends LoanRow {
  client_name: string | null;
  client_account_no: string | null;
  group_name: string | null;
  product_name: string;
  office_name: string;
  officer_name: string | null;
}

const FREQUENCY_ID = { days: 0, weeks: 1, months: 2 } as const;

interface Overdue {
  principal: number;
  interest: number;
  fee: number;
  penalty: number;
  since: string | null;
}

export function overdueOf(dues: readonly Dues[], today: string): Overdue {
  const overdue: Overdue = { principal: 0, interest: 0, fee: 0, penalty: 0, since: null };
  for (const row of dues) {
    if (row.dueDate >= today || unpaid(row) === 0) continue;
    overdue.principal += row.principal - row.principalPaid;
    overdue.interest += row.interest - row.interestPaid;
    overdue.fee += row.fee - row.feePaid;
    overdue.penalty += row.penalty - row.penaltyPaid;
    overdue.since ??= row.dueDate;
  }
  return overdue;
}

function summaryOf(loan: LoanRow, overdue: Overdue): object | undefined {
  if (loan.disbursed_on === null) return undefined;
  const principalOutstanding = loan.principal - loan.principal_paid - loan.principal_written_off;
  const interestOutstanding = loan.interest_charged - loan.interest_paid - loan.interest_written_off;
  const feeOutstanding = loan.fee_charged - loan.fee_paid - loan.fee_written_off;
  const penaltyOutstanding = loan.penalty_charged - loan.penalty_paid - loan.penalty_written_off;
  const expected = loan.principal + loan.interest_charged + loan.fee_charged + loan.penalty_charged;
  const paid = loan.principal_paid + loan.interest_paid + loan.fee_paid + loan.penalty_paid;
  const writtenOff = loan.principal_written_off + loan.interest_written_off + loan.fee_written_off + loan.penalty_written_off;
  return {
    currency: currencyReply,
    principalDisbursed: jsonAmount(loan.principal),
    principalPaid: jsonAmount(loan.principal_paid),
    principalWrittenOff: jsonAmount(loan.principal_written_off),
    principalOutstanding: jsonAmount(principalOutstanding),
    principalOverdue: jsonAmount(overdue.principal),
    interestCharged: jsonAmount(loan.interest_charged),
    interestPaid: jsonAmount(loan.interest_paid),
    interestWaived: 0,
    interestWrittenOff: jsonAmount(loan.interest_written_off),
    interestOutstanding: jsonAmount(interestOutstanding),
    interestOverdue: jsonAmount(overdue.interest),
    feeChargesCharged: jsonAmount(loan.fee_charged),
    feeChargesDueAtDisbursementCharged: 0,
    feeChargesPaid: jsonAmount(loan.fee_paid),
    feeChargesWaived: 0,
    feeChargesWrittenOff: jsonAmount(loan.fee_written_off),
    feeChargesOutstanding: jsonAmount(feeOutstanding),
    feeChargesOverdue: jsonAmount(overdue.fee),
    penaltyChargesCharged: jsonAmount(loan.penalty_charged),
    penaltyChargesPaid: jsonAmount(loan.penalty_paid),
    penaltyChargesWaived: 0,
    penaltyChargesWrittenOff: jsonAmount(loan.penalty_written_off),
    penaltyChargesOutstanding: jsonAmount(penaltyOutstanding),
    penaltyChargesOverdue: jsonAmount(overdue.penalty),
    totalExpectedRepayment: jsonAmount(expected),
    totalRepayment: jsonAmount(paid),
    totalExpectedCostOfLoan: jsonAmount(expected - loan.principal),
    totalCostOfLoan: jsonAmount(paid - loan.principal_paid),
    totalWaived: 0,
    totalWrittenOff: jsonAmount(writtenOff),
    totalOutstanding: jsonAmount(expected - paid - writtenOff),
    totalOverdue: jsonAmount(overdue.principal + overdue.interest + overdue.fee + overdue.penalty),
    totalRecovered: 0,
    overdueSinceDate: dateArray(overdue.since),
  };
}

function baseReply(loan: LoanLine): Record<string, unknown> {
  const terms = termsOf(loan);
  const frequency = FREQUENCY_ID[terms.repaymentFrequency];
  return {
    id: loan.id,
    accountNo: loan.account_no,
    externalId: loan.external_id ?? undefined,
    status: loanStatus(loan.status),
    clientId: loan.client_id ?? undefined,
    clientAccountNo: loan.client_account_no ?? undefined,
    clientName: loan.client_name ?? undefined,
    clientOfficeId: loan.office_id,
    group: loan.group_id === null ? undefined : { id: loan.group_id, name: loan.group_name },
    officeId: loan.office_id,
    loanProductId: loan.product_id,
    loanProductName: loan.product_name,
    loanProductDescription: loan.product_name,
    loanOfficerId: loan.officer_id ?? undefined,
    loanOfficerName: loan.officer_name ?? undefined,
    loanType: loanType(loan.loan_type),
    currency: currencyReply,
    principal: jsonAmount(loan.principal),
    approvedPrincipal: jsonAmount(loan.status === LOAN_SUBMITTED ? 0 : loan.principal),
    proposedPrincipal: jsonAmount(loan.principal),
    termFrequency: terms.numberOfRepayments * terms.repaymentEvery,
    termPeriodFrequencyType: frequencyType(frequency),
    numberOfRepayments: terms.numberOfRepayments,
    repaymentEvery: terms.repaymentEvery,
    repaymentFrequencyType: frequencyType(frequency),
    interestRatePerPeriod: Number(terms.ratePerPeriod),
    interestRateFrequencyType: interestRateFrequency(terms.interestRateFrequency),
    annualInterestRate: Number(terms.annualRate),
    amortizationType: amortization(terms.amortization === 'equalInstallments' ? 1 : 0),
    interestType: interestType(terms.interestType === 'flat' ? 1 : 0),
    interestCalculationPeriodType: interestCalculation(terms.interestCalculation === 'daily' ? 0 : 1),
    transactionProcessingStrategyCode: 'mifos-standard-strategy',
    transactionProcessingStrategyName: 'Penalties, Fees, Interest, Principal order',
    graceOnPrincipalPayment: terms.graceOnPrincipal === 0 ? undefined : terms.graceOnPrincipal,
    graceOnInterestPayment: terms.graceOnInterestPayment === 0 ? undefined : terms.graceOnInterestPayment,
    loanScheduleType: { id: 1, code: 'CUMULATIVE', value: 'Cumulative' },
    timeline: {
      submittedOnDate: dateArray(loan.submitted_on),
      approvedOnDate: dateArray(loan.approved_on),
      expectedDisbursementDate: dateArray(loan.expected_disbursement),
      actualDisbursementDate: dateArray(loan.disbursed_on),
      closedOnDate: dateArray(loan.closed_on),
      writeOffOnDate: dateArray(loan.written_off_on),
    },
    totalOverpaid: loan.overpaid > 0 ? jsonAmount(loan.overpaid) : undefined,
  };
}

/** A line of the list; what is overdue comes from one grouped question over the whole page. */
export function loanListReply(loan: LoanLine, overdue: Overdue | undefined): object {
  const none: Overdue = { principal: 0, interest: 0, fee: 0, penalty: 0, since: null };
  return {
    ...baseReply(loan),
    summary: summaryOf(loan, overdue ?? none),
    inArrears: loan.status === LOAN_ACTIVE && overdue !== undefined,
  };
}

export function overdueByLoan(call: Call, loanIds: readonly number[]): Map<number, Overdue> {
  const today = businessDate(call.office);
  const rows = call.office.book.all(
    `SELECT i.loan_id, SUM(i.principal - i.principal_paid) AS principal, SUM(i.interest - i.interest_paid) AS interest, SUM(i.fee - i.fee_paid) AS fee,
     SUM(i.penalty - i.penalty_paid) AS penalty, MIN(i.due_date) AS since FROM json_each(?) j JOIN loan_installment i ON i.loan_id = j.value
     JOIN loan l ON l.id = i.loan_id AND l.status = 300
     WHERE i.due_date < ? AND i.met_on IS NULL AND i.principal + i.interest + i.fee + i.penalty > i.principal_paid + i.interest_paid + i.fee_paid + i.penalty_paid GROUP BY i.loan_id`,
    JSON.stringify(loanIds),
    today,
  ) as ({ loan_id: number } & Overdue)[];
  return new Map(rows.map(({ loan_id: loanId, ...overdue }) => [loanId, overdue]));
}

export function loanDetailReply(call: Call, loan: LoanLine): object {
  const { book } = call.office;
  const today = businessDate(call.office);
  const asked = new Set((call.query.get('associations') ?? '').split(','));
  const wants = (name: string): boolean => asked.has('all') || asked.has(name);
  const isDisbursed = loan.disbursed_on !== null;
  const dues = isDisbursed ? duesOf(book, loan.id) : [];
  const standing = loan.status === LOAN_ACTIVE ? dues : [];
  const overdue = overdueOf(standing, today);
  const transactions = isDisbursed ? transactionsOf(book, loan.id) : [];
  return {
    ...baseReply(loan),
    clientOfficeId: loan.office_id,
    officeName: loan.office_name,
    summary: summaryOf(loan, overdue),
    inArrears: overdue.since !== null,
    isNPA: false,
    delinquent: delinquentOf(dues, transactions, overdue, today, loan),
    repaymentSchedule: wants('repaymentSchedule') ? scheduleReply(loan, isDisbursed ? dues : scheduleOf(loan)) : undefined,
    transactions: wants('transactions') ? transactions.map((row) => loanTransactionReply(call, row, loan.office_name)) : undefined,
    charges: wants('charges')
      ? chargesOf(book, loan.id).map((charge) => ({
          id: charge.id,
          chargeId: charge.charge_id,
          name: charge.name,
          externalId: charge.external_id ?? undefined,
          penalty: charge.penalty === 1,
          amount: jsonAmount(charge.amount),
          dueDate: dateArray(charge.due_date),
          currency: currencyReply,
        }))
      : undefined,
  };
}

function delinquentOf(
  dues: readonly Dues[],
  transactions: readonly LoanTransactionRow[],
  overdue: Overdue,
  today: string,
  loan: LoanRow,
): object {
  const lastRepayment = [...transactions].reverse().find((row) => row.type === TX_REPAYMENT && row.reversed === 0);
  const pastDueDays = overdue.since === null ? 0 : daysBetween(overdue.since, today);
  const next = loan.status === LOAN_ACTIVE ? dues.find((row) => unpaid(row) > 0) : undefined;
  return {
    availableDisbursementAmount: loan.status === LOAN_APPROVED ? jsonAmount(loan.principal) : 0,
    pastDueDays,
    nextPaymentDueDate: dateArray(next?.dueDate),
    delinquentDays: pastDueDays,
    delinquentDate: dateArray(overdue.since),
    delinquentAmount: jsonAmount(overdue.principal + overdue.interest + overdue.fee + overdue.penalty),
    lastPaymentDate: dateArray(lastRepayment?.date),
    lastPaymentAmount: lastRepayment === undefined ? 0 : jsonAmount(lastRepayment.amount),
    lastRepaymentDate: dateArray(lastRepayment?.date),
    lastRepaymentAmount: lastRepayment === undefined ? 0 : jsonAmount(lastRepayment.amount),
  };
}

export function scheduleReply(loan: LoanRow, dues: readonly Dues[]): object {
  let balance = loan.principal;
  const total = { principal: 0, interest: 0, fee: 0, penalty: 0, paid: 0, advance: 0, late: 0 };
  const start = loan.disbursed_on ?? loan.expected_disbursement;
  const periods: object[] = [
    {
      dueDate: dateArray(start),
      principalDisbursed: jsonAmount(loan.principal),
      principalLoanBalanceOutstanding: jsonAmount(loan.principal),
      feeChargesDue: 0,
      feeChargesOutstanding: 0,
      totalOriginalDueForPeriod: 0,
      totalDueForPeriod: 0,
      totalOutstandingForPeriod: 0,
      totalActualCostOfLoanForPeriod: 0,
    },
  ];
  for (const row of dues) {
    balance -= row.principal;
    const due = row.principal + row.interest + row.fee + row.penalty;
    const paid = due - unpaid(row);
    total.principal += row.principal;
    total.interest += row.interest;
    total.fee += row.fee;
    total.penalty += row.penalty;
    total.paid += paid;
    total.advance += row.paidInAdvance;
    total.late += row.paidLate;
    periods.push({
      period: row.number,
      fromDate: dateArray(row.fromDate),
      dueDate: dateArray(row.dueDate),
      obligationsMetOnDate: dateArray(row.metOn),
      complete: unpaid(row) === 0,
      daysInPeriod: daysBetween(row.fromDate, row.dueDate),
      principalOriginalDue: jsonAmount(row.principal),
      principalDue: jsonAmount(row.principal),
      principalPaid: jsonAmount(row.principalPaid),
      principalWrittenOff: 0,
      principalOutstanding: jsonAmount(row.principal - row.principalPaid),
      principalLoanBalanceOutstanding: jsonAmount(balance),
      interestOriginalDue: jsonAmount(row.interest),
      interestDue: jsonAmount(row.interest),
      interestPaid: jsonAmount(row.interestPaid),
      interestWaived: 0,
      interestWrittenOff: 0,
      interestOutstanding: jsonAmount(row.interest - row.interestPaid),
      feeChargesDue: jsonAmount(row.fee),
      feeChargesPaid: jsonAmount(row.feePaid),
      feeChargesWaived: 0,
      feeChargesWrittenOff: 0,
      feeChargesOutstanding: jsonAmount(row.fee - row.feePaid),
      penaltyChargesDue: jsonAmount(row.penalty),
      penaltyChargesPaid: jsonAmount(row.penaltyPaid),
      penaltyChargesWaived: 0,
      penaltyChargesWrittenOff: 0,
      penaltyChargesOutstanding: jsonAmount(row.penalty - row.penaltyPaid),
      totalOriginalDueForPeriod: jsonAmount(row.principal + row.interest),
      totalDueForPeriod: jsonAmount(due),
      totalPaidForPeriod: jsonAmount(paid),
      totalPaidInAdvanceForPeriod: jsonAmount(row.paidInAdvance),
      totalPaidLateForPeriod: jsonAmount(row.paidLate),
      totalWaivedForPeriod: 0,
      totalWrittenOffForPeriod: 0,
      totalOutstandingForPeriod: jsonAmount(unpaid(row)),
      totalActualCostOfLoanForPeriod: jsonAmount(row.interest + row.fee + row.penalty),
      totalInstallmentAmountForPeriod: jsonAmount(row.principal + row.interest),
    });
  }
  const due = total.principal + total.interest + total.fee + total.penalty;
  const last = dues[dues.length - 1];
  return {
    currency: currencyReply,
    loanTermInDays: last === undefined ? 0 : daysBetween(start, last.dueDate),
    totalPrincipalDisbursed: jsonAmount(loan.principal),
    totalPrincipalExpected: jsonAmount(total.principal),
    totalInterestCharged: jsonAmount(total.interest),
    totalFeeChargesCharged: jsonAmount(total.fee),
    totalPenaltyChargesCharged: jsonAmount(total.penalty),
    totalRepaymentExpected: jsonAmount(due),
    totalRepayment: jsonAmount(total.paid),
    totalPaidInAdvance: jsonAmount(total.advance),
    totalPaidLate: jsonAmount(total.late),
    totalOutstanding: jsonAmount(due - total.paid),
    periods,
  };
}

export function loanTransactionReply(call: Call, row: LoanTransactionRow, officeName: string): object {
  const { book } = call.office;
  const relations: object[] = [];
  if (row.replaces !== null) relations.push({ fromLoanTransaction: row.id, toLoanTransaction: row.replaces, relationType: 'REPLAYED' });
  return {
    id: row.id,
    loanId: row.loan_id,
    externalId: row.external_id ?? undefined,
    officeId: row.office_id,
    officeName,
    type: loanTransactionType(row.type),
    date: dateArray(row.date),
    currency: currencyReply,
    amount: jsonAmount(row.amount),
    principalPortion: jsonAmount(row.principal),
    interestPortion: jsonAmount(row.interest),
    feeChargesPortion: jsonAmount(row.fee),
    penaltyChargesPortion: jsonAmount(row.penalty),
    overpaymentPortion: jsonAmount(row.overpayment),
    unrecognizedIncomePortion: 0,
    outstandingLoanBalance: jsonAmount(row.balance),
    submittedOnDate: dateArray(row.submitted_on),
    manuallyReversed: row.reversed === 1,
    reversalExternalId: row.reversal_external_id ?? undefined,
    reversedOnDate: dateArray(row.reversed_on),
    transactionRelations: relations,
    loanChargePaidByList: [],
    paymentDetailData: paymentDetailReply(book, row.payment_detail_id),
  };
}
