// Pulled transactions as rows of bare values in a fixed order, which is persisted and therefore append-only.

import type { PulledTransaction } from '../../ports/headOffice.ts';
import { StoreFault } from '../../ports/store.ts';

export type PackedTransaction = readonly [
  serverTransactionId: number,
  externalId: string | null,
  what: string,
  businessDate: string,
  amountMinor: number,
  balanceMinor: number | null,
  reversed: 0 | 1,
  receiptNumber: string | null,
  /** Of a hold alone. */
  hold?: readonly [reason: string | null, releasedBy: number | null],
];

const VALUES = 8;

export function packTransactions(transactions: readonly PulledTransaction[]): readonly PackedTransaction[] {
  return transactions.map((one): PackedTransaction => {
    const row = [
      one.serverTransactionId,
      one.externalId,
      one.what,
      one.businessDate,
      one.amountMinor,
      one.balanceMinor,
      one.reversed ? 1 : 0,
      one.receiptNumber,
    ] as const;
    return one.hold === undefined ? row : [...row, [one.hold.reason, one.hold.releasedBy]];
  });
}

function isPacked(row: unknown): row is PackedTransaction {
  return Array.isArray(row) && row.length >= VALUES && Number.isSafeInteger(row[4]);
}

export function unpackTransactions(packed: unknown): PulledTransaction[] {
  if (!Array.isArray(packed)) throw new StoreFault('corrupt', 'transactions are not a list');
  return packed.map((row: unknown) => {
    if (!isPacked(row)) throw new StoreFault('corrupt', 'a transaction lacks values');
    const [serverTransactionId, externalId, what, businessDate, amountMinor, balanceMinor, reversed, receiptNumber, hold] = row;
    return {
      serverTransactionId,
      externalId,
      what,
      businessDate,
      amountMinor,
      balanceMinor,
      reversed: reversed === 1,
      receiptNumber,
      // What was kept before holds were read has none, until its account is read again.
      ...(hold === undefined ? {} : { hold: { reason: hold[0], releasedBy: hold[1] } }),
    };
  });
}
