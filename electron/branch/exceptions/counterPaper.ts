// The paper and the drawer movement by which money goes the other way than its receipt says, or its first way once more.

import type { Refusal } from '../../../shared/contract/define.ts';
import type { PlacedPosting } from '../../../shared/domain/receipts/lines.ts';
import { paysOut } from '../../../shared/domain/receipts/paysOut.ts';
import type { CounterPaper } from '../../../shared/domain/receipts/undoes.ts';
import type { Receipt } from '../../../shared/domain/records.ts';
import { assert } from '../../../shared/kernel/assert.ts';
import { sumMinor } from '../../../shared/kernel/money.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { payerOnPaper } from '../../journal/payerOf.ts';
import { identityOf } from '../../journal/settings.ts';
import type { DrawerRecord, WriteStore } from '../../ports/store.ts';
import { dateDoubt } from '../cash/dateDoubt.ts';
import { expectedInDrawer } from '../counter/operationDay.ts';
import { issueReceipt } from '../counter/recordOperation.ts';
import type { BranchParts } from '../parts.ts';
import type { Session } from '../session/sessions.ts';

/**
 * Money changes hands once more, with a paper of its own for all that goes together. `clockDoubt`: nobody vouches for the time. Refuses where no
 * paper may be given now, or where the drawer holds less.
 */
export function moveMoneyAgain(
  write: WriteStore,
  parts: BranchParts,
  kind: CounterPaper,
  receipt: Receipt,
  placed: readonly PlacedPosting[],
  drawer: DrawerRecord | null,
  session: Session,
  clockDoubt: boolean,
): Result<Receipt, Refusal<'device.newCodeNeeded' | 'businessDay.otherThanHeadOffice' | 'drawer.notEnoughCash'>> {
  if (identityOf(write).newCodeSince !== undefined) return refuse({ code: 'device.newCodeNeeded' });
  const doubt = dateDoubt(write, parts.clock, currentBusinessDate(write, parts.clock));
  if (doubt !== null) return refuse({ code: 'businessDay.otherThanHeadOffice', facts: { ...doubt } });
  if (receipt.cash && paysOut(kind) && drawer !== null) {
    const inDrawerMinor = expectedInDrawer(drawer, write.drawerTotals(drawer.drawerId));
    // A drawer is counted blind: how much must lie in it is not told here.
    if (inDrawerMinor < sumMinor(placed.map(({ posting }) => posting.amountMinor))) return refuse({ code: 'drawer.notEnoughCash' });
  }
  return ok(recordCounterPaper(write, parts, kind, receipt, placed, drawer, session, clockDoubt));
}

/**
 * The client returned the money or gets it back, because head office never held the transaction; or that is taken back, because it holds it
 * after all. Each is a counter-movement, and all that move together stand on one receipt of their own. A paper of one posting names the mark
 * of what it goes back on; one of several names the first receipt, each line by its account.
 */
export function recordCounterPaper(
  write: WriteStore,
  parts: BranchParts,
  kind: CounterPaper,
  receipt: Receipt,
  placed: readonly PlacedPosting[],
  drawer: DrawerRecord | null,
  session: Session,
  clockDoubt: boolean,
): Receipt {
  const [only, ...more] = placed;
  assert(only !== undefined, 'a paper has a posting');
  const now = parts.clock.now();
  const paper = issueReceipt(write, parts, {
    kind,
    postings: placed.map(({ posting }) => ({
      kind,
      commandId: null,
      accountKind: posting.accountKind,
      accountId: posting.accountId,
      accountNo: posting.accountNo,
      productName: posting.productName,
      amountMinor: posting.amountMinor,
      allocation: null,
      parts: null,
      fee: null,
      balanceAfterMinor: null,
      nextDueDate: null,
      nextDueMinor: null,
      balancesAsOf: null,
    })),
    username: drawer?.username ?? session.username,
    servedBy: session.displayName,
    businessDate: currentBusinessDate(write, parts.clock),
    recordedAt: now,
    currency: receipt.currency,
    payer: payerOnPaper(write, receipt),
    paymentTypeName: receipt.paymentTypeName,
    cash: receipt.cash,
    givenMinor: null,
    clockDoubt,
    agreedBy: null,
    note: more.length === 0 ? only.mark : receipt.number,
    undoes: receipt.number,
  });
  if (receipt.cash && drawer !== null) {
    for (const { posting } of placed)
      write.insertMovement({
        movementId: parts.ids.newId(),
        drawerId: drawer.drawerId,
        kind: paysOut(kind) ? 'paid' : 'taken',
        amountMinor: posting.amountMinor,
        currency: receipt.currency.code,
        commandId: null,
        receiptId: paper.receiptId,
        at: now,
      });
  }
  return paper;
}
