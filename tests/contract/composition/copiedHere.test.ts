// A data folder that somebody copied beside the first one, on this very PC: the machine is the same, the place is not. The copy gives no number
// before it has a code of its own; a folder that is only reached by another name is no copy.

import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Tawi } from '../../../electron/composition/openTawi.ts';
import { inProcess } from '../../../electron/host/inProcess.ts';
import type { InProcess } from '../../../electron/host/inProcess.ts';
import { machineMark } from '../../../electron/host/ports/machineMark.ts';
import { createPracticeHeadOffice } from '../../../electron/practice/createPracticeHeadOffice.ts';
import { servePractice } from '../../../electron/practice/servePractice.ts';
import type { ServedPractice } from '../../../electron/practice/servePractice.ts';
import type { StartView } from '../../../shared/contract/session.ts';
import type { ReceiptLine } from '../../../shared/contract/shapes.ts';
import { readReceiptNumber } from '../../../shared/domain/receipts/receiptNumber.ts';
import { asking, openIn } from './openedTawi.ts';

let root: string;
let headOffice: ReturnType<typeof createPracticeHeadOffice>;
let served: ServedPractice | null;
let tawi: Tawi | null;
let page: InProcess;

const first = (): string => join(root, 'first');
const { value, until, connect } = asking(() => page);

async function openAt(folder: string): Promise<StartView> {
  await tawi?.close();
  tawi = await openIn(folder, { clients: 6, seed: 3 });
  page = inProcess(tawi.doorway, 'window:1');
  return value<StartView>('session.showStart');
}

async function dropLine(): Promise<void> {
  await served?.close();
  served = null;
}

async function deposit() {
  const { rows } = await value<{ rows: { clientId: string }[] }>('clients.list');
  for (const client of rows) {
    const { savings } = await value<{ savings: { savingsId: string; status: string }[] }>('clients.show', { clientId: client.clientId });
    const active = savings.find(({ status }) => status === 'active');
    if (active === undefined) continue;
    const { savingsId } = active;
    return page.call('savings.takeDeposit', {
      formId: crypto.randomUUID(),
      savingsId,
      amountMinor: 10_000,
      paidWith: { paymentTypeId: 1 },
    });
  }
  throw new Error('somebody here saves');
}

async function deviceCodeOf(reply: Awaited<ReturnType<typeof deposit>>): Promise<string | undefined> {
  if (!reply.ok) throw new Error(`the deposit was refused: ${reply.refusal.code}`);
  return readReceiptNumber((reply.value as ReceiptLine).receipt.number)?.deviceCode;
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tawi-copied-'));
  const today = new Date(performance.timeOrigin).toISOString().slice(0, 10);
  headOffice = createPracticeHeadOffice({
    file: join(root, 'head.sqlite'),
    now: () => performance.timeOrigin + performance.now(),
    clients: 6,
    seed: 3,
    zone: 'UTC',
    businessDate: today,
  });
  served = await servePractice(headOffice, { port: 0, host: '127.0.0.1', controlToken: 'x' });
  tawi = null;
  await openAt(first());
  const address = `http://127.0.0.1:${String(served.port)}`;
  expect(await connect({ address, tenant: 'default', username: 'grace', password: 'practice', zone: 'UTC' })).toMatchObject({ ok: true });
  await until<StartView>('session.showStart', ({ state }) => state === 'ready');
  await value('session.signIn', { username: 'grace', password: 'practice' });
  await value('cash.openDrawer', { openingMinor: 0 });
});
afterEach(async () => {
  await tawi?.close();
  await dropLine();
  headOffice.close();
  await rm(root, { recursive: true, force: true });
});

test('takes a code of its own with a line; the first goes on with its own', async () => {
  const code = await deviceCodeOf(await deposit());
  await tawi?.close();
  tawi = null;
  const copy = join(root, 'second');
  await cp(first(), copy, { recursive: true });
  await openAt(copy);
  await value('session.signIn', { username: 'grace', password: 'practice' });
  await until<StartView>('session.showStart', ({ newCodeNeeded }) => !newCodeNeeded);
  expect(await deviceCodeOf(await deposit())).not.toBe(code);
  expect((await openAt(first())).newCodeNeeded).toBe(false);
  await value('session.signIn', { username: 'grace', password: 'practice' });
  expect(await deviceCodeOf(await deposit())).toBe(code);
}, 120_000);

test('gives no number without a line, however often it is started; another name for the same folder is no copy', async () => {
  await deviceCodeOf(await deposit());
  await tawi?.close();
  tawi = null;
  await dropLine();
  const copy = join(root, 'second');
  await cp(first(), copy, { recursive: true });
  for (let starts = 0; starts < 2; starts += 1) {
    expect((await openAt(copy)).newCodeNeeded).toBe(true);
    await value('session.signIn', { username: 'grace', password: 'practice' });
    expect(await deposit()).toMatchObject({ ok: false, refusal: { code: 'device.newCodeNeeded' } });
  }
  await symlink(first(), join(root, 'by another name'));
  expect(machineMark(join(root, 'by another name'))).toBe(machineMark(first()));
  expect((await openAt(join(root, 'by another name'))).newCodeNeeded).toBe(false);
  await value('session.signIn', { username: 'grace', password: 'practice' });
  expect(await deposit()).toMatchObject({ ok: true });
}, 120_000);
