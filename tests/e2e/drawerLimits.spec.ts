// A drawer that holds more than the house wants: the manager says how much, the cashier is told, is stopped with her form whole, sends what the
// house sends at a time, and goes on with what she typed.
import type { Page } from '@playwright/test';
import { anotherPerson, ask, expect, fieldOf, newFormId, noSeriousFindings, PASSWORD, richSavings, signIn, test } from './servedBranch.ts';

/** The key that posts is pressed once what it posts stands on the screen. */
async function post(page: Page): Promise<void> {
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('review-sentence')).toBeVisible();
  await page.keyboard.press('Control+Enter');
}

test('@day a drawer beyond its limit sends cash to the vault, and nothing that was typed is lost', async ({ page, branch }) => {
  await signIn(page, branch, 'achieng');
  await ask(page, 'cash', 'openDrawer', { openingMinor: 9_000_000 });
  const manager = await anotherPerson(page, branch, 'grace');
  await ask(manager, 'vault', 'makeSlip', {
    formId: newFormId(),
    kind: 'opening',
    amountMinor: 50_000_000,
    approval: { username: 'achieng', password: PASSWORD },
  });
  await manager.goto(`${branch.address}#/settings/drawers`);
  await expect(manager.getByTestId('limit-KES')).toBeVisible();
  await manager.getByTestId('most-does').selectOption('stopClients');
  await expect(manager.getByTestId('save-limit')).toHaveAttribute('aria-disabled', 'true');
  await fieldOf(manager, 'most-sum').fill('100000');
  await fieldOf(manager, 'most-move').fill('200000');
  await manager.keyboard.press('Enter');
  await expect(manager.locator('[data-refusal="limit.unfit"]')).toBeVisible();
  await fieldOf(manager, 'most-move').fill('50000');
  await manager.getByTestId('save-limit').click();
  await expect(manager.getByTestId('limit-saved')).toBeVisible();
  await noSeriousFindings(manager, 'the limits of drawers');
  await manager.context().close();

  const [rich] = await richSavings(page);
  if (rich === undefined) throw new Error('nobody has savings');
  const form = `${branch.address}#/counter/deposit/${rich.savingsId}`;
  await page.goto(form);
  await fieldOf(page, 'amount').fill('12000');
  await post(page);
  await expect(page.getByTestId('issued')).toBeVisible();
  await expect(page.getByTestId('drawer-limit')).toContainText('50,000');
  await expect(page.getByTestId('drawer-limit')).not.toContainText(/102|2,000|100,000/);
  await noSeriousFindings(page, 'a receipt that passed the limit');
  await page.goto(`${branch.address}#/counter`);
  await expect(page.getByTestId('drawer-limit')).toBeVisible();
  // Whoever keeps the house sees on the day's page in which drawer it is.
  const watching = await anotherPerson(page, branch, 'grace');
  await watching.goto(`${branch.address}#/day`);
  const row = watching.getByTestId('drawer-row').filter({ hasText: 'Achieng' });
  await expect(row.getByTestId('limit-passed')).toHaveText('More than may lie in it');

  await page.goto(form);
  await fieldOf(page, 'amount').fill('700');
  await fieldOf(page, 'note').fill('for the roof');
  await post(page);
  const stopped = page.locator('[data-refusal="drawer.aboveMost"]');
  await expect(stopped).toBeVisible();
  await expect(stopped).not.toContainText(/102|2,000|100,000/);
  await noSeriousFindings(page, 'a deposit that was stopped');
  await stopped.getByTestId('vault-for-most').click();
  await expect(fieldOf(page, 'slip-amount')).toHaveValue(/50,000/);
  await page.getByTestId('sign-slip').click();
  await page.getByTestId('approver').selectOption('grace');
  await fieldOf(page, 'approver-password').fill(PASSWORD);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('cash-slip-sum')).toContainText('50,000');
  await page.goto(`${branch.address}#/counter`);
  await expect(page.getByTestId('drawer-limit')).toHaveCount(0);
  await expect(row.getByTestId('limit-passed')).toHaveCount(0);
  await watching.context().close();
  await page.getByTestId('kept-continue').click();
  await expect(fieldOf(page, 'amount')).toHaveValue(/700/);
  await expect(fieldOf(page, 'note')).toHaveValue('for the roof');
  await post(page);
  await expect(page.getByTestId('issued')).toBeVisible();
  await expect(page.getByTestId('drawer-limit')).toHaveCount(0);
});
