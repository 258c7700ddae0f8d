// The desktop program as a person meets it: it starts, a cashier signs in and takes a repayment through the window's own channel, the page
// cannot leave, and the books are closed when the window is. On Electron where it can be had, on the stand-in elsewhere.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test as base } from '@playwright/test';
import { uuidV7 } from '../../shared/kernel/uuidV7.ts';
import type { Desktop } from './openDesktop.ts';
import { openDesktop, runtime, startAndEnd } from './openDesktop.ts';

const test = base.extend<{ folder: string; desktop: Desktop }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from this pattern.
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'tawi-desktop-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  desktop: async ({ folder }, use, about) => {
    about.annotations.push({ type: 'runtime', description: runtime });
    const desktop = await openDesktop(folder);
    await use(desktop);
    await desktop.close();
  },
});

test.beforeAll(() => {
  process.stdout.write(
    `The desktop tests run on ${runtime === 'Electron' ? 'the real Electron' : 'the stand-in for Electron, whose runtime cannot be used here'}.\n`,
  );
});

interface Reply {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly refusal?: { readonly code: string };
}

/** Through the bridge that the preload offers, as the page itself does. */
function call(page: Page, method: string, input: unknown = {}): Promise<Reply> {
  return page.evaluate(
    ([name, given]) =>
      (globalThis as unknown as { branch: { call(name: unknown, given: unknown): Promise<Reply> } }).branch.call(name, given),
    [method, input] as const,
  );
}

async function value<T>(page: Page, method: string, input: unknown = {}): Promise<T> {
  const reply = await call(page, method, input);
  expect(reply.ok, `${method}: ${JSON.stringify(reply.refusal)}`).toBe(true);
  return reply.value as T;
}

/** Until the first pull is done. */
async function untilReady(page: Page): Promise<void> {
  await expect.poll(async () => (await value<{ state: string }>(page, 'session.showStart')).state, { timeout: 40_000 }).toBe('ready');
}

const newId = (): string => uuidV7(Date.now(), randomBytes(10));

test('starts on its first run, sandboxed, with a bridge of two functions and a page without complaints', async ({ desktop }) => {
  const { page } = desktop;
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.evaluate(() => location.reload());
  await expect(page.getByTestId('open-practice')).toBeVisible();
  const seen = await page.evaluate(() => {
    const world = globalThis as unknown as Record<string, unknown>;
    const branch = world['branch'] as Record<string, unknown>;
    return {
      bridge: Object.keys(branch).sort(),
      frozen: Object.isFrozen(branch),
      node: ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer'].filter((name) => name in world),
    };
  });
  expect(seen).toEqual({ bridge: ['call', 'subscribe'], frozen: true, node: [] });
  expect(
    await page.evaluate(async () =>
      fetch('https://example.org/').then(
        () => 'reached',
        () => 'refused',
      ),
    ),
  ).toBe('refused');
  // The refused fetch is our own doing, and the policy says so aloud.
  expect(complaints.filter((text) => !text.includes('example.org') && !text.includes('Fetch API cannot load'))).toEqual([]);
});

test('a cashier signs in at the practice branch and takes a repayment through the window, and head office confirms it', async ({
  desktop,
}) => {
  const { page } = desktop;
  await page.getByTestId('open-practice').click();
  await untilReady(page);
  const heard = page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const { branch } = globalThis as unknown as { branch: { subscribe(listener: (event: { what: string }) => void): () => void } };
        const stop = branch.subscribe((event) => {
          if (event.what !== 'account.changed') return;
          stop();
          resolve(event.what);
        });
      }),
  );
  expect((await call(page, 'clients.list', {})).refusal?.code).toBe('session.signedOut');
  await value(page, 'session.signIn', { username: 'achieng', password: 'practice' });
  await value(page, 'cash.openDrawer', { openingMinor: 1_000_000 });
  const { rows } = await value<{ rows: { loanId: string; outstandingMinor: number }[] }>(page, 'loans.list', { show: 'active' });
  const loan = rows.find((row) => row.outstandingMinor > 50_000);
  expect(loan, 'a loan to repay').toBeDefined();
  const [cash] = (await value<{ paymentTypeId: number; cash: boolean }[]>(page, 'cash.listPaymentTypes')).filter((type) => type.cash);
  const taken = await value<{ receipt: { number: string; amountMinor: number } }>(page, 'loans.takeRepayment', {
    formId: newId(),
    loanId: loan!.loanId,
    amountMinor: 50_000,
    paidWith: { paymentTypeId: cash!.paymentTypeId },
  });
  expect(taken.receipt).toMatchObject({ amountMinor: 50_000, number: expect.stringMatching(/^KTL-\d{2}-\d{6}-0001-[0-9A-Z]$/) });
  expect(await heard).toBe('account.changed');
  await expect
    .poll(
      async () => (await value<{ lines: { standing: string; serverTransactionId: number | null }[] }>(page, 'receipts.list')).lines[0],
      { timeout: 30_000 },
    )
    .toMatchObject({ standing: 'confirmed', serverTransactionId: expect.any(Number) });
});

