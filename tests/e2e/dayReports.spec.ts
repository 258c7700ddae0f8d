// A cashier's day by keyboard alone, in three languages: the float counted note by note, the blind count, the Z on its paper.
import { ask, cashTypeId, expect, fieldOf, newFormId, noSeriousFindings, richSavings, signIn, test } from './servedBranch.ts';

const LANGUAGES = [
  { language: 'en', title: 'Z REPORT, DRAWER' },
  { language: 'es', title: 'INFORME Z, CAJA' },
  { language: 'fr', title: 'RAPPORT Z, CAISSE' },
] as const;

for (const { language, title } of LANGUAGES)
  test(`@day from the float to the Z, with the keyboard, in ${language}`, async ({ page, branch }) => {
    await page.addInitScript((chosen) => localStorage.setItem('tawi.language', chosen), language);
    await signIn(page, branch, 'achieng');
    await page.goto(`${branch.address}#/counter/drawer`);
    // The hand is on the notes: nine of 1,000, then one of 500.
    await expect(page.getByTestId('count-notes-100000')).toBeFocused();
    await page.keyboard.type('9');
    await page.keyboard.press('Enter');
    await page.keyboard.type('1');
    await expect(fieldOf(page, 'opening')).toHaveValue(/9.?500/);
    await noSeriousFindings(page, 'open the drawer');
    await page.screenshot({ path: `test-results/day-open-${language}.png` });
    await page.keyboard.press('Control+Enter');
    await expect(page).toHaveURL(/counter$/);
    const drawer = await ask(page, 'cash', 'showDrawer', {});
    expect(drawer).toMatchObject({
      openingMinor: 950_000,
      openingPieces: [
        { as: 'note', faceMinor: 100_000, count: 9 },
        { as: 'note', faceMinor: 50_000, count: 1 },
      ],
    });

    const [rich] = await richSavings(page);
    await ask(page, 'savings', 'takeDeposit', {
      formId: newFormId(),
      savingsId: rich?.savingsId ?? '',
      amountMinor: 50_000,
      paidWith: { paymentTypeId: await cashTypeId(page) },
    });
    await page.goto(`${branch.address}#/day/close-drawer`);
    await expect(page.getByTestId('count-notes-100000')).toBeFocused();
    await page.keyboard.type('10');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByTestId('difference')).toHaveAttribute('data-minor', '0');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByTestId('drawer-report')).toContainText('-Z0001');
    await page.screenshot({ path: `test-results/day-closed-${language}.png` });
    await page.keyboard.press('Control+Enter');
    await expect(page.getByTestId('report-page')).toBeVisible();
    await expect(page.getByTestId('slip')).toContainText(title);
    await expect(page.getByTestId('report-expected')).toContainText(/10.000/);
    await noSeriousFindings(page, 'the Z');
    await page.keyboard.press('F9');
    // A window that is closed again prints nothing, and nobody is told so.
    await expect(page.getByTestId('report-printed')).toHaveClass(/is-attention/);
    await page.screenshot({ path: `test-results/day-z-${language}.png` });
    await page.keyboard.press('F9');
    await expect(page.getByTestId('report-printed')).toContainText('1');
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('day-page')).toBeVisible();
    await expect(page.getByTestId('report-drawer')).toContainText('-Z0001');
    await page.screenshot({ path: `test-results/day-day-${language}.png` });
    await page.getByTestId('to-over-short').focus();
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('over-short-right')).toBeVisible();
    await expect(page.getByTestId('over-short-net')).toContainText(/(?:^|\s)0[.,]00/);
    await noSeriousFindings(page, 'over and short');
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('day-page')).toBeVisible();
  });

test('@day a close is taken back, the day closes anew, and late work goes on the next date, marked: with the keyboard, in French', async ({
  page,
  branch,
}) => {
  await page.addInitScript(() => localStorage.setItem('tawi.language', 'fr'));
  await signIn(page, branch, 'grace');
  await ask(page, 'cash', 'openDrawer', { openingMinor: 0 });
  await ask(page, 'cash', 'closeDrawer', { countedMinor: 0 });
  await page.goto(`${branch.address}#/day`);
  await expect(page.getByTestId('close-day')).toBeEnabled();
  const close = async (): Promise<void> => {
    await page.keyboard.press('Alt+d');
    await expect(page.getByTestId('becomes-final')).toBeVisible();
    // What is final takes its own key: a second Enter on the button is no yes.
    await page.getByTestId('close-day').focus();
    await page.keyboard.press('Enter');
    await page.waitForTimeout(300);
    expect((await ask(page, 'cash', 'showDay', {})).open).toBe(true);
    await page.keyboard.press('Alt+d');
    await expect(page.getByTestId('report-page')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('reopen-day')).toBeVisible();
  };
  await close();
  const { businessDate } = await ask(page, 'cash', 'showDay', {});
  const numbers = async (): Promise<readonly string[]> =>
    (await ask(page, 'cash', 'listReports', { businessDate: businessDate ?? '' }))
      .filter((each) => each.of === 'day')
      .map((each) => each.number);
  const [first] = await numbers();

  await page.keyboard.press('Alt+d');
  await expect(fieldOf(page, 'reopen-reason')).toBeFocused();
  // Without a reason nothing opens, and the hand stays where the reason belongs.
  await page.keyboard.press('Enter');
  await expect(fieldOf(page, 'reopen-reason')).toBeFocused();
  expect((await ask(page, 'cash', 'showDay', {})).open).toBe(false);
  await page.keyboard.type('une cliente est revenue');
  await noSeriousFindings(page, 'open the day again');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('day-reopened')).toContainText(first ?? '?');
  await expect(page.getByTestId('day-reopened')).toContainText('une cliente est revenue');
  await page.screenshot({ path: 'test-results/day-reopened.png' });
  await close();
  const both = await numbers();
  expect(both).toHaveLength(2);
  expect(await ask(page, 'cash', 'showReport', { number: both[1] ?? '' })).toMatchObject({ replaces: { number: first } });

  await page.keyboard.press('F12');
  await expect(page).toHaveURL(/late=/);
  await expect(page.getByTestId('count-notes-100000')).toBeFocused();
  await page.keyboard.type('1');
  await page.keyboard.press('Control+Enter');
  await expect(page).toHaveURL(/counter$/);
  const [rich] = await richSavings(page);
  const { receipt } = await ask(page, 'savings', 'takeDeposit', {
    formId: newFormId(),
    savingsId: rich?.savingsId ?? '',
    amountMinor: 50_000,
    paidWith: { paymentTypeId: await cashTypeId(page) },
  });
  expect(receipt.afterHoursOf).toBe(businessDate);
  expect(receipt.businessDate > (businessDate ?? '')).toBe(true);
  await page.goto(`${branch.address}#/counter/issued/${receipt.receiptId}`);
  await expect(page.getByTestId('slip-after-hours')).toBeVisible();
});
