// The history of an account: what head office confirmed, with our unfinished items in line and marked by the four words. An item that head
// office already shows is one line, not two: ours gives the receipt, theirs the number (field-rules 3.2).

import type { HistoryLine } from '../../../shared/contract/shapes.ts';
import { isDisbursalUndo } from '../../../shared/domain/commands/kinds/disbursalUndo.ts';
import { numberInMark, postingOfCommand } from '../../../shared/domain/receipts/lines.ts';
import type { EffectRecord, LoanRecord, ReadStore, SavingsRecord } from '../../ports/store.ts';
import type { AccountKind } from '../../ports/store.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import type { PulledTransaction } from '../../ports/headOffice.ts';
import { standingOf } from '../counter/receiptLine.ts';

type Account = Pick<LoanRecord | SavingsRecord, 'accountNo' | 'currency'>;

/** The newest lines beside an account itself; all of them are turned over page by page. */
const SHOWN = 500;

export function shownHistory(store: ReadStore, accountKind: AccountKind, accountId: LocalId): HistoryLine[] {
  return accountHistory(store, accountKind, accountId, SHOWN).lines.toSorted(newestFirst);
}

/** At least so many of its newest lines, and how many there are in all: an account of 20,000 lines opens as fast as one of ten. */
export function accountHistory(
  store: ReadStore,
  accountKind: AccountKind,
  accountId: LocalId,
  most: number,
): { readonly lines: readonly HistoryLine[]; readonly total: number } {
  const account = accountKind === 'loan' ? store.loan(accountId) : store.savings(accountId);
  if (account === null) return { lines: [], total: 0 };
  const confirmed =
    accountKind === 'loan' ? store.newestLoanTransactions(accountId, most) : store.newestSavingsTransactions(accountId, most);
  const own = store
    .effectsOf(accountKind, accountId)
    .flatMap((effect) => (effect.included ? [] : ownLines(store, accountKind, accountId, account, effect)));
  const lines = confirmed.rows.map((transaction) => confirmedLine(store, accountKind, accountId, account, transaction));
  return { lines: [...lines, ...own], total: confirmed.total + own.length };
}

export function newestFirst(one: HistoryLine, other: HistoryLine): number {
  if (one.businessDate !== other.businessDate) return one.businessDate < other.businessDate ? 1 : -1;
  return (
    (other.recordedAt ?? 0) - (one.recordedAt ?? 0) ||
    (other.serverTransactionId ?? Number.MAX_SAFE_INTEGER) - (one.serverTransactionId ?? Number.MAX_SAFE_INTEGER)
  );
}

function confirmedLine(
  store: ReadStore,
  accountKind: AccountKind,
  accountId: LocalId,
  { accountNo, currency }: Account,
  transaction: PulledTransaction,
): HistoryLine {
  const receipt = transaction.receiptNumber === null ? null : store.receiptByNumber(numberInMark(transaction.receiptNumber));
  return {
    key: `${accountKind}:${String(transaction.serverTransactionId)}`,
    businessDate: transaction.businessDate,
    recordedAt: receipt?.recordedAt ?? null,
    accountKind,
    accountId,
    accountNo,
    what: transaction.what,
    amountMinor: transaction.amountMinor,
    balanceMinor: transaction.balanceMinor,
    standing: 'confirmed',
    receiptNumber: transaction.receiptNumber,
    receiptId: receipt?.receiptId ?? null,
    serverTransactionId: transaction.serverTransactionId,
    reversed: transaction.reversed,
    currency,
  };
}

function wordOf(accountKind: AccountKind, { deltaMinor }: EffectRecord): string {
  if (accountKind === 'loan') return deltaMinor > 0 ? 'disbursement' : 'repayment';
  return deltaMinor > 0 ? 'deposit' : 'withdrawal';
}

/** The promise, and the fee that head office will take on top of it as a transaction of its own. */
function ownLines(
  store: ReadStore,
  accountKind: AccountKind,
  accountId: LocalId,
  { accountNo, currency }: Account,
  effect: EffectRecord,
): readonly HistoryLine[] {
  const command = store.command(effect.commandId);
  const receipt = store.receiptByNumber(numberInMark(effect.marker.receiptNumber));
  const posting = receipt === null ? null : postingOfCommand(receipt, effect.commandId)?.posting;
  const balanceMinor = posting?.balanceAfterMinor ?? null;
  const own: HistoryLine = {
    key: effect.commandId,
    businessDate: command?.businessDate ?? receipt?.businessDate ?? '1970-01-01',
    recordedAt: command?.recordedAt ?? null,
    accountKind,
    accountId,
    accountNo,
    what: command !== null && isDisbursalUndo(command.payload) ? 'payoutUndone' : wordOf(accountKind, effect),
    amountMinor: accountKind === 'loan' ? -effect.deltaMinor : effect.deltaMinor,
    balanceMinor: balanceMinor === null ? null : balanceMinor + effect.feeMinor,
    standing: command === null ? 'savedHere' : standingOf(command.state),
    // Without a paper the mark is a name of ours that says nothing to anybody.
    receiptNumber: receipt === null ? null : effect.marker.receiptNumber,
    receiptId: receipt?.receiptId ?? null,
    serverTransactionId: effect.marker.serverTransactionId,
    reversed: false,
    currency,
  };
  if (effect.feeMinor === 0) return [own];
  return [
    { ...own, key: `${effect.commandId}:fee`, what: 'fee', amountMinor: -effect.feeMinor, balanceMinor, serverTransactionId: null },
    own,
  ];
}
