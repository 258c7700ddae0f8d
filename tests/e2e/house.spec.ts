// What the branch goes by: an administrator sees what was found, says it otherwise, and every page goes by it.
import { ask, expect, signIn, test } from './servedBranch.ts';

test('the country is found, shown, and said otherwise @faults', async ({ page, branch }) => {
  await page.goto(branch.address);
  await page.getByTestId('language-es').click();
  await signIn(page, branch, 'admin');
  await page.goto(`${branch.address}#/settings/head-office`);
  const sheet = page.getByTestId('house-sheet');
  await expect(sheet.getByTestId('house-country')).toHaveValue('KE');
  // What stands already asks for nothing.
  await expect(page.getByTestId('change-country')).toHaveCount(0);
  // What the page is for stays in sight, however low the window.
  for (const size of [
    { width: 1024, height: 640 },
    { width: 1366, height: 768 },
  ]) {
    await page.setViewportSize(size);
    await expect(page.getByTestId('prepare')).toBeInViewport({ ratio: 0.99 });
  }
  await sheet.getByTestId('house-country').selectOption('MX');
  await page.getByTestId('change-country').click();
  await expect(page.getByTestId('change-country')).toHaveCount(0);
  expect((await ask(page, 'session', 'showStart', {})).branch?.country).toBe('MX');
  // Spanish numbers as Mexico writes them, where Kenya gave none of its own.
  await page.goto(`${branch.address}#/loans`);
  await expect(page.getByTestId('loan-list')).toContainText(/\d,\d{3}\.\d{2}/);
});
