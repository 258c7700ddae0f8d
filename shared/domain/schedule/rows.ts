// What both generators make of their rows: a down payment, charges that wait for all interest, and the sums of the whole.

import type { BusinessDate } from '../../kernel/businessDate.ts';
import { decimal, product, quotient, type Rounding } from '../decimals.ts';
import { chargedIn, waitsForAllInterest, type ChargedAtStart } from './charges.ts';
import type { Installment, LoanTerms, Schedule } from './terms.ts';

const DOWN_PAYMENT_DIGITS = 19;

export function downPaymentOf(terms: LoanTerms, amountMinor: number, rounding: Rounding): number {
  if (terms.downPaymentPercent === null) return 0;
  const part = quotient(decimal(terms.downPaymentPercent), decimal(100), DOWN_PAYMENT_DIGITS);
  return rounding.toMultiple(rounding.money(product(rounding.exact(amountMinor), part, DOWN_PAYMENT_DIGITS)));
}

export function downPaymentRow(on: BusinessDate, amountMinor: number, balanceMinor: number): Installment {
  return {
    number: 1,
    from: on,
    dueOn: on,
    principalMinor: amountMinor,
    interestMinor: 0,
    feesMinor: 0,
    penaltiesMinor: 0,
    balanceMinor,
    downPayment: true,
  };
}

/** Percentages of all interest, added to the rows that they fall in. */
export function withLateCharges(
  terms: LoanTerms,
  rounding: Rounding,
  installments: readonly Installment[],
  principalMinor: number,
  allInterestMinor: number,
): readonly Installment[] {
  const late = terms.charges.filter(waitsForAllInterest);
  if (late.length === 0) return installments;
  const loan = { principalMinor, allInterestMinor };
  return installments.map((row) => {
    const charged = chargedIn(late, { ...row, isFirst: false }, loan, rounding);
    return { ...row, feesMinor: row.feesMinor + charged.feesMinor, penaltiesMinor: row.penaltiesMinor + charged.penaltiesMinor };
  });
}

export function summed(payouts: Schedule['payouts'], installments: readonly Installment[], chargedAtStart: ChargedAtStart): Schedule {
  const sum = (of: (row: Installment) => number): number => installments.reduce((total, row) => total + of(row), 0);
  const [principalMinor, interestMinor] = [sum((row) => row.principalMinor), sum((row) => row.interestMinor)];
  const feesMinor = sum((row) => row.feesMinor) + chargedAtStart.countedMinor;
  const penaltiesMinor = sum((row) => row.penaltiesMinor);
  return {
    payouts,
    installments,
    principalMinor,
    interestMinor,
    feesMinor,
    penaltiesMinor,
    totalMinor: principalMinor + interestMinor + feesMinor + penaltiesMinor,
  };
}
