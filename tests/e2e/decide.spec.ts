// The desk of everything that waits for somebody else: with the keyboard alone twenty applications are decided, each in at most three presses, and what
// is not this person's to decide says why. @credit
import type { Page } from '@playwright/test';
import { anotherPerson, ask, cutLine, expect, newFormId, signIn, soon, test, type ServedBranch } from './servedBranch.ts';

const TWENTY = 20;

/** As many applications of hers as are wanted, each for another client. */
async function applyFor(page: Page, count: number): Promise<void> {
  const { businessDate, products } = await ask(page, 'loans', 'applicationOptions', {});
  const product = products[0];
  const clients = (await ask(page, 'clients', 'list', { show: 'active', most: count })).rows;
  for (const { clientId } of clients)
    await ask(page, 'loans', 'apply', {
      formId: newFormId(),
      owner: { kind: 'client', localId: clientId },
      productId: product?.productId ?? 0,
      principalMinor: product?.principal.usual ?? 0,
      installments: product?.installments.usual ?? 1,
      ratePercent: product?.rate.usual ?? '2',
      submittedOn: businessDate,
      expectedOn: businessDate,
    });
}

async function toDesk(page: Page, branch: ServedBranch): Promise<void> {
  await page.goto(`${branch.address}#/decide`);
  await expect(page.getByTestId('decide-desk')).toBeVisible();
}

test('twenty applications are decided with the keyboard alone, at most three presses each @credit', async ({ page, branch }) => {
  await signIn(page, branch, 'peter');
  await expect.poll(async () => (await ask(page, 'loans', 'applicationOptions', {})).products.length, soon).toBeGreaterThan(0);
  await cutLine(page, true);
  await applyFor(page, TWENTY);
  const manager = await anotherPerson(page, branch, 'grace');
  await expect(manager.getByTestId('rail-decide')).toContainText(/\d/);
  await manager.keyboard.press('Alt+e');
  await expect(manager.getByTestId('decide-list')).toBeFocused();
  const loans = manager.getByTestId('decide-row').and(manager.locator('[data-what=loanAsked]'));
  await expect.poll(async () => loans.count(), soon).toBeGreaterThanOrEqual(TWENTY);
  const before = await loans.count();
  let presses = 0;
  const press = async (key: string): Promise<void> => {
    presses += 1;
    await manager.keyboard.press(key);
  };
  const began = Date.now();
  for (let decided = 1; decided <= TWENTY; decided += 1) {
    // Whoever decides has its terms and its client before her eyes.
    await expect(manager.getByTestId('decide-owner')).toBeVisible();
    await press('Control+Enter');
    await expect(manager.getByTestId('decision-review')).toBeVisible();
    await press('Control+Enter');
    await expect(loans).toHaveCount(before - decided);
  }
  expect(presses / TWENTY).toBeLessThanOrEqual(3);
  expect(Date.now() - began).toBeLessThan(120_000);
  // What was decided is the fact that the account's own page shows.
  const { rows } = await ask(manager, 'loans', 'list', { show: 'approved' });
  expect(rows.length).toBeGreaterThanOrEqual(TWENTY);
  await cutLine(page, false);
  await expect.poll(async () => (await ask(page, 'sync', 'showDesk', {})).unfinished.length, { timeout: 60_000 }).toBe(0);
});

test('one is rejected with a reason, one is hers and says so, and the page of each is a key away @credit', async ({ page, branch }) => {
  await signIn(page, branch, 'grace');
  await expect.poll(async () => (await ask(page, 'loans', 'applicationOptions', {})).products.length, soon).toBeGreaterThan(0);
  await applyFor(page, 1);
  await toDesk(page, branch);
  await expect(page.getByTestId('decide-list')).toBeFocused();
  const first = page.getByTestId('decide-row').first();
  await expect(first).toHaveAttribute('aria-selected', 'true');
  const rows = page.getByTestId('decide-row');
  const before = await rows.count();
  await page.keyboard.press('Alt+t');
  await expect(page.getByTestId('decision-review')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  // Whoever is turned away is owed a reason.
  await expect(page.getByTestId('decision-review')).toBeVisible();
  await page.keyboard.type('papers are missing');
  await page.keyboard.press('Control+Enter');
  await expect(rows).toHaveCount(before - 1);
  await expect(page.getByTestId('decide-list')).toBeFocused();

  await page.getByTestId('show-everything').press('Space');
  const hers = page.locator('[data-what=loanAsked][data-mine=false]');
  await expect(hers).toHaveCount(1);
  await hers.click();
  await expect(page.getByTestId('desk-approve')).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByTestId('desk-approve')).toContainText('Somebody else decides');
  await page.keyboard.press('Alt+g');
  await expect(page.getByTestId('loan-page')).toBeVisible();
  await expect(page.getByTestId('decide-approve')).toHaveAttribute('aria-disabled', 'true');
});

test('a cashier sees what waits and decides nothing of it @credit', async ({ page, branch }) => {
  await signIn(page, branch, 'achieng');
  await toDesk(page, branch);
  await page.getByTestId('show-everything').press('Space');
  const application = page.locator('[data-what=loanAsked]').first();
  await application.click();
  await expect(page.getByTestId('desk-approve')).toContainText('You do not have the right to do this');
});
