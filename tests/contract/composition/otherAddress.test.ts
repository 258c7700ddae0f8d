// Somebody on this PC puts another address where the branch's own stood. The stranger's server says yes to everybody and counts what it
// hears: it must never hear a password, whoever's, and not a single call before an administrator of ours said that head office moved there.

import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { branchKey } from '../../../electron/composition/branchKey.ts';
import { dataFolder } from '../../../electron/composition/dataFolder.ts';
import type { Tawi } from '../../../electron/composition/openTawi.ts';
import { inProcess } from '../../../electron/host/inProcess.ts';
import type { InProcess } from '../../../electron/host/inProcess.ts';
import { keyFileWrap } from '../../../electron/host/ports/keyFileWrap.ts';
import { createPracticeHeadOffice } from '../../../electron/practice/createPracticeHeadOffice.ts';
import { servePractice } from '../../../electron/practice/servePractice.ts';
import type { ServedPractice } from '../../../electron/practice/servePractice.ts';
import { openDatabase } from '../../../electron/store/openDatabase.ts';
import type { StartView } from '../../../shared/contract/session.ts';
import { entryHash, type ChainedEntry } from '../../../shared/domain/journal/entryWords.ts';
import { reveal } from '../../../shared/kernel/redacted.ts';
import { asking, openIn } from './openedTawi.ts';
import { forge } from '../../world/forged.ts';

type Books = Awaited<ReturnType<typeof database>>;

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

let folder: string;
let elsewhere: string;
let headOffice: ReturnType<typeof createPracticeHeadOffice>;
let served: ServedPractice;
let stranger: Server;
let heard: string[];
/** Which the head office was asked as. */
const tenants = new Set<unknown>();
let tawi: Tawi | null;
let page: InProcess;

const ours = (): string => `http://127.0.0.1:${String(served.port)}`;
const theirs = (): string => `http://127.0.0.1:${String((stranger.address() as AddressInfo).port)}`;
const choice = (): string => dataFolder(folder).choice;

async function open(): Promise<StartView> {
  tawi = await openIn(folder, { clients: 6, seed: 3 });
  page = inProcess(tawi.doorway, 'window:1');
  return value<StartView>('session.showStart');
}

async function close(): Promise<void> {
  await tawi?.close();
  tawi = null;
}

const { value, connect } = asking(() => page);

async function found(): Promise<void> {
  await open();
  const founded = await connect({ address: ours(), tenant: 'default', username: 'grace', password: 'practice', zone: 'UTC' });
  expect(founded).toMatchObject({ ok: true });
  await value('session.signIn', { username: 'admin', password: 'practice' });
  await value('session.signOut');
  await close();
}

async function pointElsewhere(address = theirs(), tenant = 'default'): Promise<void> {
  await writeFile(choice(), JSON.stringify({ version: 1, kind: 'fineract', address, tenant }));
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tawi-choice-'));
  elsewhere = await mkdtemp(join(tmpdir(), 'tawi-head-'));
  headOffice = createPracticeHeadOffice({
    file: join(elsewhere, 'head.sqlite'),
    now: () => performance.timeOrigin,
    clients: 6,
    seed: 3,
    zone: 'UTC',
  });
  tenants.clear();
  const listening: typeof headOffice = {
    ...headOffice,
    handle(request) {
      tenants.add(request.headers['fineract-platform-tenantid']);
      return headOffice.handle(request);
    },
  };
  served = await servePractice(listening, { port: 0, host: '127.0.0.1', controlToken: 'x' });
  heard = [];
  stranger = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      heard.push(`${String(request.method)} ${String(request.url)} ${request.headers.authorization ?? ''} ${body}`);
      response.setHeader('content-type', 'application/json');
      const username = /"username":"([^"]+)"/.exec(body)?.[1] ?? 'grace';
      response.end(
        JSON.stringify({
          authenticated: true,
          username,
          userId: 1,
          officeId: 1,
          officeName: 'X',
          roles: [],
          permissions: ['ALL_FUNCTIONS'],
        }),
      );
    });
  });
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  tawi = null;
});
afterEach(async () => {
  await close();
  await served.close();
  headOffice.close();
  await new Promise((resolve) => stranger.close(resolve));
  for (const made of [folder, elsewhere]) await rm(made, { recursive: true, force: true });
});

