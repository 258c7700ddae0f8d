// Instalments as rows of bare values in a fixed order: a fifth of the text that named members would take, so a loan stays on its page.
// The order is persisted and therefore append-only.

import type { LoanPeriod } from '../../ports/headOffice.ts';
import { StoreFault } from '../../ports/store.ts';

export type PackedPeriod = readonly [period: number, dueDate: string, ...amountsMinor: number[]];

const AMOUNTS = 9;

export function packPeriods(periods: readonly LoanPeriod[]): readonly PackedPeriod[] {
  return periods.map((one) => [
    one.period,
    one.dueDate,
    one.principalDueMinor,
    one.principalOutstandingMinor,
    one.interestDueMinor,
    one.interestOutstandingMinor,
    one.feeDueMinor,
    one.feeOutstandingMinor,
    one.penaltyDueMinor,
    one.penaltyOutstandingMinor,
    one.paidMinor,
  ]);
}

export function unpackPeriods(packed: unknown): LoanPeriod[] {
  if (!Array.isArray(packed)) throw new StoreFault('corrupt', 'instalments are not a list');
  return packed.map((row: unknown) => {
    if (!Array.isArray(row) || row.length < AMOUNTS + 2) throw new StoreFault('corrupt', 'an instalment lacks values');
    const [period, dueDate, ...amounts] = row as unknown[];
    if (!isWhole(period) || typeof dueDate !== 'string' || !amounts.every(isWhole)) {
      throw new StoreFault('corrupt', 'an instalment holds a wrong value');
    }
    const [
      principalDueMinor = 0,
      principalOutstandingMinor = 0,
      interestDueMinor = 0,
      interestOutstandingMinor = 0,
      feeDueMinor = 0,
      feeOutstandingMinor = 0,
      penaltyDueMinor = 0,
      penaltyOutstandingMinor = 0,
      paidMinor = 0,
    ] = amounts;
    return {
      period,
      dueDate,
      principalDueMinor,
      principalOutstandingMinor,
      interestDueMinor,
      interestOutstandingMinor,
      feeDueMinor,
      feeOutstandingMinor,
      penaltyDueMinor,
      penaltyOutstandingMinor,
      paidMinor,
    };
  });
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
