// Cumulative loan schedules, flat and declining-balance, by the written rules of head office: the installment is
// rounded once and the last one takes the remainder. Pure; amounts in minor units.
import { addDays, addMonths, dateParts, daysBetween } from '../dates.ts';
import { type Decimal, decimalOf, divide, multiply, share, timesRate, toMultiple, toNumber } from './decimal.ts';

export interface LoanTerms {
  /** Decimal text, percent a year. */
  annualRate: string;
  /** As the product states it, in the unit of interestRateFrequency. */
  ratePerPeriod: string;
  interestRateFrequency: number;
  interestType: 'flat' | 'declining';
  interestCalculation: 'daily' | 'sameAsRepayment';
  amortization: 'equalInstallments' | 'equalPrincipal';
  numberOfRepayments: number;
  repaymentEvery: number;
  repaymentFrequency: 'days' | 'weeks' | 'months';
  graceOnPrincipal: number;
  graceOnInterestPayment: number;
  interestFreePeriods: number;
  /** Minor units; 0 when installments are not rounded. */
  installmentMultiple: number;
  /** Decimal text in percent of the principal, or null. */
  fixedPrincipalPercentage: string | null;
}

export interface Installment {
  number: number;
  fromDate: string;
  dueDate: string;
  principal: number;
  interest: number;
}

const PERIODS_PER_YEAR = { days: '365', weeks: '52', months: '12' } as const;

export function annualRateOf(ratePerPeriod: string, frequency: number): string {
  const perYear = ['365', '52', '12', '1'][frequency] ?? '1';
  const { digits, scale } = multiply(decimalOf(ratePerPeriod), decimalOf(perYear));
  const text = digits.toString().padStart(scale + 1, '0');
  return scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`;
}

export function dueDates(terms: LoanTerms, disbursedOn: string, firstRepaymentOn?: string): string[] {
  const step = (date: string, seedDay: number): string => {
    if (terms.repaymentFrequency === 'months') return addMonths(date, terms.repaymentEvery, seedDay);
    return addDays(date, terms.repaymentEvery * (terms.repaymentFrequency === 'weeks' ? 7 : 1));
  };
  const seedDay = dateParts(firstRepaymentOn ?? disbursedOn)[2];
  const dates: string[] = [];
  let last = disbursedOn;
  for (let number = 1; number <= terms.numberOfRepayments; number += 1) {
    last = number === 1 && firstRepaymentOn !== undefined ? firstRepaymentOn : step(last, seedDay);
    dates.push(last);
  }
  return dates;
}

function annuity(principal: number, rate: number, payments: number): number {
  if (rate === 0) return principal / payments;
  const growth = (1 + rate) ** payments;
  return (principal * rate * growth) / (growth - 1);
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest > 0.5 || (rest === 0.5 && floor % 2 !== 0)) return floor + 1;
  return floor;
}

export function buildSchedule(principal: number, terms: LoanTerms, disbursedOn: string, firstRepaymentOn?: string): Installment[] {
  const dates = dueDates(terms, disbursedOn, firstRepaymentOn);
  return terms.interestType === 'flat' ? flat(principal, terms, disbursedOn, dates) : declining(principal, terms, disbursedOn, dates);
}

function baseRate(terms: LoanTerms, perDay: boolean): Decimal {
  return divide(
    divide(decimalOf(terms.annualRate), decimalOf(perDay ? '365' : PERIODS_PER_YEAR[terms.repaymentFrequency])),
    decimalOf('100'),
  );
}

function declining(principal: number, terms: LoanTerms, disbursedOn: string, dates: readonly string[]): Installment[] {
  const daily = terms.interestCalculation === 'daily';
  const every = decimalOf(String(terms.repaymentEvery));
  const base = baseRate(terms, daily);
  const payments = terms.numberOfRepayments - terms.graceOnPrincipal;
  const nominalDays = terms.repaymentEvery * { days: 1, weeks: 7, months: 30 }[terms.repaymentFrequency];
  const nominal = multiply(base, daily ? decimalOf(String(nominalDays)) : every);
  const installment = toMultiple(roundHalfEven(annuity(principal, toNumber(nominal), payments)), terms.installmentMultiple);
  const equalPrincipal =
    terms.fixedPrincipalPercentage === null
      ? share(principal, payments)
      : timesRate(principal, divide(decimalOf(terms.fixedPrincipalPercentage), decimalOf('100')));
  const rows: Installment[] = [];
  let balance = principal;
  let from = disbursedOn;
  let carried = 0;
  for (const [index, dueDate] of dates.entries()) {
    const number = index + 1;
    const rate = multiply(base, daily ? decimalOf(String(daysBetween(from, dueDate))) : every);
    const accrued = number <= terms.interestFreePeriods ? 0 : timesRate(balance, rate);
    const inInterestGrace = number <= terms.graceOnInterestPayment;
    const interest = inInterestGrace ? 0 : accrued + carried;
    carried = inInterestGrace ? carried + accrued : 0;
    let part = 0;
    if (number === terms.numberOfRepayments) part = balance;
    else if (number > terms.graceOnPrincipal) part = terms.amortization === 'equalPrincipal' ? equalPrincipal : installment - accrued;
    part = Math.max(0, Math.min(part, balance));
    balance -= part;
    rows.push({ number, fromDate: from, dueDate, principal: part, interest });
    from = dueDate;
  }
  return rows;
}

function flat(principal: number, terms: LoanTerms, disbursedOn: string, dates: readonly string[]): Installment[] {
  const daily = terms.interestCalculation === 'daily';
  const term = daily ? daysBetween(disbursedOn, dates[dates.length - 1] ?? disbursedOn) : terms.numberOfRepayments * terms.repaymentEvery;
  const whole = timesRate(principal, multiply(baseRate(terms, daily), decimalOf(String(term))));
  const total = whole - terms.interestFreePeriods * share(whole, terms.numberOfRepayments);
  const interestPart = share(total, terms.numberOfRepayments - terms.graceOnInterestPayment - terms.interestFreePeriods);
  const principalPart = share(principal, terms.numberOfRepayments - terms.graceOnPrincipal);
  const rows: Installment[] = [];
  let balance = principal;
  let interestLeft = total;
  let from = disbursedOn;
  for (const [index, dueDate] of dates.entries()) {
    const number = index + 1;
    const isLast = number === terms.numberOfRepayments;
    const payable = number > Math.max(terms.graceOnInterestPayment, terms.interestFreePeriods);
    const interest = isLast ? interestLeft : payable ? interestPart : 0;
    let part = 0;
    if (isLast) part = balance;
    else if (number > terms.graceOnPrincipal) {
      const multiple = terms.installmentMultiple;
      part = multiple === 0 ? principalPart : toMultiple(principalPart, multiple) + toMultiple(interest, multiple) - interest;
    }
    part = Math.max(0, Math.min(part, balance));
    balance -= part;
    interestLeft -= interest;
    rows.push({ number, fromDate: from, dueDate, principal: part, interest });
    from = dueDate;
  }
  return rows;
}
