// Payments of a loan are served as head office serves them, over whole recorded lives, whichever strategy the product has.

import { expect, test } from 'vitest';
import { isReplayedHere, replayLoan, type LoanEvent, type ReplayedInstalment } from '../../shared/domain/loans/replayLoan.ts';
import { ownLives } from '../reckon/readCases.ts';
import { tallyOf } from '../reckon/tally.ts';

test('every recorded life that is replayed is equal after every step, part by part', () => {
  const tally = tallyOf(ownLives());
  expect(tally.differences).toEqual([]);
  expect(tally.reckoned).toBe(105);
  expect(Object.fromEntries(tally.left)).toEqual({
    strategy: 78,
    interestRecalculation: 25,
    'step creditBalanceRefund': 6,
    'step writeoff': 6,
    'step foreclosure': 5,
    'step waiveCharge': 2,
    'step disburseTranche': 1,
    'charge on an overpaid loan': 6,
  });
});

const ROWS: readonly ReplayedInstalment[] = [
  { number: 1, dueOn: '2026-03-05', due: { principal: 100, interest: 10, fee: 5, penalty: 2 } },
  { number: 2, dueOn: '2026-04-05', due: { principal: 100, interest: 10, fee: 5, penalty: 0 } },
];
const paid = (id: number, on: string, amountMinor: number): LoanEvent => ({ id, kind: 'payment', on, amountMinor });

test('a payment that comes later and lies earlier is served first', () => {
  const [first, second] =
    replayLoan(ROWS, [paid(1, '2026-04-05', 110), paid(2, '2026-03-05', 17)], 'mifos-standard-strategy', [])?.events ?? [];
  expect(first).toMatchObject({ id: 2, parts: { penalty: 2, fee: 5, interest: 10, principal: 0 } });
  expect(second).toMatchObject({ id: 1, parts: { principal: 100, fee: 5, interest: 5 } });
});

test('what is more than everything is overpaid, and said so', () => {
  expect(replayLoan(ROWS, [paid(1, '2026-03-05', 300)], 'mifos-standard-strategy', [])?.overpaidMinor).toBe(300 - 232);
});

test('a strategy that only head office knows is not guessed', () => {
  expect(isReplayedHere('advanced-payment-allocation-strategy')).toBe(false);
  expect(replayLoan(ROWS, [], 'advanced-payment-allocation-strategy', [])).toBeNull();
});
