// When a transaction that head office shows is the one of a command of ours: by our own mark, or because it is equal in kind, sum and date.
// The same rule for every pull, for a case's candidates and for what a manager recognised.

import { firstMark } from '../commands/anew.ts';
import type { ExpectedPosting } from '../commands/kinds/kind.ts';
import type { BusinessDate } from '../../kernel/businessDate.ts';

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
export function isEqualPosting(expected: ExpectedPosting, posting: Posting): boolean {
  return (
    !posting.reversed &&
    posting.what === expected.what &&
    Math.abs(posting.amountMinor) === expected.amountMinor &&
    posting.businessDate === expected.transactionDate
  );
}

export function carriesMark(mark: Mark, posting: Pick<Posting, 'externalId' | 'receiptNumber'>): boolean {
  // A later submission carries the first mark and its own number behind it; all of them are that command's.
  return (
    (mark.externalId !== null && posting.externalId !== null && firstMark(posting.externalId) === mark.externalId) ||
    (posting.receiptNumber !== null && firstMark(posting.receiptNumber) === mark.receiptNumber)
  );
}

/**
 * What a manager said stands for ours, or, after a loan was replayed and its transactions were renumbered, an equal one that carries nobody's
 * mark and that nobody else's command has claimed. Null when it stands no longer.
 */
export function recognisedPosting<P extends Posting>(
  expected: ExpectedPosting,
  recognisedId: number | null,
  postings: readonly P[],
  isClaimed: (posting: P) => boolean,
): P | null {
  const equal = postings.filter((posting) => isEqualPosting(expected, posting));
  return equal.find((posting) => posting.serverTransactionId === recognisedId) ?? equal.find((posting) => !isClaimed(posting)) ?? null;
}
