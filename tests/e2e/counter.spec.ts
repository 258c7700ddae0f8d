// At the counter with the keyboard alone: from search to receipt in at most twelve keys, with and without a line.
import { anotherPerson, ask, cutLine, expect, fieldOf, openDrawer, richSavings, signIn, soon, test } from './servedBranch.ts';

test('walk 1: a repayment takes at most twelve keys from search to receipt, and head office confirms it', async ({ page, branch }) => {
  await signIn(page, branch, 'achieng');
  await openDrawer(page);
  let keys = 0;
  const press = async (key: string): Promise<void> => {
    keys += 1;
    await page.keyboard.press(key);
  };
  await fieldOf(page, 'search').focus();
  for (const letter of 'waf mar') await press(letter === ' ' ? 'Space' : letter);
  await expect(page.getByTestId('search-row-1')).toContainText('Mary Nekesa Wafula');
  await expect(page.getByTestId('companion-name')).toBeVisible();
  await press('F3');
  await expect(fieldOf(page, 'amount')).toBeFocused();
  await press('Alt+2');
  await press('Control+Enter');
  await expect(page.getByTestId('review-sentence')).toContainText('8,450.00');
  await press('Control+Enter');
  const number = page.getByTestId('receipt-number').first();
  await expect(number).toHaveText(/^KTL-\d{2}-\d{6}-0001-[0-9A-Z]$/);
  expect(keys).toBeLessThanOrEqual(12);

  const paper = (await number.textContent()) ?? '';
  await expect
    .poll(async () => (await ask(page, 'receipts', 'list', {})).lines.find((line) => line.receipt.number === paper)?.standing, soon)
    .toBe('confirmed');
  const [line] = (await ask(page, 'receipts', 'list', {})).lines;
  expect(line?.serverTransactionId).toBeGreaterThan(0);
  expect(line?.receipt.amountMinor).toBe(845_000);
});

test('bare Enter on the review does not post, a double press posts once', async ({ page, branch }) => {
  await signIn(page, branch, 'achieng');
  await openDrawer(page);
  await fieldOf(page, 'search').fill('waf mar');
  await expect(page.getByTestId('search-row-1')).toBeVisible();
  await expect(page.getByTestId('companion-name')).toBeVisible();
  await page.keyboard.press('F4');
  await fieldOf(page, 'amount').fill('500');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('review-sheet')).toBeVisible();
  await page.keyboard.press('Enter');
  await page.waitForTimeout(300);
  expect((await ask(page, 'receipts', 'list', {})).total).toBe(0);
  await Promise.all([page.keyboard.press('Control+Enter'), page.keyboard.press('Control+Enter')]);
  await expect(page.getByTestId('receipt-number').first()).toBeVisible();
  expect((await ask(page, 'receipts', 'list', {})).total).toBe(1);
});

test('a deposit without a line is saved here at once, and the pending line stands in the history', async ({ page, branch }) => {
  await signIn(page, branch, 'achieng');
  await openDrawer(page);
  await cutLine(page, true);
  await fieldOf(page, 'search').fill('waf mar');
  await expect(page.getByTestId('search-row-1')).toBeVisible();
  await expect(page.getByTestId('companion-name')).toBeVisible();
  await page.keyboard.press('F4');
  await fieldOf(page, 'amount').fill('500');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('review-sheet')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('issued')).toContainText('Saved here');
  await expect(page.getByTestId('status-sentence')).not.toHaveText('');
  const client = (await ask(page, 'clients', 'find', { text: 'waf mar' })).found.find((one) => one.kind === 'client');
  if (client?.kind !== 'client') throw new Error('Mary is gone');
  const before = (await ask(page, 'clients', 'show', { clientId: client.client.clientId })).savings[0];
  expect(before?.ledgerMinor).toBe((before?.confirmedLedgerMinor ?? 0) + 50_000);
  const [newest] = (await ask(page, 'clients', 'listHistory', { clientId: client.client.clientId })).lines;
  expect(newest).toMatchObject({ what: 'deposit', amountMinor: 50_000, standing: 'savedHere' });

  await cutLine(page, false);
  await expect.poll(async () => (await ask(page, 'sync', 'showDesk', {})).unfinishedTotal, soon).toBe(0);
  await expect
    .poll(async () => (await ask(page, 'clients', 'show', { clientId: client.client.clientId })).savings[0], soon)
    .toMatchObject({ ledgerMinor: before?.ledgerMinor, confirmedLedgerMinor: before?.ledgerMinor, unfinishedCount: 0 });
});

test('above the offline limit a manager agrees on the spot; the cashier cannot agree with herself', async ({ page, branch }) => {
  await signIn(page, branch, 'achieng');
  await openDrawer(page);
  const manager = await anotherPerson(page, branch, 'grace');
  await manager.close();
  const [rich] = await richSavings(page);
  if (rich === undefined) throw new Error('nobody has savings');
  await cutLine(page, true);
  const { limitMinor } = await ask(page, 'savings', 'previewWithdrawal', { savingsId: rich.savingsId, amountMinor: 100 });
  const amountMinor = Math.min((limitMinor ?? 0) + 10_000, rich.availableMinor);
  await page.goto(`${branch.address}#/counter/withdrawal/${rich.savingsId}`);
  await fieldOf(page, 'amount').fill(String(amountMinor / 100));
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('review-sheet')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  const dialog = page.getByTestId('manager-agreement');
  await expect(dialog).toBeVisible();
  await fieldOf(page, 'approver-password').fill('wrong');
  await page.getByTestId('agree').click();
  await expect(dialog.getByTestId('refusal')).toBeVisible();
  expect((await ask(page, 'receipts', 'list', {})).total).toBe(0);
  await fieldOf(page, 'approver-password').fill('practice');
  await page.getByTestId('agree').click();
  await expect(page.getByTestId('receipt-number').first()).toBeVisible();
  const counted = await ask(page, 'cash', 'countDrawer', { countedMinor: 5_000_000 - amountMinor });
  expect(counted).toMatchObject({ paidMinor: amountMinor, counts: [{ differenceMinor: 0 }] });
});

test('more than is available cannot be posted, and the typed sum is still there', async ({ page, branch }) => {
  await signIn(page, branch, 'achieng');
  await openDrawer(page, 100_000_000);
  const [rich] = await richSavings(page);
  if (rich === undefined) throw new Error('nobody has savings');
  await page.goto(`${branch.address}#/counter/withdrawal/${rich.savingsId}`);
  const typed = String(Math.ceil(rich.availableMinor / 100) + 1);
  await fieldOf(page, 'amount').fill(typed);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('This is more than the account can pay.').first()).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await page.waitForTimeout(300);
  expect((await ask(page, 'receipts', 'list', {})).total).toBe(0);
  await page.keyboard.press('Escape');
  expect((await fieldOf(page, 'amount').inputValue()).replaceAll(/[^0-9.]/g, '')).toContain(typed);
  expect((await ask(page, 'receipts', 'list', {})).total).toBe(0);
});
