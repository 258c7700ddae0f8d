// What the network may do to the branch server and what it may not: other sites' pages, rebound names, forged cookies, oversized bodies,
// paths that climb out of the page, and impatience.

import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LanHost } from '../../../electron/host/lanHost.ts';
import { openTryout } from './tryoutBranch.ts';
import { Browser, eventually, openHost } from './wires.ts';

interface RawAnswer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
}

let folder: string;
let host: LanHost;
let browser: Browser;

/** Below fetch, which tidies paths and forbids the Host header. */
function raw(method: string, path: string, headers: Record<string, string> = {}, body?: string): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port: host.port, method, path, headers, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => (text += part));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const JSON_TYPE = { 'content-type': 'application/json' };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tawi-page-'));
  const page = join(folder, 'page');
  await mkdir(join(page, 'assets'), { recursive: true });
  await writeFile(join(page, 'index.html'), '<meta property="csp-nonce" nonce="__CSP_NONCE__"><p>Tawi</p>');
  await writeFile(join(page, 'assets', 'index-abc.js'), 'export {};');
  await writeFile(join(page, 'secret.sqlite'), 'not a page');
  await writeFile(join(folder, 'outside.json'), '{"outside":true}');
  await symlink(join(folder, 'outside.json'), join(page, 'link.json'));
  // No share refills while a slow machine works through hundreds of calls.
  host = await openHost(openTryout().doorway, page, () => 0);
  browser = new Browser(host.address);
});
afterEach(async () => {
  await host.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the page', () => {
  test('comes with a policy whose nonce is the one in the document, fresh each time', async () => {
    const [first, second] = [await raw('GET', '/'), await raw('GET', '/')];
    const nonceOf = (answer: RawAnswer): string => /nonce="([^"]{16,})"/.exec(answer.text)?.[1] ?? 'none in the page';
    const policy = String(first.headers['content-security-policy']);
    // Word for word: one source more is a way out, one rule less falls back to nothing or to everything.
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self' 'nonce-${nonceOf(first)}'`,
      "img-src 'self' blob:",
      "font-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(nonceOf(second)).not.toBe(nonceOf(first));
    expect(first.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store', 'x-frame-options': 'DENY' });
  });

  test.each([
    ['the document', 'GET', '/'],
    ['a file of it', 'GET', '/assets/index-abc.js'],
    ['an answer to a call', 'POST', '/call/practice.show'],
    ['a refusal', 'DELETE', '/call/practice.show'],
  ])('%s says to every browser what may be made of it', async (what, method, path) => {
    const { headers } = await raw(method, path, JSON_TYPE, method === 'POST' ? '{}' : undefined);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(self), microphone=(), geolocation=(), usb=(), serial=(), payment=()',
    });
    // Only names that carry a hash of their content are kept; what somebody was told is in no cache.
    expect(headers['cache-control']).toBe(what === 'a file of it' ? 'public, max-age=31536000, immutable' : 'no-store');
  });

  test('gives the browser a channel that page code cannot read and other sites cannot send', async () => {
    const cookie = String((await raw('GET', '/')).headers['set-cookie']);
    expect(cookie).toMatch(/^tawi_\d+=[\w-]{40,}\.[\w-]{40,}; Path=\/; HttpOnly; SameSite=Strict$/);
  });

  test('files of the bundle come with their type', async () => {
    expect(await raw('GET', '/assets/index-abc.js')).toMatchObject({
      status: 200,
      text: 'export {};',
      headers: { 'content-type': 'text/javascript; charset=utf-8' },
    });
  });

  test.each([
    '/../outside.json',
    '/%2e%2e/outside.json',
    '/assets/..%2f..%2foutside.json',
    '//outside.json',
    '/link.json',
    '/secret.sqlite',
    '/%00index.html',
    '/%zz',
    '/assets',
    '/nothing.js',
    '/..%5coutside.json',
  ])('%s leads nowhere', async (path) => {
    const answer = await raw('GET', path);
    expect([answer.status, answer.text]).toEqual([404, '']);
  });
});

