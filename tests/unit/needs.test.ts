// What a command waits for follows from what its payload refers to, however many records that are.

import { expect, test } from 'vitest';
import { needsOf } from '../../electron/journal/recordCommand.ts';
import type { ReadStore } from '../../electron/ports/store.ts';
import type { CommandRecord } from '../../shared/domain/commands/command.ts';
import { creationOf } from '../../shared/domain/commands/kinds/kind.ts';

const creates = (clientId: string) =>
  ({ commandId: `makes ${clientId}`, kind: 'clientRegistration', payload: { kind: 'clientRegistration', clientId } }) as CommandRecord;

test('I4: every record of this branch that head office does not know yet, each of its creations once', () => {
  const unfinished: Readonly<Record<string, readonly CommandRecord[]>> = {
    [creationOf({ kind: 'client', localId: 'amina' })]: [creates('amina')],
    [creationOf({ kind: 'client', localId: 'mary' })]: [creates('mary')],
  };
  const read = { unfinishedOf: (subject: string) => unfinished[subject] ?? [] } as unknown as ReadStore;
  const transfer = {
    kind: 'savingsTransfer',
    fromSavingsId: 'hers',
    fromClientId: 'amina',
    toSavingsId: 'theirs',
    officeServerId: 2,
    transactionDate: '2026-11-20',
    amountMinor: 100,
    decimals: 2,
    note: '',
  } as const;
  expect(needsOf(read, { ...transfer, toClientId: 'mary' })).toEqual(['makes amina', 'makes mary']);
  expect(needsOf(read, { ...transfer, toClientId: 'amina' })).toEqual(['makes amina']);
  expect(needsOf(read, { ...transfer, fromClientId: 'known', toClientId: 'known' })).toEqual([]);
});
