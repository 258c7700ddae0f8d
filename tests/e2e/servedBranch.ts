// One served practice branch per test: the built program in its own process, its own encrypted books, its own head office. Tests act as people at the page;
// where a step only prepares the scene they ask the contract directly through the same door.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uuidV7 } from '../../shared/kernel/uuidV7.ts';
import { randomBytes } from 'node:crypto';
import { expect, test as base, type Page } from '@playwright/test';
import AxeBuilder from '@axe-core/playwright';
import type { BranchContract } from '../../shared/contract/branchContract.ts';
import type { InputOf, OutputOf } from '../../shared/contract/define.ts';

export interface ServedBranch {
  readonly address: string;
  /** Where its data lies. */
  readonly folder: string;
  /** SIGKILL: the plug is pulled. */
  pullThePlug(): Promise<void>;
  /** SIGTERM: a clean end. */
  end(): Promise<void>;
  startAgain(): Promise<void>;
}

export const PASSWORD = 'practice';
const CLIENTS = 60;

async function openServed(folder: string): Promise<{ child: ChildProcess; address: string }> {
  const child = spawn(
    process.execPath,
    ['dist/serve/serve.js', '--practice', '--clients', String(CLIENTS), '--port', '0', '--seed', '7', '--data', folder],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  const address = await new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(said);
      if (found !== null) resolve(found[0]);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    child.once('exit', (code) => {
      reject(new Error(`the served branch ended with ${String(code)}: ${said}`));
    });
  });
  return { child, address };
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  child.kill(signal);
  await gone;
}

/** Tries again for at most half a minute: for truths that the loop brings about by itself. */
export const soon = { timeout: 30_000 };

type Served = Awaited<ReturnType<typeof openServed>> & { readonly folder: string };

async function openFresh(): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), 'tawi-e2e-'));
  return { ...(await openServed(folder)), folder };
}

/** Each test has a branch of its own; the next one comes up while this one is tested, so that nobody waits for its start. */
interface SpareBranch {
  take(): Promise<Served>;
}

