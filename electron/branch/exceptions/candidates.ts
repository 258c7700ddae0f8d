// Transactions at head office that could be the one a case is about: same kind, same sum, same date, standing, and claimed by no other
// command of ours. Only such a one may be recognised.

import { isReceiptNumber } from '../../../shared/domain/receipts/receiptNumber.ts';
import type { CommandRecord } from '../../../shared/domain/commands/command.ts';
import type { PulledTransaction } from '../../ports/headOffice.ts';
import type { ReadStore } from '../../ports/store.ts';

const WHAT_OF_KIND = { loanRepayment: 'repayment', savingsDeposit: 'deposit', savingsWithdrawal: 'withdrawal' } as const;

export function candidatesOf(read: ReadStore, command: CommandRecord): readonly PulledTransaction[] {
  const payload = command.payload;
  if (payload.kind === 'suspensePosting') return [];
  const accountKind = payload.kind === 'loanRepayment' ? 'loan' : 'savings';
  const accountId = payload.kind === 'loanRepayment' ? payload.loanId : payload.savingsId;
  const transactions = accountKind === 'loan' ? read.loanTransactions(accountId) : read.savingsTransactions(accountId);
  const claimed = new Set(
    read
      .effectsOf(accountKind, accountId)
      .filter((effect) => effect.commandId !== command.commandId)
      .flatMap((effect) => [effect.marker.receiptNumber, effect.marker.serverTransactionId]),
  );
  return transactions.filter(
    (transaction) =>
      !transaction.reversed &&
      transaction.what === WHAT_OF_KIND[payload.kind] &&
      Math.abs(transaction.amountMinor) === payload.amountMinor &&
      transaction.businessDate === payload.transactionDate &&
      !claimed.has(transaction.serverTransactionId) &&
      !(transaction.receiptNumber !== null && claimed.has(transaction.receiptNumber)) &&
      !isAnotherReceiptOfOurs(read, transaction, payload.receiptNumber),
  );
}

/**
 * A receipt of ours that was retired from the open effects still belongs to its own command, and one of another PC to that PC's client: who
 * recognised it here would count one payment for two receipts.
 */
function isAnotherReceiptOfOurs(read: ReadStore, transaction: PulledTransaction, ownNumber: string): boolean {
  if (transaction.receiptNumber === null || transaction.receiptNumber === ownNumber) return false;
  return isReceiptNumber(transaction.receiptNumber) || read.receiptByNumber(transaction.receiptNumber) !== null;
}
