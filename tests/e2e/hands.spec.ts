// At the counter without a mouse: every screen knows where the next key belongs, and each key does what it says.
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
import type { Page } from '@playwright/test';

/** What has the focus, said so that a failure names it. */
async function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const at = document.activeElement;
    if (at === null || at === document.body) return 'nothing';
    const name = at.getAttribute('data-testid') ?? at.id;
    return name === '' ? at.tagName : name;
  });
}

/** The branch answers that method only once the function that this answers was called. */
async function heldBack(page: Page, method: string): Promise<() => void> {
  let goOn = (): void => undefined;
  const slow = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  await page.route(`**/call/${method}`, async (route) => {
    await slow;
    await route.continue();
  });
  return () => goOn();
}

async function somewhere(page: Page, where: string): Promise<void> {
  await expect.poll(() => focused(page), { message: `focus on ${where}` }).not.toBe('nothing');
}

const SCREENS = ['counter', 'receipts', 'clients', 'groups', 'loans', 'sync', 'exceptions', 'day', 'settings/practice'];

async function walk(page: Page, screens: readonly string[] = SCREENS): Promise<void> {
  for (const screen of screens) {
    await page.evaluate((to) => (location.hash = `#/${to}`), screen);
    await page.waitForTimeout(300);
    await somewhere(page, screen);
    for (const [open, close] of [
      ['Control+k', 'Escape'],
      ['F1', 'Escape'],
    ] as const) {
      await page.keyboard.press(open);
      await expect(page.locator('.v-overlay--active')).toHaveCount(1);
      await page.keyboard.press(close);
      await expect(page.locator('.v-overlay--active')).toHaveCount(0);
      await somewhere(page, `${screen} after ${open}`);
    }
  }
}

test('every screen has the focus where the next key belongs, and keeps it when a dialog closes', async ({ page, branch }) => {
  await signIn(page, branch, 'grace');
  await walk(page);
  // What is typed on the day's page by whoever comes to it is not the number of a paper: that field waits to be asked for.
  await page.evaluate(() => (location.hash = '#/day'));
  await expect(page.getByTestId('day-record')).toBeAttached();
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await somewhere(page, 'day');
  expect(await focused(page)).not.toBe('head-typed');
  await page.keyboard.press('Control+l');
  await expect(page.getByTestId('unlock')).toBeVisible();
  await page.keyboard.type('practice');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('unlock')).toHaveCount(0);
  await somewhere(page, 'after unlocking');
});

test('so has every form, every page of one thing, and every dialog that opens over them', async ({ page, branch }) => {
  test.setTimeout(240_000);
  await signIn(page, branch, 'achieng');
  await walk(page, ['counter/drawer']);
  await openDrawer(page);
  const [rich] = await richSavings(page);
  if (rich === undefined) throw new Error('nobody has savings');
  const loan = (await ask(page, 'loans', 'list', { show: 'behind' })).rows[0];
  const group = (await ask(page, 'groups', 'list', {})).rows[0];
  const paymentTypeId = await cashTypeId(page);
  await cutLine(page, true);
  const paid = { savingsId: rich.savingsId, amountMinor: 12_300, paidWith: { paymentTypeId } };
  const deposit = await ask(page, 'savings', 'takeDeposit', { ...paid, formId: newFormId() });
  await walk(page, [
    `counter/repayment/${loan?.loanId ?? ''}`,
    `counter/deposit/${rich.savingsId}`,
    `counter/withdrawal/${rich.savingsId}`,
    `counter/basket/${rich.clientId}`,
    `counter/issued/${deposit.receipt.receiptId}`,
    `clients/${rich.clientId}`,
    `groups/${group?.groupId ?? ''}`,
    `loans/${loan?.loanId ?? ''}`,
  ]);
  // A manager's agreement is asked for, and left: the key that asked for it is the next one again.
  await anotherPerson(page, branch, 'grace');
  const { alone, agreed } = await ask(page, 'savings', 'previewWithdrawal', { savingsId: rich.savingsId, amountMinor: 100 });
  expect(agreed.minor).toBeGreaterThan(alone.minor);
  await page.goto(`${branch.address}#/counter/withdrawal/${rich.savingsId}`);
  await fieldOf(page, 'amount').fill(String(Math.floor(agreed.minor / 100)));
  await expect(page.getByTestId('verdict')).toHaveAttribute('data-verdict', 'needsManager');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('review-sheet')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('manager-agreement')).toBeVisible();
  await somewhere(page, 'the agreement');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('manager-agreement')).toHaveCount(0);
  await somewhere(page, 'after the agreement');
  // The drawer is counted, counted again, said to hold, and closed.
  await page.goto(`${branch.address}#/day/close-drawer`);
  await somewhere(page, 'the count');
  // The hand is on the notes.
  await expect(page.getByTestId('count-grid').locator('input.single').first()).toBeFocused();
  await page.keyboard.type('1');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('count-differs')).toBeVisible();
  await somewhere(page, 'a count that differs');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('count-differs')).toHaveCount(0);
  await somewhere(page, 'the second count');
});

