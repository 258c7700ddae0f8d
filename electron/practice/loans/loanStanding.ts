// How a loan stands: what is overdue and since when, what was paid in all and ahead, and what that makes of its borrower.
import { businessDate, type Call } from '../call.ts';
import { currencyReply, jsonAmount } from '../amounts.ts';
import { dateArray, daysBetween } from '../dates.ts';
import { type Dues, feeLeft, interestLeft, penaltyLeft, unpaid } from './allocation.ts';
import { LOAN_CLOSED, type LoanRow, type LoanTransactionRow, TX_CREDIT_BALANCE_REFUND, TX_REPAYMENT } from './loanAccount.ts';

export interface Overdue {
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
    overdue.interest += interestLeft(row);
    overdue.fee += feeLeft(row);
    overdue.penalty += penaltyLeft(row);
    overdue.since ??= row.dueDate;
  }
  return overdue;
}

/** Sums of the transactions by their kind; head office shows a total and a reversed total of each. */
function transactionTotals(rows: readonly LoanTransactionRow[] | null): Record<string, number> {
  const total = (type: number, isReversed: boolean): number =>
    jsonAmount(
      (rows ?? [])
        .filter((row) => row.type === type && (isReversed ? row.manually_reversed === 1 : row.reversed === 0))
        .reduce((sum, row) => sum + row.amount, 0),
    );
  return {
    totalMerchantRefund: 0,
    totalMerchantRefundReversed: 0,
    totalPayoutRefund: 0,
    totalPayoutRefundReversed: 0,
    totalGoodwillCredit: 0,
    totalGoodwillCreditReversed: 0,
    totalChargeAdjustment: 0,
    totalChargeAdjustmentReversed: 0,
    totalChargeback: 0,
    totalCreditBalanceRefund: total(TX_CREDIT_BALANCE_REFUND, false),
    totalCreditBalanceRefundReversed: total(TX_CREDIT_BALANCE_REFUND, true),
    totalRepaymentTransaction: total(TX_REPAYMENT, false),
    totalRepaymentTransactionReversed: total(TX_REPAYMENT, true),
  };
}

/** Null for the lines of a list, which tell no sums of transactions. */
export function summaryOf(loan: LoanRow, overdue: Overdue, transactions: readonly LoanTransactionRow[] | null): object | undefined {
  if (loan.disbursed_on === null && !ENDED.includes(loan.status)) return undefined;
  const isPaidOut = loan.disbursed_on !== null;
  const principal = isPaidOut ? loan.principal : 0;
  const principalOutstanding = principal - loan.principal_paid - loan.principal_written_off;
  const interestOutstanding = loan.interest_charged - loan.interest_paid - loan.interest_waived - loan.interest_written_off;
  const feeOutstanding = loan.fee_charged - loan.fee_paid - loan.fee_waived - loan.fee_written_off;
  const penaltyOutstanding = loan.penalty_charged - loan.penalty_paid - loan.penalty_waived - loan.penalty_written_off;
  const cost = loan.interest_charged + loan.fee_charged + loan.penalty_charged;
  const costPaid = loan.interest_paid + loan.fee_paid + loan.penalty_paid;
  const waived = loan.interest_waived + loan.fee_waived + loan.penalty_waived;
  const writtenOff = loan.principal_written_off + loan.interest_written_off + loan.fee_written_off + loan.penalty_written_off;
  return {
    currency: currencyReply,
    principalDisbursed: jsonAmount(principal),
    principalAdjustments: 0,
    principalPaid: jsonAmount(loan.principal_paid),
    principalWrittenOff: jsonAmount(loan.principal_written_off),
    principalOutstanding: jsonAmount(principalOutstanding),
    principalOverdue: jsonAmount(overdue.principal),
    interestCharged: jsonAmount(loan.interest_charged),
    interestPaid: jsonAmount(loan.interest_paid),
    interestWaived: jsonAmount(loan.interest_waived),
    interestWrittenOff: jsonAmount(loan.interest_written_off),
    interestOutstanding: jsonAmount(interestOutstanding),
    interestOverdue: jsonAmount(overdue.interest),
    feeChargesCharged: jsonAmount(loan.fee_charged),
    feeAdjustments: 0,
    feeChargesDueAtDisbursementCharged: 0,
    feeChargesPaid: jsonAmount(loan.fee_paid),
    feeChargesWaived: jsonAmount(loan.fee_waived),
    feeChargesWrittenOff: jsonAmount(loan.fee_written_off),
    feeChargesOutstanding: jsonAmount(feeOutstanding),
    feeChargesOverdue: jsonAmount(overdue.fee),
    penaltyChargesCharged: jsonAmount(loan.penalty_charged),
    penaltyAdjustments: 0,
    penaltyChargesPaid: jsonAmount(loan.penalty_paid),
    penaltyChargesWaived: jsonAmount(loan.penalty_waived),
    penaltyChargesWrittenOff: jsonAmount(loan.penalty_written_off),
    penaltyChargesOutstanding: jsonAmount(penaltyOutstanding),
    penaltyChargesOverdue: jsonAmount(overdue.penalty),
    totalExpectedRepayment: jsonAmount(principal + cost),
    totalRepayment: jsonAmount(loan.principal_paid + costPaid),
    totalExpectedCostOfLoan: jsonAmount(cost),
    totalCostOfLoan: jsonAmount(costPaid),
    totalWaived: jsonAmount(waived),
    totalWrittenOff: jsonAmount(writtenOff),
    totalOutstanding: jsonAmount(principalOutstanding + interestOutstanding + feeOutstanding + penaltyOutstanding),
    totalOverdue: jsonAmount(overdue.principal + overdue.interest + overdue.fee + overdue.penalty),
    totalRecovered: jsonAmount(loan.recovered),
    overdueSinceDate: dateArray(overdue.since),
    ...(transactions === null ? {} : transactionTotals(transactions)),
  };
}

