// Fees and penalties on a schedule: at disbursement, with each instalment, on a date (contract 8.7; fineract-observed 6). Each amount is rounded
// when it is added, so the order of the charges counts.

import type { BusinessDate } from '../../kernel/businessDate.ts';
import { decimal, product, quotient, roundingOf, type Decimal, type Rounding } from '../decimals.ts';
import type { LoanCharge, LoanTerms, Schedule } from './terms.ts';

const HUNDRED = decimal(100);

export interface PeriodCharged {
  readonly from: BusinessDate;
  readonly dueOn: BusinessDate;
  readonly principalMinor: number;
  readonly interestMinor: number;
  readonly isFirst: boolean;
}

function percentBase(charge: LoanCharge, principalMinor: number, interestMinor: number): number {
  if (charge.reckonedAs === 'percentOfInterest') return interestMinor;
  if (charge.reckonedAs === 'percentOfAmountAndInterest') return principalMinor + interestMinor;
  return principalMinor;
}

function isPercent(charge: LoanCharge): boolean {
  return charge.reckonedAs !== 'flat';
}

export interface ChargedAtStart {
  /** As the payout's row shows it. */
  readonly shownMinor: number;
  /** As the totals count it: rounded to the currency's multiple. */
  readonly countedMinor: number;
}

/** What is taken at disbursement. Every percentage is one of the principal there, whatever it is called; of a tranche, one of that tranche. */
export function chargedAtDisbursement(terms: LoanTerms, rounding: Rounding): ChargedAtStart {
  let sum = decimal(0);
  for (const charge of terms.charges) {
    if (charge.due === 'disbursement') sum = sum.plus(amountOf(charge, terms.principalMinor, rounding));
    if (charge.due === 'tranche') for (const { amountMinor } of terms.tranches) sum = sum.plus(amountOf(charge, amountMinor, rounding));
  }
  return { shownMinor: rounding.toCurrency(sum), countedMinor: rounding.money(sum) };
}

/** A charge's own amount, within its caps, before it is rounded. */
export function amountOf(charge: LoanCharge, principalMinor: number, rounding: Rounding): Decimal {
  if (!isPercent(charge)) return decimal(charge.amount);
  const amount = product(rounding.exact(principalMinor), quotient(decimal(charge.amount), HUNDRED));
  const { leastMinor, mostMinor } = charge.cap;
  if (leastMinor !== null && amount.lt(rounding.exact(leastMinor))) return rounding.exact(leastMinor);
  if (mostMinor !== null && amount.gt(rounding.exact(mostMinor))) return rounding.exact(mostMinor);
  return amount;
}

/** Percentages of all interest are known only when every instalment is. */
export function waitsForAllInterest(charge: LoanCharge): boolean {
  return charge.due === 'date' && (charge.reckonedAs === 'percentOfInterest' || charge.reckonedAs === 'percentOfAmountAndInterest');
}

export interface Charged {
  readonly feesMinor: number;
  readonly penaltiesMinor: number;
}

/** What falls into one period. `loan` is what a percentage on a date is of. */
export function chargedIn(
  charges: readonly LoanCharge[],
  period: PeriodCharged,
  loan: { readonly principalMinor: number; readonly allInterestMinor: number },
  rounding: Rounding,
): Charged {
  const sums = { fees: 0, penalties: 0 };
  for (const charge of charges) {
    const kind = charge.penalty ? 'penalties' : 'fees';
    const add = (amount: Decimal): void => {
      sums[kind] = rounding.money(rounding.exact(sums[kind]).plus(amount));
    };
    const percentOf = (minor: number): Decimal => quotient(rounding.exact(minor).times(decimal(charge.amount)), HUNDRED);
    if (charge.due === 'installment') {
      add(isPercent(charge) ? percentOf(percentBase(charge, period.principalMinor, period.interestMinor)) : decimal(charge.amount));
    } else if (charge.due === 'date' && charge.on !== null) {
      const isAfterStart = period.isFirst ? charge.on >= period.from : charge.on > period.from;
      if (!isAfterStart || charge.on > period.dueOn) continue;
      add(isPercent(charge) ? percentOf(percentBase(charge, loan.principalMinor, loan.allInterestMinor)) : amountOf(charge, 0, rounding));
    }
  }
  return { feesMinor: sums.fees, penaltiesMinor: sums.penalties };
}

/**
 * The instalment that head office adds to a loan for what falls due after its last one, with each instalment's own fees too; null where
 * nothing does. A preview of an application leaves it out (fineract-observed 6, point 11).
 */
export function chargedAfter(terms: LoanTerms, schedule: Schedule): (Charged & { readonly dueOn: BusinessDate }) | null {
  const rounding = roundingOf(terms.currency, terms.installmentMultiple);
  const last = schedule.installments.at(-1);
  if (last === undefined) return null;
  const days = terms.charges.flatMap(({ due, on }) => (due === 'date' && on !== null && on > last.dueOn ? [on] : []));
  const dueOn = days.sort().at(-1);
  if (dueOn === undefined) return null;
  const period = { from: last.dueOn, dueOn, principalMinor: 0, interestMinor: 0, isFirst: false };
  const loan = { principalMinor: schedule.principalMinor, allInterestMinor: schedule.interestMinor };
  return { dueOn, ...chargedIn(terms.charges, period, loan, rounding) };
}
