// Which transactions a manager may recognise as the one a case is about: never one that another receipt already promises.

import { expect, test } from 'vitest';
import { candidatesOf } from '../../electron/branch/exceptions/candidates.ts';
import type { PulledTransaction } from '../../electron/ports/headOffice.ts';
import type { ReadStore } from '../../electron/ports/store.ts';
import type { CommandRecord } from '../../shared/domain/commands/command.ts';
import { choicesOf } from '../../shared/domain/exceptions/resolution.ts';
import { receiptNumberOf } from '../../shared/domain/receipts/receiptNumber.ts';

const OWN = receiptNumberOf('KTL', '01', '2026-11-20', 7);

function candidatesAmong(receiptNumber: string | null): readonly PulledTransaction[] {
  const transaction: PulledTransaction = {
    serverTransactionId: 812,
    externalId: null,
    what: 'deposit',
    businessDate: '2026-11-20',
    amountMinor: 50_000,
    balanceMinor: null,
    reversed: false,
    receiptNumber,
  };
  const read = {
    savings: () => ({ gone: false }),
    savingsTransactions: () => [transaction],
    effectsOf: () => [],
    receiptByNumber: () => null,
    openExceptionOf: () => null,
  } as unknown as ReadStore;
  const command = {
    commandId: '01900000-0000-7000-8000-000000000001',
    payload: {
      kind: 'savingsDeposit',
      savingsId: '01900000-0000-7000-8000-000000000002',
      transactionDate: '2026-11-20',
      amountMinor: 50_000,
      receiptNumber: OWN,
    },
    anew: null,
  } as unknown as CommandRecord;
  return candidatesOf(read, command);
}

test.each([
  ['typed in at head office without a number', null, 1],
  ['with a number of their own', 'SLIP 77', 1],
  ['with the number of this very receipt', OWN, 1],
  ["with another PC's receipt of the same sum and day", receiptNumberOf('KTL', '02', '2026-11-20', 7), 0],
])('a deposit %s', (_how, receiptNumber, found) => {
  expect(candidatesAmong(receiptNumber)).toHaveLength(found);
});

test('I8 nothing is reversed after the day has closed: its paper would stand behind the last number of the day', () => {
  const facts = {
    commandKind: 'savingsDeposit',
    exceptionKind: 'refused',
    candidates: 0,
    earlier: null,
    childrenStay: false,
    orphan: false,
    existing: 0,
    suspenseReady: true,
    drawerOpen: false,
    cash: false,
  } as const;
  const reverse = (dayOpen: boolean) => choicesOf({ ...facts, dayOpen }).find((choice) => choice.resolution === 'reverse')?.possible;
  expect(reverse(true)).toBe(true);
  expect(reverse(false)).toBe(false);
});
