// When a transaction that head office shows is the one of a command of ours: by our own mark, or because it is equal in kind, sum and date.
// The same rule for every pull, for a case's candidates and for what a manager recognised.

import type { CommandPayload, SuspensePayload } from '../commands/command.ts';
import type { BusinessDate } from '../../kernel/businessDate.ts';

type MoneyPayload = Exclude<CommandPayload, SuspensePayload>;

const WHAT_OF_KIND = { loanRepayment: 'repayment', savingsDeposit: 'deposit', savingsWithdrawal: 'withdrawal' } as const;

export interface Posting {
  readonly serverTransactionId: number;
  readonly externalId: string | null;
  readonly what: string;
  readonly businessDate: BusinessDate;
  readonly amountMinor: number;
  readonly reversed: boolean;
  readonly receiptNumber: string | null;
}

export interface Mark {
  readonly externalId: string | null;
  readonly receiptNumber: string;
}

/** It stands, and is of the same kind, sum and date. Somebody who types in our receipt number for another deed does not make it ours. */
export function isEqualPosting(payload: MoneyPayload, posting: Posting): boolean {
  return (
    !posting.reversed &&
    posting.what === WHAT_OF_KIND[payload.kind] &&
    Math.abs(posting.amountMinor) === payload.amountMinor &&
    posting.businessDate === payload.transactionDate
  );
}

export function carriesMark(mark: Mark, posting: Posting): boolean {
  return (mark.externalId !== null && posting.externalId === mark.externalId) || posting.receiptNumber === mark.receiptNumber;
}

/**
 * What a manager said stands for ours, or, after a loan was replayed and its transactions were renumbered, an equal one that carries nobody's
 * mark and that nobody else's command has claimed. Null when it stands no longer.
 */
export function recognisedPosting<P extends Posting>(
  payload: MoneyPayload,
  recognisedId: number | null,
  postings: readonly P[],
  isClaimed: (posting: P) => boolean,
): P | null {
  const equal = postings.filter((posting) => isEqualPosting(payload, posting));
  return equal.find((posting) => posting.serverTransactionId === recognisedId) ?? equal.find((posting) => !isClaimed(posting)) ?? null;
}
