// The first two of the three books: every receipt that these books hold against what was recorded for it. A few at a time, so that nobody at a
// counter waits; the third, head office's accounts, is read by the puller's proof.

import { receiptHash } from '../../shared/domain/journal/entryWords.ts';
import { postingsOf } from '../../shared/domain/receipts/lines.ts';
import type { Receipt } from '../../shared/domain/records.ts';
import { misfitHere } from '../journal/misfitHere.ts';
import type { ComparedReceipts } from '../journal/settings.ts';
import type { Digest } from '../ports/clock.ts';
import type { ReadStore, Store } from '../ports/store.ts';

const AT_ONCE = 50;
const NAMED_MOST = 20;

/** `between`: after each piece; answering false ends it, and null is answered. */
export async function compareReceipts(
  { store, digest }: { readonly store: Store; readonly digest: Digest },
  between: () => Promise<boolean>,
): Promise<ComparedReceipts | null> {
  const seen = new Set<string>();
  const differing: string[] = [];
  let confirmed = 0;
  for (let offset = 0; ; offset += AT_ONCE) {
    // The newest come first: what is given meanwhile pushes some into the next piece, where they are known already.
    const isLast = store.read((read) => {
      const heads = read.receiptHeads({ offset, most: AT_ONCE });
      for (const { receiptId } of heads) {
        if (seen.has(receiptId)) continue;
        seen.add(receiptId);
        const receipt = read.soundReceipt({ receiptId });
        const found = receipt === null ? null : compareReceipt(read, digest, receipt);
        if (found === null) differing.push(receiptId);
        else confirmed += found;
      }
      return heads.length < AT_ONCE;
    });
    if (isLast) return { compared: seen.size, confirmed, differ: differing.length, named: differing.slice(0, NAMED_MOST) };
    if (!(await between())) return null;
  }
}

/** How many of its postings head office has confirmed; null where the paper and the record say two things. */
function compareReceipt(read: ReadStore, digest: Digest, receipt: Receipt): number | null {
  if (receiptHash(receipt, (text) => digest.sha256(text)) !== receipt.hash) return null;
  let confirmed = 0;
  for (const { commandId } of postingsOf(receipt)) {
    // Paper by which money goes back has no fact of its own.
    if (commandId === null) continue;
    const command = read.command(commandId);
    if (command === null || misfitHere(read, digest, command) !== null) return null;
    if (command.state === 'accepted') confirmed += 1;
  }
  return confirmed;
}
