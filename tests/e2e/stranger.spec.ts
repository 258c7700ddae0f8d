// What a stranger met in a day at a small screen: a count whose coins and whose fault were out of sight, a list that hid the paper it was opened
// for, books that nobody could compare, a float that was counted for a day that was closed.
import { anotherPerson, ask, cashTypeId, expect, fieldOf, newFormId, signIn, soon, test } from './servedBranch.ts';

test('from the float to the closed day at 1024 x 640: nothing that is said or pressed is out of sight', async ({ page, branch }) => {
  test.setTimeout(120_000);
  await page.setViewportSize({ width: 1024, height: 640 });
  await signIn(page, branch, 'achieng');
  const today = (await ask(page, 'session', 'showStart', {})).businessDate;

  // The smallest coin, what no coin pays, and what is wrong with a count are in sight; the key says why it does nothing.
  await page.goto(`${branch.address}#/counter/drawer`);
  const loose = page.getByTestId('count-below-smallest');
  await expect(loose).toBeInViewport({ ratio: 1 });
  await page.getByTestId('count-notes-100000').fill('20');
  await loose.fill('1.5');
  await expect(page.getByTestId('count-unfit')).toBeInViewport({ ratio: 1 });
  await expect(loose).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('open-drawer-now')).toHaveAttribute('aria-disabled', 'true');
  expect(await ask(page, 'cash', 'showDrawer', {})).toBeNull();
  await loose.fill('');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('drawer-open')).toBeVisible();

  const paymentTypeId = await cashTypeId(page);
  const loans = (await ask(page, 'loans', 'list', { show: 'active' })).rows;
  let first = '';
  for (const { loanId } of loans.slice(0, 9)) {
    const { receipt } = await ask(page, 'loans', 'takeRepayment', {
      formId: newFormId(),
      loanId,
      amountMinor: 1_000,
      paidWith: { paymentTypeId },
    });
    if (first === '') first = receipt.receiptId;
  }

  // The list of the counter is one's own and of this day; the paper that is looked for stands beside the list of them all.
  await page.goto(`${branch.address}#/counter`);
  const own = page.waitForRequest((request) => request.url().endsWith('/call/receipts.list'));
  await page.reload();
  expect((await own).postDataJSON()).toMatchObject({ businessDate: today, mine: true });
  await page.goto(`${branch.address}#/receipts?receipt=${first}`);
  await expect(page.getByTestId('receipt-row')).toHaveCount(9);
  await expect(page.getByTestId('print')).toBeInViewport({ ratio: 1 });
  await expect(page.getByTestId('receipt-row').first().locator('.sync-mark')).toBeInViewport({ ratio: 1 });

  // The manager compares, and is told what was held against what and that it is over.
  const manager = await anotherPerson(page, branch, 'grace');
  await manager.setViewportSize({ width: 1024, height: 640 });
  await manager.goto(`${branch.address}#/sync`);
  await expect.poll(async () => (await ask(manager, 'sync', 'showDesk', {})).unfinishedTotal, soon).toBe(0);
  await expect(manager.getByTestId('compare-now')).toBeEnabled();
  await manager.keyboard.press('Alt+b');
  const told = manager.getByTestId('compared-above');
  await expect(told.getByTestId('compared')).toContainText('Grace Wanjiru', soon);
  await expect(told.getByTestId('compared-receipts')).toContainText('9');
  await expect(told.getByTestId('compared-facts')).toContainText('9');
  await expect(told).toBeInViewport({ ratio: 1 });

  // A day that is closed is said before anybody counts for it.
  const drawer = { countedMinor: 2_000_000 + 9 * 1_000 };
  await ask(page, 'cash', 'closeDrawer', drawer);
  await ask(manager, 'cash', 'closeDay', {});
  await page.goto(`${branch.address}#/counter/drawer`);
  await expect(page.getByTestId('opening-refused')).toBeVisible();
  // Nothing can be counted for it: the next key is what can be done instead.
  await expect(page.getByTestId('open-after-hours')).toBeFocused();
  await expect(page.getByTestId('count-notes-100000')).not.toBeEditable();
  await expect(fieldOf(page, 'opening')).toBeInViewport();
});
