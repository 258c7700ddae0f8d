// A client is registered with the keyboard alone: found as the same as somebody known, kept as a draft over a power cut, there at once under a
// number, and with head office's own beside it in the end.
import { ask, expect, noSeriousFindings, signIn, soon, test, type ServedBranch } from './servedBranch.ts';
import type { Page } from '@playwright/test';

async function fill(page: Page, name: string, text: string): Promise<void> {
  await page.getByTestId(`register-${name}`).locator('input').fill(text);
}

async function openForm(page: Page, branch: ServedBranch): Promise<void> {
  await signIn(page, branch, 'achieng');
  await page.keyboard.press('Alt+n');
  await expect(page.getByTestId('register-client')).toBeVisible();
}

test('with the keyboard alone, and both numbers stand on the page in the end @people', async ({ page, branch }) => {
  await openForm(page, branch);
  const number = (await page.getByTestId('next-number').textContent()) ?? '';
  expect(number).toMatch(/^P-[A-Z0-9]{2,5}-\d{2}-\d{4,}-[0-9A-Z]$/);
  await expect(page.getByTestId('register-firstname').locator('input')).toBeFocused();
  await page.keyboard.type('Merceline');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Kwamboka');
  await page.keyboard.press('Tab');
  await page.keyboard.type('0700 513 902');
  await noSeriousFindings(page, 'registration');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('client-page')).toContainText('Merceline Kwamboka');
  await expect(page.getByTestId('client-page')).toContainText(number);
  // Head office gives its own, and ours stays beside it.
  await expect(page.getByTestId('client-local-number')).toHaveText(number, soon);
  await expect(page.getByTestId('not-there-yet')).toHaveCount(0);
  await noSeriousFindings(page, 'registered client');
});

test('somebody known who may be the same stands beside the form and has to be looked at @people', async ({ page, branch }) => {
  await openForm(page, branch);
  const { rows } = await ask(page, 'clients', 'list', { show: 'active' });
  const known = rows.find(({ mobileNo, displayName }) => mobileNo !== null && displayName.split(' ').length > 1);
  if (known === undefined) throw new Error('nobody has a phone');
  const [first = '', ...rest] = known.displayName.split(' ');
  await fill(page, 'firstname', first);
  await fill(page, 'lastname', rest.join(' '));
  await fill(page, 'mobileNo', known.mobileNo ?? '');
  await expect(page.getByTestId(`alike-${known.accountNo}`)).toBeVisible();
  await expect(page.getByTestId('register-press')).toHaveAttribute('aria-disabled', 'true');
  await page.getByTestId(`alike-${known.accountNo}`).getByTestId('alike-other').click();
  await page.getByTestId('register-press').click();
  // Head office takes each phone once, so that is refused all the same.
  await expect(page.locator('form').getByTestId('refusal')).toContainText(known.displayName);
});

test('what was typed is there again after the plug was pulled @people', async ({ page, branch }) => {
  await openForm(page, branch);
  await fill(page, 'firstname', 'Zawadi');
  await fill(page, 'lastname', 'Omolo');
  await expect(page.getByTestId('draft-kept')).toBeVisible();
  // The first name may have been kept alone.
  await expect.poll(async () => (await ask(page, 'drafts', 'show', { draftKey: 'registration' }))?.body).toContain('Omolo');
  await branch.pullThePlug();
  await branch.startAgain();
  await signIn(page, branch, 'achieng');
  await page.keyboard.press('Alt+n');
  await expect(page.getByTestId('register-lastname').locator('input')).toHaveValue('Omolo');
});

test('what was typed is there again where the branch gave no answer at first @people @faults', async ({ page, branch }) => {
  await openForm(page, branch);
  await fill(page, 'firstname', 'Zawadi');
  await fill(page, 'lastname', 'Omolo');
  await expect.poll(async () => (await ask(page, 'drafts', 'show', { draftKey: 'registration' }))?.body).toContain('Omolo');
  await page.route('**/call/drafts.show', (route) => route.abort(), { times: 2 });
  await page.reload();
  await expect(page.getByTestId('register-lastname').locator('input')).toHaveValue('Omolo', { timeout: 20_000 });
});

for (const [language, words] of [
  ['en', 'Register a client'],
  ['es', 'Registrar un cliente'],
  ['fr', 'Inscrire un client'],
] as const)
  test(`in ${language} the form stands whole on a small screen @people`, async ({ page, branch }) => {
    await page.addInitScript((chosen) => {
      localStorage.setItem('tawi.language', chosen);
    }, language);
    await openForm(page, branch);
    for (const size of [
      { width: 1366, height: 768 },
      { width: 1024, height: 640 },
    ]) {
      await page.setViewportSize(size);
      await expect(page.getByTestId('desk-title')).toHaveText(words);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(wide).toBe(0);
      await page.getByTestId('register-press').scrollIntoViewIfNeeded();
      await expect(page.getByTestId('register-press')).toBeInViewport();
    }
  });

test('what becomes of a client opens in sight and takes the next key, and gives it back @people', async ({ page, branch }) => {
  await signIn(page, branch, 'grace');
  const [client] = (await ask(page, 'clients', 'list', { show: 'active', most: 1 })).rows;
  await page.goto(`${branch.address}#/clients/${client?.clientId ?? ''}`);
  await page.getByRole('tab', { name: /Identity/ }).click();
  await page.getByTestId('turn-serve').press('Enter');
  await expect(page.getByTestId('turn-choice')).toBeFocused();
  await expect(page.getByTestId('turn-press')).toBeInViewport();
  await page.getByTestId('turn-close-form').press('Enter');
  await expect(page.getByTestId('client-turns').locator('button').first()).toBeFocused();
});