test('a fast code, an exact number and the money keys inside a form mean what they say', async ({ page, branch }) => {
  await signIn(page, branch, 'achieng');
  await openDrawer(page);
  const [rich] = await richSavings(page);
  if (rich === undefined) throw new Error('nobody has savings');
  const { client } = await ask(page, 'clients', 'show', { clientId: rich.clientId });
  await fieldOf(page, 'search').fill(`dp ${client.accountNo.replace(/^0+/u, '')}`);
  await expect(page.getByTestId('search-row-1')).toContainText(client.displayName);
  await expect(page.getByTestId('search-row-2')).toHaveCount(0);
  await expect(page.getByTestId('act-deposit')).toHaveClass(/is-ink/);
  await expect(page.getByTestId('act-repayment')).not.toHaveClass(/is-ink/);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('form-deposit')).toBeVisible();
  await page.keyboard.press('F6');
  await expect(page.getByTestId('form-withdrawal')).toBeVisible();
  await expect(page.getByTestId('form-client')).toHaveText(client.displayName);
});

test('what is not cash is one key, asks for its reference, and the paper carries it', async ({ page, branch }) => {
  await signIn(page, branch, 'achieng');
  await openDrawer(page);
  const [rich] = await richSavings(page);
  if (rich === undefined) throw new Error('nobody has savings');
  await page.goto(`${branch.address}#/counter/deposit/${rich.savingsId}`);
  await fieldOf(page, 'amount').fill('750');
  await page.keyboard.press('Alt+7');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('form-deposit')).toHaveAttribute('data-step', 'entry');
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('.reference') !== null)).toBe(true);
  await page.keyboard.type('MPESA-QX71');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('review-sheet')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('issued')).toBeVisible();
  await expect(page.getByTestId('slip-reference').first()).toContainText('MPESA-QX71');
  // A cheque is another key, and the next field is the one for its number: in every form, also where one receipt has several lines.
  const loan = (await ask(page, 'loans', 'list', { show: 'behind' })).rows[0];
  for (const form of [`repayment/${loan?.loanId ?? ''}`, `withdrawal/${rich.savingsId}`, `basket/${rich.clientId}`]) {
    await page.goto(`${branch.address}#/counter/${form}`);
    await expect(page.getByTestId('still-reading')).toHaveCount(0);
    await page.locator('.entry-fields input').first().fill('40');
    await page.keyboard.press('Alt+8');
    await expect(page.getByTestId('check-number').locator('input')).toBeFocused();
    await page.keyboard.type('CHQ-5521');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByTestId('review-sheet')).toBeVisible();
    await page.keyboard.press('Control+Enter');
    await expect(page.getByTestId('issued')).toBeVisible();
    await expect(page.getByTestId('slip-reference').first()).toContainText('CHQ-5521');
  }
  // What the screen hears stands in the palette by any part of its name, and does what its key does.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('same clix');
  await expect(page.getByTestId('palette-none')).toBeVisible();
  await page.keyboard.press('Backspace');
  await expect(page.getByTestId('palette').getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('issued')).toHaveCount(0);
});

