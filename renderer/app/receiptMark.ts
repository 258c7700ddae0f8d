// How a posting is named where its receipt has several: the number, and which line of it. The same words as at head office.

import type { SyncItem } from '../../shared/contract/shapes.ts';
import { markOf } from '../../shared/domain/receipts/lines.ts';

/** The receipt and its line, or the account where nothing is on paper. */
export function receiptMark({ receiptNumber, line, accountNo }: Pick<SyncItem, 'receiptNumber' | 'line' | 'accountNo'>): string {
  return receiptNumber === null ? accountNo : markOf(receiptNumber, line?.at ?? null);
}
