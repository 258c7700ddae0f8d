// Interest of a savings account: what was earned up to a day, and what head office posts for each posting period (contract 8.9; fineract-observed
// 6, point 13). An estimate on this PC: head office's own postings are what counts. Pure; sums in minor units.

import { addDays, daysBetween, type BusinessDate } from '../../kernel/businessDate.ts';
import { decimal, product, quotient, type Decimal } from '../decimals.ts';

const HALF_EVEN = 2;
const FRACTION_DIGITS = 9;
const PRECISION = 16;

export type Every = 'day' | 'month' | 'quarter' | 'halfYear' | 'year';

export interface InterestTerms {
  readonly decimals: number;
  readonly ratePercent: string;
  readonly compounding: Every;
  readonly posting: Every;
  readonly balance: 'daily' | 'average';
  readonly daysInYear: 360 | 365;
  /** 1 to 12. */
  readonly yearBeginsInMonth: number;
  /** Booked on a period's last day, not on the day after it. */
  readonly postedOnLastDay: boolean;
  readonly minBalanceMinor: number;
  readonly overdraft: { readonly ratePercent: string; readonly minMinor: number } | null;
  readonly activatedOn: BusinessDate;
  /** Days on which somebody had interest posted, which cut a period. */
  readonly cutOn: readonly BusinessDate[];
}

/** Everything that moves the balance but posted interest, oldest first. */
export interface BalanceMove {
  readonly on: BusinessDate;
  readonly amountMinor: number;
}

export interface InterestPeriod {
  readonly from: BusinessDate;
  readonly to: BusinessDate;
  readonly postOn: BusinessDate;
  /** Negative for an overdraft. */
  readonly interestMinor: number;
}

interface Stretch {
  readonly from: BusinessDate;
  readonly days: number;
  readonly balance: Decimal;
}

function fraction(value: Decimal): Decimal {
  return value.round(FRACTION_DIGITS, HALF_EVEN);
}

