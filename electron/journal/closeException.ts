// Closing a case: the decision on the case itself and the fact in the chain are written together, whoever closes it (I3, I9).

import type { ExceptionRecord, WriteStore } from '../ports/store.ts';
import { appendEntry } from './appendEntry.ts';
import { currentBusinessDate } from './currentBusinessDate.ts';
import type { JournalParts } from './parts.ts';

export function closeException(
  store: WriteStore,
  parts: JournalParts,
  exception: ExceptionRecord,
  decision: Parameters<WriteStore['closeException']>[1],
): void {
  store.closeException(exception.exceptionId, decision);
  const receipt = decision.resolutionReceiptId === null ? null : store.receipt(decision.resolutionReceiptId);
  appendEntry(store, parts.digest, {
    what: 'exception.closed',
    by: decision.closedBy,
    businessDate: currentBusinessDate(store, parts.clock),
    at: decision.closedAt,
    body: {
      exception: exception.exceptionId,
      command: exception.commandId,
      resolution: decision.resolution,
      reason: decision.reason,
      receipt: receipt?.number ?? null,
      ...(receipt === null ? {} : { receiptHash: receipt.hash, amountMinor: receipt.amountMinor }),
      suspenseCommand: decision.suspenseCommandId,
    },
  });
}
