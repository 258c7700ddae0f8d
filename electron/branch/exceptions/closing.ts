// What is told when a case is closed, or was closed already, perhaps by a press whose answer was lost.

import type { ExceptionRecord, ReadStore } from '../../ports/store.ts';
import type { BranchParts } from '../parts.ts';

export function factsOfClosing(read: ReadStore, { closedAt, closedBy, resolutionReceiptId }: ExceptionRecord) {
  const paper = resolutionReceiptId === null ? null : read.receipt(resolutionReceiptId);
  const by = closedBy ?? '';
  return {
    closedAt: closedAt ?? 0,
    closedBy: read.staff(by)?.displayName ?? by,
    ...(paper === null ? {} : { receiptNumber: paper.number, receiptId: paper.receiptId }),
  };
}

export function tellThatClosed({ events, sync }: BranchParts): void {
  events.tell({ what: 'exceptions.changed' });
  events.tell({ what: 'account.changed', clientIds: [] });
  events.tell({ what: 'drawer.changed' });
  sync.wake();
}
