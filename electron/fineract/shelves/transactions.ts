// Transactions of accounts in the branch's short words (contract 6.8, 6.9). A type nobody told us of is 'other', never an error: head office
// gains types with every release.

import type { PulledTransaction } from '../../ports/headOffice.ts';
import { needed } from '../members.ts';
import type { Members } from '../members.ts';
import { markInTransfer, readHeldFor } from '../commands/wording.ts';

const LOAN_WHAT: Readonly<Record<number, string>> = {
  1: 'disbursement',
  2: 'repayment',
  4: 'interestWaiver',
  5: 'repaymentAtDisbursement',
  6: 'writeOff',
  7: 'rescheduled',
  8: 'recovery',
  9: 'chargeWaiver',
  10: 'accrual',
  12: 'transfer',
  13: 'transfer',
  14: 'transfer',
  15: 'transfer',
  16: 'refund',
  17: 'chargePayment',
  18: 'refund',
  19: 'incomePosting',
  20: 'creditBalanceRefund',
  21: 'merchantRefund',
  22: 'payoutRefund',
  23: 'goodwillCredit',
  24: 'chargeRefund',
  25: 'chargeback',
  26: 'chargeAdjustment',
  27: 'chargeOff',
  28: 'downPayment',
  29: 'reAge',
  30: 'reAmortize',
  31: 'interestPaymentWaiver',
  32: 'accrualActivity',
  33: 'interestRefund',
};

/** Money towards the client: it raises what is owed, or gives back what was overpaid. */
const LOAN_OUT: ReadonlySet<string> = new Set(['disbursement', 'refund', 'creditBalanceRefund', 'chargeback']);

const SAVINGS_WHAT: Readonly<Record<number, string>> = {
  1: 'deposit',
  2: 'withdrawal',
  3: 'interestPosting',
  4: 'fee',
  5: 'fee',
  6: 'chargeWaiver',
  7: 'fee',
  8: 'dividend',
  10: 'accrual',
  12: 'transfer',
  13: 'transfer',
  14: 'transfer',
  15: 'transfer',
  16: 'writeOff',
  17: 'overdraftInterest',
  18: 'withholdingTax',
  19: 'escheat',
  20: 'hold',
  21: 'release',
};

const SAVINGS_OUT: ReadonlySet<string> = new Set([
  'withdrawal',
  'fee',
  'overdraftInterest',
  'withholdingTax',
  'escheat',
  'hold',
  'writeOff',
]);

function decode(row: Members, decimals: number, what: string, out: boolean, balanceMember: string): PulledTransaction {
  const amount = row.amount('amount', decimals);
  return {
    serverTransactionId: needed(row.id('id'), row, 'id'),
    externalId: row.text('externalId'),
    what,
    businessDate: needed(row.date('date'), row, 'date'),
    amountMinor: out && amount !== 0 ? -amount : amount,
    balanceMinor: row.optionalAmount(balanceMember, decimals),
    reversed: row.flag('manuallyReversed') || row.flag('reversed'),
    receiptNumber: row.child('paymentDetailData')?.text('receiptNumber') ?? null,
  };
}

export function loanTransactionWhat(row: Members): string {
  return LOAN_WHAT[row.enumeration('type') ?? 0] ?? 'other';
}

export function decodeLoanTransaction(row: Members, decimals: number): PulledTransaction {
  const what = loanTransactionWhat(row);
  return decode(row, decimals, what, LOAN_OUT.has(what), 'outstandingLoanBalance');
}

export function decodeSavingsTransaction(row: Members, decimals: number): PulledTransaction {
  const what = SAVINGS_WHAT[row.enumeration('transactionType') ?? 0] ?? 'other';
  // Head office says which way it went where the type alone does not (a transfer goes either way).
  const entry = row.text('entryType');
  const out = what === 'hold' || what === 'release' || entry === null ? SAVINGS_OUT.has(what) : entry === 'DEBIT';
  const transaction = decode(row, decimals, what, out, 'runningBalance');
  const heldFor = readHeldFor(what === 'hold' ? row.text('reasonForBlock') : null);
  // Savings have no external id; of a transfer that is ours the description carries one, and of a hold its reason.
  const externalId = heldFor.mark ?? markInTransfer(row.child('transfer')?.text('transferDescription') ?? null);
  return {
    ...transaction,
    externalId,
    // What was undone has no balance; head office tells 0.
    balanceMinor: transaction.reversed ? null : transaction.balanceMinor,
    ...(what === 'hold' ? { hold: { reason: heldFor.words, releasedBy: releasedBy(row) } } : {}),
  };
}

/** The number of what let a hold go; null while it is held. */
export function releasedBy(row: Members): number | null {
  return row.id('releaseTransactionId');
}

/**
 * Head office's running balance is what is left to draw on: a hold lowers it and a release raises it, though the money is still there. Beside
 * each line stands the balance of the account; a head office that leaves holds out is recognised by its first one.
 */
export function withoutHolds(ordered: readonly PulledTransaction[]): readonly PulledTransaction[] {
  const isOnHold = ({ what, reversed }: PulledTransaction): boolean => !reversed && (what === 'hold' || what === 'release');
  const first = ordered.findIndex(isOnHold);
  const before = ordered.slice(0, Math.max(first, 0)).findLast(({ balanceMinor }) => balanceMinor !== null)?.balanceMinor ?? 0;
  const held = ordered[first];
  if (held === undefined || held.balanceMinor !== before + held.amountMinor) return ordered;
  let heldMinor = 0;
  return ordered.map((transaction) => {
    const { amountMinor, balanceMinor } = transaction;
    if (isOnHold(transaction)) heldMinor -= amountMinor;
    return balanceMinor === null ? transaction : { ...transaction, balanceMinor: balanceMinor + heldMinor };
  });
}

export function inOrder(transactions: readonly PulledTransaction[]): readonly PulledTransaction[] {
  const before = (a: PulledTransaction, b: PulledTransaction): number =>
    a.businessDate === b.businessDate ? a.serverTransactionId - b.serverTransactionId : a.businessDate < b.businessDate ? -1 : 1;
  return transactions.toSorted(before);
}
