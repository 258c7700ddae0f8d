// Tawi as it opens on a PC: a first run, a practice branch reached through a real line, a power cut, and every way in which the books may
// not open. Real files, real SQLite, real sockets.

import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dataFolder } from '../../../electron/composition/dataFolder.ts';
import { FolderInUse } from '../../../electron/composition/openTawi.ts';
import type { Tawi } from '../../../electron/composition/openTawi.ts';
import type { InProcess } from '../../../electron/host/inProcess.ts';
import { inProcess } from '../../../electron/host/inProcess.ts';
import { keyFileOf } from '../../../electron/host/ports/keyFileWrap.ts';
import type { BranchEvent } from '../../../shared/contract/branchContract.ts';
import type { StartView } from '../../../shared/contract/session.ts';
import type { SyncStatus } from '../../../shared/contract/sync.ts';
import { asking, openIn } from './openedTawi.ts';

let folder: string;
let tawi: Tawi | null;
let page: InProcess;

async function open(): Promise<Tawi> {
  tawi = await openIn(folder);
  page = inProcess(tawi.doorway, 'window:1');
  return tawi;
}

async function close(): Promise<void> {
  await tawi?.close();
  tawi = null;
}

const { value, until } = asking(() => page);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tawi-open-'));
  tawi = null;
});
afterEach(async () => {
  await close();
  await rm(folder, { recursive: true, force: true });
});

describe('the first run', () => {
  test('asks for a choice, and one press opens a practice branch that knows its people', async () => {
    await open();
    expect(await value('session.showStart')).toMatchObject({ state: 'firstRun', branch: null, blockedBy: null });
    const events: BranchEvent[] = [];
    page.subscribe((event) => events.push(event));
    expect(await page.call('session.openPractice', {})).toEqual({ ok: true, value: {} });
    expect(events).toContainEqual({ what: 'start.changed' });
    const start = await value<StartView>('session.showStart');
    expect(start.branch).toMatchObject({ practice: true });
    expect(start.practicePassword).toBeTypeOf('string');
    expect(start.people.map((person) => person.username).sort()).toEqual(['achieng', 'daniel', 'grace', 'peter']);
    expect(start.people.every((person) => person.offlineReady)).toBe(true);
  });

  test('two presses at once open one branch', async () => {
    await open();
    const [first, second] = await Promise.all([page.call('session.openPractice', {}), page.call('session.openPractice', {})]);
    expect(first).toEqual({ ok: true, value: {} });
    expect(second).toEqual({ ok: false, refusal: { code: 'branch.alreadyChosen' } });
  });

  test('a head office that cannot be reached leaves this PC on its first run', async () => {
    await open();
    const form = { address: 'http://127.0.0.1:9', tenant: 'default', username: 'grace', password: 'practice' };
    expect(await page.call('session.connectHeadOffice', form)).toMatchObject({ ok: false, refusal: { code: 'headOffice.unreachable' } });
    expect(await value('session.showStart')).toMatchObject({ state: 'firstRun' });
    await close();
    await open();
    expect(await value('session.showStart')).toMatchObject({ state: 'firstRun' });
    expect(await page.call('session.openPractice', {})).toMatchObject({ ok: true });
  });

  test('passwords are not sent in the clear to another computer', async () => {
    await open();
    const form = { address: 'http://head.example', tenant: 'default', username: 'grace', password: 'practice' };
    expect(await page.call('session.connectHeadOffice', form)).toEqual({ ok: false, refusal: { code: 'headOffice.insecureAddress' } });
  });

  test('a real branch is founded over HTTP at another process of head office, and opened again from its choice', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'tawi-head-'));
    const { createPracticeHeadOffice } = await import('../../../electron/practice/createPracticeHeadOffice.ts');
    const { servePractice } = await import('../../../electron/practice/servePractice.ts');
    const headOffice = createPracticeHeadOffice({
      file: join(elsewhere, 'head.sqlite'),
      now: () => performance.timeOrigin,
      clients: 6,
      seed: 3,
      zone: 'UTC',
    });
    const served = await servePractice(headOffice, { port: 0, host: '127.0.0.1', controlToken: 'x' });
    try {
      await open();
      const form = {
        address: `http://127.0.0.1:${String(served.port)}`,
        tenant: 'default',
        username: 'grace',
        password: 'practice',
        zone: 'Africa/Nairobi',
      };
      expect(await page.call('session.connectHeadOffice', { ...form, password: 'guess' })).toMatchObject({
        ok: false,
        refusal: { code: 'signIn.wrong' },
      });
      // One of head office itself is told that it is no branch, one of the branch is told its name; neither is founded by that.
      const asked = await page.call('session.connectHeadOffice', { ...form, username: 'admin' });
      expect(asked).toMatchObject({ refusal: { code: 'branch.officeUnconfirmed', facts: { office: 1, isHeadOffice: true } } });
      const facts = { office: 2, officeName: expect.any(String) as string, institution: expect.any(String) as string, isHeadOffice: false };
      const unconfirmed = { ok: false, refusal: { code: 'branch.officeUnconfirmed', facts } };
      expect(await page.call('session.connectHeadOffice', form)).toEqual(unconfirmed);
      // The yes to another office is no yes to this one.
      expect(await page.call('session.connectHeadOffice', { ...form, office: 1 })).toEqual(unconfirmed);
      expect(await value('session.showStart')).toMatchObject({ state: 'firstRun' });
      expect(await page.call('session.connectHeadOffice', { ...form, office: 2 })).toEqual({ ok: true, value: {} });
      await close();
      await open();
      const start = await value<StartView>('session.showStart');
      expect(start.branch).toMatchObject({ practice: false, zone: 'Africa/Nairobi' });
      expect(start.practicePassword).toBeNull();
      expect(await page.call('practice.setLine', { cut: true })).toMatchObject({ ok: false });
      expect(await readFile(dataFolder(folder).choice, 'utf8')).not.toContain(form.password);
    } finally {
      await close();
      await served.close();
      headOffice.close();
      await rm(elsewhere, { recursive: true, force: true });
    }
  });
});