function lastOfMonth(year: number, month: number): BusinessDate {
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

const MONTHS: Readonly<Record<Exclude<Every, 'day'>, number>> = { month: 1, quarter: 3, halfYear: 6, year: 12 };

/** The last day of the period that `day` lies in. */
function endOf(every: Every, day: BusinessDate, yearBeginsInMonth: number): BusinessDate {
  if (every === 'day') return day;
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  const length = MONTHS[every];
  const into = (((month - yearBeginsInMonth) % length) + length) % length;
  const index = year * 12 + month - 1 + (length - 1 - into);
  return lastOfMonth(Math.floor(index / 12), (index % 12) + 1);
}

/** Days of unbroken balance from the first move to `upTo`, that day too. */
function stretchesOf(terms: InterestTerms, moves: readonly BalanceMove[], upTo: BusinessDate): readonly Stretch[] {
  const scale = 10 ** terms.decimals;
  const stretches: Stretch[] = [];
  let balance = 0;
  for (const [index, move] of moves.entries()) {
    balance += move.amountMinor;
    const until = moves[index + 1]?.on ?? addDays(upTo, 1);
    const days = daysBetween(move.on, until);
    if (days > 0) stretches.push({ from: move.on, days, balance: decimal(balance).div(scale) });
  }
  return stretches;
}

function within(stretches: readonly Stretch[], from: BusinessDate, to: BusinessDate): readonly Stretch[] {
  return stretches.flatMap((stretch) => {
    const end = addDays(stretch.from, stretch.days - 1);
    const [begins, ends] = [stretch.from < from ? from : stretch.from, end > to ? to : end];
    return begins > ends ? [] : [{ from: begins, days: daysBetween(begins, ends) + 1, balance: stretch.balance }];
  });
}

interface Rates {
  readonly terms: InterestTerms;
  readonly credit: Decimal;
  readonly overdraft: Decimal;
  readonly minimum: Decimal;
  readonly minOverdraft: Decimal;
}

/** The yearly rate that a balance earns or costs, or null below the minimum. */
function rateFor(rates: Rates, balance: Decimal): Decimal | null {
  if (balance.gte(0)) return balance.gte(rates.minimum) ? rates.credit : null;
  return balance.lt(rates.minOverdraft.neg()) ? rates.overdraft : null;
}

/** The part of a year's rate that a day has. */
function dayOf({ terms }: Rates): Decimal {
  return quotient(decimal(1), decimal(terms.daysInYear), PRECISION);
}

function simple(rates: Rates, balance: Decimal, days: number): Decimal {
  const rate = rateFor(rates, balance);
  if (rate === null) return decimal(0);
  const daily = product(rate, dayOf(rates), PRECISION);
  return fraction(product(balance, product(daily, decimal(days), PRECISION), PRECISION));
}

/** Compounded day by day: the power is taken in binary fractions, as head office takes it. */
function compounded(rates: Rates, balance: Decimal, days: number): Decimal {
  const rate = rateFor(rates, balance);
  if (rate === null) return fraction(balance).minus(balance);
  const daily = rate.times(dayOf(rates));
  const growth = daily.plus(1).toNumber() ** days;
  return fraction(product(balance, decimal(growth), PRECISION)).minus(balance);
}

function averaged(rates: Rates, stretches: readonly Stretch[], joined: Decimal): Decimal {
  const days = stretches.reduce((sum, stretch) => sum + stretch.days, 0);
  const sum = stretches.reduce(
    (total, stretch) => total.plus(fraction(product(stretch.balance.plus(joined), decimal(stretch.days), PRECISION))),
    decimal(0),
  );
  return days === 0 || sum.eq(0) ? decimal(0) : simple(rates, fraction(quotient(sum, decimal(days), PRECISION)), days);
}

/** Earned interest that has joined the base, and such that has not yet. */
interface Earned {
  joined: Decimal;
  waiting: Decimal;
}

function interestOfPeriod(
  rates: Rates,
  stretches: readonly Stretch[],
  from: BusinessDate,
  to: BusinessDate,
  upTo: BusinessDate,
  earned: Earned,
): Decimal {
  const { terms } = rates;
  const join = (interest: Decimal, isComplete: boolean): void => {
    earned.waiting = earned.waiting.plus(interest);
    if (!isComplete) return;
    earned.joined = earned.joined.plus(earned.waiting);
    earned.waiting = decimal(0);
  };
  const last = to > upTo ? upTo : to;
  if (terms.compounding === 'day') {
    let base = earned.joined;
    let sum = decimal(0);
    for (const { days, balance } of within(stretches, from, last)) {
      const interest = compounded(rates, balance.plus(base), days);
      base = base.plus(interest);
      sum = sum.plus(interest);
    }
    join(sum, true);
    return sum;
  }
  let sum = decimal(0);
  for (let start = from; start <= to;) {
    const whole = endOf(terms.compounding, start, terms.yearBeginsInMonth);
    const end = whole > to ? to : whole;
    const parts = within(stretches, start, end > upTo ? upTo : end);
    const interest =
      terms.balance === 'average'
        ? averaged(rates, parts, earned.joined)
        : parts.reduce((total, { days, balance }) => total.plus(simple(rates, balance.plus(earned.joined), days)), decimal(0));
    sum = sum.plus(interest);
    join(interest, whole === end);
    start = addDays(end, 1);
  }
  return sum;
}

/** Posting periods from the activation to `upTo`, the last of them perhaps unfinished: it counts as earned, and is not posted yet. */
export function interestPeriods(terms: InterestTerms, moves: readonly BalanceMove[], upTo: BusinessDate): readonly InterestPeriod[] {
  const scale = 10 ** terms.decimals;
  const rates: Rates = {
    terms,
    credit: quotient(decimal(terms.ratePercent), decimal(100)),
    overdraft: quotient(decimal(terms.overdraft?.ratePercent ?? 0), decimal(100)),
    minimum: decimal(terms.minBalanceMinor).div(scale),
    minOverdraft: decimal(terms.overdraft?.minMinor ?? 0).div(scale),
  };
  const stretches = stretchesOf(terms, moves, upTo);
  const earned: Earned = { joined: decimal(0), waiting: decimal(0) };
  const periods: InterestPeriod[] = [];
  for (let from = terms.activatedOn; from <= upTo;) {
    const whole = endOf(terms.posting, from, terms.yearBeginsInMonth);
    const cut = terms.cutOn.find((day) => day > from && day <= whole);
    const to = cut === undefined ? whole : addDays(cut, -1);
    const interest = interestOfPeriod(rates, stretches, from, to, upTo, earned);
    const interestMinor = interest.round(terms.decimals, HALF_EVEN).times(scale).toNumber();
    periods.push({ from, to, postOn: terms.postedOnLastDay ? to : addDays(to, 1), interestMinor });
    from = addDays(to, 1);
  }
  return periods;
}

/** Posted up to a day, and earned by then but not posted. */
export function interestUpTo(
  periods: readonly InterestPeriod[],
  upTo: BusinessDate,
): { readonly postedMinor: number; readonly earnedMinor: number } {
  const sum = (of: readonly InterestPeriod[]): number => of.reduce((total, { interestMinor }) => total + interestMinor, 0);
  return { postedMinor: sum(periods.filter(({ postOn }) => postOn <= upTo)), earnedMinor: sum(periods) };
}
