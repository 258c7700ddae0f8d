// A receipt with where it stands now. The paper never changes (I8); the standing beside it does.

import type { ReceiptLine, Standing } from '../../../shared/contract/shapes.ts';
import { closedAs, type ClosedAs } from '../../../shared/domain/commands/closedAs.ts';
import { isFinished, type CommandRecord, type CommandState } from '../../../shared/domain/commands/command.ts';
import { leavesTransaction } from '../../../shared/domain/commands/kinds/allKinds.ts';
import { postingsOf } from '../../../shared/domain/receipts/lines.ts';
import type { Receipt } from '../../../shared/domain/records.ts';
import { assert } from '../../../shared/kernel/assert.ts';
import { exhaustive } from '../../../shared/kernel/exhaustive.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { isUndone } from '../../journal/undonePayout.ts';
import type { ReadStore } from '../../ports/store.ts';

export function receiptLine(store: ReadStore, receipt: Receipt): ReceiptLine {
  const prints = store.prints(receipt.receiptId);
  const said = store.lastPrintSaid(receipt.receiptId);
  const postings = postingsOf(receipt).map(({ commandId }) => standsOf(store, commandId));
  const [first] = postings;
  assert(first !== undefined, 'a receipt has a posting');
  return {
    receipt,
    ...(postings.length === 1 ? first : wholeOf(postings)),
    postings,
    printedAt: prints[0]?.at ?? null,
    copies: Math.max(prints.length - 1, 0),
    printAskedAt: said?.what === 'asked' ? said.at : null,
  };
}

type Stands = ReceiptLine['postings'][number];

function standsOf(store: ReadStore, commandId: LocalId | null): Stands {
  const command = commandId === null ? null : store.command(commandId);
  return {
    standing: command === null ? 'confirmed' : standingOf(command.state),
    closedAs: closedAsOf(store, command),
    serverTransactionId: command !== null && leavesTransaction(command.payload) ? command.serverResourceId : null,
  };
}

/** Who has to do something about it comes first, then what has the longest way to go. */
const LEAST_FIRST: readonly Standing[] = ['needsYou', 'savedHere', 'sent', 'confirmed'];

function wholeOf(postings: readonly Stands[]): Stands {
  const ways = new Set(postings.map(({ closedAs: way }) => way));
  return {
    standing: LEAST_FIRST.find((word) => postings.some(({ standing }) => standing === word)) ?? 'confirmed',
    closedAs: ways.size === 1 ? ([...ways][0] ?? null) : null,
    serverTransactionId: null,
  };
}

/** Paper that only moves cash back belongs to a reversed case too: head office never held its transaction. */
export function closedAsOf(store: ReadStore, command: CommandRecord | null): ClosedAs | null {
  if (command === null) return 'reversed';
  if (!isFinished(command.state)) return null;
  // A payout that was undone there, and what undid it: head office holds no transaction of either.
  if (command.state === 'accepted') return isUndone(store, command) ? 'undone' : null;
  return closedAs(command.state, store.commandEvents(command.commandId).at(-1)?.why ?? null);
}

export function standingOf(state: CommandState): Standing {
  switch (state) {
    case 'held':
    case 'queued':
      return 'savedHere';
    case 'sending':
    case 'inDoubt':
      return 'sent';
    case 'accepted':
    case 'resolved':
    case 'withdrawn':
      return 'confirmed';
    case 'rejected':
      return 'needsYou';
    default:
      return exhaustive(state);
  }
}
