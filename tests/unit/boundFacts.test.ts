// Each way in which a command and its entry can say two things is found by itself, with everything else in order: no check may lean on another
// one that would have seen the same edit.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { CommandPayload } from '../../shared/domain/commands/kinds/allKinds.ts';
import { misfitOf, type Misfit, type RecordedFact } from '../../shared/domain/journal/boundFacts.ts';
import { entryHash, payloadHash, receiptHash, type ChainedEntry } from '../../shared/domain/journal/entryWords.ts';
import type { Receipt } from '../../shared/domain/records.ts';
import type { Json } from '../../shared/kernel/canonicalJson.ts';

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

const COMMAND = '01939f00-0000-7000-8000-000000000002';
const ACCOUNT = '01939f00-0000-7000-8000-000000000003';
const AT = 1_795_161_600_000;

const payload = {
  kind: 'savingsDeposit',
  savingsId: ACCOUNT,
  transactionDate: '2026-11-20',
  amountMinor: 50_000,
  decimals: 2,
  payment: { paymentTypeId: 1 },
  receiptNumber: 'KTL-02-261120-0037-Y',
  note: '',
  markers: 'strong',
} as unknown as CommandPayload;

function sealed(receipt: Omit<Receipt, 'hash'>): Receipt {
  return { ...receipt, hash: receiptHash({ ...receipt, hash: '' }, sha256) };
}

const receipt = sealed({
  receiptId: '01939f00-0000-7000-8000-000000000001',
  number: 'KTL-02-261120-0037-Y',
  kind: 'savingsDeposit',
  commandId: COMMAND,
  businessDate: '2026-11-20',
  recordedAt: AT,
  clientName: 'Mary Nekesa',
  accountKind: 'savings',
  accountId: ACCOUNT,
  currency: { code: 'KES', decimals: 2 },
  amountMinor: 50_000,
  servedBy: 'Achieng Odhiambo',
  previousHash: '0'.repeat(64),
} as unknown as Omit<Receipt, 'hash'>);

const BODY: Readonly<Record<string, Json>> = {
  commandId: COMMAND,
  payloadHash: payloadHash(payload as unknown as Json, sha256),
  receipt: receipt.number,
  receiptHash: receipt.hash,
  amountMinor: 50_000,
  drawer: 'drawer-1',
};

/** An entry of that body, hashed as it is. */
function entryOf(body: Readonly<Record<string, Json>>, more: Partial<ChainedEntry> = {}): ChainedEntry {
  const entry = {
    entry: 9,
    what: 'savingsDeposit.recorded',
    by: 'achieng',
    businessDate: '2026-11-20',
    at: AT,
    body,
    previousHash: '1'.repeat(64),
    ...more,
  };
  return { ...entry, hash: entryHash(entry, sha256) };
}

const HONEST: RecordedFact = {
  command: {
    commandId: COMMAND,
    recordedBy: 'achieng',
    businessDate: '2026-11-20',
    recordedAt: AT,
    receiptId: receipt.receiptId,
    payload,
  },
  written: payload as unknown as Json,
  entry: entryOf(BODY),
  receipt,
  movement: { drawerId: 'drawer-1', kind: 'taken', amountMinor: 50_000 },
  effects: [{ accountKind: 'savings', accountId: ACCOUNT, deltaMinor: 50_000 }],
};

const said = (more: Partial<CommandPayload>): Pick<RecordedFact, 'command' | 'written'> => {
  const other = { ...payload, ...more } as CommandPayload;
  return { command: { ...HONEST.command, payload: other }, written: other as unknown as Json };
};
const made = (more: Partial<RecordedFact['command']>): Pick<RecordedFact, 'command'> => ({ command: { ...HONEST.command, ...more } });
const entry = HONEST.entry!;
const movement = HONEST.movement!;
const effect = HONEST.effects[0]!;
const without = (member: string): Readonly<Record<string, Json>> =>
  Object.fromEntries(Object.entries(BODY).filter(([name]) => name !== member));

const EDITS: readonly (readonly [string, Partial<RecordedFact>, Misfit])[] = [
  ['no entry', { entry: null }, 'entry'],
  ['the entry of another command', { entry: entryOf({ ...BODY, commandId: 'another' }) }, 'entry'],
  ['words of the entry under the old hash', { entry: { ...entry, what: 'other' } }, 'entry'],
  ['an account in the payload', said({ savingsId: 'another' }), 'payload'],
  ['a digest of the payload that is none', { entry: entryOf({ ...BODY, payloadHash: 7 }) }, 'payload'],
  ['the maker', made({ recordedBy: 'mallory' }), 'maker'],
  ['the day', made({ businessDate: '2026-11-21' }), 'maker'],
  ['the moment', made({ recordedAt: AT + 1 }), 'maker'],
  ['the sum in the entry', { entry: entryOf({ ...BODY, amountMinor: 700 }) }, 'amount'],
  ['a receipt that is gone', { receipt: null }, 'receipt'],
  ['a receipt that is gone, and the command’s word for it', { ...made({ receiptId: null }), receipt: null }, 'receipt'],
  ['a receipt that is gone, and the entry’s word for it', { entry: entryOf(without('receiptHash')), receipt: null }, 'receipt'],
  ['a name on the receipt under the old hash', { receipt: { ...receipt, servedBy: 'Mallory' } }, 'receipt'],
  ['a name on the receipt, hashed anew', { receipt: sealed({ ...receipt, servedBy: 'Mallory' }) }, 'receipt'],
  [
    'the sum on the receipt, hashed anew there and in the entry',
    ((): Partial<RecordedFact> => {
      const seven = sealed({ ...receipt, amountMinor: 700 });
      return { receipt: seven, entry: entryOf({ ...BODY, receiptHash: seven.hash }) };
    })(),
    'receipt',
  ],
  ['a receipt of another command', { receipt: sealed({ ...receipt, commandId: 'another' }) }, 'receipt'],
  ['cash that is gone', { movement: null }, 'movement'],
  ['cash of another sum', { movement: { ...movement, amountMinor: 700 } }, 'movement'],
  ['cash in another drawer', { movement: { ...movement, drawerId: 'drawer-2' } }, 'movement'],
  ['cash the other way', { movement: { ...movement, kind: 'paid' } }, 'movement'],
  ['cash where none was taken', { entry: entryOf({ ...BODY, drawer: null }) }, 'movement'],
  ['an effect that is gone', { effects: [] }, 'effect'],
  ['an effect too many', { effects: [effect, effect] }, 'effect'],
  ['an effect of another sum', { effects: [{ ...effect, deltaMinor: 700 }] }, 'effect'],
  ['an effect on another account', { effects: [{ ...effect, accountId: 'another' }] }, 'effect'],
  ['an effect on a loan', { effects: [{ ...effect, accountKind: 'loan' }] }, 'effect'],
];

describe('a command is held against its entry, its receipt, its cash and its effects (I13)', () => {
  test('and fits where nobody changed anything', () => {
    expect(misfitOf(HONEST, sha256)).toBeNull();
    expect(misfitOf({ ...HONEST, entry: entryOf({ ...BODY, drawer: null }), movement: null }, sha256)).toBeNull();
  });

  test.each(EDITS)('%s: found', (_what, change, misfit) => {
    expect(misfitOf({ ...HONEST, ...change }, sha256)).toBe(misfit);
  });
});
