// Where a repayment goes, by the product's rule (contract 8.7): instalments oldest first, and within one the parts in the strategy's order.
// A preview: head office confirms the shares. Money is conserved: the parts and the overpayment add up to the amount.

import type { Allocation } from '../records.ts';
import type { BusinessDate } from '../../kernel/businessDate.ts';
import { assert } from '../../kernel/assert.ts';

export type LoanPart = 'penalty' | 'fee' | 'interest' | 'principal';

/** What is still open of one instalment, in whole minor units. */
export interface OpenInstalment {
  readonly period: number;
  readonly dueDate: BusinessDate;
  readonly principalOutstandingMinor: number;
  readonly interestOutstandingMinor: number;
  readonly feeOutstandingMinor: number;
  readonly penaltyOutstandingMinor: number;
}

export interface AllocatedLine {
  readonly period: number;
  readonly dueDate: BusinessDate;
  readonly part: LoanPart | 'overpaid';
  readonly amountMinor: number;
}

export interface Allocated<T extends OpenInstalment> {
  readonly allocation: Allocation;
  readonly lines: readonly AllocatedLine[];
  readonly left: readonly T[];
}

const STANDARD: readonly LoanPart[] = ['penalty', 'fee', 'interest', 'principal'];

/** Strategies whose order is the same late, on time and in advance. Others are reckoned by head office alone. */
export const ORDER_BY_STRATEGY: Readonly<Record<string, readonly LoanPart[]>> = {
  'mifos-standard-strategy': STANDARD,
  'creocore-strategy': STANDARD,
  'principal-interest-penalties-fees-order-strategy': ['principal', 'interest', 'penalty', 'fee'],
  'interest-principal-penalties-fees-order-strategy': ['interest', 'principal', 'penalty', 'fee'],
};

export function isReckonedHere(strategy: string): boolean {
  return Object.hasOwn(ORDER_BY_STRATEGY, strategy);
}

/** `amountMinor` > 0. `instalments` oldest first. */
export function allocateRepayment<T extends OpenInstalment>(
  instalments: readonly T[],
  amountMinor: number,
  strategy: string,
): Allocated<T> {
  const order = ORDER_BY_STRATEGY[strategy] ?? STANDARD;
  const sums: Record<LoanPart, number> = { penalty: 0, fee: 0, interest: 0, principal: 0 };
  const lines: AllocatedLine[] = [];
  let rest = amountMinor;
  const left = instalments.map((instalment) => {
    const open: Record<LoanPart, number> = {
      penalty: instalment.penaltyOutstandingMinor,
      fee: instalment.feeOutstandingMinor,
      interest: instalment.interestOutstandingMinor,
      principal: instalment.principalOutstandingMinor,
    };
    for (const part of order) {
      const served = Math.min(rest, Math.max(open[part], 0));
      if (served === 0) continue;
      open[part] -= served;
      sums[part] += served;
      rest -= served;
      lines.push({ period: instalment.period, dueDate: instalment.dueDate, part, amountMinor: served });
    }
    return {
      ...instalment,
      penaltyOutstandingMinor: open.penalty,
      feeOutstandingMinor: open.fee,
      interestOutstandingMinor: open.interest,
      principalOutstandingMinor: open.principal,
    };
  });
  const last = instalments.at(-1);
  if (rest > 0 && last !== undefined) lines.push({ period: last.period, dueDate: last.dueDate, part: 'overpaid', amountMinor: rest });
  assert(sums.penalty + sums.fee + sums.interest + sums.principal + rest === amountMinor, 'an allocation conserves money');
  return {
    allocation: {
      penaltyMinor: sums.penalty,
      feeMinor: sums.fee,
      interestMinor: sums.interest,
      principalMinor: sums.principal,
      overpaidMinor: rest,
    },
    lines,
    left,
  };
}

export function openMinorOf(instalment: OpenInstalment): number {
  return (
    instalment.principalOutstandingMinor +
    instalment.interestOutstandingMinor +
    instalment.feeOutstandingMinor +
    instalment.penaltyOutstandingMinor
  );
}
