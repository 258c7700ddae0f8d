// Transactions at head office that could be the one a case is about: same kind, same sum, same date, standing, and claimed by no other
// command of ours. Only such a one may be recognised. What stands in suspense may have been corrected there on a later day as well.

import { carriesMark, isEqualPosting } from '../../../shared/domain/accounts/posting.ts';
import { numberInMark } from '../../../shared/domain/receipts/lines.ts';
import { firstMark } from '../../../shared/domain/commands/anew.ts';
import { isReceiptNumber } from '../../../shared/domain/receipts/receiptNumber.ts';
import type { CommandRecord } from '../../../shared/domain/commands/command.ts';
import { accountOf, effectsOf, payloadThere } from '../../../shared/domain/commands/kinds/allKinds.ts';
import type { ExpectedPosting, MoneyEffect } from '../../../shared/domain/commands/kinds/kind.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import type { PulledTransaction } from '../../ports/headOffice.ts';
import type { ReadStore } from '../../ports/store.ts';

export function candidatesOf(read: ReadStore, command: CommandRecord, inSuspense = false): readonly PulledTransaction[] {
  const [account, ...others] = effectsOf(payloadThere(command));
  if (account === undefined) return [];
  const { accountKind, accountId, posting: expected } = account;
  const transactions = transactionsOn(read, account);
  if (read.openExceptionOf(command.commandId)?.kind === 'postedAfterAll') return ownIn(read, command, expected, transactions);
  // What moved several accounts at once is known by our mark alone, and on all of them: two equal sums on two accounts need not belong together.
  if (others.length > 0) {
    const onAll = others.every((other) => ownIn(read, command, other.posting, transactionsOn(read, other)).length > 0);
    return onAll ? ownIn(read, command, expected, transactions) : [];
  }
  const claimed = new Set(
    read
      .effectsOf(accountKind, accountId)
      .filter((effect) => effect.commandId !== command.commandId)
      .flatMap((effect) => [effect.marker.receiptNumber, effect.marker.serverTransactionId]),
  );
  return transactions.filter(
    (transaction) =>
      isEqualPosting(inSuspense ? orLater(expected, transaction) : expected, transaction) &&
      !claimed.has(transaction.serverTransactionId) &&
      !(transaction.receiptNumber !== null && claimed.has(firstMark(transaction.receiptNumber))) &&
      !isAnotherReceiptOfOurs(read, transaction, expected.receiptNumber),
  );
}

/** What recognising it has to say of its day: nothing where it stands on the day that was asked for. */
export function onItsDay(command: CommandRecord, { businessDate }: PulledTransaction): { readonly postedOn?: BusinessDate } {
  const asked = accountOf(payloadThere(command))?.posting.transactionDate;
  return asked === undefined || asked === businessDate ? {} : { postedOn: businessDate };
}

function orLater(expected: ExpectedPosting, { businessDate }: PulledTransaction): ExpectedPosting {
  return businessDate > expected.transactionDate ? { ...expected, transactionDate: businessDate } : expected;
}

/** Of an account that is still read: what an account that left the branch shows here may be gone at head office. */
function transactionsOn(read: ReadStore, { accountKind, accountId }: MoneyEffect): readonly PulledTransaction[] {
  const account = accountKind === 'loan' ? read.loan(accountId) : read.savings(accountId);
  if (account === null || account.gone) return [];
  return accountKind === 'loan' ? read.loanTransactions(accountId) : read.savingsTransactions(accountId);
}

/** What appeared under our own mark, and nothing else; not while another one stands that was recognised before, for then it stands twice. */
function ownIn(
  read: ReadStore,
  command: CommandRecord,
  expected: ExpectedPosting,
  transactions: readonly PulledTransaction[],
): readonly PulledTransaction[] {
  const mark = read.effectsOfCommand(command.commandId)[0]?.marker;
  if (mark === undefined) return [];
  // Under whichever day was said, or as it was first asked for.
  const first = accountOf(command.payload)?.posting ?? expected;
  const own = transactions.filter(
    (transaction) =>
      carriesMark(mark, transaction) &&
      (isEqualPosting(expected, transaction) || isEqualPosting({ ...expected, transactionDate: first.transactionDate }, transaction)),
  );
  const other = transactions.some(
    (transaction) =>
      transaction.serverTransactionId === command.serverResourceId && !transaction.reversed && !carriesMark(mark, transaction),
  );
  return other ? [] : own;
}

/**
 * A receipt of ours that was retired from the open effects still belongs to its own command, and one of another PC to that PC's client: who
 * recognised it here would count one payment for two receipts.
 */
function isAnotherReceiptOfOurs(read: ReadStore, transaction: PulledTransaction, ownNumber: string): boolean {
  if (transaction.receiptNumber === null || firstMark(transaction.receiptNumber) === firstMark(ownNumber)) return false;
  const mark = firstMark(transaction.receiptNumber);
  return isReceiptNumber(mark) || read.receiptByNumber(numberInMark(mark)) !== null;
}