test('a choice that names a stranger stops the start with words, and the stranger hears nothing at all', async () => {
  await found();
  await pointElsewhere();
  const start = await open();
  expect(start).toMatchObject({ state: 'blocked', blockedBy: 'choice.differs' });
  expect(start.elsewhere).toMatchObject({ books: `${ours()} (default)`, chosen: `${theirs()} (default)` });
  // Longer than a page asks again, and than the loop needs for its first round.
  await sleep(2_500);
  await value('session.showStart');
  expect(await page.call('session.signIn', { username: 'grace', password: 'practice' })).toMatchObject({ ok: false });
  expect(heard).toEqual([]);
  // The file put right, the branch opens by itself.
  await pointElsewhere(ours());
  await sleep(2_100);
  expect((await value<StartView>('session.showStart')).blockedBy).toBeNull();
});

test('another tenant is another head office', async () => {
  await found();
  await pointElsewhere(ours(), 'other');
  expect(await open()).toMatchObject({ blockedBy: 'choice.differs' });
});

test('a stranger who says yes to everybody gets no address, and no password of whoever is not an administrator here', async () => {
  await found();
  await pointElsewhere();
  await open();
  const form = { address: theirs(), tenant: 'default' };
  const move = (username: string, password: string) => page.call('session.moveHeadOffice', { ...form, username, password });
  // Unknown here, known with a wrong password, known without the right: the stranger is not even asked.
  expect(await move('mallory', 'anything')).toMatchObject({ refusal: { code: 'signIn.wrong' } });
  expect(await move('admin', 'guess')).toMatchObject({ refusal: { code: 'signIn.wrong' } });
  expect(await move('grace', 'practice')).toMatchObject({ refusal: { code: 'headOffice.moveNeedsAdministrator' } });
  expect(heard).toEqual([]);
  // An administrator who is deceived hands over their own password and no more: it is not our head office that answered.
  expect(await move('admin', 'practice')).toMatchObject({ refusal: { code: expect.stringMatching(/^headOffice\./) as string } });
  expect(heard.filter((each) => each.includes('grace'))).toEqual([]);
  expect(await value<StartView>('session.showStart')).toMatchObject({ blockedBy: 'choice.differs' });
});

test('what is agreed to is what was shown', async () => {
  await found();
  await pointElsewhere(ours(), 'shown');
  await open();
  await pointElsewhere();
  const input = { address: ours(), tenant: 'shown', username: 'admin', password: 'practice' };
  expect(await page.call('session.moveHeadOffice', input)).toMatchObject({ refusal: { code: 'branch.alreadyChosen' } });
  expect(heard).toEqual([]);
});

test('head office that really moved is taken over by an administrator, with an entry, and serves from then on', async () => {
  await found();
  await served.close();
  served = await servePractice(headOffice, { port: 0, host: '127.0.0.1', controlToken: 'x' });
  const moved = ours();
  await pointElsewhere(moved);
  expect(await open()).toMatchObject({ blockedBy: 'choice.differs' });
  await value('session.moveHeadOffice', { address: moved, tenant: 'default', username: 'admin', password: 'practice' });
  expect((await value<StartView>('session.showStart')).blockedBy).toBeNull();
  await value('session.signIn', { username: 'grace', password: 'practice' });
  expect(await page.call('session.moveHeadOffice', { address: moved, tenant: 'x', username: 'admin', password: 'practice' })).toMatchObject(
    {
      refusal: { code: 'branch.alreadyChosen' },
    },
  );
  await close();
  const books = await database();
  const entry = books.prepare(`SELECT by, body FROM journal_entries WHERE what = 'headOffice.moved'`).get() as { by: string; body: string };
  books.close();
  expect(entry.by).toBe('admin');
  expect(JSON.parse(entry.body)).toMatchObject({ address: { address: moved, tenant: 'default' } });
  expect((await open()).blockedBy).toBeNull();
});

test('a choice that is gone makes no first run out of books that are there', async () => {
  await found();
  await rm(choice());
  await open();
  const input = { address: theirs(), tenant: 'default', username: 'grace', password: 'practice' };
  expect(await page.call('session.connectHeadOffice', input)).toMatchObject({ refusal: { code: 'branch.alreadyChosen' } });
  expect(heard).toEqual([]);
  expect(await connect({ ...input, address: ours() })).toMatchObject({ ok: true });
  expect(JSON.parse(await readFile(choice(), 'utf8'))).toMatchObject({ address: ours() });
});

test('a choice that is gone gives way to no practice either: it would hide the books', async () => {
  await found();
  await rm(choice());
  await open();
  expect(await page.call('session.openPractice', {})).toMatchObject({ refusal: { code: 'branch.alreadyChosen' } });
  expect(existsSync(choice())).toBe(false);
  expect(await connect({ address: ours(), tenant: 'default', username: 'grace', password: 'practice', zone: 'UTC' })).toMatchObject({
    ok: true,
  });
});

