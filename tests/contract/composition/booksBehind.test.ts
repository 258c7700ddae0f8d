// Books that lost their newest facts, with the whole program around them: the start page says so, no receipt number is given a second time,
// and head office tells of what even this PC has forgotten. Real files, real SQLite, real sockets.

import { cp, mkdtemp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dataFolder } from '../../../electron/composition/dataFolder.ts';
import type { Tawi } from '../../../electron/composition/openTawi.ts';
import { inProcess } from '../../../electron/host/inProcess.ts';
import type { InProcess } from '../../../electron/host/inProcess.ts';
import { witnessFileOf } from '../../../electron/store/witness.ts';
import type { StartView } from '../../../shared/contract/session.ts';
import type { ReceiptLine } from '../../../shared/contract/shapes.ts';
import type { SyncStatus } from '../../../shared/contract/sync.ts';
import { uuidV7 } from '../../../shared/kernel/uuidV7.ts';
import { asking, openIn } from './openedTawi.ts';

const AT = 1_795_000_000_000;

let folder: string;
let tawi: Tawi | null;
let page: InProcess;
let forms = 0;

const store = (): string => dataFolder(folder).of('practice').store;

async function open(): Promise<StartView> {
  tawi = await openIn(folder);
  page = inProcess(tawi.doorway, 'window:1');
  return value<StartView>('session.showStart');
}

async function close(): Promise<void> {
  await tawi?.close();
  tawi = null;
}

const { value, until } = asking(() => page);

async function signIn(): Promise<void> {
  await value('session.signIn', { username: 'grace', password: 'practice' });
}

async function work(): Promise<string> {
  await open();
  await value('session.openPractice');
  await signIn();
  await until<StartView>('session.showStart', (start) => start.state === 'ready');
  // Ended and begun again, so that the log holds nothing but what comes now.
  await close();
  await open();
  await signIn();
  await value('cash.openDrawer', { openingMinor: 100_000 });
  const { rows } = await value<{ rows: { clientId: string }[] }>('clients.list', { most: 50 });
  for (const { clientId } of rows) {
    const client = await value<{ savings: { savingsId: string; mayDeposit: boolean }[] }>('clients.show', { clientId });
    const savings = client.savings.find((each) => each.mayDeposit);
    if (savings !== undefined) return savings.savingsId;
  }
  throw new Error('nobody saves here');
}

async function deposit(savingsId: string): Promise<string> {
  forms += 1;
  const formId = uuidV7(AT, new Uint8Array(10).fill(forms));
  const line = await value<ReceiptLine>('savings.takeDeposit', {
    formId,
    savingsId,
    amountMinor: 1_000 * forms,
    paidWith: { paymentTypeId: 1 },
  });
  return line.receipt.number;
}

function sequenceOf(number: string): number {
  return Number(number.split('-')[3]);
}

async function closeDrawer(): Promise<string> {
  return (await value<{ report: string }>('cash.closeDrawer', { countedMinor: 0, reason: 'counted' })).report;
}

function zOf(number: string): number {
  return Number(number.split('-Z')[1]);
}

async function everythingSent(): Promise<void> {
  await until<SyncStatus>('sync.showStatus', ({ counts }) => counts.savedHere === 0 && counts.sent === 0);
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tawi-behind-'));
  tawi = null;
});
afterEach(async () => {
  await close();
  await rm(folder, { recursive: true, force: true });
});

test('a log that is lost is said on the start page, no number is given twice, and the close of the day ends the notice (I8)', async () => {
  const savingsId = await work();
  await value('practice.setLine', { cut: true });
  const told = [await deposit(savingsId), await deposit(savingsId), await deposit(savingsId)];
  const printedZ = await closeDrawer();
  // The plug is pulled: the file is as it is, its log is gone.
  const left = `${store()}.left`;
  await cp(store(), left);
  await cp(witnessFileOf(store()), witnessFileOf(left));
  await close();
  await cp(left, store());
  await cp(witnessFileOf(left), witnessFileOf(store()));

  // Before anybody has signed in: that something is missing, and no number of a receipt.
  expect((await open()).start?.behind).toMatchObject({ noticedBy: 'thisPc', receipts: null, firstReceipt: null, lastReceipt: null });
  await signIn();
  const start = await value<StartView>('session.showStart');
  expect(start.start?.behind).toMatchObject({ noticedBy: 'thisPc', receipts: 3, firstReceipt: told[0], lastReceipt: told[2] });
  expect(existsSync(join(store(), '..', start.start?.behind?.copy ?? 'none'))).toBe(true);
  if ((await value('cash.showDrawer')) === null) await value('cash.openDrawer', { openingMinor: 100_000 });
  const next = await deposit(savingsId);
  expect(next).toBe(start.start?.behind?.nextReceipt);
  expect(told.map(sequenceOf)).not.toContain(sequenceOf(next));
  expect(sequenceOf(await deposit(savingsId))).toBe(sequenceOf(next) + 1);
  // A start later it is still said, and not as a new loss.
  await close();
  await open();
  await signIn();
  expect((await value<StartView>('session.showStart')).start?.behind).toEqual(start.start?.behind);
  // Nor is a Z: the one of the lost close may be on paper.
  expect(zOf(await closeDrawer())).toBeGreaterThan(zOf(printedZ));
  await value('cash.closeDay');
  expect((await value<StartView>('session.showStart')).start?.behind).toBeNull();
});

test('an end as it should be, and a crash that left everything, say nothing of the kind', async () => {
  const savingsId = await work();
  const number = await deposit(savingsId);
  const left = `${store()}.left`;
  for (const ending of ['', '-wal', '-witness']) await cp(`${store()}${ending}`, `${left}${ending}`);
  await close();
  expect((await open()).start?.behind).toBeNull();
  await close();
  for (const ending of ['', '-wal', '-witness']) await cp(`${left}${ending}`, `${store()}${ending}`);
  expect((await open()).start?.behind).toBeNull();
  await signIn();
  expect(sequenceOf(await deposit(savingsId))).toBe(sequenceOf(number) + 1);
});

test.each([
  ['gone', false],
  ['that of the same hour, with its seals', true],
])(
  'what this PC forgot altogether, its memory %s, head office still knows: its numbers are left out too (I8)',
  async (_what, withMemory) => {
    const savingsId = await work();
    const first = await deposit(savingsId);
    await everythingSent();
    await close();
    const left = `${store()}.left`;
    await cp(store(), left);
    await cp(witnessFileOf(store()), witnessFileOf(left));
    await open();
    await signIn();
    const told = [await deposit(savingsId), await deposit(savingsId)];
    await everythingSent();
    await close();
    // An older copy of the whole folder's books: also what was remembered beside them is gone.
    await cp(left, store());
    if (withMemory) await cp(witnessFileOf(left), witnessFileOf(store()));
    else await rm(witnessFileOf(store()));

    expect((await open()).start?.behind).toBeNull();
    await signIn();
    const { start } = await until<StartView>('session.showStart', (now) => now.start?.behind !== null);
    expect(start?.behind).toMatchObject({ noticedBy: 'headOffice', receipts: 2, firstReceipt: told[0], lastReceipt: told[1] });
    const next = await deposit(savingsId);
    expect(sequenceOf(next)).toBeGreaterThan(sequenceOf(told[1] ?? ''));
    expect(sequenceOf(first)).toBe(1);
    await everythingSent();
  },
);
