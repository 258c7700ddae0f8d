// Where a repayment goes: the orders of the strategies, worked by hand, and the law that money is conserved.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocateRepayment, isReckonedHere, openMinorOf, type OpenInstalment } from '../../shared/domain/loans/allocateRepayment.ts';

const october: OpenInstalment = {
  period: 5,
  dueDate: '2026-10-22',
  principalOutstandingMinor: 240_000,
  interestOutstandingMinor: 0,
  feeOutstandingMinor: 0,
  penaltyOutstandingMinor: 15_000,
};
const november: OpenInstalment = {
  period: 6,
  dueDate: '2026-11-22',
  principalOutstandingMinor: 500_000,
  interestOutstandingMinor: 90_000,
  feeOutstandingMinor: 0,
  penaltyOutstandingMinor: 0,
};

const part = fc.integer({ min: 0, max: 1_000_000 });
const instalments = fc
  .array(
    fc.record({
      principalOutstandingMinor: part,
      interestOutstandingMinor: part,
      feeOutstandingMinor: part,
      penaltyOutstandingMinor: part,
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((rows) =>
    rows.map((row, at): OpenInstalment => ({ ...row, period: at + 1, dueDate: `2026-${String(at + 1).padStart(2, '0')}-22` })),
  );

describe('allocation', () => {
  test('the standard strategy serves penalty, fee, interest, principal, oldest instalment first', () => {
    const { allocation, lines } = allocateRepayment([october, november], 845_000, 'mifos-standard-strategy');
    expect(allocation).toEqual({ penaltyMinor: 15_000, feeMinor: 0, interestMinor: 90_000, principalMinor: 740_000, overpaidMinor: 0 });
    expect(lines.map((line) => [line.period, line.part, line.amountMinor])).toEqual([
      [5, 'penalty', 15_000],
      [5, 'principal', 240_000],
      [6, 'interest', 90_000],
      [6, 'principal', 500_000],
    ]);
  });

  test('a strategy that starts with principal pays principal first', () => {
    const { lines } = allocateRepayment([november], 100_000, 'principal-interest-penalties-fees-order-strategy');
    expect(lines).toEqual([{ period: 6, dueDate: '2026-11-22', part: 'principal', amountMinor: 100_000 }]);
  });

  test('what is left after the last instalment is overpaid and said so', () => {
    const { allocation, lines, left } = allocateRepayment([october], 300_000, 'mifos-standard-strategy');
    expect(allocation.overpaidMinor).toBe(45_000);
    expect(lines.at(-1)).toMatchObject({ part: 'overpaid', amountMinor: 45_000 });
    expect(left.every((instalment) => openMinorOf(instalment) === 0)).toBe(true);
  });

  test('strategies whose order changes with the date are left to head office', () => {
    expect(isReckonedHere('early-repayment-strategy')).toBe(false);
    expect(isReckonedHere('toString')).toBe(false);
    expect(isReckonedHere('mifos-standard-strategy')).toBe(true);
  });

  test('money is conserved, nothing is served twice, and two payments serve what one of their sum serves', () => {
    fc.assert(
      fc.property(instalments, fc.integer({ min: 1, max: 5_000_000 }), fc.integer({ min: 1, max: 5_000_000 }), (open, first, second) => {
        const once = allocateRepayment(open, first + second, 'mifos-standard-strategy');
        const step = allocateRepayment(open, first, 'mifos-standard-strategy');
        const twice = allocateRepayment(step.left, second, 'mifos-standard-strategy');
        const { penaltyMinor, feeMinor, interestMinor, principalMinor, overpaidMinor } = once.allocation;
        const sums = penaltyMinor + feeMinor + interestMinor + principalMinor + overpaidMinor;
        expect(sums).toBe(first + second);
        expect(once.lines.reduce((sum, line) => sum + line.amountMinor, 0)).toBe(first + second);
        expect(twice.left).toEqual(once.left);
        for (const instalment of once.left) expect(openMinorOf(instalment)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
