// A receipt with where it stands now. The paper never changes (I8); the standing beside it does.

import type { ReceiptLine, Standing } from '../../../shared/contract/shapes.ts';
import { closedAs, type ClosedAs } from '../../../shared/domain/commands/closedAs.ts';
import { isFinished, type CommandRecord, type CommandState } from '../../../shared/domain/commands/command.ts';
import type { Receipt } from '../../../shared/domain/records.ts';
import { exhaustive } from '../../../shared/kernel/exhaustive.ts';
import type { ReadStore } from '../../ports/store.ts';

export function receiptLine(store: ReadStore, receipt: Receipt): ReceiptLine {
  const command = receipt.commandId === null ? null : store.command(receipt.commandId);
  const prints = store.prints(receipt.receiptId);
  return {
    receipt,
    standing: command === null ? 'confirmed' : standingOf(command.state),
    closedAs: closedAsOf(store, command),
    serverTransactionId: command?.serverResourceId ?? null,
    printedAt: prints[0]?.at ?? null,
    copies: Math.max(prints.length - 1, 0),
  };
}

/** Paper that only moves cash back belongs to a reversed case too: head office never held its transaction. */
function closedAsOf(store: ReadStore, command: CommandRecord | null): ClosedAs | null {
  if (command === null) return 'reversed';
  if (!isFinished(command.state) || command.state === 'accepted') return null;
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
