// The schedule of a loan as head office prints it: of an account, with what was paid, waived and given up, and of a
// preview, which tells much less.
import { currencyReply, jsonAmount } from '../amounts.ts';
import { dateArray, daysBetween } from '../dates.ts';
import { type Dues, unpaid } from './allocation.ts';
import { LOAN_WRITTEN_OFF, type LoanRow } from './loanAccount.ts';

type Period = Record<string, unknown>;

function disbursementPeriod(loan: LoanRow, start: string, isPreview: boolean, today: string): Period {
  const isOpen = isPreview || loan.disbursed_on === null;
  return {
    dueDate: dateArray(start),
    principalDisbursed: jsonAmount(loan.principal),
    principalLoanBalanceOutstanding: jsonAmount(loan.principal),
    feeChargesDue: 0,
    ...(isOpen ? { feeChargesOutstanding: 0 } : { feeChargesPaid: 0 }),
    totalOriginalDueForPeriod: 0,
    totalDueForPeriod: 0,
    ...(isOpen ? { totalOutstandingForPeriod: 0, totalOverdue: start < today ? 0 : undefined } : { totalPaidForPeriod: 0 }),
    totalActualCostOfLoanForPeriod: 0,
    totalCredits: 0,
    downPaymentPeriod: false,
  };
}

/** What head office shows of an installment that nothing was paid on yet and nothing will be. */
function previewPeriod(row: Dues, balance: number, isOverdue: boolean): Period {
  const due = row.principal + row.interest + row.fee + row.penalty;
  return {
    period: row.number,
    fromDate: dateArray(row.fromDate),
    dueDate: dateArray(row.dueDate),
    daysInPeriod: daysBetween(row.fromDate, row.dueDate),
    principalOriginalDue: jsonAmount(row.principal),
    principalDue: jsonAmount(row.principal),
    principalOutstanding: jsonAmount(row.principal),
    principalLoanBalanceOutstanding: jsonAmount(balance),
    interestOriginalDue: jsonAmount(row.interest),
    interestDue: jsonAmount(row.interest),
    interestOutstanding: jsonAmount(row.interest),
    feeChargesDue: jsonAmount(row.fee),
    penaltyChargesDue: jsonAmount(row.penalty),
    totalOriginalDueForPeriod: jsonAmount(row.principal + row.interest + row.fee + row.penalty),
    totalDueForPeriod: jsonAmount(due),
    totalPaidForPeriod: 0,
    totalOutstandingForPeriod: jsonAmount(due),
    totalOverdue: isOverdue ? jsonAmount(due) : undefined,
    totalActualCostOfLoanForPeriod: jsonAmount(row.interest + row.fee + row.penalty),
    totalInstallmentAmountForPeriod: jsonAmount(row.principal + row.interest),
    totalCredits: 0,
    downPaymentPeriod: false,
  };
}

/** A loan that was given up owes nothing any more: what it owed is shown as written off. */
function givenUp(loan: LoanRow, row: Dues): { principal: number; interest: number; fee: number; penalty: number } {
  if (loan.status !== LOAN_WRITTEN_OFF) return { principal: 0, interest: 0, fee: 0, penalty: 0 };
  return {
    principal: row.principal - row.principalPaid,
    interest: row.interest - row.interestPaid - row.interestWaived,
    fee: row.fee - row.feePaid - row.feeWaived,
    penalty: row.penalty - row.penaltyPaid - row.penaltyWaived,
  };
}

function period(loan: LoanRow, row: Dues, balance: number, today: string): Period {
  const off = givenUp(loan, row);
  const offTotal = off.principal + off.interest + off.fee + off.penalty;
  const due = row.principal + row.interest + row.fee + row.penalty;
  const waived = row.interestWaived + row.feeWaived + row.penaltyWaived;
  const left = unpaid(row) - offTotal;
  const metOn = offTotal > 0 ? loan.written_off_on : row.metOn;
  return {
    period: row.number,
    fromDate: dateArray(row.fromDate),
    dueDate: dateArray(row.dueDate),
    obligationsMetOnDate: dateArray(left === 0 ? metOn : null),
    complete: left === 0,
    daysInPeriod: daysBetween(row.fromDate, row.dueDate),
    principalOriginalDue: jsonAmount(row.principal),
    principalDue: jsonAmount(row.principal),
    principalPaid: jsonAmount(row.principalPaid),
    principalWrittenOff: jsonAmount(off.principal),
    principalOutstanding: jsonAmount(row.principal - row.principalPaid - off.principal),
    principalLoanBalanceOutstanding: jsonAmount(balance),
    interestOriginalDue: jsonAmount(row.interest),
    interestDue: jsonAmount(row.interest),
    interestPaid: jsonAmount(row.interestPaid),
    interestWaived: jsonAmount(row.interestWaived),
    interestWrittenOff: jsonAmount(off.interest),
    interestOutstanding: jsonAmount(row.interest - row.interestPaid - row.interestWaived - off.interest),
    feeChargesDue: jsonAmount(row.fee),
    feeChargesPaid: jsonAmount(row.feePaid),
    feeChargesWaived: jsonAmount(row.feeWaived),
    feeChargesWrittenOff: jsonAmount(off.fee),
    feeChargesOutstanding: jsonAmount(row.fee - row.feePaid - row.feeWaived - off.fee),
    penaltyChargesDue: jsonAmount(row.penalty),
    penaltyChargesPaid: jsonAmount(row.penaltyPaid),
    penaltyChargesWaived: jsonAmount(row.penaltyWaived),
    penaltyChargesWrittenOff: jsonAmount(off.penalty),
    penaltyChargesOutstanding: jsonAmount(row.penalty - row.penaltyPaid - row.penaltyWaived - off.penalty),
    totalOriginalDueForPeriod: jsonAmount(row.principal + row.interest + row.fee + row.penalty),
    totalDueForPeriod: jsonAmount(due),
    totalPaidForPeriod: jsonAmount(row.principalPaid + row.interestPaid + row.feePaid + row.penaltyPaid),
    totalPaidInAdvanceForPeriod: jsonAmount(row.paidInAdvance),
    totalPaidLateForPeriod: jsonAmount(row.paidLate),
    totalWaivedForPeriod: jsonAmount(waived),
    totalWrittenOffForPeriod: jsonAmount(offTotal),
    totalOutstandingForPeriod: jsonAmount(left),
    totalOverdue: row.dueDate < today ? jsonAmount(left) : undefined,
    totalActualCostOfLoanForPeriod: jsonAmount(
      row.interest + row.fee + row.penalty - row.interestWaived - row.feeWaived - row.penaltyWaived - off.interest - off.fee - off.penalty,
    ),
    totalInstallmentAmountForPeriod: jsonAmount(row.principal + row.interest),
    totalCredits: 0,
    downPaymentPeriod: false,
  };
}