test('a choice that is changed while the branch works changes nothing before the next start, which it stops', async () => {
  await found();
  await open();
  await pointElsewhere();
  await value('session.signIn', { username: 'grace', password: 'practice' });
  await sleep(1_500);
  expect((await value<StartView>('session.showStart')).blockedBy).toBeNull();
  expect(heard).toEqual([]);
  await close();
  expect(await open()).toMatchObject({ blockedBy: 'choice.differs' });
  expect(heard).toEqual([]);
});

test('whose words another user or program added to the choice count for nothing', async () => {
  await found();
  const kept = JSON.parse(await readFile(choice(), 'utf8')) as object;
  await writeFile(choice(), JSON.stringify({ ...kept, username: 'mallory', password: 'x', headOffice: theirs(), proxy: theirs() }));
  expect((await open()).blockedBy).toBeNull();
  await value('session.signIn', { username: 'grace', password: 'practice' });
  await sleep(500);
  expect(heard).toEqual([]);
});

const LAID: readonly (readonly [what: string, lay: () => Promise<void>])[] = [
  [
    'a folder',
    async () => {
      await mkdir(choice());
    },
  ],
  ['a link that leads nowhere', (): Promise<void> => symlink(join(folder, 'nowhere'), choice())],
  ['a link to itself', (): Promise<void> => symlink(choice(), choice())],
  [
    'a pipe',
    async () => {
      execFileSync('mkfifo', [choice()]);
    },
  ],
  ['something without end', (): Promise<void> => symlink('/dev/zero', choice())],
  ['a file of megabytes', (): Promise<void> => writeFile(choice(), ' '.repeat(3_000_000))],
];

test.skipIf(process.platform === 'win32').each(LAID)(
  '%s in the place of the choice is no first run, and stops the start with words',
  async (_what, lay) => {
    await found();
    await rm(choice());
    await lay();
    expect(await open()).toMatchObject({ state: 'blocked', blockedBy: 'choice.unreadable' });
    const input = { address: theirs(), tenant: 'default', username: 'grace', password: 'practice' };
    expect(await page.call('session.connectHeadOffice', input)).toMatchObject({ refusal: { code: 'branch.alreadyChosen' } });
    expect(await page.call('session.openPractice', {})).toMatchObject({ refusal: { code: 'branch.alreadyChosen' } });
    expect(heard).toEqual([]);
  },
);

test.skipIf(process.platform === 'win32')('a link to another choice is read as what it leads to, and stops the start like it', async () => {
  await found();
  const other = join(elsewhere, 'other.json');
  await writeFile(other, JSON.stringify({ version: 1, kind: 'fineract', address: theirs(), tenant: 'default' }));
  await rm(choice());
  await symlink(other, choice());
  expect(await open()).toMatchObject({ blockedBy: 'choice.differs' });
  expect(heard).toEqual([]);
});

test('a founding whose choice cannot be kept leaves nothing open behind the page, and goes again', async () => {
  await open();
  await mkdir(`${choice()}.new`);
  const form = { address: ours(), tenant: 'default', username: 'grace', password: 'practice', zone: 'UTC' };
  expect(await connect(form)).toMatchObject({ ok: false, refusal: { code: 'fault' } });
  expect((await value<StartView>('session.showStart')).state).toBe('firstRun');
  await rm(`${choice()}.new`, { recursive: true });
  expect(await connect(form)).toMatchObject({ ok: true });
  await value('session.signIn', { username: 'grace', password: 'practice' });
});

async function database() {
  const at = dataFolder(folder).of('branch');
  const key = await branchKey(at, [keyFileWrap(folder)]);
  if (key === null) throw new Error('no key');
  return openDatabase({ file: at.store, key: reveal(key) }, 'write');
}

const THE_FOUNDING = `(SELECT entry FROM journal_entries WHERE what = 'branch.founded')`;