describe('calls', () => {
  test('a name that merely points here is refused (DNS rebinding), for the page as for calls', async () => {
    const evil = { host: `evil.example:${String(host.port)}` };
    expect((await raw('POST', '/call/practice.show', { ...JSON_TYPE, ...evil }, '{}')).status).toBe(403);
    expect((await raw('GET', '/', evil)).status).toBe(403);
    expect((await raw('GET', '/events', evil)).status).toBe(403);
  });

  test('a page of another site is refused', async () => {
    expect((await raw('POST', '/call/practice.show', { ...JSON_TYPE, origin: 'http://evil.example' }, '{}')).status).toBe(403);
    expect(
      (await raw('POST', '/call/practice.show', { ...JSON_TYPE, origin: `http://127.0.0.1:${String(host.port + 1)}` }, '{}')).status,
    ).toBe(403);
    expect((await raw('POST', '/call/practice.show', { ...JSON_TYPE, 'sec-fetch-site': 'cross-site' }, '{}')).status).toBe(403);
    expect((await raw('GET', '/events', { origin: 'http://evil.example' })).status).toBe(403);
    expect(
      (
        await raw(
          'POST',
          '/call/practice.show',
          { ...JSON_TYPE, origin: `http://localhost:${String(host.port)}`, host: `localhost:${String(host.port)}` },
          '{}',
        )
      ).status,
    ).toBe(200);
  });

  test('only JSON by its own name is read', async () => {
    expect((await raw('POST', '/call/practice.show', { 'content-type': 'text/plain' }, '{}')).status).toBe(415);
    const broken = await raw('POST', '/call/practice.show', JSON_TYPE, '{"half":');
    expect([broken.status, JSON.parse(broken.text)]).toEqual([400, { ok: false, refusal: { code: 'input.invalid' } }]);
  });

  test('a body over 256 kB is not read', async () => {
    const answer = await browser.post('/call/practice.show', JSON.stringify({ text: 'x'.repeat(300_000) }));
    expect([answer.status, await answer.json()]).toEqual([413, { ok: false, refusal: { code: 'input.invalid' } }]);
  });

  test('a forged or foreign cookie is a stranger and gets a channel of its own', async () => {
    await browser.call('session.signIn', { username: 'akinyi', password: 'right' });
    const mine = browser.cookie!;
    expect(await browser.call('session.showMine', {})).toMatchObject({ value: { staff: { username: 'akinyi' } } });
    const forged = new Browser(host.address);
    forged.cookie = `${mine.slice(0, -4)}AAAA`;
    expect(await forged.call('session.showMine', {})).toEqual({ ok: true, value: null });
    expect(forged.cookie).not.toBe(mine);
    const elsewhere = await openHost(openTryout().doorway);
    const other = new Browser(elsewhere.address);
    other.cookie = mine;
    expect(await other.call('session.showMine', {})).toEqual({ ok: true, value: null });
    await elsewhere.close();
  });

  test.each([
    ['session.signIn', {}],
    ['session.answerClockDoubt', { answer: 'clockIsRight' }],
  ])('guessing passwords by %s is slowed down for the whole computer, other calls go on', async (method, rest) => {
    const statuses: number[] = [];
    for (let guess = 0; guess < 40; guess += 1) {
      const visitor = new Browser(host.address);
      const said = { ...rest, username: 'akinyi', password: `guess${String(guess)}` };
      statuses.push((await visitor.post(`/call/${method}`, JSON.stringify(said))).status);
    }
    expect(statuses.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 200));
    expect(statuses.slice(32)).toEqual(Array.from({ length: 8 }, () => 429));
    expect(await browser.call('practice.show', {})).toMatchObject({ ok: true });
  });

  test('a copy of a session from before its end is nobody, also when the next person sits down on the same browser', async () => {
    await browser.call('session.signIn', { username: 'akinyi', password: 'right' });
    const thief = new Browser(host.address);
    [thief.cookie, thief.pageWord] = [browser.cookie, browser.pageWord];
    expect(await thief.call('session.showMine', {})).toMatchObject({ value: { staff: { username: 'akinyi' } } });
    await browser.call('session.signIn', { username: 'wanjiru', password: 'right' });
    expect(await browser.call('session.showMine', {})).toMatchObject({ value: { staff: { username: 'wanjiru' } } });
    const late = new Browser(host.address);
    [late.cookie, late.pageWord] = [thief.cookie, thief.pageWord];
    expect(await late.call('session.showMine', {})).toEqual({ ok: true, value: null });
  });

  test('a cookie that was planted from another port does not become the session of whoever signs in with it', async () => {
    const mallory = new Browser(host.address);
    mallory.cookie = String((await raw('GET', '/')).headers['set-cookie']).split(';', 1)[0];
    const planted = mallory.cookie;
    browser.cookie = planted;
    await browser.call('session.signIn', { username: 'akinyi', password: 'right' });
    expect(browser.cookie).not.toBe(planted);
    expect(await mallory.call('session.showMine', {})).toEqual({ ok: true, value: null });
  });

  test('a planted cookie that its owner uses up takes nothing from the browser it was planted at, beside its own or in its place', async () => {
    const given = async (): Promise<string> => String((await raw('GET', '/')).headers['set-cookie']).split(';', 1)[0] ?? '';
    const [planted, own] = [await given(), await given()];
    const ask = (cookie: string) => raw('POST', '/call/session.showStart', { ...JSON_TYPE, cookie }, '{}');
    const useUp = async (): Promise<void> => {
      const statuses = await Promise.all(Array.from({ length: 700 }, async () => (await ask(planted)).status));
      expect(statuses).toContain(429);
    };
    await useUp();
    expect((await ask(`${planted}; ${own}`)).status).toBe(200);
    await useUp();
    const refused = await ask(planted);
    expect(refused.status).toBe(429);
    const [fresh = ''] = String(refused.headers['set-cookie']).split(';', 1);
    // Another one of the same name.
    expect(fresh.split('=', 1)).toEqual(planted.split('=', 1));
    expect(fresh).not.toBe(planted);
    expect((await ask(fresh)).status).toBe(200);
  });

  test('a browser at which somebody is signed in keeps its cookie, whoever uses up what its unsigned windows may ask', async () => {
    await browser.call('session.signIn', { username: 'akinyi', password: 'right' });
    const cookie = browser.cookie ?? '';
    const answers = await Promise.all(
      Array.from({ length: 700 }, () => raw('POST', '/call/session.showStart', { ...JSON_TYPE, cookie }, '{}')),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.filter(({ headers }) => headers['set-cookie'] !== undefined)).toEqual([]);
    expect(await browser.call('session.showMine', {})).toMatchObject({ value: { staff: { username: 'akinyi' } } });
  });

  test.each([
    ['first', (own: string, planted: string) => `${planted}; ${own}`],
    ['last', (own: string, planted: string) => `${own}; ${planted}`],
    ['twice', (own: string, planted: string) => `${planted}; ${own}; ${planted}`],
    ['in quotes', (own: string, planted: string) => `${planted.replace('=', '="')}"; ${own}`],
  ])('of two cookies of one name the session is the one that the page’s word belongs to: planted %s', async (_where, both) => {
    const planted = String((await raw('GET', '/')).headers['set-cookie']).split(';', 1)[0] ?? '';
    await browser.call('session.signIn', { username: 'akinyi', password: 'right' });
    browser.cookie = both(browser.cookie ?? '', planted);
    expect(await browser.call('session.showMine', {})).toMatchObject({ value: { staff: { username: 'akinyi' } } });
    const mallory = new Browser(host.address);
    mallory.cookie = browser.cookie;
    expect(await mallory.call('session.showMine', {})).toEqual({ ok: true, value: null });
  });

  test('a connection that outlives its session is a stranger’s, and so is what is asked over it', async () => {
    const tryout = openTryout();
    const door = await openHost(tryout.doorway);
    const thief = new Browser(door.address);
    await thief.call('session.signIn', { username: 'akinyi', password: 'right' });
    const lines = [
      'POST /call/session.showMine HTTP/1.1',
      `host: 127.0.0.1:${String(door.port)}`,
      'content-type: application/json',
      `cookie: ${thief.cookie ?? ''}`,
      `x-tawi-page: ${thief.pageWord ?? ''}`,
    ];
    const ask = (socket: Socket): Promise<string> =>
      new Promise((resolve) => {
        socket.once('data', (bytes) => resolve(bytes.toString('utf8')));
        socket.once('close', () => resolve('closed'));
        socket.write([...lines, 'content-length: 2', '', '{}'].join('\r\n'));
      });
    const held: Socket[] = [];
    try {
      for (let at = 0; at < 20; at += 1) {
        const socket = connect({ host: '127.0.0.1', port: door.port });
        socket.on('error', () => {});
        held.push(socket);
        expect(await ask(socket)).toContain('akinyi');
      }
      tryout.signOutAll();
      for (const socket of held) expect(await ask(socket)).toContain('"value":null');
      // Whoever comes now pushes them from the door.
      const others: Socket[] = [];
      for (let at = 0; at < 130; at += 1) {
        const socket = connect({ host: '127.0.0.1', port: door.port });
        socket.on('error', () => {});
        others.push(socket);
        await new Promise((resolve) => socket.once('connect', resolve));
      }
      held.push(...others);
      await eventually(() => held.slice(0, 20).every((socket) => socket.destroyed || socket.readableEnded));
    } finally {
      for (const socket of held) socket.destroy();
      await door.close();
    }
  });

  test('an event stream ends with its session, and hears nothing of what is told after it', async () => {
    const tryout = openTryout();
    const told = await openHost(tryout.doorway);
    try {
      const left = new Browser(told.address);
      await left.call('session.signIn', { username: 'akinyi', password: 'right' });
      const heard: string[] = [];
      await left.subscribe(({ what }) => heard.push(what));
      await eventually(() => tryout.listeners() > 0);
      tryout.tell({ what: 'start.changed' });
      await eventually(() => heard.length === 1);
      tryout.signOutAll();
      tryout.tell({ what: 'drawer.changed' });
      const next = new Browser(told.address);
      await next.call('session.signIn', { username: 'wanjiru', password: 'right' });
      const heardNext: string[] = [];
      await next.subscribe(({ what }) => heardNext.push(what));
      tryout.tell({ what: 'session.changed' });
      await eventually(() => heardNext.length === 1);
      expect(heard).toEqual(['start.changed']);
    } finally {
      await told.close();
    }
  });

  test('one session hears what happens in six windows and no more, and in another one when one is shut', async () => {
    await browser.call('session.signIn', { username: 'akinyi', password: 'right' });
    const shut: (() => void)[] = [];
    for (let at = 0; at < 6; at += 1) shut.push(await browser.subscribe(() => {}));
    const headers = { cookie: browser.cookie ?? '', 'x-tawi-page': browser.pageWord ?? '' };
    expect((await raw('GET', '/events', headers)).status).toBe(429);
    const other = new Browser(host.address);
    await other.call('session.signIn', { username: 'wanjiru', password: 'right' });
    shut.push(await other.subscribe(() => {}));
    shut.shift()?.();
    const again = (): Promise<boolean> =>
      browser
        .subscribe(() => {})
        .then(
          (close) => shut.push(close) > 0,
          () => false,
        );
    await expect.poll(again).toBe(true);
    for (const close of shut) close();
  });

  test('the cookie alone, as every other port of this computer hears it, opens neither calls nor events', async () => {
    await browser.call('session.signIn', { username: 'akinyi', password: 'right' });
    const cookie = browser.cookie ?? '';
    const answer = await raw('POST', '/call/session.showMine', { ...JSON_TYPE, cookie }, '{}');
    expect(JSON.parse(answer.text)).toEqual({ ok: true, value: null });
    expect((await raw('GET', '/events', { cookie })).status).toBe(401);
    const wrong = await raw('POST', '/call/session.showMine', { ...JSON_TYPE, cookie, 'x-tawi-page': 'x'.repeat(43) }, '{}');
    expect(JSON.parse(wrong.text)).toEqual({ ok: true, value: null });
    const open = await browser.subscribe(() => {});
    open();
  });

  test('whoever was guessed at in a burst signs in all the same from the page', async () => {
    const atThePage = new Browser(host.address);
    await atThePage.call('session.showStart', {});
    const guess = async (): Promise<number> =>
      (await new Browser(host.address).post('/call/session.signIn', JSON.stringify({ username: 'akinyi', password: 'guess' }))).status;
    for (let at = 0; at < 40; at += 1) await guess();
    expect(await guess()).toBe(429);
    expect(await atThePage.call('session.signIn', { username: 'akinyi', password: 'right' })).toMatchObject({ ok: true });
  });

  test('inventing names shuts nobody out', async () => {
    for (let guess = 0; guess < 60; guess += 1)
      await new Browser(host.address).call('session.signIn', { username: `nobody${String(guess)}`, password: 'guess' });
    expect(await browser.call('session.signIn', { username: 'akinyi', password: 'right' })).toMatchObject({ ok: true });
  });

  test('connections that are half open, silent or full of noise shut nobody out', async () => {
    await browser.call('session.signIn', { username: 'akinyi', password: 'right' });
    const held: Socket[] = [];
    for (let at = 0; at < 750; at += 1) {
      const socket = connect({ host: '127.0.0.1', port: host.port, allowHalfOpen: true });
      socket.on('error', () => {});
      if (at % 3 === 0) socket.write('NOISE\r\n\r\n');
      if (at % 3 === 1) socket.write('GET / HTTP/1.1\r\nhost: ');
      held.push(socket);
    }
    try {
      expect(await browser.call('session.showMine', {})).toMatchObject({ value: { staff: { username: 'akinyi' } } });
      expect((await raw('GET', '/')).status).toBe(200);
    } finally {
      for (const socket of held) socket.destroy();
    }
  });

  test('whoever sends noise and keeps their half open is let go of wholly', async () => {
    // Both ends are in this process: what is left is the one that sent it.
    const open = (): number => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
    const before = open();
    const socket = connect({ host: '127.0.0.1', port: host.port, allowHalfOpen: true });
    socket.resume();
    try {
      socket.write('NOISE\r\n\r\n');
      await new Promise((resolve) => socket.once('end', resolve));
      await eventually(() => open() <= before + 1);
      expect(socket.writable).toBe(true);
    } finally {
      socket.destroy();
    }
  });

  test('whoever signs in waits for the answer behind any number of new connections', async () => {
    let open!: () => void;
    const slow = await openHost(openTryout({ signInAfter: new Promise((resolve) => (open = resolve)) }).doorway);
    const waiting = new Browser(slow.address).call('session.signIn', { username: 'akinyi', password: 'right' });
    const held: Socket[] = [];
    try {
      for (let at = 0; at < 300; at += 1) {
        const socket = connect({ host: '127.0.0.1', port: slow.port });
        socket.on('error', () => {});
        held.push(socket);
        await new Promise((resolve) => socket.once('connect', resolve));
      }
      open();
      expect(await waiting).toMatchObject({ ok: true });
    } finally {
      for (const socket of held) socket.destroy();
      await slow.close();
    }
  });

  test('somebody without a cookie who calls without end takes nothing from a browser at the page', async () => {
    const browserAtThePage = new Browser(host.address);
    browserAtThePage.cookie = String((await raw('GET', '/')).headers['set-cookie']).split(';', 1)[0];
    const statuses = await Promise.all(
      Array.from({ length: 700 }, async () => (await raw('POST', '/call/session.showStart', JSON_TYPE, '{}')).status),
    );
    expect(statuses).toContain(429);
    expect((await browserAtThePage.post('/call/practice.show', '{}')).status).toBe(200);
    expect(await browserAtThePage.call('session.signIn', { username: 'akinyi', password: 'right' })).toMatchObject({ ok: true });
  });

  test.each([
    ['one session holds as many connections as a browser needs, and pushes out its own', 1, 200],
    ['a dozen sessions of one person leave everybody else their connections', 12, 300],
  ])('%s', async (_what, sessions, most) => {
    const thieves: Record<string, string>[] = [];
    for (let at = 0; at < sessions; at += 1) {
      const thief = new Browser(host.address);
      await thief.call('session.signIn', { username: 'akinyi', password: 'right' });
      await thief.call('session.showMine', {});
      thieves.push({ cookie: thief.cookie ?? '', 'x-tawi-page': thief.pageWord ?? '' });
    }
    const other = new Browser(host.address);
    await other.call('session.signIn', { username: 'wanjiru', password: 'right' });
    const held: Socket[] = [];
    try {
      for (let at = 0; at < 470; at += 1) {
        const socket = connect({ host: '127.0.0.1', port: host.port });
        socket.on('error', () => {});
        held.push(socket);
        const lines = ['POST /call/session.showMine HTTP/1.1', `host: 127.0.0.1:${String(host.port)}`, 'content-type: application/json'];
        for (const [name, value] of Object.entries(thieves[at % sessions] ?? {})) lines.push(`${name}: ${value}`);
        await new Promise((resolve) => {
          socket.once('data', resolve);
          socket.once('close', resolve);
          socket.write([...lines, 'content-length: 2', '', '{}'].join('\r\n'));
        });
      }
      expect(held.filter((socket) => !socket.destroyed).length).toBeLessThan(most);
      expect(await other.call('session.showMine', {})).toMatchObject({ value: { staff: { username: 'wanjiru' } } });
    } finally {
      for (const socket of held) socket.destroy();
    }
  });

  test('other verbs are not spoken', async () => {
    expect((await raw('DELETE', '/call/practice.show')).status).toBe(405);
    expect((await raw('GET', '/call/practice.show')).status).toBe(404);
  });
});