describe('a practice branch', () => {
  async function openPractice(): Promise<void> {
    await open();
    await value('session.openPractice');
    await value('session.signIn', { username: 'grace', password: 'practice' });
  }

  test('is pulled whole through its line, and the line can be cut and stays cut over a restart', async () => {
    await openPractice();
    await until<StartView>('session.showStart', (start) => start.state === 'ready');
    expect((await value<{ total: number }>('clients.list')).total).toBeGreaterThanOrEqual(12);
    await value('practice.setLine', { cut: true });
    await until<SyncStatus>('sync.showStatus', (status) => status.line === 'down');
    await close();
    await open();
    expect(await value('practice.show')).toEqual({ practice: true, lineCut: true });
    // Nobody could be asked, so the password was checked here.
    expect(await value('session.signIn', { username: 'achieng', password: 'practice' })).toMatchObject({ checkedOnline: false });
    await value('session.signOut');
    await value('session.signIn', { username: 'grace', password: 'practice' });
    await value('practice.setLine', { cut: false });
    await until<SyncStatus>('sync.showStatus', (status) => status.line === 'up');
  });

  test('another process with the same folder is refused, and told why', async () => {
    await openPractice();
    await expect(openIn(folder)).rejects.toThrow(FolderInUse);
    expect(await value('session.showStart')).toMatchObject({ branch: { practice: true } });
  });

  test('is quiet until a drawer is open, and what was said of it holds after the end', async () => {
    await openPractice();
    await until<StartView>('session.showStart', (start) => start.state === 'ready');
    expect(tawi!.isQuiet()).toBe(true);
    await value('cash.openDrawer', { openingMinor: 100_000 });
    expect(tawi!.isQuiet()).toBe(false);
    const ended = tawi!;
    await close();
    expect(ended.isQuiet()).toBe(false);
  });

  test('the books say nothing to whoever copies the file alone', async () => {
    await openPractice();
    await until<StartView>('session.showStart', (start) => start.state === 'ready');
    await close();
    const bytes = await readFile(dataFolder(folder).of('practice').store);
    expect(bytes.length).toBeGreaterThan(50_000);
    expect(bytes.includes('SQLite format 3')).toBe(false);
    expect(bytes.includes('Wanjiru')).toBe(false);
  });
});

describe('books that do not open', () => {
  async function founded(): Promise<void> {
    await open();
    await value('session.openPractice');
    await close();
  }
  const store = (): string => dataFolder(folder).of('practice').store;
  const blocked = async (): Promise<StartView> => {
    await open();
    return value<StartView>('session.showStart');
  };

  test('a damaged file blocks the branch with its code, changes nothing, and is never a first run', async () => {
    await founded();
    const file = openSync(store(), 'r+');
    writeSync(file, Buffer.alloc(4_096, 0xa5), 0, 4_096, 0);
    closeSync(file);
    const before = await readFile(store());
    expect(await blocked()).toMatchObject({ state: 'blocked', blockedBy: 'store.corrupt', branch: null });
    expect(await page.call('session.openPractice', {})).toEqual({ ok: false, refusal: { code: 'branch.alreadyChosen' } });
    expect(await page.call('clients.list', {})).toEqual({ ok: false, refusal: { code: 'branch.notReady' } });
    await close();
    expect((await readFile(store())).equals(before)).toBe(true);
  });

  test('a lost key blocks the branch, and is not replaced', async () => {
    await founded();
    await rm(keyFileOf(folder));
    expect(await blocked()).toMatchObject({ state: 'blocked', blockedBy: 'store.keyLost' });
  });

  test('a choice that cannot be read blocks the branch', async () => {
    await founded();
    await writeFile(dataFolder(folder).choice, '{"version":1,"kind":');
    expect(await blocked()).toMatchObject({ state: 'blocked', blockedBy: 'choice.unreadable' });
  });

  test('what blocked it may be mended while the page waits: it opens by itself', async () => {
    await founded();
    await copyFile(keyFileOf(folder), join(folder, 'kept.key'));
    await rm(keyFileOf(folder));
    expect(await blocked()).toMatchObject({ blockedBy: 'store.keyLost' });
    await copyFile(join(folder, 'kept.key'), keyFileOf(folder));
    await sleep(2_100);
    expect(await value('session.showStart')).toMatchObject({ blockedBy: null, branch: { practice: true } });
  });

  test('a founding that was cut off half-way is finished by the next press', async () => {
    await founded();
    // The books were founded, but the power went before the choice was written.
    await rm(dataFolder(folder).choice);
    await open();
    expect(await value('session.showStart')).toMatchObject({ state: 'firstRun' });
    expect(await page.call('session.openPractice', {})).toEqual({ ok: true, value: {} });
    expect(await value('session.showStart')).toMatchObject({ branch: { practice: true } });
    expect(statSync(dataFolder(folder).choice).size).toBeGreaterThan(10);
  });
});
