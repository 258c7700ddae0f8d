// A house that tells its notes: what was told stands in the draft after a reload, makes the receipt, and a loan is paid out in notes that were told.
import { ask, expect, fieldOf, noSeriousFindings, openDrawer, PASSWORD, richSavings, signIn, soon, test } from './servedBranch.ts';

test('@day notes that were told are kept with the form, stand on the receipt, and pay a loan out', async ({ page, branch }) => {
  await page.addInitScript(() => localStorage.setItem('tawi.language', 'fr'));
  await signIn(page, branch, 'grace');
  await ask(page, 'vault', 'setNotesTold', { told: true });
  await ask(page, 'session', 'signOut', {});
  await signIn(page, branch, 'achieng');
  await openDrawer(page, 50_000_000);
  const [rich] = await richSavings(page);
  const form = `${branch.address}#/counter/deposit/${rich?.savingsId ?? ''}`;
  await page.goto(form);
  await page.keyboard.type('1800');
  await page.keyboard.press('Alt+M');
  await expect(page.getByTestId('count-notes-100000').first()).toBeFocused();
  await page.keyboard.type('2');
  await expect(page.getByTestId('notes-take')).toHaveAttribute('aria-disabled', 'true');
  await page.getByTestId('notes-back').getByTestId('count-notes-20000').fill('1');
  await noSeriousFindings(page, 'telling notes');
  await page.screenshot({ path: 'test-results/notes-told-fr.png' });
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('notes-told')).toContainText(/2 x 1.000/);
  await expect(fieldOf(page, 'given')).toHaveValue(/2.000/);
  await page.screenshot({ path: 'test-results/notes-form-fr.png' });
  const draftKey = `form:deposit:${rich?.savingsId ?? ''}`;
  await expect.poll(async () => (await ask(page, 'drafts', 'show', { draftKey }))?.body ?? '', soon).toContain('"notes":{');

  // Found again whole: nobody tells the same notes twice.
  await page.reload();
  await expect(page.getByTestId('notes-told')).toContainText(/2 x 1.000/);
  await page.keyboard.press('Alt+M');
  await expect(page.getByTestId('count-notes-100000').first()).toHaveValue('2');
  await expect(page.getByTestId('notes-back').getByTestId('count-notes-20000')).toHaveValue('1');
  await page.keyboard.press('Control+Enter');
  // Another sum is made of other notes.
  await fieldOf(page, 'amount').fill('1900');
  await expect(page.getByTestId('notes-told')).not.toContainText(/2 x 1.000/);
  await fieldOf(page, 'amount').fill('1800');
  await page.keyboard.press('Alt+M');
  await page.getByTestId('count-notes-100000').first().fill('1');
  await page.getByTestId('count-notes-20000').first().fill('4');
  await page.keyboard.press('Control+Enter');
  await page.keyboard.press('Control+Enter');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('issued')).toBeVisible(soon);
  await expect(page.getByTestId('issued')).toContainText(/1 x 1.000.*4 x 200/s);
  await page.screenshot({ path: 'test-results/notes-receipt-fr.png' });

  const [approved] = (await ask(page, 'loans', 'list', { show: 'approved' })).rows;
  const loanId = approved?.loanId ?? '';
  const { amountMinor } = await ask(page, 'loans', 'previewDisbursal', { loanId });
  await page.goto(`${branch.address}#/loans/${loanId}`);
  await page.getByTestId('act-pay-out').press('Enter');
  await expect(fieldOf(page, 'identity-seen')).toBeFocused();
  await page.keyboard.type('national card 2210');
  await page.keyboard.press('Alt+M');
  await page
    .getByTestId('count-notes-100000')
    .first()
    .fill(String(Math.floor(amountMinor / 100_000)));
  await expect(page.getByTestId('notes-take')).not.toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('pay-out')).toBeVisible();
  await expect(page.getByTestId('notes-told')).toContainText(/x 1.000/);
  await page.screenshot({ path: 'test-results/notes-payout-fr.png' });
  await page.setViewportSize({ width: 1024, height: 640 });
  await page.screenshot({ path: 'test-results/notes-payout-small-fr.png' });
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('manager-agreement')).toBeVisible();
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('issued')).toContainText(/x 1.000/, soon);
});