function totalsOf(dues: readonly Dues[]): Record<'principal' | 'interest' | 'fee' | 'penalty' | 'due', number> {
  const total = { principal: 0, interest: 0, fee: 0, penalty: 0, due: 0 };
  for (const row of dues) {
    total.principal += row.principal;
    total.interest += row.interest;
    total.fee += row.fee;
    total.penalty += row.penalty;
  }
  total.due = total.principal + total.interest + total.fee + total.penalty;
  return total;
}

function termInDays(start: string, dues: readonly Dues[]): number {
  const last = dues[dues.length - 1];
  return last === undefined ? 0 : daysBetween(start, last.dueDate);
}

/** What an application would come to. */
export function previewReply(loan: LoanRow, dues: readonly Dues[], today: string): object {
  const start = loan.expected_disbursement;
  const total = totalsOf(dues);
  let balance = loan.principal;
  return {
    currency: currencyReply,
    loanTermInDays: termInDays(start, dues),
    totalPrincipalDisbursed: jsonAmount(loan.principal),
    totalPrincipalExpected: jsonAmount(total.principal),
    totalPrincipalPaid: 0,
    totalInterestCharged: jsonAmount(total.interest),
    totalFeeChargesCharged: jsonAmount(total.fee),
    totalPenaltyChargesCharged: jsonAmount(total.penalty),
    totalRepaymentExpected: jsonAmount(total.due),
    totalOutstanding: 0,
    totalCredits: 0,
    periods: [
      disbursementPeriod(loan, start, true, today),
      ...dues.map((row) => {
        balance -= row.principal;
        return previewPeriod(row, balance, row.dueDate < today);
      }),
    ],
  };
}

/** The first schedule of a loan whose interest is reckoned anew. */
export function originalScheduleReply(loan: LoanRow, dues: readonly Dues[], today: string): object {
  const { totalPrincipalPaid: _paid, totalOutstanding: _left, ...rest } = previewReply(loan, dues, today) as Record<string, unknown>;
  const [, ...periods] = rest['periods'] as object[];
  return { ...rest, periods: [disbursementPeriod(loan, loan.disbursed_on ?? loan.expected_disbursement, false, today), ...periods] };
}

export function scheduleReply(loan: LoanRow, dues: readonly Dues[], today: string): object {
  const start = loan.disbursed_on ?? loan.expected_disbursement;
  const total = totalsOf(dues);
  const sum = (read: (row: Dues) => number): number => dues.reduce((all, row) => all + read(row), 0);
  const paid = sum((row) => row.principalPaid + row.interestPaid + row.feePaid + row.penaltyPaid);
  const waived = sum((row) => row.interestWaived + row.feeWaived + row.penaltyWaived);
  const off = sum((row) => {
    const each = givenUp(loan, row);
    return each.principal + each.interest + each.fee + each.penalty;
  });
  let balance = loan.principal;
  return {
    currency: currencyReply,
    loanTermInDays: termInDays(start, dues),
    totalPrincipalDisbursed: jsonAmount(loan.principal),
    totalPrincipalExpected: jsonAmount(total.principal),
    totalPrincipalPaid: jsonAmount(sum((row) => row.principalPaid)),
    totalInterestCharged: jsonAmount(total.interest),
    totalFeeChargesCharged: jsonAmount(total.fee),
    totalPenaltyChargesCharged: jsonAmount(total.penalty),
    totalWaived: jsonAmount(waived),
    totalWrittenOff: jsonAmount(off),
    totalRepaymentExpected: jsonAmount(total.due),
    totalRepayment: jsonAmount(paid),
    totalPaidInAdvance: jsonAmount(sum((row) => row.paidInAdvance)),
    totalPaidLate: jsonAmount(sum((row) => row.paidLate)),
    totalOutstanding: jsonAmount(total.due - paid - waived - off),
    totalCredits: 0,
    periods: [
      disbursementPeriod(loan, start, false, today),
      ...dues.map((row) => {
        balance -= row.principal;
        return period(loan, row, balance, today);
      }),
    ],
  };
}
