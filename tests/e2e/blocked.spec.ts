// The page of a branch that does not open, reason by reason: what happened, what is safe, what to do, where books, key and backups lie. In
// every language, on a small screen and at twice the size of everything.
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { BlockedBy } from '../../electron/composition/frontDoor.ts';
import { dataFolder } from '../../electron/composition/dataFolder.ts';
import { expect, noSeriousFindings, signIn, test } from './servedBranch.ts';

const FAULTS = { tag: '@faults' };

/** Each reason, with a word of what happened and of what is to be done. A reason without a line here does not compile. */
const REASONS: Readonly<Record<BlockedBy, readonly [happened: RegExp, todo: RegExp]>> = {
  'store.busy': [/busy/, /wait a minute/i],
  'store.full': [/disk is full/, /free some space/i],
  'store.readOnly': [/cannot be written/, /locked/i],
  'store.corrupt': [/damaged/, /copies the whole folder first/i],
  'store.newer': [/newer Tawi/, /start the newer tawi/i],
  'store.unknown': [/cannot be opened/, /copy the whole folder/i],
  'store.keyLost': [/key of these books/, /go back to that pc/i],
  'branch.notOwner': [/Another running Tawi/, /close the other tawi/i],
  'branch.notFounded': [/not where they were/, /renamed, moved or unplugged/i],
  'books.addressChanged': [/Somebody changed them/, /send nothing/i],
  'choice.differs': [/another head office/, /administrator/i],
  'choice.unreadable': [/small file/, /writes the small file again/i],
};

const PLACES = { books: '/data/branch/books.sqlite', key: '/data/branch/key', backups: '/data/branch/backups' };

async function blockBy(page: Page, reason: BlockedBy): Promise<void> {
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.route('**/call/session.showStart', async (route) => {
    const answer = await route.fetch();
    const { value } = (await answer.json()) as { readonly value: Readonly<Record<string, unknown>> };
    const elsewhere =
      reason === 'choice.differs' ? { books: 'https://one.example', chosen: 'https://two.example', address: null, tenant: null } : null;
    await route.fulfill({
      response: answer,
      json: { ok: true, value: { ...value, state: 'blocked', blockedBy: reason, branch: null, places: PLACES, elsewhere } },
    });
  });
  await page.reload();
  await expect(page.getByTestId('blocked-by')).toBeVisible();
}

test('every reason says what happened, what is safe, what to do and where everything lies', FAULTS, async ({ page, branch }) => {
  test.setTimeout(240_000);
  const said = new Map<string, Set<string>>();
  for (const language of ['en', 'es', 'fr']) {
    await page.goto(branch.address);
    await page.getByTestId(`language-${language}`).click();
    const safe = new Set<string>();
    const sentences = new Set<string>();
    for (const [reason, [happened, todo]] of Object.entries(REASONS) as [BlockedBy, (typeof REASONS)[BlockedBy]][]) {
      await blockBy(page, reason);
      const words = await page.getByTestId('blocked-by').innerText();
      const advice = await page.getByTestId('blocked-todo').innerText();
      const all = await page.locator('main').innerText();
      // No bare code, in no language.
      expect(all, reason).not.toContain(reason);
      sentences.add(`${words} ${advice}`);
      safe.add(await page.getByTestId('blocked-safe').innerText());
      for (const place of Object.values(PLACES)) expect(all, reason).toContain(place);
      if (language === 'en') {
        expect(words, reason).toMatch(happened);
        expect(advice, reason).toMatch(todo);
      }
    }
    expect(sentences.size, language).toBe(Object.keys(REASONS).length);
    expect(safe.size, language).toBe(1);
    said.set(language, sentences);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  }
  expect([...(said.get('es') ?? [])].filter((words) => said.get('en')?.has(words))).toEqual([]);
  expect([...(said.get('fr') ?? [])].filter((words) => said.get('en')?.has(words))).toEqual([]);
});

for (const [width, height] of [
  [1024, 640],
  [683, 384],
] as const)
  test(`it is read whole at ${String(width)} x ${String(height)}`, FAULTS, async ({ page, branch }) => {
    await page.setViewportSize({ width, height });
    await page.goto(branch.address);
    await blockBy(page, 'store.corrupt');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    for (const part of ['blocked-by', 'blocked-todo', 'blocked-safe', 'blocked-places']) {
      await page.getByTestId(part).scrollIntoViewIfNeeded();
      await expect(page.getByTestId(part)).toBeInViewport({ ratio: 0.99 });
    }
    // The one press on the page is reached by the keyboard alone.
    await page.keyboard.press('Tab');
    await expect(page.getByTestId('blocked-again')).toBeFocused();
    await noSeriousFindings(page, 'blocked');
  });

test(
  'books that were damaged, and books that are gone, are said as what they are, and nothing begins anew',
  FAULTS,
  async ({ page, branch }) => {
    await signIn(page, branch, 'achieng');
    await branch.end();
    const { store } = dataFolder(branch.folder).of('practice');
    const kept = `${branch.folder}-kept`;
    await cp(branch.folder, kept, { recursive: true });
    try {
      const bytes = await readFile(store);
      await writeFile(store, bytes.fill(7, 0, 65_536));
      for (const beside of await readdir(join(store, '..'))) if (/-(wal|shm)$/.test(beside)) await rm(join(store, '..', beside));
      await branch.startAgain();
      await page.goto(branch.address);
      await expect(page.getByTestId('blocked-by')).toBeVisible();
      await expect(page.getByTestId('blocked-todo')).toContainText('copies the whole folder first');
      await expect(page.getByTestId('blocked-places')).toContainText(store);
      await branch.end();

      await rm(branch.folder, { recursive: true });
      await mkdir(branch.folder);
      await cp(kept, branch.folder, { recursive: true });
      await branch.startAgain();
      await page.goto(branch.address);
      await expect(page.getByTestId('person-achieng')).toBeVisible();
    } finally {
      await rm(kept, { recursive: true, force: true });
    }
  },
);
