// Which papers say that money left the branch; every other one says that it came in.

import type { ReceiptKind } from '../records.ts';

const PAYS_OUT: Readonly<Record<ReceiptKind, boolean>> = {
  loanRepayment: false,
  savingsDeposit: false,
  savingsWithdrawal: true,
  withdrawalReturned: false,
  moneyReturned: true,
  moneyTakenAgain: false,
  withdrawalPaidAgain: true,
  /** Of money that comes in. */
  basket: false,
};

export function paysOut(kind: ReceiptKind): boolean {
  return PAYS_OUT[kind];
}
