// What a hand and an eye need on every screen, measured at three sizes: targets that a finger finds, nothing wider than the window, and in the
// forms the sum whole, the keys beside it apart, and the sentence to read aloud together with its button.
import type { Locator, Page } from '@playwright/test';
import {
  anotherPerson,
  ask,
  cashTypeId,
  cutLine,
  expect,
  fieldOf,
  newFormId,
  openDrawer,
  richSavings,
  signIn,
  test,
} from './servedBranch.ts';

const LARGE = { width: 1366, height: 768 };
const SMALL = { width: 1024, height: 640 };
/** 1366 x 768 at 200 %. */
const TWICE = { width: 683, height: 384 };
/** Where panels go below each other, and one pixel before that, where beside each other they have least room. */
const BELOW = { width: 900, height: 640 };
const BESIDE = { width: 901, height: 640 };
const FEW_LINES = { width: 1366, height: 681 };

/** WCAG 2.2, 2.5.8; half a pixel is rounding. */
const LEAST = 23.5;

/** Whatever takes a press and is smaller than a finger needs, and how far the page goes beyond its window, named so that a failure says which. */
async function outOfReach(page: Page): Promise<readonly string[]> {
  return page.evaluate((least) => {
    const pressed = 'a[href], button, input, select, textarea, summary, [role=button], [role=tab], [role=radio], [role=checkbox]';
    const small: string[] = [];
    for (const each of document.querySelectorAll<HTMLElement>(pressed)) {
      if (each.closest('.unseen, [inert], .print-root') !== null || !each.checkVisibility({ visibilityProperty: true })) continue;
      // A radio or a box is as large as its label, a field as its frame.
      const frame = each.closest('.v-selection-control, .v-field, label');
      const { width, height, left, top } = (each instanceof HTMLInputElement ? (frame ?? each) : each).getBoundingClientRect();
      // A link inside a sentence is as high as its line.
      // Whatever lies over it takes its press; what is scrolled out of its box is not on the screen.
      const [x, y] = [left + width / 2, top + height / 2];
      let isSeen = x > 0 && y > 0 && x < window.innerWidth && y < window.innerHeight;
      for (let box = each.parentElement; box !== null && isSeen; box = box.parentElement) {
        if (getComputedStyle(box).overflow === 'visible') continue;
        const edge = box.getBoundingClientRect();
        isSeen = x > edge.left && x < edge.right && y > edge.top && y < edge.bottom;
      }
      const over = isSeen && width > 0 ? document.elementFromPoint(x, y) : null;
      if (over !== null && !over.contains(each) && !(frame ?? each).contains(over) && !each.contains(over))
        small.push(`${each.dataset['testid'] ?? each.className} lies under ${over.className}`);
      const isInText = each instanceof HTMLAnchorElement && each.parentElement?.matches('p') === true;
      if (width === 0 || (width >= least && height >= least) || (isInText && height >= 15)) continue;
      small.push(`${each.dataset['testid'] ?? each.className}: ${String(Math.round(width))} x ${String(Math.round(height))}`);
    }
    // A title that is pressed together by what stands beside it says nothing.
    for (const title of document.querySelectorAll<HTMLElement>('h1')) {
      const lines = title.getBoundingClientRect().height / Number.parseFloat(getComputedStyle(title).lineHeight);
      if (lines > 3.5) small.push(`the title has ${String(Math.round(lines))} lines`);
    }
    const beyond = document.documentElement.scrollWidth - window.innerWidth;
    if (beyond > 1) small.push(`the page is ${String(beyond)} wider than its window`);
    return [...new Set(small)];
  }, LEAST);
}

async function boxOf(where: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await where.boundingBox();
  if (box === null) throw new Error('it is not on the screen');
  return box;
}

