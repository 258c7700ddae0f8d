// Money at the counter where it was lost or became another sum: an answer that never came, a second window, a draft that came late, and sums
// typed or pasted in another country's writing.
import type { Page } from '@playwright/test';
import { ask, expect, fieldOf, openDrawer, richSavings, signIn, test } from './servedBranch.ts';

const FAULTS = { tag: '@faults' };

async function openDeposit(page: Page, address: string): Promise<void> {
  const [rich] = await richSavings(page);
  if (rich === undefined) throw new Error('nobody has savings');
  await page.goto(`${address}#/counter/deposit/${rich.savingsId}`);
  await expect(fieldOf(page, 'amount')).toBeFocused();
}

async function paste(page: Page, field: string, text: string): Promise<void> {
  await fieldOf(page, field).focus();
  await page.keyboard.press('Control+a');
  await page.evaluate((words) => {
    const data = new DataTransfer();
    data.setData('text', words);
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

async function receipts(page: Page): Promise<readonly { readonly number: string; readonly amountMinor: number }[]> {
  const { lines } = await ask(page, 'receipts', 'list', {});
  return lines.map(({ receipt: { number, amountMinor } }) => ({ number, amountMinor }));
}

test(
  'a lost answer: the page that waits is told it was recorded before, and a later payment of the same sum is its own',
  FAULTS,
  async ({ page, branch }) => {
    await signIn(page, branch, 'achieng');
    await openDrawer(page);
    await openDeposit(page, branch.address);
    await page.keyboard.type('500');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByTestId('review-sentence')).toContainText('500.00');
    // The branch records it, and its answer is lost on the way.
    await page.route('**/call/savings.takeDeposit', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await page.keyboard.press('Control+Enter');
    await expect(page.locator('[data-refusal="transport.unreachable"]')).toBeVisible();
    expect(await receipts(page)).toHaveLength(1);
    await page.unroute('**/call/savings.takeDeposit');

    // The page goes before it asks again: the form is empty, and says what was recorded.
    const waiting = await page.context().newPage();
    await waiting.goto(page.url());
    await expect(waiting.getByTestId('recorded-today')).toContainText('500.00');
    await expect(fieldOf(waiting, 'amount')).toHaveValue('');
    await expect(waiting.getByTestId('draft-restored')).toHaveCount(0);

    // The page that waited asks again: the same receipt, and not as a new one.
    await page.keyboard.press('Control+Enter');
    await expect(page.getByTestId('issued')).toHaveAttribute('data-replayed', 'yes');
    await expect(page.getByTestId('issued')).toContainText('Nothing was recorded now');
    expect(await receipts(page)).toHaveLength(1);

    // The same client brings the same sum once more: said on the review, recorded, and new.
    await fieldOf(waiting, 'amount').fill('500');
    await waiting.keyboard.press('Control+Enter');
    await expect(waiting.getByTestId('same-sum')).toBeVisible();
    await waiting.getByTestId('post').click();
    await expect(waiting.getByTestId('issued')).toBeVisible();
    await expect(waiting.getByTestId('issued')).not.toHaveAttribute('data-replayed', 'yes');
    expect((await receipts(page)).map(({ amountMinor }) => amountMinor)).toEqual([50_000, 50_000]);
  },
);

test(
  'two windows with one draft: the second is told what the first recorded, records nothing, and gets a fresh form',
  FAULTS,
  async ({ page, branch }) => {
    await signIn(page, branch, 'achieng');
    await openDrawer(page);
    await openDeposit(page, branch.address);
    await page.keyboard.type('700');
    await expect(page.getByTestId('draft-kept')).toBeVisible();
    const second = await page.context().newPage();
    await second.goto(page.url());
    await expect(second.getByTestId('draft-restored')).toBeVisible();
    await second.keyboard.press('Control+Enter');
    await expect(second.getByTestId('review-sentence')).toContainText('700.00');

    await page.keyboard.press('Control+Enter');
    await page.getByTestId('post').click();
    await expect(page.getByTestId('issued')).toBeVisible();
    const [recorded] = await receipts(page);

    await second.getByTestId('post').click();
    const told = second.locator('[data-refusal="form.alreadyUsed"]');
    await expect(told).toContainText(recorded?.number ?? '');
    await expect(told).toContainText('Nothing was recorded now');
    expect(await receipts(page)).toHaveLength(1);
    await second.getByTestId('fresh-form').first().click();
    await expect(fieldOf(second, 'amount')).toHaveValue('');
    await fieldOf(second, 'amount').fill('700');
    await second.keyboard.press('Control+Enter');
    await second.getByTestId('post').click();
    await expect(second.getByTestId('issued')).toBeVisible();
    expect(await receipts(page)).toHaveLength(2);
  },
);

test('a print window that was closed is no paper: it is asked whether it came out', FAULTS, async ({ page, branch }) => {
  await signIn(page, branch, 'achieng');
  await openDrawer(page);
  await page.addInitScript(() => {
    window.print = () => undefined;
  });
  await openDeposit(page, branch.address);
  await page.reload();
  await expect(fieldOf(page, 'amount')).toBeFocused();
  await page.keyboard.type('300');
  await page.keyboard.press('Control+Enter');
  await page.getByTestId('post').click();
  await expect(page.getByTestId('next-client')).toBeFocused();

  await page.keyboard.press('F9');
  await expect(page.getByTestId('print-came-out')).toBeFocused();
  expect((await ask(page, 'receipts', 'list', {})).lines[0]).toMatchObject({ printedAt: null });
  await page.getByTestId('print-did-not').click();
  await expect(page.getByTestId('print-answer')).toHaveCount(0);
  await expect(page.getByTestId('issued')).toContainText('Not printed yet');

  // The page goes before anybody answers: the question waits with the receipt, and no second paper is made meanwhile.
  await page.keyboard.press('F9');
  // A page that goes before the branch was told has asked for no paper.
  await expect(page.getByTestId('print-answer')).toBeVisible();
  await page.reload();
  await expect(page.getByTestId('print-answer')).toBeVisible();
  await page.keyboard.press('F9');
  await page.keyboard.press('Alt+1');
  await expect(page.getByTestId('issued')).toContainText('Printed at');
  await expect(page.getByTestId('next-client')).toBeFocused();
  expect((await ask(page, 'receipts', 'list', {})).lines[0]).toMatchObject({ copies: 0 });
});

test('a draft that comes late does not take the place of what is typed: it is offered', FAULTS, async ({ page, branch }) => {
  await signIn(page, branch, 'achieng');
  await openDrawer(page);
  await openDeposit(page, branch.address);
  await page.keyboard.type('1500');
  await expect(page.getByTestId('draft-kept')).toBeVisible();
  // A slow PC: the draft is told long after the form stands.
  await page.route('**/call/drafts.show', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await route.continue();
  });
  await page.reload();
  await expect(fieldOf(page, 'amount')).toBeFocused();
  await page.keyboard.type('27', { delay: 80 });
  await expect(page.getByTestId('draft-offered')).toBeVisible();
  await expect(fieldOf(page, 'amount')).toHaveValue('27');
  await page.getByTestId('take-offered').click();
  await expect(fieldOf(page, 'amount')).toHaveValue('1,500');
});

test(
  'a sum in another country’s writing is refused beside the field with both readings, and nothing can be posted',
  FAULTS,
  async ({ page, branch }) => {
    await signIn(page, branch, 'achieng');
    await openDrawer(page);
    await openDeposit(page, branch.address);
    for (const [text, one, other] of [
      ['40,23', '40.23', '4,023'],
      ['1,50', '1.50', '150'],
    ] as const) {
      await paste(page, 'amount', text);
      await expect(page.getByTestId('amount-unfit')).toContainText(one);
      await expect(page.getByTestId('amount-unfit')).toContainText(other);
      await expect(fieldOf(page, 'amount')).toHaveValue(text);
      await page.keyboard.press('Control+Enter');
      await expect(page.getByTestId('form-deposit')).toHaveAttribute('data-step', 'entry');
    }
    await fieldOf(page, 'amount').fill('');
    await page.keyboard.type('1,500');
    await expect(page.getByTestId('amount-unfit')).toHaveCount(0);
    await expect(page.getByTestId('amount-words')).toContainText(/thousand five hundred/i);
    // What was handed over cannot be read either: it does not become the exact amount.
    await fieldOf(page, 'given').focus();
    await page.keyboard.type('2,00');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByTestId('form-deposit')).toHaveAttribute('data-step', 'entry');
    await fieldOf(page, 'given').fill('2,000');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByTestId('review-sentence')).toContainText('1,500.00');
  },
);

test('in Spanish a sum is typed as the screen shows it', FAULTS, async ({ page, branch }) => {
  await page.goto(branch.address);
  await page.getByTestId('language-es').click();
  await signIn(page, branch, 'achieng');
  await openDrawer(page);
  await openDeposit(page, branch.address);
  for (const [text, stands] of [
    ['5.000', '5.000'],
    ['1.500,50', '1.500,50'],
  ] as const) {
    await fieldOf(page, 'amount').fill('');
    await page.keyboard.type(text);
    await expect(fieldOf(page, 'amount')).toHaveValue(stands);
    await expect(page.getByTestId('amount-unfit')).toHaveCount(0);
  }
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('review-sentence')).toContainText('1.500,50');
  await page.keyboard.press('Escape');
  await paste(page, 'amount', '12.50');
  await expect(page.getByTestId('amount-unfit')).toContainText('12,50');
  await expect(page.getByTestId('amount-unfit')).toContainText('1.250');
});
