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

test('a client pays into two accounts with the keyboard alone: one receipt with both lines and their total', async ({ page, branch }) => {
  await signIn(page, branch, 'achieng');
  await openDrawer(page);
  await fieldOf(page, 'search').fill('waf mar');
  await expect(page.getByTestId('search-row-1')).toBeVisible();
  await expect(page.getByTestId('companion-name')).toBeVisible();
  await page.keyboard.press('F7');
  await expect(fieldOf(page, 'line-1')).toBeFocused();
  await page.keyboard.type('300');
  await page.keyboard.press('Enter');
  await expect(fieldOf(page, 'line-2')).toBeFocused();
  await page.keyboard.type('200');
  await expect(page.getByTestId('basket-total')).toContainText('500.00');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('review-sentence')).toContainText('500.00');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('issued-line')).toHaveCount(2);
  await expect(page.getByTestId('slip-line')).toHaveCount(2);
  const listed = async () => (await ask(page, 'receipts', 'list', {})).lines;
  await expect.poll(async () => (await listed()).map((line) => line.standing), soon).toEqual(['confirmed']);
  expect(await listed()).toMatchObject([
    { receipt: { kind: 'basket', amountMinor: 50_000, lines: [{ amountMinor: 30_000 }, { amountMinor: 20_000 }] } },
  ]);
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
  // Blind: nothing is waited for before the review.
  await page.keyboard.press('F4');
  await page.keyboard.type('500');
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
  const { alone, agreed } = await ask(page, 'savings', 'previewWithdrawal', { savingsId: rich.savingsId, amountMinor: 100 });
  const amountMinor = Math.min(alone.minor + 10_000, agreed.minor);
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
  // It stops at the form: nothing is read aloud that will not be paid.
  await expect(page.getByTestId('review-sheet')).toHaveCount(0);
  await expect(page.getByTestId('form-withdrawal')).toHaveAttribute('data-step', 'entry');
  expect((await ask(page, 'receipts', 'list', {})).total).toBe(0);
  expect((await fieldOf(page, 'amount').inputValue()).replaceAll(/[^0-9.]/g, '')).toContain(typed);
  expect((await ask(page, 'receipts', 'list', {})).total).toBe(0);
  // The sum that can be paid is a key away, and that key does not lead into another refusal.
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('review-sheet')).toBeVisible();
});

test('whoever signs in next begins at the counter, and the same person goes on where they were', async ({ page, branch }) => {
  await signIn(page, branch, 'achieng');
  await page.getByTestId('rail-day').click();
  await expect(page.getByTestId('day-page')).toBeVisible();
  const enter = async (username: string): Promise<void> => {
    await page.getByTestId('person-menu').click();
    await page.getByTestId('sign-out').click();
    await page.getByTestId(`person-${username}`).or(page.getByTestId('someone-else')).first().waitFor();
    const known = page.getByTestId(`person-${username}`);
    if ((await known.count()) > 0) await known.click();
    else {
      await page.getByTestId('someone-else').click();
      await fieldOf(page, 'username').fill(username);
    }
    await fieldOf(page, 'password').fill('practice');
    await page.getByTestId('sign-in').click();
    await expect(page.getByTestId('search')).toBeVisible();
  };
  await enter('achieng');
  await expect(page.getByTestId('day-page')).toBeVisible();
  await enter('daniel');
  await expect(page).toHaveURL(/#\/counter$/);
  await expect(page.getByTestId('day-page')).toHaveCount(0);
});

test('F3 with nobody found says who is missing and waits in the search box', async ({ page, branch }) => {
  await signIn(page, branch, 'achieng');
  await openDrawer(page);
  await page.getByTestId('rail-sync').click();
  await page.keyboard.press('F3');
  await expect(page.getByTestId('who-first')).toContainText('F3');
  await expect(fieldOf(page, 'search')).toBeFocused();
  await page.keyboard.type('waf mar');
  await expect(page.getByTestId('companion-name')).toBeVisible();
  await expect(page.getByTestId('who-first')).toHaveCount(0);
});

test('a branch that died is said at the foot within three seconds', async ({ page, branch }) => {
  await signIn(page, branch, 'achieng');
  const good = await page.getByTestId('status-sentence').textContent();
  await branch.pullThePlug();
  await expect(page.getByTestId('status-sentence')).not.toHaveText(good ?? '', { timeout: 3_000 });
});

test('a fee of head office is said before the money, and stands on the receipt', async ({ page, branch }) => {
  await signIn(page, branch, 'achieng');
  await openDrawer(page);
  const { rows } = await ask(page, 'clients', 'list', { show: 'active', offset: 0, most: 60 });
  let found: string | null = null;
  for (const row of rows) {
    const { savings } = await ask(page, 'clients', 'show', { clientId: row.clientId });
    found ??=
      savings.find((each) => each.keptForFee?.sure === true && each.keptForFee.minor === 2_000 && each.mayWithdraw)?.savingsId ?? null;
  }
  await page.goto(`${branch.address}#/counter/withdrawal/${found ?? ''}`);
  await expect(page.getByTestId('kept-for-fee')).toContainText('20.00');
  await fieldOf(page, 'amount').fill('100');
  await expect(page.getByTestId('fee-line')).toContainText('20.00');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('fee-note')).toContainText('20.00');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('issued-fee')).toContainText('20.00');
  await expect(page.getByTestId('slip-fee').first()).toContainText('20.00');
});
