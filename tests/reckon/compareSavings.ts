// One recorded life of a savings account beside the interest that Tawi reckons for it: what was earned at every step, and each posting.

import { interestPeriods, type BalanceMove, type Every, type InterestTerms } from '../../shared/domain/savings/interest.ts';
import type { Compared } from './compareSchedules.ts';
import { toMinor } from './termsOfRecording.ts';

type Fields = Readonly<Record<string, unknown>>;

interface SavingsState {
  readonly summary: Fields;
  readonly transactions: readonly {
    readonly typeId: number;
    readonly entry?: string;
    readonly date: string;
    readonly amount: string;
    readonly reversed?: boolean;
  }[];
}

interface SavingsStep {
  readonly action: string;
  readonly businessDate: string;
  readonly date?: string;
  readonly refused?: unknown;
  readonly state?: SavingsState;
}

export interface RecordedSavings {
  readonly name: string;
  readonly currency: { readonly decimals: number; readonly inMultiplesOf: number };
  readonly environment?: { readonly config?: Readonly<Record<string, readonly unknown[]>> };
  readonly product: Fields;
  readonly request: Fields;
  readonly steps: readonly SavingsStep[];
}

const EVERY: Readonly<Record<number, Every>> = { 1: 'day', 4: 'month', 5: 'quarter', 6: 'halfYear', 7: 'year' };
const INTEREST = 3;
const OVERDRAFT_INTEREST = 17;
/** Held and released sums change what may be drawn, not the balance; a waived charge moves nothing. */
const NO_MOVE = new Set([INTEREST, OVERDRAFT_INTEREST, 20, 21, 6]);
const LEFT = new Set(['modify', 'close']);

function text(value: unknown): string {
  return typeof value === 'number' ? String(value) : typeof value === 'string' ? value : '0';
}

function termsOf(life: RecordedSavings): InterestTerms | null {
  const { product, request, environment, currency } = life;
  const config = environment?.config ?? {};
  const begins = config['financial-year-beginning-month'];
  const activated = life.steps.find(({ action, refused }) => action === 'activate' && refused === undefined);
  const [compounding, posting] = [
    EVERY[Number(product['interestCompoundingPeriodType'])],
    EVERY[Number(product['interestPostingPeriodType'])],
  ];
  if (activated?.date === undefined || compounding === undefined || posting === undefined) return null;
  const minor = (value: unknown): number => toMinor(text(value), currency.decimals);
  return {
    decimals: currency.decimals,
    ratePercent: text(request['nominalAnnualInterestRate'] ?? product['nominalAnnualInterestRate']),
    compounding,
    posting,
    balance: Number(product['interestCalculationType']) === 2 ? 'average' : 'daily',
    daysInYear: Number(product['interestCalculationDaysInYearType']) === 360 ? 360 : 365,
    yearBeginsInMonth: begins?.[0] === true ? Number(begins[1]) : 1,
    postedOnLastDay: config['savings-interest-posting-current-period-end']?.[0] === true,
    minBalanceMinor: minor(product['minBalanceForInterestCalculation']),
    overdraft:
      product['allowOverdraft'] === true
        ? {
            ratePercent: text(product['nominalAnnualInterestRateOverdraft']),
            minMinor: minor(product['minOverdraftForInterestCalculation']),
          }
        : null,
    activatedOn: activated.date,
    cutOn: [],
  };
}

function movesOf(state: SavingsState, decimals: number): readonly BalanceMove[] {
  return state.transactions
    .filter(({ typeId, reversed }) => reversed !== true && !NO_MOVE.has(typeId))
    .map(({ entry, date, amount }) => ({ on: date, amountMinor: (entry === 'DEBIT' ? -1 : 1) * toMinor(amount, decimals) }));
}

export function compareSavings(life: RecordedSavings): Compared {
  const { decimals, inMultiplesOf } = life.currency;
  if (inMultiplesOf > 0) return { kind: 'refused', why: 'savings in multiples' };
  const terms = termsOf(life);
  if (terms === null) return { kind: 'refused', why: 'savings never active' };
  const left = life.steps.find(({ action, refused }) => refused === undefined && LEFT.has(action));
  if (left !== undefined) return { kind: 'refused', why: `savings: step ${left.action}` };
  const cutOn: string[] = [];
  const minor = (value: unknown): number => toMinor(text(value), decimals);
  for (const [index, step] of life.steps.entries()) {
    if (step.action === 'postInterestAsOn' && step.refused === undefined && step.date !== undefined) cutOn.push(step.date);
    if (
      step.state === undefined ||
      (step.action !== 'calculateInterest' && step.action !== 'postInterest' && step.action !== 'postInterestAsOn')
    )
      continue;
    const upTo = step.action === 'postInterestAsOn' ? (step.date ?? step.businessDate) : step.businessDate;
    const periods = interestPeriods({ ...terms, cutOn: [...cutOn].sort() }, movesOf(step.state, decimals), upTo);
    const at = `step ${String(index + 1)} ${step.action}`;
    const earned = periods.reduce((sum, { interestMinor }) => sum + interestMinor, 0);
    if (minor(step.state.summary['totalInterestEarned']) !== earned)
      return {
        kind: 'differs',
        where: `${at} earned: head office ${text(step.state.summary['totalInterestEarned'])}, Tawi ${String(earned)}`,
      };
    if (step.action === 'calculateInterest') continue;
    for (const period of periods.filter(({ postOn }) => postOn <= upTo)) {
      const typeId = period.interestMinor < 0 ? OVERDRAFT_INTEREST : INTEREST;
      const theirs = step.state.transactions.find(
        (each) => each.reversed !== true && each.date === period.postOn && each.typeId === typeId,
      );
      if (minor(theirs?.amount) !== Math.abs(period.interestMinor))
        return {
          kind: 'differs',
          where: `${at} posting ${period.postOn}: head office ${text(theirs?.amount)}, Tawi ${String(period.interestMinor)}`,
        };
    }
  }
  return { kind: 'equal' };
}
