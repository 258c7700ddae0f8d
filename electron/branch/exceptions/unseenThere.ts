// What moved on the account at head office while the branch did not know of it: what most likely made head office say no. None of it is this
// PC's own, and what was undone there moves nothing.

import { movesMoney } from '../../../shared/domain/accounts/statement.ts';
import { accountOf } from '../../../shared/domain/commands/kinds/allKinds.ts';
import type { CommandRecord } from '../../../shared/domain/commands/command.ts';
import { firstMark } from '../../../shared/domain/commands/anew.ts';
import { numberInMark } from '../../../shared/domain/receipts/lines.ts';
import { sumMinor } from '../../../shared/kernel/money.ts';
import type { PulledTransaction } from '../../ports/headOffice.ts';
import type { ReadStore } from '../../ports/store.ts';

const MOST = 6;

/**
 * Newest first. `newestThere`: the last transaction that was known here when head office said no. `changeMinor`: by how much head office's
 * balance differs from what was believed; null where either is not known.
 */
export function unseenThere(
  read: ReadStore,
  command: CommandRecord,
  newestThere: number | null,
  changeMinor: number | null,
): readonly PulledTransaction[] {
  const account = accountOf(command.payload);
  if (account === null) return [];
  const { accountKind, accountId } = account;
  const own = new Set(
    [...read.effectsOf(accountKind, accountId), ...read.settledEffectsOf(accountKind, accountId)].map(
      ({ marker }) => marker.serverTransactionId,
    ),
  );
  const transactions = accountKind === 'loan' ? read.loanTransactions(accountId) : read.savingsTransactions(accountId);
  const others = transactions
    .filter((each) => !each.reversed && movesMoney(each.what) && !own.has(each.serverTransactionId) && !isReceiptOfOurs(read, each))
    .toSorted((one, other) => other.serverTransactionId - one.serverTransactionId);
  const since = newestThere === null ? [] : others.filter(({ serverTransactionId }) => serverTransactionId > newestThere);
  if (since.length > 0) return since.slice(0, MOST);
  // The account was read between the promise and the refusal: those whose sum explains what changed since the paper was written.
  if (changeMinor === null || changeMinor === 0) return [];
  for (let count = 1; count <= Math.min(MOST, others.length); count++) {
    const newest = others.slice(0, count);
    const sum = sumMinor(newest.map(({ amountMinor }) => amountMinor));
    if ((accountKind === 'loan' ? -sum : sum) === changeMinor) return newest;
  }
  return [];
}

function isReceiptOfOurs(read: ReadStore, { receiptNumber }: PulledTransaction): boolean {
  return receiptNumber !== null && read.receiptByNumber(numberInMark(firstMark(receiptNumber))) !== null;
}
