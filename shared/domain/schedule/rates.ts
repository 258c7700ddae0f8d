// What a period costs: the year's rate, and the rate of one period by its days or its units (contract 8.2, 8.3).

import { addDays, daysBetween, type BusinessDate } from '../../kernel/businessDate.ts';
import { addMonths, monthsByMeetings, wholeUnitsBetween, withSeedDay } from './dates.ts';
import { decimal, product, quotient, type Decimal } from '../decimals.ts';
import type { LoanTerms, Unit } from './terms.ts';

const PER_YEAR: Readonly<Record<Unit, number>> = { days: 365, weeks: 52, months: 12, years: 1 };
const TERM_RATE_DIGITS = 8;
const HALF_UP = 1;

/** Percent a year. A rate of the whole term is divided by its units first, to eight digits. */
export function annualRateOf(terms: LoanTerms): Decimal {
  const { percent, per } = terms.rate;
  if (per !== 'term') return decimal(percent).times(PER_YEAR[per]);
  const perUnit = decimal(percent)
    .div(terms.installments * terms.every)
    .round(TERM_RATE_DIGITS, HALF_UP);
  return perUnit.times(PER_YEAR[terms.unit]);
}

export interface Rates {
  /** Of the period between two days. */
  readonly between: (from: BusinessDate, to: BusinessDate) => Decimal;
  /** Of one nominal period: what the instalment is made of. */
  readonly nominal: () => Decimal;
  /** Of the whole term, for flat interest. */
  readonly ofTerm: (from: BusinessDate, to: BusinessDate) => Decimal;
}

/** `seed` is the day of the month that instalments keep. */
export function ratesOf(terms: LoanTerms, seed: BusinessDate): Rates {
  const daily = terms.interestPeriod === 'daily';
  const annual = annualRateOf(terms);
  const ofUnit = quotient(quotient(annual, decimal(periodsInYear(terms))), decimal(100));
  const { recursOn } = terms;

  function unitsBetween(from: BusinessDate, to: BusinessDate): Decimal {
    if (recursOn === null || terms.unit !== 'months') return plainUnitsBetween(terms.unit, seed, from, to);
    const [whole, part] = monthsByMeetings(terms, recursOn, from, to);
    return decimal(whole).plus(decimal(part));
  }

  function daysOf(units: Decimal, days: number, monthOf30: boolean, yearOf: LoanTerms['daysInYear']): Decimal {
    if (terms.unit === 'months' && monthOf30) return product(units, decimal(30));
    if (terms.unit === 'years' && yearOf !== 'actual') return product(units, decimal(yearOf));
    return decimal(days);
  }

  return {
    between(from, to) {
      const units = daily || terms.partialPeriods ? unitsBetween(from, to) : decimal(terms.every);
      if (!daily) return ofUnit.times(units);
      return product(ofUnit, daysOf(units, daysBetween(from, to), terms.daysInMonth === 30, terms.daysInYear));
    },
    nominal() {
      const every = decimal(terms.every);
      if (!daily) return ofUnit.times(every);
      const days = terms.unit === 'weeks' ? terms.every * 7 : terms.every;
      return product(ofUnit, daysOf(every, days, true, 365));
    },
    ofTerm(from, to) {
      if (daily) return ofUnit.times(daysBetween(from, to));
      return ofUnit.times(terms.partialPeriods ? unitsBetween(from, to) : terms.term);
    },
  };
}

function periodsInYear(terms: LoanTerms): number {
  const byDays = terms.interestPeriod === 'daily' || terms.unit === 'days';
  if (!byDays) return PER_YEAR[terms.unit];
  return terms.daysInYear === 'actual' ? PER_YEAR.days : terms.daysInYear;
}

/** Whole units and the days left over as a part of the unit they fall in, in binary fractions as head office has them. */
function plainUnitsBetween(unit: Unit, seed: BusinessDate, from: BusinessDate, to: BusinessDate): Decimal {
  const whole = wholeUnitsBetween(from, to, unit);
  if (unit === 'days') return decimal(whole);
  if (unit === 'weeks') return decimal(whole).plus(decimal(daysBetween(addDays(from, whole * 7), to) / 7));
  const months = unit === 'years' ? 12 : 1;
  const begin = withSeedDay(addMonths(from, whole * months), seed, unit);
  const end = withSeedDay(addMonths(from, (whole + 1) * months), seed, unit);
  return decimal(whole).plus(decimal(daysBetween(begin, to) / daysBetween(begin, end)));
}
