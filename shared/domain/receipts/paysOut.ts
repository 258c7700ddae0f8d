// Which papers say that money left the branch; every other one says that it came in.

import type { ReceiptKind } from '../records.ts';

export function paysOut(kind: ReceiptKind): boolean {
  return kind === 'savingsWithdrawal' || kind === 'moneyReturned' || kind === 'withdrawalPaidAgain';
}