export const test = base.extend<{ branch: ServedBranch; quietPage: undefined }, { spare: SpareBranch }>({
  spare: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from this pattern.
    async ({}, use) => {
      let next: Promise<Served> | null = null;
      await use({
        async take() {
          const taken = await (next ?? openFresh());
          next = openFresh();
          // Who takes it hears of a start that failed; until then it is nobody's error.
          next.catch(() => undefined);
          return taken;
        },
      });
      const left = await (next as Promise<Served> | null)?.catch(() => null);
      if (left === null || left === undefined) return;
      await ended(left.child, 'SIGTERM');
      await rm(left.folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  branch: async ({ spare }, use) => {
    const taken = await spare.take();
    const { folder } = taken;
    let served: Omit<Served, 'folder'> = taken;
    await use({
      folder,
      get address() {
        return served.address;
      },
      pullThePlug: () => ended(served.child, 'SIGKILL'),
      end: () => ended(served.child, 'SIGTERM'),
      async startAgain() {
        served = await openServed(folder);
      },
    });
    await ended(served.child, 'SIGTERM');
    await rm(folder, { recursive: true, force: true });
  },
  /** Every test fails when the page complained: an error on the console, an exception, a violated policy. */
  quietPage: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('console', (message) => {
        // The plug was pulled on purpose in some tests: the browser's own word about a refused connection is no complaint of the page.
        if (
          message.type() === 'error' &&
          !/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_INCOMPLETE_CHUNKED|ERR_EMPTY_RESPONSE|Failed to load resource/.test(
            message.text(),
          )
        )
          complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      await use(undefined);
      expect(complaints, 'the page complained').toEqual([]);
    },
    { auto: true },
  ],
});

/** Asks the contract on the session that the page holds. */
interface Replied<Value> {
  readonly ok: boolean;
  readonly value: Value;
  readonly refusal?: { readonly code: string };
}

/** As the page itself would call. */
async function replied<N extends keyof BranchContract, V extends keyof BranchContract[N] & string>(
  page: Page,
  noun: N,
  verb: V,
  input: InputOf<BranchContract[N][V]>,
): Promise<Replied<OutputOf<BranchContract[N][V]>>> {
  return page.evaluate(
    async ([method, body]) => {
      const answer = await fetch(`/call/${method ?? ''}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-tawi-page': localStorage.getItem('tawi.page') ?? '' },
        body: body ?? '{}',
      });
      const given = answer.headers.get('x-tawi-page');
      if (given !== null) localStorage.setItem('tawi.page', given);
      return (await answer.json()) as Replied<OutputOf<BranchContract[N][V]>>;
    },
    [`${noun}.${verb}`, JSON.stringify(input)],
  );
}

/** The code that it is refused with; null when it is not. */
export async function refusalOf<N extends keyof BranchContract, V extends keyof BranchContract[N] & string>(
  page: Page,
  noun: N,
  verb: V,
  input: InputOf<BranchContract[N][V]>,
): Promise<string | null> {
  return (await replied(page, noun, verb, input)).refusal?.code ?? null;
}

export async function ask<N extends keyof BranchContract, V extends keyof BranchContract[N] & string>(
  page: Page,
  noun: N,
  verb: V,
  input: InputOf<BranchContract[N][V]>,
): Promise<OutputOf<BranchContract[N][V]>> {
  const reply = await replied(page, noun, verb, input);
  expect(reply.ok, `${noun}.${verb}: ${JSON.stringify(reply.refusal)}`).toBe(true);
  return reply.value;
}

/** The element that takes the typing: the name may stand on the field or on its frame. */
export function fieldOf(page: Page, name: string) {
  const named = `[data-testid="${name}"]`;
  return page.locator(`input${named}, textarea${named}, ${named} input, ${named} textarea`).first();
}

export async function signIn(page: Page, branch: ServedBranch, username: string): Promise<void> {
  await page.goto(branch.address);
  await page.getByTestId(`person-${username}`).or(page.getByTestId('someone-else')).first().waitFor();
  const known = page.getByTestId(`person-${username}`);
  if ((await known.count()) > 0) await known.click();
  else {
    await page.getByTestId('someone-else').click();
    await fieldOf(page, 'username').fill(username);
  }
  await fieldOf(page, 'password').fill(PASSWORD);
  await page.getByTestId('sign-in').click();
  await expect(page.getByTestId('search')).toBeVisible();
}

export async function openDrawer(page: Page, openingMinor = 5_000_000): Promise<void> {
  if ((await ask(page, 'cash', 'showDrawer', {})) === null) await ask(page, 'cash', 'openDrawer', { openingMinor });
  await page.reload();
  await expect(page.getByTestId('drawer-open')).toBeVisible();
}

export async function cutLine(page: Page, cut: boolean): Promise<void> {
  await ask(page, 'practice', 'setLine', { cut });
  await expect.poll(async () => (await ask(page, 'sync', 'showStatus', {})).line, soon).toBe(cut ? 'down' : 'up');
}

export function newFormId(): string {
  return uuidV7(1_795_000_000_000 + Math.trunc(performance.now()), randomBytes(10));
}

/** Savings accounts that can be paid from, richest first. */
export async function richSavings(
  page: Page,
): Promise<readonly { readonly savingsId: string; readonly clientId: string; readonly name: string; readonly availableMinor: number }[]> {
  const { rows } = await ask(page, 'clients', 'list', { show: 'active', offset: 0, most: 60 });
  const found = [];
  for (const row of rows) {
    const client = await ask(page, 'clients', 'show', { clientId: row.clientId });
    for (const savings of client.savings) {
      if (savings.status === 'active' && savings.mayWithdraw)
        found.push({ savingsId: savings.savingsId, clientId: row.clientId, name: row.displayName, availableMinor: savings.availableMinor });
    }
  }
  return found.sort((one, other) => other.availableMinor - one.availableMinor);
}

export async function cashTypeId(page: Page): Promise<number> {
  const cash = (await ask(page, 'cash', 'listPaymentTypes', {})).find((type) => type.cash);
  if (cash === undefined) throw new Error('head office knows no cash');
  return cash.paymentTypeId;
}

/** A second person in a browser of their own. */
export async function anotherPerson(page: Page, branch: ServedBranch, username: string): Promise<Page> {
  const context = await page
    .context()
    .browser()
    ?.newContext({ viewport: { width: 1366, height: 768 }, locale: 'en-GB' });
  if (context === undefined) throw new Error('no browser');
  const other = await context.newPage();
  await signIn(other, branch, username);
  return other;
}

export async function noSeriousFindings(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter((finding) => finding.impact === 'serious' || finding.impact === 'critical');
  expect(serious.map((finding) => `${where}: ${finding.id} ${finding.nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([]);
}

export { expect };
