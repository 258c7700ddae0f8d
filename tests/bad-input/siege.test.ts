// A program on this PC that has no session lays siege to a served branch with real books: guesses in bursts, connections that are never finished,
// streams that nobody may hear, names that nobody has. Whoever works there goes on working, and whoever was guessed at still gets in.

import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Tawi } from '../../electron/composition/openTawi.ts';
import type { LanHost } from '../../electron/host/lanHost.ts';
import type { Reply } from '../../electron/host/doorway.ts';
import type { ReceiptLine } from '../../shared/contract/shapes.ts';
import { Browser, openHost } from '../contract/transports/wires.ts';
import { within } from './caseCount.ts';
import { eventually, good, newFolder, openedOffice, PASSWORD, readBooks, removeFolder } from './openedOffice.ts';

let root: string;
let tawi: Tawi;
let host: LanHost;

beforeAll(async () => {
  root = newFolder();
  tawi = await openedOffice(root, 12);
  host = await openHost(tawi.doorway);
}, within(180_000));
afterAll(async () => {
  await host.close();
  await tawi.close();
  removeFolder(root);
});

/** As anybody who looks at the page: the door knows the browser from then on. */
async function atThePage(): Promise<Browser> {
  const browser = new Browser(host.address);
  await browser.call('session.showStart', {});
  return browser;
}

async function signedIn(username: string): Promise<Browser> {
  const browser = await atThePage();
  good(await browser.call('session.signIn', { username, password: PASSWORD }));
  return browser;
}

async function ask<T>(browser: Browser, method: string, input: unknown = {}): Promise<T> {
  return good<T>(await browser.call(method, input));
}

const codeOf = (reply: unknown): string => ((reply as Reply).ok ? 'ok' : (reply as Extract<Reply, { ok: false }>).refusal.code);

/** `count` strangers at once, each on a browser of its own. Whoever gives way to others hears nothing. */
function guesses(count: number, username: (at: number) => string): Promise<string[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, at) =>
      new Browser(host.address)
        .call('session.signIn', { username: username(at), password: `guess ${String(at)}` })
        .then(codeOf, () => 'pushed out'),
    ),
  );
}

const triesCounted = (username: string): Promise<unknown> =>
  readBooks(root, (books) => books.prepare('SELECT failures FROM local_staff WHERE username = ?').pluck().get(username));

async function deposit(cashier: Browser): Promise<ReceiptLine> {
  const savingsId = await readBooks(root, (books) =>
    books
      .prepare(`SELECT savings_id FROM replica_savings WHERE status = 'active' AND client_id IS NOT NULL ORDER BY server_id`)
      .pluck()
      .get(),
  );
  return ask<ReceiptLine>(cashier, 'savings.takeDeposit', {
    formId: crypto.randomUUID(),
    savingsId,
    amountMinor: 10_000,
    paidWith: { paymentTypeId: 1 },
  });
}

test('a burst of twenty-nine guesses costs the person at most five tries, whoever asks, and they get in within half a minute', async () => {
  const codes = await guesses(29, () => 'daniel');
  expect(new Set(codes).difference(new Set(['signIn.wrong', 'signIn.wait', 'transport.tooManyRequests']))).toEqual(new Set());
  const wrong = codes.filter((code) => code === 'signIn.wrong').length;
  expect(wrong).toBeGreaterThan(0);
  // One at a time is asked for, and the fifth no makes the others wait.
  expect(wrong).toBeLessThanOrEqual(5);
  expect(await triesCounted('daniel')).toBe(wrong);
  const daniel = new Browser(host.address);
  await eventually(
    async () => codeOf(await daniel.call('session.signIn', { username: 'daniel', password: PASSWORD })) === 'ok',
    'the right one gets in',
    within(35_000),
  );
  expect(await triesCounted('daniel')).toBe(0);
});

test('while ten passwords are reckoned, a cashier who is at work is answered before they are', async () => {
  const grace = await signedIn('grace');
  const sitting: Browser[] = [];
  for (const username of ['daniel', 'achieng', 'peter', 'admin', 'grace', 'daniel', 'achieng', 'peter', 'admin', 'grace'])
    sitting.push(await signedIn(username));
  const ended: string[] = [];
  const noted = async (name: string, work: Promise<unknown>): Promise<void> => {
    await work;
    ended.push(name);
  };
  const reckoned = sitting.map((browser) => noted('reckoned', ask(browser, 'session.unlock', { password: PASSWORD })));
  const turn = noted('timer', new Promise((resolve) => setTimeout(resolve, 0)));
  await Promise.all([...reckoned, turn, noted('answered', ask(grace, 'session.showMine'))]);
  expect(ended.indexOf('timer')).toBe(0);
  expect(ended.indexOf('answered')).toBeLessThan(ended.lastIndexOf('reckoned'));
});

