// Interest and principal of one instalment, declining and flat (contract 8.3, 8.4; fineract-observed 6).

import type { BusinessDate } from '../../kernel/businessDate.ts';
import { daysBetween } from '../../kernel/businessDate.ts';
import type { Rounding } from '../decimals.ts';
import type { Rates } from './rates.ts';
import type { LoanTerms } from './terms.ts';

/** Interest that accrued while none was due. */
export interface Carried {
  readonly interestMinor: number;
  readonly carriedMinor: number;
}

export interface Period {
  readonly number: number;
  /** Where interest begins; not always where the period does. */
  readonly interestFrom: BusinessDate;
  readonly dueOn: BusinessDate;
  /** Interest is charged only from a day within or after this period. */
  readonly beforeCharging: boolean;
}

export function inPrincipalGrace(terms: LoanTerms, number: number): boolean {
  const { principal, recurringPrincipal } = terms.grace;
  if (number <= principal) return true;
  return recurringPrincipal > 0 && (number - principal) % (recurringPrincipal + 1) !== 1;
}

/** Instalments after this one that bring principal. */
export function principalPeriodsAfter(terms: LoanTerms, number: number): number {
  let count = 0;
  for (let period = number + 1; period <= terms.installments; period += 1) if (!inPrincipalGrace(terms, period)) count += 1;
  return count;
}

/** The instalment that pays off a balance at a rate, in whole units of the currency; in binary fractions, as head office reckons it. */
export function annuity(balance: number, rate: number, payments: number): number {
  if (rate === 0) return balance / payments;
  const growth = (1 + rate) ** payments;
  return (-balance * growth * rate) / (1 - growth);
}

export interface BalanceChange {
  readonly on: BusinessDate;
  readonly amountMinor: number;
}

/** Interest of a stretch with one balance, after graces. */
function decliningStretch(
  terms: LoanTerms,
  rates: Rates,
  rounding: Rounding,
  period: Period,
  balanceMinor: number,
  stretch: { readonly from: BusinessDate; readonly to: BusinessDate; readonly carriedMinor: number },
): Carried {
  const accrued = rounding.part(balanceMinor, rates.between(stretch.from, stretch.to));
  const isFree = period.number <= terms.grace.interestCharged;
  const isPut = period.number <= terms.grace.interestPayment || isFree || period.beforeCharging;
  if (!isPut && accrued > 0) return { interestMinor: stretch.carriedMinor + accrued, carriedMinor: 0 };
  // Negative interest is charged as it stands; what is put off is carried to the first period that pays.
  const interestMinor = isPut ? 0 : accrued;
  return { interestMinor, carriedMinor: isFree ? stretch.carriedMinor : stretch.carriedMinor + accrued };
}

/** Interest of a period over what is owed and what is paid out within it. `forPrincipalMinor` is what the instalment is shortened by. */
export function decliningInterest(
  terms: LoanTerms,
  rates: Rates,
  rounding: Rounding,
  period: Period,
  balanceMinor: number,
  changes: readonly BalanceChange[],
  carriedMinor: number,
): Carried & { readonly forPrincipalMinor: number } {
  let from = period.interestFrom;
  let owed = balanceMinor;
  let interestMinor = 0;
  let carried = carriedMinor;
  for (const change of changes) {
    if (change.on > period.dueOn) continue;
    if (daysBetween(from, change.on) > 0) {
      const part = decliningStretch(terms, rates, rounding, period, owed, { from, to: change.on, carriedMinor: carried });
      interestMinor += part.interestMinor;
      carried = part.carriedMinor;
      from = change.on;
    }
    owed += change.amountMinor;
  }
  const rest = decliningStretch(terms, rates, rounding, period, owed, { from, to: period.dueOn, carriedMinor: carried });
  interestMinor += rest.interestMinor;
  return {
    interestMinor,
    carriedMinor: rest.carriedMinor,
    forPrincipalMinor: interestMinor > 0 ? interestMinor - carriedMinor : rest.carriedMinor - carriedMinor,
  };
}

export interface FlatInterest {
  readonly totalMinor: number;
  readonly of: (number: number, carriedMinor: number) => Carried;
}

export function flatInterestOf(terms: LoanTerms, rounding: Rounding, wholeMinor: number): FlatInterest {
  const { interestPayment, interestCharged } = terms.grace;
  const each = rounding.divided(wholeMinor, terms.installments);
  const totalMinor = wholeMinor - each * interestCharged;
  const averaged = (): number => rounding.divided(totalMinor, terms.installments - interestPayment - interestCharged);
  return {
    totalMinor,
    of(number, carriedMinor) {
      if (terms.amortization === 'equalInstallments') {
        const payable = number > interestPayment && number > interestCharged;
        return { interestMinor: payable ? averaged() : 0, carriedMinor };
      }
      if (number <= interestPayment) return { interestMinor: 0, carriedMinor: carriedMinor + each };
      if (number <= interestCharged) return { interestMinor: 0, carriedMinor };
      if (number === interestPayment + 1) return { interestMinor: carriedMinor + each, carriedMinor: 0 };
      return { interestMinor: each, carriedMinor };
    },
  };
}
