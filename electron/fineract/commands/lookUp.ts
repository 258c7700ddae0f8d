// What reading back can say about a command. 'absent' is said only on a definite, well-formed answer; a reading that failed leaves the
// command in doubt (contract 3.3). What is found under our marker is ours only with the same amount and date.

import type { Outcome } from '../../../shared/domain/commands/command.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import type { Answer, CommandToSend, Trouble } from '../../ports/headOffice.ts';
import { decoding, isGone } from '../line.ts';
import type { Json } from '../line.ts';
import { Members, transactionsOf, Unreadable } from '../members.ts';
import { amountMinor, exactMinor } from '../money.ts';

export type Found = Outcome | { readonly kind: 'absent' };

export const ABSENT: Found = { kind: 'absent' };

export function lookUpFailed(trouble: Trouble | null): Found {
  if (trouble?.kind === 'signInNeeded') return { kind: 'signInNeeded', why: trouble.why };
  const recordGone = trouble !== null && isGone(trouble) ? ({ recordGone: true } as const) : {};
  return { kind: 'inDoubt', why: 'lookUpFailed', ...recordGone };
}

/** Of a record, or of the person who asks: said for certain, and said again however often it is asked. */
const CERTAIN: ReadonlySet<number> = new Set([403, 404]);

/**
 * The record that a command changes could not be read before anything was told. One that head office does not have, or does not show to this
 * person, is a refusal for people to decide on; anything else is tried again.
 */
export function notTold(trouble: Trouble): Outcome {
  if (trouble.kind === 'signInNeeded') return { kind: 'signInNeeded', why: trouble.why };
  if (trouble.kind === 'refused' && CERTAIN.has(trouble.status))
    return { kind: 'rejected', code: trouble.code, message: null, status: trouble.status };
  return { kind: 'retryLater', why: 'neverSent', keyBurnt: false };
}

/**
 * The record could not be read while it is in doubt whether a command was told. Where head office does not have it nothing was, and the next try
 * reads it first. What was told once is not called lost by that: people of another office are not shown the record either.
 */
export function unreadInDoubt({ lastOutcome }: CommandToSend, trouble: Trouble): Found {
  return isGone(trouble) && lastOutcome?.kind !== 'accepted' ? ABSENT : lookUpFailed(trouble);
}

/**
 * Whether head office gave that number to what this command made: under its own external id the record is ours then, whatever was changed of it
 * since, by anybody.
 */
export function isKnownAs({ lastOutcome }: CommandToSend, serverId: number): boolean {
  return lastOutcome?.kind === 'accepted' && lastOutcome.serverTransactionId === serverId;
}

export interface Expected {
  readonly amountMinor: number;
  readonly decimals: number;
  readonly transactionDate: BusinessDate;
}

/** What went along when a payout was undone is not called reversed by hand, and says only the day: asked for by its mark, it is still shown. */
export function isReversed(transaction: Members): boolean {
  return (
    transaction.flag('manuallyReversed') ||
    transaction.flag('reversed') ||
    transaction.flag('isReversal') ||
    (transaction.raw['reversedOnDate'] ?? null) !== null
  );
}

export function isAsExpected(transaction: Members, expected: Expected): boolean {
  return (
    exactMinor(transaction.raw['amount'], expected.decimals) === expected.amountMinor &&
    transaction.date('date') === expected.transactionDate
  );
}

/** A sum of nothing or less, or no date: such a transaction was not read, so it is not another one either. */
function isReadable(transaction: Members, expected: Expected): boolean {
  const shownMinor = amountMinor(transaction.raw['amount'], expected.decimals);
  return shownMinor !== null && shownMinor > 0 && transaction.date('date') !== null;
}

/** Judges what carries our marker: one that stands and agrees is ours; otherwise a person has to look. */
export function judge(marked: readonly Members[], expected: Expected): Found {
  if (!marked.every((each) => isReadable(each, expected))) return lookUpFailed(null);
  const standing = marked.filter((each) => !isReversed(each));
  const ours = standing.find((each) => isAsExpected(each, expected));
  if (ours !== undefined) {
    const id = ours.id('id');
    return id === null ? lookUpFailed(null) : { kind: 'accepted', serverTransactionId: id, how: 'found' };
  }
  if (standing.length > 0) return { kind: 'rejected', code: 'marker.foreign', message: null, status: 200 };
  if (marked.length > 0) return { kind: 'rejected', code: 'marker.reversed', message: null, status: 200 };
  return ABSENT;
}

/** The transactions of a whole account; trouble when the answer is not that account. */
export function readTransactions(value: Json, serverId: number): Answer<readonly Members[]> {
  return decoding(() => {
    const account = new Members(value, `account ${serverId}`);
    if (account.id('id') !== serverId) throw new Unreadable(`account ${serverId}: id`);
    return transactionsOf(account);
  });
}