/** Rejected and withdrawn applications have a summary too, of nothing. */
export const ENDED: readonly number[] = [400, 500];

export const NO_DELINQUENCY = {
  availableDisbursementAmount: 0,
  pastDueDays: 0,
  delinquentDays: 0,
  delinquentAmount: 0,
  lastPaymentAmount: 0,
  lastRepaymentAmount: 0,
};

export function overdueByLoan(call: Call, loanIds: readonly number[]): Map<number, Overdue> {
  const today = businessDate(call.office);
  const rows = call.office.book.all(
    `SELECT i.loan_id, SUM(i.principal - i.principal_paid) AS principal, SUM(i.interest - i.interest_paid - i.interest_waived) AS interest,
     SUM(i.fee - i.fee_paid - i.fee_waived) AS fee, SUM(i.penalty - i.penalty_paid - i.penalty_waived) AS penalty, MIN(i.due_date) AS since
     FROM json_each(?) j JOIN loan_installment i ON i.loan_id = j.value JOIN loan l ON l.id = i.loan_id AND l.status = 300
     WHERE i.due_date < ? AND i.met_on IS NULL AND i.principal + i.interest + i.fee + i.penalty > i.principal_paid + i.interest_paid + i.fee_paid + i.penalty_paid
     + i.interest_waived + i.fee_waived + i.penalty_waived GROUP BY i.loan_id`,
    JSON.stringify(loanIds),
    today,
  ) as ({ loan_id: number } & Overdue)[];
  return new Map(rows.map(({ loan_id: loanId, ...overdue }) => [loanId, overdue]));
}

/** What was paid already of instalments that fall due today or later. */
export function paidInAdvance(dues: readonly Dues[], today: string): number {
  const paid = dues
    .filter((row) => row.dueDate >= today)
    .reduce((total, row) => total + row.principalPaid + row.interestPaid + row.feePaid + row.penaltyPaid, 0);
  return jsonAmount(paid);
}

/** The how-manieth loan of this product its client was paid out; nothing before it is. */
export function counterOf(call: Call, loan: LoanRow): number | undefined {
  if (loan.disbursed_on === null) return undefined;
  const row = call.office.book.get(
    'SELECT COUNT(*) AS count FROM loan WHERE client_id = ? AND product_id = ? AND disbursed_on IS NOT NULL AND id <= ?',
    loan.client_id,
    loan.product_id,
    loan.id,
  ) as { count: number };
  return Math.max(1, row.count);
}

export function delinquentOf(
  dues: readonly Dues[],
  transactions: readonly LoanTransactionRow[],
  overdue: Overdue,
  today: string,
  loan: LoanRow,
): object {
  if (loan.disbursed_on === null && !ENDED.includes(loan.status)) return NO_DELINQUENCY;
  const lastRepayment = [...transactions].reverse().find((row) => row.type === TX_REPAYMENT && row.reversed === 0);
  const pastDueDays = overdue.since === null ? 0 : daysBetween(overdue.since, today);
  const owed = loan.status < LOAN_CLOSED ? dues.find((row) => unpaid(row) > 0) : undefined;
  // Once something was paid after it fell due, the day of that payment stands for the due date.
  const next =
    owed !== undefined && lastRepayment !== undefined && lastRepayment.date > owed.dueDate ? lastRepayment.date : (owed?.dueDate ?? today);
  const paid = lastRepayment === undefined ? 0 : jsonAmount(lastRepayment.amount);
  return {
    availableDisbursementAmount: jsonAmount(loan.principal),
    pastDueDays,
    nextPaymentDueDate: dateArray(next),
    delinquentDays: pastDueDays,
    delinquentDate: dateArray(overdue.since),
    delinquentAmount: jsonAmount(overdue.principal + overdue.interest + overdue.fee + overdue.penalty),
    lastPaymentDate: dateArray(lastRepayment?.date),
    lastPaymentAmount: paid,
    lastRepaymentDate: dateArray(lastRepayment?.date),
    lastRepaymentAmount: paid,
    delinquencyPausePeriods: [],
  };
}