test('a call that waits when its person leaves is finished in nobody’s name, and told to nobody who sits down meanwhile @trust', async ({
  desktop,
}) => {
  const { page } = desktop;
  await page.getByTestId('open-practice').click();
  await untilReady(page);
  for (const method of ['headOffice.prepare', 'headOffice.showPreparation']) {
    await value(page, 'session.signIn', { username: 'admin', password: 'practice' });
    const [waited, next] = await page.evaluate(async (name) => {
      const { branch } = globalThis as unknown as { branch: { call(name: string, given: object): Promise<Reply> } };
      const waiting = branch.call(name, {});
      await branch.call('session.signOut', {});
      return Promise.all([waiting, branch.call('session.signIn', { username: 'peter', password: 'practice' })]);
    }, method);
    expect(waited, method).toEqual({ ok: false, refusal: { code: 'session.signedOut' } });
    expect(next.ok).toBe(true);
    await value(page, 'session.signOut');
  }
});

test('the page cannot be led away, open a window or be framed by another', async ({ desktop }) => {
  const { page } = desktop;
  const home = page.url();
  await expect(page.getByTestId('open-practice')).toBeVisible();
  for (const address of ['https://example.org/', 'http://127.0.0.1:9/', 'data:text/html,gone', 'file:///etc/hostname']) {
    await page.evaluate((to) => {
      const link = document.createElement('a');
      link.href = to;
      link.click();
    }, address);
    await page.waitForTimeout(150);
    expect(page.url(), address).toBe(home);
  }
  const opened = await page.evaluate(() => {
    window.open('https://example.org/');
    return true;
  });
  expect(opened).toBe(true);
  await expect.poll(() => page.context().pages().length).toBe(1);
  await expect(page.getByTestId('open-practice')).toBeVisible();
  expect((await call(page, 'session.showStart')).ok).toBe(true);
  if (runtime === 'stand-in') {
    await expect.poll(() => desktop.said()).toContain('standin: navigation refused https://example.org/');
    await expect.poll(() => desktop.said()).toContain('standin: window refused https://example.org/');
    expect(desktop.said()).not.toContain('standin: outside');
    expect(desktop.said()).not.toContain('opened outside');
  }
});

test('closing the window closes the books, and the next start finds them', async ({ folder }) => {
  const first = await openDesktop(folder);
  await first.page.getByTestId('open-practice').click();
  await untilReady(first.page);
  expect(await first.close()).toBe(0);
  const second = await openDesktop(folder);
  const start = await value<{ state: string; start: { unclean: boolean } | null; people: unknown[] }>(second.page, 'session.showStart');
  expect(start).toMatchObject({ state: 'ready', start: { unclean: false } });
  expect(start.people.length).toBeGreaterThanOrEqual(4);
  expect(await second.close()).toBe(0);
});

// Electron's own lock ends a second start without a word, so there is nothing to read there.
if (runtime === 'stand-in') {
  test('a second start on the same folder ends with a clear word, and the first goes on', async ({ folder, desktop }) => {
    const second = await startAndEnd(folder);
    expect(second.code).toBe(1);
    expect(second.said).toMatch(/error box Tawi: Tawi already runs with the folder .*process \d+/);
    expect((await call(desktop.page, 'session.showStart')).ok).toBe(true);
  });
  test('a packed program lets nobody who writes its shortcut debug it or give it other books @trust', async ({ folder }) => {
    for (const word of ['--remote-debugging-port=9222', `--data=${folder}`]) {
      const started = await startAndEnd(folder, [word]);
      expect(started.code).toBe(1);
      expect(started.said).toContain(`error box Tawi: Tawi does not start with ${word.split('=', 1)[0] ?? ''}.`);
    }
  });
}