const WITH_THE_KEY: readonly (readonly [what: string, change: (books: Books) => void])[] = [
  ['an identity that was changed', () => undefined],
  [
    'an identity that was changed and names no entry any more',
    (books) => void books.exec(`UPDATE local_settings SET value = json_remove(value, '$.addressEntry') WHERE name = 'identity'`),
  ],
  [
    'an identity that was changed and names another entry',
    (books) => void books.exec(`UPDATE local_settings SET value = json_set(value, '$.addressEntry', 2) WHERE name = 'identity'`),
  ],
  [
    'an identity that was changed with the entry that named it, the entry hashed anew',
    (books) => {
      const entry = books.prepare(`UPDATE journal_entries SET body = json_set(body, '$.address.address', ?) WHERE entry = ${THE_FOUNDING}`);
      forge(books, () => entry.run(theirs()));
      const row = books
        .prepare(
          `SELECT entry, what, by, business_date AS businessDate, at, body, previous_hash AS previousHash, hash FROM journal_entries
           WHERE entry = ${THE_FOUNDING}`,
        )
        .get() as Omit<ChainedEntry, 'body'> & { body: string };
      const hash = entryHash({ ...row, body: JSON.parse(row.body) as ChainedEntry['body'] }, sha256);
      forge(books, () => books.prepare('UPDATE journal_entries SET hash = ? WHERE entry = ?').run(hash, row.entry));
    },
  ],
];

test.each(WITH_THE_KEY)(
  '%s, with the key of the books in hand, stops the start: the chain knows what it was founded for',
  async (_what, change) => {
    await found();
    const books = await database();
    books.prepare(`UPDATE local_settings SET value = json_set(value, '$.address.address', ?) WHERE name = 'identity'`).run(theirs());
    change(books);
    books.close();
    await pointElsewhere();
    expect(await open()).toMatchObject({ state: 'blocked', blockedBy: 'books.addressChanged' });
    await sleep(500);
    expect(heard).toEqual([]);
  },
);

/** In every one of these the stranger is named in a way that somebody could take for ours. */
const SPELLINGS: readonly (readonly [what: string, text: () => string, blockedBy: StartView['blockedBy']])[] = [
  ['a mark before the first letter', () => `\uFEFF${choiceFor(theirs())}`, 'choice.unreadable'],
  ['ours first and theirs after it', () => choiceFor(ours()).replace('}', `,"address":"${theirs()}"}`), 'choice.differs'],
  ['our name as the user of theirs', () => choiceFor(theirs().replace('//', `//${ours().slice('http://'.length)}@`)), 'choice.differs'],
  ['the number of this PC in other figures', () => choiceFor(theirs().replace('127.0.0.1', '2130706433')), 'choice.differs'],
  ['a dot behind the name', () => choiceFor(ours().replace('127.0.0.1', '127.0.0.1.')), 'choice.differs'],
  ['ours with other words behind it', () => choiceFor(`${ours()}/../`), 'choice.differs'],
  ['letters of another writing', () => choiceFor(theirs().replace('127.0.0.1', 'l\u043Ecalhost')), 'choice.differs'],
];

function choiceFor(address: string): string {
  return JSON.stringify({ version: 1, kind: 'fineract', address, tenant: 'default' });
}

test.each(SPELLINGS)(
  '%s stops the start, and the stranger hears nothing, also where an administrator is deceived',
  async (_what, text, why) => {
    await found();
    await writeFile(choice(), text());
    const start = await open();
    expect(start).toMatchObject({ state: 'blocked', blockedBy: why });
    // What is shown is what would be called: one letter looks like another.
    expect(start.elsewhere?.chosen ?? '').toMatch(/^[ -~]*$/);
    const { address = null, tenant = null } = start.elsewhere ?? {};
    if (address !== theirs())
      expect(
        await page.call('session.moveHeadOffice', {
          address: address ?? ours(),
          tenant: tenant ?? 'x',
          username: 'grace',
          password: 'practice',
        }),
      ).toMatchObject({ ok: false });
    expect(heard).toEqual([]);
  },
);

test('a choice that names ours in other letters opens it by the name that the books have', async () => {
  await found();
  await writeFile(choice(), choiceFor(`HTTP://127.0.0.1:${String(served.port)}//`).replace('"default"', '" DEFAULT"'));
  expect((await open()).blockedBy).toBeNull();
  await value('session.signIn', { username: 'grace', password: 'practice' });
  expect([...tenants]).toEqual(['default']);
});

test('a redirect to a stranger takes no credential along', async () => {
  const pointing = createServer((_request, response) => {
    response.writeHead(307, { location: `${theirs()}/fineract-provider/api/v1/authentication` });
    response.end();
  });
  await new Promise<void>((resolve) => pointing.listen(0, '127.0.0.1', resolve));
  try {
    await open();
    const address = `http://127.0.0.1:${String((pointing.address() as AddressInfo).port)}`;
    const input = { address, tenant: 'default', username: 'grace', password: 'practice' };
    expect(await page.call('session.connectHeadOffice', input)).toMatchObject({ refusal: { code: 'headOffice.notAHeadOffice' } });
    expect(heard).toEqual([]);
  } finally {
    await new Promise((resolve) => pointing.close(resolve));
  }
});
