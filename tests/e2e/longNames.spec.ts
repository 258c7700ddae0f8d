// Names of one word and fifty letters are read whole wherever they stand: wrapped, never cut off, at every size and at 200 %.
import type { Page } from '@playwright/test';
import { ask, expect, fieldOf, openDrawer, signIn, test, type ServedBranch } from './servedBranch.ts';

const LONG = 'Nakhumichanamukhwanamaloberamasindeanyangowekulomu';
const WHOSE = 'Mary Nekesa Wafula';
const MINE = 'Achieng Odhiambo';

/** Every answer of the branch names her by one word of fifty letters, and so the cashier herself. */
async function renameAll(page: Page, branch: ServedBranch): Promise<void> {
  await page.route(`${branch.address}call/**`, async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replaceAll(WHOSE, LONG).replaceAll(MINE, LONG.toUpperCase());
    await route.fulfill({ response: answer, body });
  });
}

/** What of the name lies outside a box that hides it, or outside the screen. */
function cutOff(page: Page): Promise<readonly string[]> {
  return page.evaluate((long) => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement;
      const text = node.textContent ?? '';
      const from = text.toLowerCase().indexOf(long.toLowerCase());
      if (parent === null || from < 0 || parent.closest('.unseen, option, .print-root') !== null) continue;
      const range = document.createRange();
      range.setStart(node, from);
      range.setEnd(node, from + long.length);
      for (const rect of range.getClientRects()) {
        if (rect.right > window.innerWidth + 1) found.push(`${parent.className || parent.tagName}: beyond the screen`);
        for (let box: Element | null = parent; box !== null && box !== document.documentElement; box = box.parentElement) {
          const clips = getComputedStyle(box).overflowX;
          if (clips === 'visible') continue;
          const edge = box.getBoundingClientRect();
          if (rect.right > edge.right + 1 || rect.left < edge.left - 1)
            found.push(`${parent.className || parent.tagName} in ${box.className}`);
        }
      }
    }
    return [...new Set(found)];
  }, LONG);
}

for (const [width, height] of [
  [1366, 768],
  [1024, 640],
  [683, 384],
] as const) {
  test(`one word of fifty letters is read whole at ${String(width)} x ${String(height)} @faults`, async ({ page, branch }) => {
    await signIn(page, branch, 'achieng');
    await openDrawer(page);
    await page.setViewportSize({ width, height });
    const { found } = await ask(page, 'clients', 'find', { text: WHOSE, most: 9 });
    const mary = found.flatMap((each) => (each.kind === 'client' ? [each.client] : []))[0];
    if (mary === undefined) throw new Error('Mary is not there');
    const { loans } = await ask(page, 'clients', 'show', { clientId: mary.clientId });
    await ask(page, 'practice', 'setLine', { cut: true });
    await renameAll(page, branch);
    await page.reload();
    const wrong: string[] = [];
    const look = async (where: string): Promise<void> => {
      await expect(page.getByText(LONG).first()).toBeAttached();
      for (const each of await cutOff(page)) wrong.push(`${where}: ${each}`);
    };

    await fieldOf(page, 'search').fill(mary.accountNo);
    await expect(page.getByTestId('companion-name')).toHaveText(LONG);
    await look('counter');
    await page.keyboard.press('F3');
    await expect(page.getByTestId('form-client')).toHaveText(LONG);
    await page.keyboard.type('100');
    await look('form');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByTestId('review-sentence')).toContainText(LONG);
    await look('review');
    await page.getByTestId('post').click();
    await expect(page.getByTestId('issued')).toBeVisible();
    await look('issued');
    for (const where of ['receipts', 'clients', `clients/${mary.clientId}`, 'loans', `loans/${loans[0]?.loanId ?? ''}`, 'sync']) {
      await page.goto(`${branch.address}#/${where}`);
      if (where === 'receipts') await page.getByTestId('receipt-row').locator('button').first().click();
      await look(where.split('/')[0] ?? where);
    }
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    expect(wrong).toEqual([]);
  });
}
