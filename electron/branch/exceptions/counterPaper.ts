// The paper and the drawer movement by which money goes the other way than its receipt says, or its first way once more.

import { paysOut } from '../../../shared/domain/receipts/paysOut.ts';
import type { Receipt } from '../../../shared/domain/records.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import type { DrawerRecord, WriteStore } from '../../ports/store.ts';
import { issueReceipt } from '../counter/recordOperation.ts';
import type { BranchParts } from '../parts.ts';
import type { Session } from '../session/sessions.ts';

export type CounterPaper = 'withdrawalReturned' | 'moneyReturned' | 'withdrawalPaidAgain' | 'moneyTakenAgain';

/**
 * The client returned the money or gets it back, because head office never held the transaction; or that is taken back, because it holds it
 * after all. A counter-movement and a receipt of its own, which names the first one.
 */
export function recordCounterPaper(
  write: WriteStore,
  parts: BranchParts,
  kind: CounterPaper,
  receipt: Receipt,
  drawer: DrawerRecord | null,
  session: Session,
  clockDoubt: boolean,
): Receipt {
  const now = parts.clock.now();
  const paper = issueReceipt(write, parts, {
    kind,
    commandId: null,
    username: drawer?.username ?? session.username,
    servedBy: session.displayName,
    businessDate: currentBusinessDate(write, parts.clock),
    recordedAt: now,
    account: {
      kind: receipt.accountKind,
      id: receipt.accountId,
      accountNo: receipt.accountNo,
      productName: receipt.productName,
      currency: receipt.currency,
    },
    client: receipt.clientId === null ? null : write.client(receipt.clientId),
    amountMinor: receipt.amountMinor,
    paymentTypeName: receipt.paymentTypeName,
    cash: receipt.cash,
    givenMinor: null,
    clockDoubt,
    allocation: null,
    parts: null,
    fee: null,
    agreedBy: null,
    balanceAfterMinor: null,
    nextDueDate: null,
    nextDueMinor: null,
    balancesAsOf: null,
    note: receipt.number,
  });
  if (receipt.cash && drawer !== null) {
    write.insertMovement({
      movementId: parts.ids.newId(),
      drawerId: drawer.drawerId,
      kind: paysOut(kind) ? 'paid' : 'taken',
      amountMinor: receipt.amountMinor,
      commandId: null,
      receiptId: paper.receiptId,
      at: now,
    });
  }
  return paper;
}
