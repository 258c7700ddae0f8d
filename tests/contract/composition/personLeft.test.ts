// A call waits for head office, and its person leaves the desk meanwhile: it goes no further, in nobody's name, and its answer is told to nobody
// else. Asked of calls that write after they waited and of calls that only read, through each way into the branch.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { branchKeys } from '../../../electron/composition/branchKey.ts';
import { dataFolder } from '../../../electron/composition/dataFolder.ts';
import { openTawi } from '../../../electron/composition/openTawi.ts';
import type { Tawi } from '../../../electron/composition/openTawi.ts';
import { keyFileWrap } from '../../../electron/host/ports/keyFileWrap.ts';
import { openDatabase } from '../../../electron/store/openDatabase.ts';
import type { StartView } from '../../../shared/contract/session.ts';
import { reveal } from '../../../shared/kernel/redacted.ts';
import { Browser, openHost, wires, type Visitor, type Wire } from '../transports/wires.ts';

type Reply = { readonly ok: true; readonly value: never } | { readonly ok: false; readonly refusal: { readonly code: string } };

let folder: string;
let tawi: Tawi;
let window: Visitor;

async function value<T>(method: string, input: object = {}): Promise<T> {
  const reply = (await window.call(method, input)) as Reply;
  if (!reply.ok) throw new Error(`${method} was refused: ${reply.refusal.code}`);
  return reply.value;
}

async function countOf(what: string): Promise<number> {
  const at = dataFolder(folder).of('practice');
  const keys = await branchKeys(at, [keyFileWrap(folder)]);
  if (keys === null) throw new Error('no keys');
  const books = openDatabase({ file: at.store, key: reveal(keys.books) }, 'readonly');
  try {
    return Number(books.prepare('SELECT count(*) FROM journal_entries WHERE what = ?').pluck().get(what));
  } finally {
    books.close();
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tawi-left-'));
  tawi = await openTawi({ dataFolder: folder, keyWraps: [keyFileWrap(folder)], practice: { clients: 6, seed: 7 }, answers: 'strict' });
  const opened = await wires[0]!.open(tawi.doorway);
  window = await opened.visitor();
  await value('session.openPractice');
  for (let tries = 0; tries < 200; tries += 1) {
    if ((await value<StartView>('session.showStart')).state === 'ready') break;
    await sleep(50);
  }
  await opened.close();
}, 60_000);
afterAll(async () => {
  await tawi.close();
  await rm(folder, { recursive: true, force: true });
});

async function swapDuring(method: string, input: object): Promise<unknown> {
  const waiting = window.call(method, input);
  await value('session.signOut');
  const next = window.call('session.signIn', { username: 'peter', password: 'practice' });
  const [answer] = await Promise.all([waiting, next]);
  return answer;
}

describe('a copy of a session of the served branch', () => {
  let host: Awaited<ReturnType<typeof openHost>>;
  let desk: Browser;
  beforeAll(async () => {
    host = await openHost(tawi.doorway);
    window = desk = new Browser(host.address);
    await value('session.showStart');
  });
  afterAll(() => host.close());

  /** As it lies in a store of cookies that somebody copied, with the word of the page. */
  function copied(): Browser {
    const copy = new Browser(host.address);
    [copy.cookie, copy.pageWord] = [desk.cookie, desk.pageWord];
    return copy;
  }
  const whoIs = async (browser: Browser): Promise<string | null> => {
    const reply = (await browser.call('session.showMine', {})) as { value: { staff: { username: string } } | null };
    return reply.value?.staff.username ?? null;
  };

  test('from before it was locked does not open when its person unlocks, nor after', async () => {
    await value('session.signIn', { username: 'grace', password: 'practice' });
    await value('session.lock');
    const fromTheLock = copied();
    expect(await fromTheLock.call('session.showStart', {})).toMatchObject({ ok: true });
    await value('session.unlock', { password: 'practice' });
    expect(await whoIs(desk)).toBe('grace');
    expect(await whoIs(fromTheLock)).toBeNull();
    expect(await fromTheLock.call('cash.showDay', {})).toMatchObject({ refusal: { code: 'session.signedOut' } });
  });

  test('from before a sign-out is nobody, also when the next one sits down, and from before a change of person too', async () => {
    await value('session.signIn', { username: 'grace', password: 'practice' });
    const ofGrace = copied();
    await value('session.signOut');
    expect(await whoIs(ofGrace)).toBeNull();
    await value('session.signIn', { username: 'peter', password: 'practice' });
    expect(await whoIs(ofGrace)).toBeNull();
    const ofPeter = copied();
    await value('session.signIn', { username: 'grace', password: 'practice' });
    expect([await whoIs(desk), await whoIs(ofPeter)]).toEqual(['grace', null]);
    await value('session.signOut');
  });
});

describe.each(wires)('through $name', (wire) => {
  let opened: Awaited<ReturnType<Wire['open']>>;
  beforeAll(async () => {
    opened = await wire.open(tawi.doorway);
    window = await opened.visitor();
    // Over the network a first word is exchanged before anybody signs in.
    await value('session.showStart');
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await value('session.signIn', { username: 'admin', password: 'practice' });
  });

  test('what would be written after the wait is not, whoever sits there now', async () => {
    const before = await countOf('headOffice.prepared');
    expect(await swapDuring('headOffice.prepare', {})).toEqual({ ok: false, refusal: { code: 'session.signedOut' } });
    expect(await countOf('headOffice.prepared')).toBe(before);
  });

  test('what would be read after the wait is told to nobody', async () => {
    expect(await swapDuring('headOffice.showPreparation', {})).toEqual({ ok: false, refusal: { code: 'session.signedOut' } });
  });

  test('what was only waited for, with nothing to do afterwards, is told to nobody either', async () => {
    const { rows } = await value<{ rows: { clientId: string }[] }>('clients.list', { most: 1 });
    expect(await swapDuring('clients.refresh', { clientId: rows[0]?.clientId })).toEqual({
      ok: false,
      refusal: { code: 'session.signedOut' },
    });
  });

  test('a desk that was locked meanwhile gets no answer either', async () => {
    const waiting = window.call('headOffice.showPreparation', {});
    await value('session.lock');
    expect(await waiting).toEqual({ ok: false, refusal: { code: 'session.locked' } });
  });

  // Over the network each sign-in begins a session of its own, and the desk is whoever's secret the page was given last.
  if (wire.name === 'LAN') return;
  test('a sign-in that comes late takes the desk of nobody who sat down meanwhile', async () => {
    await value('session.signOut');
    const late = window.call('session.signIn', { username: 'grace', password: 'practice' });
    const inTime = window.call('session.signIn', { username: 'peter', password: 'practice' });
    const answers = (await Promise.all([late, inTime])) as readonly Reply[];
    const mine = await value<{ staff: { username: string } }>('session.showMine');
    const [first, second] = answers.map((reply) => (reply.ok ? null : reply.refusal.code));
    expect([first, second].filter((code) => code === 'session.signedOut')).toHaveLength(1);
    expect(mine.staff.username).toBe(first === null ? 'grace' : 'peter');
  });
});