test('every screen has targets that a finger finds, and is no wider than its window, in French', async ({ page, branch }) => {
  await page.addInitScript(() => localStorage.setItem('tawi.language', 'fr'));
  await signIn(page, branch, 'grace');
  await openDrawer(page);
  const paymentTypeId = await cashTypeId(page);
  const [rich] = await richSavings(page);
  if (rich === undefined) throw new Error('nobody has savings');
  const loan = (await ask(page, 'loans', 'list', { show: 'behind' })).rows[0];
  const asked = (await ask(page, 'loans', 'list', { show: 'submitted' })).rows[0];
  const group = (await ask(page, 'groups', 'list', {})).rows[0];
  await cutLine(page, true);
  const paid = { savingsId: rich.savingsId, amountMinor: 12_300, paidWith: { paymentTypeId } };
  const deposit = await ask(page, 'savings', 'takeDeposit', { ...paid, formId: newFormId() });
  // Somebody else's drawer is closed: the day has a report, and the way to it.
  const second = await anotherPerson(page, branch, 'daniel');
  await openDrawer(second);
  const report = (await ask(second, 'cash', 'closeDrawer', { countedMinor: 5_000_000 })).report ?? '';
  await second.context().close();
  const screens: readonly (readonly [address: string, testid: string])[] = [
    ['counter', 'companion'],
    [`counter/repayment/${loan?.loanId ?? ''}`, 'form-repayment'],
    [`counter/withdrawal/${rich.savingsId}`, 'form-withdrawal'],
    [`counter/basket/${rich.clientId}`, 'form-basket'],
    [`counter/issued/${deposit.receipt.receiptId}`, 'issued'],
    ['receipts', 'receipt-desk'],
    ['receipts/check', 'paper-empty'],
    ['clients', 'client-list'],
    ['clients/new', 'register-firstname'],
    [`clients/${rich.clientId}`, 'client-number'],
    ['groups', 'group-row-1'],
    ['groups/new', 'group-founders'],
    [`groups/${group?.groupId ?? ''}`, 'group-page'],
    ['centers/new', 'center-founders'],
    ['loans', 'loan-row-1'],
    [`loans/${loan?.loanId ?? ''}`, 'loan-page'],
    [`loans/${asked?.loanId ?? ''}`, 'decide-approve'],
    ['sync', 'sync-desk'],
    ['exceptions', 'exception-desk'],
    ['day', 'day-page'],
    ['day/vault', 'vault-page'],
    [`day/reports/${report}`, 'report-page'],
    ['day/close-drawer', 'close-drawer'],
    ['settings/printers', 'save-printers'],
    ['settings/practice', 'practice-find'],
  ];
  const found: string[] = [];
  for (const [address, testid] of screens) {
    await page.evaluate((to) => (location.hash = `#/${to}`), address);
    await expect(page.getByTestId(testid).first()).toBeVisible();
    for (const size of [LARGE, SMALL, BESIDE, BELOW, TWICE]) {
      await page.setViewportSize(size);
      const where = `${address.split('/').slice(0, 2).join('/')} at ${String(size.width)}`;
      found.push(...(await outOfReach(page)).map((what) => `${where}: ${what}`));
    }
  }
  expect(found).toEqual([]);
});

test('a form shows its sum whole, its keys apart, and its sentence beside its button, in Spanish at every size', async ({
  page,
  branch,
}) => {
  await page.goto(branch.address);
  await page.getByTestId('language-es').click();
  await signIn(page, branch, 'achieng');
  await openDrawer(page);
  const [rich] = await richSavings(page);
  if (rich === undefined) throw new Error('nobody has savings');
  const loan = (await ask(page, 'loans', 'list', { show: 'behind' })).rows[0];
  for (const [form, address] of [
    ['repayment', `repayment/${loan?.loanId ?? ''}`],
    ['deposit', `deposit/${rich.savingsId}`],
    ['withdrawal', `withdrawal/${rich.savingsId}`],
  ] as const) {
    await page.setViewportSize(LARGE);
    await page.evaluate((to) => (location.hash = `#/counter/${to}`), address);
    await expect(page.getByTestId(`form-${form}`)).toBeVisible();
    const sum = fieldOf(page, 'amount');
    await sum.fill('1500');
    for (const size of [TWICE, BELOW, BESIDE, FEW_LINES, { width: 1024, height: 640 }]) {
      const at = `${form} at ${String(size.width)} x ${String(size.height)}`;
      await page.setViewportSize(size);
      const cut = await sum.evaluate((field) => field.scrollWidth - field.clientWidth);
      expect(cut, `${at}: the sum is cut by so many pixels`).toBeLessThanOrEqual(1);
      const boxes = await Promise.all((await page.getByTestId(/^preset/u).all()).map(boxOf));
      for (const [index, one] of boxes.entries())
        for (const other of boxes.slice(index + 1)) {
          const isApart =
            one.x + one.width <= other.x + 1 ||
            other.x + other.width <= one.x + 1 ||
            one.y + one.height <= other.y + 1 ||
            other.y + other.height <= one.y + 1;
          expect(isApart, `${at}: presets overlap`).toBe(true);
        }
    }
    await page.keyboard.press('Control+Enter');
    await expect(page.getByTestId('review-sheet')).toBeVisible();
    for (const size of [{ width: 1024, height: 640 }, FEW_LINES, TWICE]) {
      const at = `${form} at ${String(size.width)} x ${String(size.height)}`;
      await page.setViewportSize(size);
      const sentence = await boxOf(page.getByTestId('review-sentence'));
      const post = await boxOf(page.getByTestId('post'));
      // Both on the screen at once, and the one does not lie on the other.
      expect(sentence.y, `${at}: the sentence begins on the screen`).toBeGreaterThanOrEqual(0);
      expect(post.y + post.height, `${at}: the button ends on the screen`).toBeLessThanOrEqual(size.height + 1);
      expect(sentence.y + sentence.height, `${at}: the sentence ends above its button`).toBeLessThanOrEqual(post.y + 1);
      const figures = await boxOf(page.locator('.review-figures'));
      expect(figures.y + figures.height, `${at}: what it leaves is read whole`).toBeLessThanOrEqual(post.y + 1);
    }
  }
});
