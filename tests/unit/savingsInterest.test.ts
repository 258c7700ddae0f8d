// Interest of savings is reckoned as head office reckons and posts it, over whole recorded lives.

import { expect, test } from 'vitest';
import { interestPeriods, interestUpTo, type InterestTerms } from '../../shared/domain/savings/interest.ts';
import { ownSavings } from '../reckon/readCases.ts';
import { tallyOf } from '../reckon/tally.ts';

test('every recorded life that is reckoned is equal: earned at every step, and each posting', () => {
  const tally = tallyOf(ownSavings());
  expect(tally.differences).toEqual([]);
  expect(tally.reckoned).toBe(72);
  expect(Object.fromEntries(tally.left)).toEqual({ 'savings: step close': 1, 'savings: step modify': 1 });
});

const TERMS: InterestTerms = {
  decimals: 2,
  ratePercent: '9',
  compounding: 'day',
  posting: 'month',
  balance: 'daily',
  daysInYear: 365,
  yearBeginsInMonth: 1,
  postedOnLastDay: false,
  minBalanceMinor: 0,
  overdraft: null,
  activatedOn: '2024-01-10',
  cutOn: [],
};
const MOVES = [
  { on: '2024-01-15', amountMinor: 1_000_000 },
  { on: '2024-01-31', amountMinor: -250_000 },
];

test('what is posted is what was earned in whole periods; the rest waits', () => {
  const periods = interestPeriods(TERMS, MOVES, '2024-02-10');
  expect(periods.map(({ from, to, postOn }) => [from, to, postOn])).toEqual([
    ['2024-01-10', '2024-01-31', '2024-02-01'],
    ['2024-02-01', '2024-02-29', '2024-03-01'],
  ]);
  // The first posting of a recorded account with these terms.
  expect(periods[0]?.interestMinor).toBe(4_138);
  const { postedMinor, earnedMinor } = interestUpTo(periods, '2024-02-10');
  expect(postedMinor).toBe(4_138);
  expect(earnedMinor).toBe(4_138 + (periods[1]?.interestMinor ?? 0));
});

test('nothing is earned below the minimum, before the first deposit or at no rate', () => {
  const none = (terms: InterestTerms, moves = MOVES): number =>
    interestUpTo(interestPeriods(terms, moves, '2024-03-31'), '2024-03-31').earnedMinor;
  expect(none({ ...TERMS, minBalanceMinor: 2_000_000 })).toBe(0);
  expect(none({ ...TERMS, ratePercent: '0' })).toBe(0);
  expect(none(TERMS, [])).toBe(0);
  expect(none({ ...TERMS, compounding: 'month' })).toBeGreaterThan(0);
});
