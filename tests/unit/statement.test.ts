// The statement that an account's owner takes home: what came, what went, and balances that add up whatever is known of the time before.
import { describe, expect, test } from 'vitest';
import { statementOf, type StatementLine } from '../../shared/domain/accounts/statement.ts';
import { isBusinessDate, type BusinessDate } from '../../shared/kernel/businessDate.ts';
import { periodOf } from '../../renderer/screens/clients/statementPeriods.ts';

function day(date: string): BusinessDate {
  if (!isBusinessDate(date)) throw new Error(`${date} is no date`);
  return date;
}

function line(date: string, what: string, amountMinor: number, more: Partial<StatementLine> = {}): StatementLine {
  return { businessDate: day(date), what, amountMinor, reversed: false, standing: 'confirmed', ...more };
}

/** Newest first, as a history has it. 1,000.00 was there before anything that is known. */
const history = [
  line('2026-11-27', 'deposit', 5_00),
  line('2026-11-20', 'withdrawal', -30_00, { standing: 'savedHere' }),
  line('2026-11-20', 'hold', -100_00),
  line('2026-11-10', 'deposit', 80_00, { reversed: true }),
  line('2026-11-02', 'fee', -1_00),
  line('2026-11-01', 'deposit', 50_00),
  line('2026-10-31', 'interestPosting', 2_50),
];
const NOW = 1_000_00 + 2_50 + 50_00 - 1_00 - 30_00 + 5_00;

describe('a statement', () => {
  test('has the lines of both its days and those between, oldest first, and sums that lead from one balance to the other', () => {
    const made = statementOf(history, NOW, day('2026-11-01'), day('2026-11-20'));
    expect(made.lines.map(({ what }) => what)).toEqual(['deposit', 'fee', 'withdrawal']);
    expect(made).toMatchObject({
      openingMinor: 1_002_50,
      inMinor: 50_00,
      outMinor: 31_00,
      closingMinor: 1_021_50,
      unconfirmedMinor: -30_00,
    });
  });

  test('of days without a line ends as it began', () => {
    expect(statementOf(history, NOW, day('2026-11-21'), day('2026-11-26'))).toEqual({
      lines: [],
      openingMinor: 1_021_50,
      inMinor: 0,
      outMinor: 0,
      closingMinor: 1_021_50,
      unconfirmedMinor: 0,
    });
  });

  test('up to today ends with what the account holds now', () => {
    expect(statementOf(history, NOW, day('2026-01-01'), day('2026-11-29')).closingMinor).toBe(NOW);
  });
});

test.each([
  ['thisMonth', '2026-11-29', '2026-11-01', '2026-11-29'],
  ['lastMonth', '2026-03-15', '2026-02-01', '2026-02-28'],
  ['lastMonth', '2028-03-31', '2028-02-01', '2028-02-29'],
  ['lastMonth', '2027-01-05', '2026-12-01', '2026-12-31'],
  ['threeMonths', '2027-01-31', '2026-11-01', '2027-01-31'],
  ['thisYear', '2026-11-29', '2026-01-01', '2026-11-29'],
] as const)('%s of %s is %s to %s', (period, today, from, to) => {
  expect(periodOf(period, today)).toEqual({ from, to });
});
