// What this branch recorded on an account on the open day, the latest first. A form shows it, so that a payment whose receipt nobody has seen
// is not taken once more.

import type { ComputedRef } from 'vue';
import { computed } from 'vue';
import type { HistoryLine, ReceiptLine } from '../../../shared/contract/shapes.ts';
import { paysOut } from '../../../shared/domain/receipts/paysOut.ts';
import { useOpenDrawerStore } from '../../stores/openDrawer.ts';

export interface RecordedToday {
  readonly receiptId: string;
  readonly number: string;
  readonly recordedAt: number;
  readonly amountMinor: number;
}

export function useRecordedOn(
  what: 'repayment' | 'deposit' | 'withdrawal',
  history: () => readonly HistoryLine[],
): ComputedRef<readonly RecordedToday[]> {
  const drawer = useOpenDrawerStore();
  return computed(() =>
    latestFirst(
      history().flatMap((line) =>
        line.what === what &&
        line.receiptId !== null &&
        line.receiptNumber !== null &&
        line.recordedAt !== null &&
        !line.reversed &&
        line.businessDate === drawer.drawer?.businessDate
          ? [
              {
                receiptId: line.receiptId,
                number: line.receiptNumber,
                recordedAt: line.recordedAt,
                amountMinor: Math.abs(line.amountMinor),
              },
            ]
          : [],
      ),
    ),
  );
}

/** Of one client, over all accounts, money in or money out: what a basket is compared with. */
export function useRecordedForClient(receipts: () => readonly ReceiptLine[], isOut = false): ComputedRef<readonly RecordedToday[]> {
  const drawer = useOpenDrawerStore();
  return computed(() =>
    latestFirst(
      receipts()
        .filter(
          ({ receipt, closedAs }) =>
            closedAs === null && receipt.businessDate === drawer.drawer?.businessDate && paysOut(receipt.kind) === isOut,
        )
        .map(({ receipt: { receiptId, number, recordedAt, amountMinor } }) => ({ receiptId, number, recordedAt, amountMinor })),
    ),
  );
}

function latestFirst(found: readonly RecordedToday[]): readonly RecordedToday[] {
  return [...found].sort((one, other) => other.recordedAt - one.recordedAt);
}