test('a part payment of a late loan says on the form and on paper what stays overdue', async ({ page, branch }) => {
  await signIn(page, branch, 'achieng');
  await openDrawer(page);
  const { rows } = await ask(page, 'clients', 'list', { show: 'behind', offset: 0, most: 50 });
  const pages = await Promise.all(rows.map((row) => ask(page, 'clients', 'show', { clientId: row.clientId })));
  const late = pages.flatMap((each) => each.loans).find((loan) => loan.mayRepay && loan.overdueMinor > 20_000);
  if (late === undefined) throw new Error('nobody is late');
  await page.goto(`${branch.address}#/counter/repayment/${late.loanId}`);
  await fieldOf(page, 'amount').fill('100');
  const left = new Intl.NumberFormat('en', { minimumFractionDigits: 2 }).format((late.overdueMinor - 10_000) / 100);
  await expect(page.getByTestId('overdue-after')).toContainText(left);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('review-sheet')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('issued')).toBeVisible();
  await expect(page.getByTestId('slip-overdue').first()).toContainText(left);
});

test('a key that can do nothing says why it does nothing', async ({ page, branch }) => {
  await signIn(page, branch, 'achieng');
  await openDrawer(page);
  const [rich] = await richSavings(page);
  if (rich === undefined) throw new Error('nobody has savings');
  await cutLine(page, true);
  const { agreed } = await ask(page, 'savings', 'previewWithdrawal', { savingsId: rich.savingsId, amountMinor: 100 });
  await page.goto(`${branch.address}#/counter/withdrawal/${rich.savingsId}`);
  await fieldOf(page, 'amount').fill(String((agreed.minor + 100) / 100));
  await expect(page.getByTestId('verdict')).toHaveAttribute('data-verdict', 'refused');
  await expect(page.getByTestId('limit')).toHaveCount(2);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('review').locator('[role=alert]')).toBeVisible();
});

test('a form that is kept only after the counter came back stands there with its key', async ({ page, branch }) => {
  await signIn(page, branch, 'achieng');
  await openDrawer(page);
  const [rich] = await richSavings(page);
  if (rich === undefined) throw new Error('nobody has savings');
  const goOn = await heldBack(page, 'drafts.keep');
  await page.goto(`${branch.address}#/counter/deposit/${rich.savingsId}`);
  await expect(page.getByText(rich.name).first()).toBeVisible();
  await fieldOf(page, 'amount').fill('750');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('companion')).toBeVisible();
  await expect(page.getByTestId('kept-forms')).toHaveCount(0);
  goOn();
  await expect(page.getByTestId('kept-forms')).toContainText(rich.name);
  await page.keyboard.press('Alt+k');
  await expect(fieldOf(page, 'amount')).toHaveValue('750');
});

test('a form that is left before it read whose account it is for is found at the counter by its name', async ({ page, branch }) => {
  await signIn(page, branch, 'achieng');
  await openDrawer(page);
  const [rich] = await richSavings(page);
  if (rich === undefined) throw new Error('nobody has savings');
  const goOn = await heldBack(page, 'clients.show');
  await page.goto(`${branch.address}#/counter/deposit/${rich.savingsId}`);
  await fieldOf(page, 'amount').fill('750');
  await page.getByTestId('rail-counter').click();
  await expect(page.getByTestId('kept-forms')).toBeVisible();
  const [draft] = await ask(page, 'drafts', 'list', {});
  expect(JSON.parse(draft?.body ?? '{}')).toMatchObject({ clientName: '' });
  goOn();
  await expect(page.getByTestId('kept-forms')).toContainText(rich.name);
});
