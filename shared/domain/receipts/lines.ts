// A receipt's postings, one or several. Each is known at head office by its mark: the receipt's number, and which line it is where there are
// several (`KIS-01-261118-0007-K/2`), so that no two postings carry the same words.

import { firstMark } from '../commands/anew.ts';
import { assert } from '../../kernel/assert.ts';
import type { LocalId } from '../../kernel/ids.ts';
import type { Receipt, ReceiptPosting } from '../records.ts';

/** `line` counts from 1; null is a receipt of one posting. */
export function markOf(number: string, line: number | null): string {
  return line === null ? number : `${number}/${line}`;
}

/** The receipt's number in a mark, of whatever line and submission. Text that is none of ours is left as it is. */
export function numberInMark(mark: string): string {
  return firstMark(mark).replace(/\/\d+$/, '');
}

export function postingsOf(receipt: Receipt): readonly ReceiptPosting[] {
  if (receipt.lines !== undefined) return receipt.lines;
  const { kind, accountKind, accountId } = receipt;
  assert(
    kind !== 'basket' && kind !== 'basketPaid' && accountKind !== null && accountId !== null,
    'a receipt without lines is one posting',
  );
  return [{ ...receipt, kind, accountKind, accountId }];
}

/** A posting, and where it stands on the paper: null on a receipt that has only the one. */
export interface PlacedPosting {
  readonly posting: ReceiptPosting;
  readonly line: { readonly at: number; readonly of: number } | null;
  readonly mark: string;
}

export function placedPostings(receipt: Receipt): readonly PlacedPosting[] {
  const postings = postingsOf(receipt);
  const of = postings.length;
  return postings.map((posting, index) => ({
    posting,
    line: of === 1 ? null : { at: index + 1, of },
    mark: markOf(receipt.number, of === 1 ? null : index + 1),
  }));
}

export function postingOfCommand(receipt: Receipt, commandId: LocalId): PlacedPosting | null {
  return placedPostings(receipt).find(({ posting }) => posting.commandId === commandId) ?? null;
}

export function postingOfMark(receipt: Receipt, mark: string): PlacedPosting | null {
  return placedPostings(receipt).find((placed) => placed.mark === mark) ?? null;
}
