// Cash from the vault to a drawer by the hands of two people, in French: the first count, the slip, its paper, and what lies where afterwards.
import { ask, expect, fieldOf, noSeriousFindings, PASSWORD, signIn, test } from './servedBranch.ts';

test('@day the vault is counted once, gives to a drawer with two people and a slip, and the slip is printed', async ({ page, branch }) => {
  await page.addInitScript(() => localStorage.setItem('tawi.language', 'fr'));
  await signIn(page, branch, 'achieng');
  await ask(page, 'cash', 'openDrawer', { openingMinor: 0 });
  await page.goto(`${branch.address}#/day/vault`);
  // A cashier is told no sum; nothing moves before the vault was counted.
  await expect(page.getByTestId('vault-page')).toContainText('Seul un gardien');
  await ask(page, 'session', 'signOut', {});
  await signIn(page, branch, 'grace');
  await page.goto(`${branch.address}#/day/vault`);
  await expect(page.getByTestId('vault-unopened')).toBeVisible();
  await noSeriousFindings(page, 'the vault before its first count');

  async function sign(username: string): Promise<void> {
    await page.getByTestId('approver').selectOption(username);
    await fieldOf(page, 'approver-password').fill(PASSWORD);
    await page.keyboard.press('Control+Enter');
    await expect(page.getByTestId('cash-slip-page')).toBeVisible();
  }

  await page.keyboard.press('Alt+1');
  await expect(page.getByTestId('count-notes-100000')).toBeFocused();
  await page.keyboard.type('90');
  await page.keyboard.press('Control+Enter');
  await sign('achieng');
  await expect(page.getByTestId('cash-slip-number')).toContainText('-V0001');
  await page.keyboard.press('Escape');

  await page.getByTestId('slip-toDrawer').click();
  await expect(page.getByTestId('count-notes-100000')).toBeFocused();
  await page.keyboard.type('25');
  await expect(fieldOf(page, 'slip-amount')).toHaveValue(/25.?000/);
  await noSeriousFindings(page, 'a slip from the vault');
  await page.screenshot({ path: 'test-results/vault-form-fr.png' });
  await page.keyboard.press('Control+Enter');
  await page.screenshot({ path: 'test-results/vault-sign-fr.png' });
  await sign('achieng');
  await expect(page.getByTestId('cash-slip-sum')).toContainText(/25.000/);
  await page.keyboard.press('F9');
  await expect(page.getByTestId('slip-printed')).toBeVisible();
  await noSeriousFindings(page, 'the slip');
  await page.screenshot({ path: 'test-results/vault-slip-fr.png' });
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('vault-KES')).toContainText(/65.000/);
  await page.screenshot({ path: 'test-results/vault-page-fr.png' });
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('day-vault')).toContainText(/65.000/);
  await expect(page.getByTestId('day-cash')).toContainText(/90.000/);
  await page.screenshot({ path: 'test-results/vault-day-fr.png' });
});
