import { ask, cutLine, expect, fieldOf, richSavings, signIn, test } from './servedBranch.ts';
test('look', async ({ page, branch }) => {
  await page.addInitScript(() => localStorage.setItem('tawi.language', 'fr'));
  await signIn(page, branch, 'grace');
  const [rich] = await richSavings(page);
  await page.evaluate((to) => (location.hash = to), `#/clients/${rich!.clientId}`);
  await page.getByTestId('client-page').waitFor();
  await page.getByRole('tab').last().click();
  await page.getByTestId('client-papers').waitFor();
  for (const [w, h] of [[1366, 768], [1024, 640]] as const) {
    await page.setViewportSize({ width: w, height: h });
    await page.getByTestId('client-edit-open').click();
    await fieldOf(page, 'client-edit-mobileNo').fill('0733 900 11' + (w % 10));
    await page.screenshot({ path: `/tmp/people11-edit-${w}.png` });
    await page.getByTestId('client-edit-save').click();
    await page.getByTestId('client-change').first().waitFor();
    await page.screenshot({ path: `/tmp/people11-changes-${w}.png` });
  }
});
