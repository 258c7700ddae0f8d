// Which papers say that money left the branch; every other one says that it came in.

import type { ReceiptKind } from '../records.ts';

const PAYS_OUT: Readonly<Record<ReceiptKind, boolean>> = {
  loanRepayment: false,
  savingsDeposit: false,
  savingsWithdrawal: true,
  loanDisbursal: true,
  withdrawalReturned: false,
  moneyReturned: true,
  moneyTakenAgain: false,
  withdrawalPaidAgain: true,
  disbursalReturned: false,
  disbursalPaidAgain: true,
  disbursalUndo: false,
  /** Several in one: of money that comes in, and of money that goes out. */
  basket: false,
  basketPaid: true,
};

export function paysOut(kind: ReceiptKind): boolean {
  return PAYS_OUT[kind];
}
