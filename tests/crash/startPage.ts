// What the start-up page says after a crash, in one line for the report, and whether it is true of what the screens had been told before.

import type { StartView } from '../../shared/contract/session.ts';
import type { ToldBook } from './toldBook.ts';
import { toldReceipts } from './toldBook.ts';

function sequenceOf(number: string): number {
  return Number(number.split('-')[3] ?? 0);
}

export function saidAtStart({ state, blockedBy, start }: StartView): string {
  if (start === null) return `${state}${blockedBy === null ? '' : ` by ${blockedBy}`}`;
  const last =
    start.lastReceipt === null ? 'no receipt yet' : `last ${start.lastReceipt.number}${start.lastReceipt.printed ? '' : ' (not printed)'}`;
  return [
    state,
    start.unclean ? 'ended badly' : 'ended well',
    `${String(start.receiptsToday)} receipts today safe`,
    last,
    start.chainWhole ? 'chain whole' : 'CHAIN BROKEN',
    ...(start.behind === null
      ? []
      : [`BEHIND by ${String(start.behind.receipts)} receipts, goes on with ${String(start.behind.nextReceipt)}`]),
    `${String(start.unprinted)} unprinted`,
    `${String(start.drafts)} drafts`,
  ].join(', ');
}

/** What is untrue or missing on the page of a branch that was killed; empty when all is well. */
export function startTold({ state, blockedBy, start, businessDate }: StartView, told: ToldBook, maySayGoodEnd: boolean): string[] {
  if (state !== 'ready' && state !== 'pulling') return [`the branch is ${state}${blockedBy === null ? '' : ` by ${blockedBy}`}`];
  if (start === null) return ['the page says nothing of the end before'];
  // Strangers are told no receipt: whoever judges has signed in.
  if (start.receiptsToday === null) return ['nobody could sign in to read what is safe'];
  const wrong: string[] = [];
  if (!start.unclean && !maySayGoodEnd) wrong.push('the page calls a crash a good end');
  if (!start.chainWhole) wrong.push('the chain is broken');
  if (start.behind !== null) wrong.push('the page calls whole books incomplete');
  const receipts = toldReceipts(told).filter((receipt) => receipt.businessDate === businessDate);
  if (start.receiptsToday < receipts.length) wrong.push(`${receipts.length} receipts were told, the page says ${start.receiptsToday}`);
  const newest = Math.max(0, ...receipts.map((receipt) => sequenceOf(receipt.number)));
  if (newest > sequenceOf(start.lastReceipt?.number ?? ''))
    wrong.push(`receipt ${newest} was told, the page's last is ${start.lastReceipt?.number ?? 'none'}`);
  return wrong;
}