test('behind a cut line such a burst is five tries, and everybody else gets in meanwhile', async () => {
  const grace = await signedIn('grace');
  await ask(grace, 'practice.setLine', { cut: true });
  try {
    await eventually(
      async () => (await ask<{ lineDown?: boolean }>(grace, 'session.showStart')).lineDown === true,
      'the cut is noticed',
      within(30_000),
    );
    const burst = guesses(29, () => 'peter');
    const daniel = await atThePage();
    good(await daniel.call('session.signIn', { username: 'daniel', password: PASSWORD }));
    const codes = await burst;
    expect(codes.filter((code) => code === 'signIn.wrong')).toHaveLength(5);
    // Those who come too fast on a quick PC are turned away before anybody is asked for.
    expect(codes.filter((code) => code === 'signIn.wait' || code === 'transport.tooManyRequests')).toHaveLength(24);
    expect(await triesCounted('peter')).toBe(5);
    // Whom somebody guessed at waits half a minute, and is not locked out.
    const asPeter = async (): Promise<Reply> =>
      (await new Browser(host.address).call('session.signIn', { username: 'peter', password: PASSWORD })) as Reply;
    let told = await asPeter();
    await eventually(
      async () => {
        if (!told.ok && told.refusal.code === 'transport.tooManyRequests') told = await asPeter();
        return told.ok || told.refusal.code !== 'transport.tooManyRequests';
      },
      'the door is open again',
      within(20_000),
    );
    expect(told).toMatchObject({ refusal: { code: 'signIn.wait' } });
    expect(told.ok ? 0 : Number(told.refusal.facts?.['seconds'])).toBeLessThanOrEqual(30);
  } finally {
    await ask(grace, 'practice.setLine', { cut: false });
  }
});

test('whoever is at work takes money in whatever a stranger holds open, asks for and invents', async () => {
  const cashier = await signedIn('achieng');
  await ask(cashier, 'cash.openDrawer', { openingMinor: 0 });
  const held: Socket[] = [];
  const lines = (path: string): string => `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${String(host.port)}\r\n\r\n`;
  const hold = (words: string | null, end: boolean): void => {
    const socket = connect({ host: '127.0.0.1', port: host.port, allowHalfOpen: true });
    socket.on('error', () => {});
    if (words !== null) socket.write(words);
    if (end) socket.end();
    held.push(socket);
  };
  try {
    for (let at = 0; at < 150; at += 1) {
      // Closed on our side alone; silent; in the middle of a header; noise that is refused and never let go.
      hold(lines('/'), true);
      hold(null, true);
      hold('POST /call/session.signIn HTTP/1.1\r\nhost: ', false);
      hold('NOISE\r\n\r\n', false);
    }
    for (let at = 0; at < 14; at += 1) hold(lines('/events'), false);
    await Promise.all(
      held.map(
        (socket) => new Promise((resolve) => (socket.connecting ? socket.once('connect', resolve).once('close', resolve) : resolve(null))),
      ),
    );
    const invented = guesses(40, (at) => `invented ${String(at)}`);
    const paper = await deposit(cashier);
    expect(paper.receipt.number).toMatch(/-/);
    const codes = await invented;
    expect(new Set(codes).difference(new Set(['signIn.wrong', 'transport.tooManyRequests', 'pushed out']))).toEqual(new Set());
    // Events are for whoever sits there, and still reach them.
    const heard: unknown[] = [];
    const stop = await cashier.subscribe((event) => heard.push(event));
    const second = await deposit(cashier);
    await eventually(() => heard.length > 0, 'the cashier hears of it');
    stop();
    expect(await readBooks(root, (books) => books.prepare('SELECT count(*) FROM journal_receipts').pluck().get())).toBe(2);
    expect(second.receipt.number).not.toBe(paper.receipt.number);
  } finally {
    for (const socket of held) socket.destroy();
  }
});
