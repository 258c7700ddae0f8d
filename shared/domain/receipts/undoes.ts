// The papers by which money goes back on an earlier one: head office never held it, or was never told. Their note says which, by its mark.

import { numberInMark } from './lines.ts';
import type { Receipt, ReceiptKind } from '../records.ts';

/** By which money goes back on an earlier paper, or its first way once more after that: what came in and went out with them was counted before. */
const COUNTER_PAPERS = [
  'withdrawalReturned',
  'moneyReturned',
  'moneyTakenAgain',
  'withdrawalPaidAgain',
  'disbursalReturned',
  'disbursalPaidAgain',
] as const satisfies readonly ReceiptKind[];
export type CounterPaper = (typeof COUNTER_PAPERS)[number];

export function isUndoing(kind: ReceiptKind): boolean {
  return COUNTER_PAPERS.some((each) => each === kind);
}

const UNDOES: Readonly<Record<ReceiptKind, boolean>> = {
  loanRepayment: false,
  savingsDeposit: false,
  savingsWithdrawal: false,
  loanDisbursal: false,
  withdrawalReturned: true,
  moneyReturned: true,
  moneyTakenAgain: false,
  withdrawalPaidAgain: false,
  disbursalReturned: true,
  disbursalPaidAgain: false,
  disbursalUndo: false,
  basket: false,
  basketPaid: false,
};

/** The paper that is undone, and which line of it; null of a line is the whole, or several that stand on this paper by their accounts. */
export function undoneBy(receipt: Pick<Receipt, 'kind' | 'note'>): { readonly number: string; readonly line: number | null } | null {
  if (!UNDOES[receipt.kind] || receipt.note === '') return null;
  const line = /\/(\d+)$/.exec(receipt.note)?.[1];
  return { number: numberInMark(receipt.note), line: line === undefined ? null : Number(line) };
}
