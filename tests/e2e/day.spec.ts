// A whole day with the line cut at noon and the plug pulled: ten receipts become ten transactions at head office, or a case.
import {
  anotherPerson,
  ask,
  cashTypeId,
  cutLine,
  expect,
  fieldOf,
  newFormId,
  openDrawer,
  PASSWORD,
  richSavings,
  signIn,
  soon,
  test,
} from './servedBranch.ts';

test('ten clients without a line, the plug pulled, the line restored: ten receipts, one of them a case, nothing left to explain', async ({
  page,
  branch,
}) => {
  test.setTimeout(180_000);
  await signIn(page, branch, 'achieng');
  await openDrawer(page);
  const second = await anotherPerson(page, branch, 'daniel');
  await openDrawer(second);
  const manager = await anotherPerson(page, branch, 'grace');
  const paymentTypeId = await cashTypeId(page);
  const rich = await richSavings(page);
  const loans = (await ask(page, 'loans', 'list', { show: 'active' })).rows;

  // Before noon one is served with the line.
  await ask(page, 'loans', 'takeRepayment', {
    formId: newFormId(),
    loanId: loans[9]?.loanId ?? '',
    amountMinor: 20_000,
    paidWith: { paymentTypeId },
  });
  await expect.poll(async () => (await ask(page, 'sync', 'showDesk', {})).unfinishedTotal, soon).toBe(0);

  await page.goto(`${branch.address}#/settings/practice`);
  await page.getByTestId('cut-line').click();
  await expect.poll(async () => (await ask(page, 'sync', 'showStatus', {})).line, soon).toBe('down');
  await expect(page.getByTestId('status-sentence')).toBeVisible();

  // Afternoon: ten clients at two counters.
  const told: string[] = [];
  for (let at = 0; at < 4; at += 1) {
    told.push(
      (
        await ask(page, 'loans', 'takeRepayment', {
          formId: newFormId(),
          loanId: loans[at]?.loanId ?? '',
          amountMinor: 30_000,
          paidWith: { paymentTypeId },
        })
      ).receipt.number,
    );
    told.push(
      (
        await ask(second, 'savings', 'takeDeposit', {
          formId: newFormId(),
          savingsId: rich[at + 3]?.savingsId ?? '',
          amountMinor: 25_000,
          paidWith: { paymentTypeId },
        })
      ).receipt.number,
    );
  }
  const victim = rich[0];
  const other = rich[1];
  if (victim === undefined || other === undefined) throw new Error('nobody has savings');
  told.push(
    (
      await ask(page, 'savings', 'payWithdrawal', {
        formId: newFormId(),
        savingsId: victim.savingsId,
        amountMinor: 50_000,
        paidWith: { paymentTypeId },
      })
    ).receipt.number,
  );
  told.push(
    (
      await ask(page, 'savings', 'payWithdrawal', {
        formId: newFormId(),
        savingsId: other.savingsId,
        amountMinor: 40_000,
        paidWith: { paymentTypeId },
      })
    ).receipt.number,
  );
  expect(new Set(told).size).toBe(10);
  // Meanwhile another branch pays out what was on the first account.
  await ask(page, 'practice', 'otherBranchPays', { savingsId: victim.savingsId, amountMinor: victim.availableMinor });

  await branch.pullThePlug();
  await branch.startAgain();
  await page.goto(branch.address);
  // Nobody has signed in: all is safe, and no receipt is told.
  await expect(page.getByTestId('start-report')).toContainText('is safe');
  await expect(page.getByTestId('start-report')).not.toContainText(told.at(-1) ?? '');

  // The line is still cut: this PC checks the password itself.
  await page.getByTestId('person-achieng').click();
  await fieldOf(page, 'password').fill(PASSWORD);
  await page.getByTestId('sign-in').click();
  await expect(page.getByTestId('search')).toBeVisible();
  await expect(page.getByTestId('start-report')).toContainText('11');
  await expect(page.getByTestId('start-report')).toContainText(told.at(-1) ?? '');
  await page.getByTestId('start-read').click();
  await expect(page.getByTestId('start-report')).toBeHidden();
  const kept = (await ask(page, 'receipts', 'list', {})).lines.map((line) => line.receipt.number);
  for (const number of told) expect(kept).toContain(number);
  expect((await ask(page, 'sync', 'showDesk', {})).unfinishedTotal).toBe(10);

  await page.goto(`${branch.address}#/settings/practice`);
  await page.getByTestId('restore-line').click();
  await expect.poll(async () => (await ask(page, 'sync', 'showDesk', {})).unfinishedTotal, { timeout: 60_000 }).toBe(1);

  await signIn(manager, branch, 'grace');
  await manager.getByTestId('rail-exceptions').click();
  await expect(manager.getByTestId('exception-desk').or(manager.getByTestId('exception-case')).first()).toBeVisible();
  const [open] = await ask(manager, 'exceptions', 'list', {});
  expect(open?.item.receiptNumber).toBe(told[8]);
  await expect.poll(async () => (await ask(manager, 'exceptions', 'list', {}))[0]?.answered?.availableMinor, soon).toBe(0);
  await manager.goto(`${branch.address}#/exceptions/${open?.exceptionId ?? ''}`);
  await manager.getByTestId('resolve-suspend').click();
  await fieldOf(manager, 'resolution-reason').fill('The client will bring it back on Friday');
  await manager.getByTestId('resolve').click();
  await expect.poll(async () => (await ask(manager, 'sync', 'showDesk', {})).unfinishedTotal, soon).toBe(0);
  expect((await ask(manager, 'exceptions', 'list', {})).length).toBe(0);
  expect((await ask(manager, 'exceptions', 'listSuspense', {})).totalMinor).toBe(50_000);

  // Every receipt but the suspended one stands at head office under a number of its own.
  const lines = (await ask(page, 'receipts', 'list', { most: 50 })).lines.filter((line) => told.includes(line.receipt.number));
  const numbers = lines.filter((line) => line.receipt.number !== told[8]).map((line) => line.serverTransactionId);
  expect(numbers.every((number) => number !== null)).toBe(true);
  expect(new Set(numbers).size).toBe(9);
  await manager.goto(`${branch.address}#/sync`);
  await expect(manager.getByTestId('desk-title')).toContainText(/nothing is left/i);
  await manager.context().close();
  await second.context().close();
});

test('a hundred transactions on one account go in their order, and the account is right at every step', async ({ page, branch }) => {
  test.setTimeout(180_000);
  await signIn(page, branch, 'achieng');
  await openDrawer(page);
  const paymentTypeId = await cashTypeId(page);
  const [rich] = await richSavings(page);
  if (rich === undefined) throw new Error('nobody has savings');
  await cutLine(page, true);
  for (let at = 1; at <= 100; at += 1) {
    const line = await ask(page, 'savings', 'takeDeposit', {
      formId: newFormId(),
      savingsId: rich.savingsId,
      amountMinor: 100 * at,
      paidWith: { paymentTypeId },
    });
    expect(line.receipt.number).toContain(`-${String(at).padStart(4, '0')}-`);
  }
  await page.goto(`${branch.address}#/sync`);
  await expect(page.getByTestId('unfinished-list')).toBeVisible();
  const sum = 100 * ((100 * 101) / 2);
  expect((await ask(page, 'savings', 'show', { savingsId: rich.savingsId })).savings).toMatchObject({
    unfinishedCount: 100,
    unfinishedMinor: sum,
  });
  await cutLine(page, false);
  await expect.poll(async () => (await ask(page, 'sync', 'showDesk', {})).unfinishedTotal, { timeout: 90_000 }).toBe(0);
  await expect.poll(async () => (await ask(page, 'savings', 'show', { savingsId: rich.savingsId })).savings.unfinishedCount, soon).toBe(0);
  const { savings, history } = await ask(page, 'savings', 'show', { savingsId: rich.savingsId });
  expect(savings.confirmedLedgerMinor).toBe(savings.ledgerMinor);
  const ours = history.filter((line) => line.receiptNumber?.startsWith('KTL-') === true && line.what === 'deposit');
  expect(ours.length).toBe(100);
  const byServer = [...ours]
    .sort((one, other) => (one.serverTransactionId ?? 0) - (other.serverTransactionId ?? 0))
    .map((line) => line.amountMinor);
  expect(byServer).toEqual(Array.from({ length: 100 }, (_, at) => 100 * (at + 1)));
});

test('a draft survives the pulled plug', async ({ page, branch }) => {
  await signIn(page, branch, 'achieng');
  await openDrawer(page);
  await fieldOf(page, 'search').fill('waf mar');
  await expect(page.getByTestId('search-row-1')).toBeVisible();
  await expect(page.getByTestId('companion-name')).toBeVisible();
  await page.keyboard.press('F3');
  await fieldOf(page, 'amount').fill('1234');
  await expect(page.getByTestId('draft-kept')).toBeVisible();
  await expect.poll(async () => (await ask(page, 'drafts', 'list', {})).length).toBe(1);
  await branch.pullThePlug();
  await branch.startAgain();
  await signIn(page, branch, 'achieng');
  await page.getByTestId('kept-continue').first().click();
  await expect(fieldOf(page, 'amount')).toHaveValue(/1,?234/);
  // No answer is not an empty draft.
  await page.route('**/call/drafts.show', (route) => route.abort(), { times: 2 });
  await page.reload();
  await expect(fieldOf(page, 'amount')).toHaveValue(/1,?234/, { timeout: 20_000 });
});

test('a manager declares offline and ends it; meanwhile nothing is sent', async ({ page, branch }) => {
  await signIn(page, branch, 'achieng');
  await openDrawer(page);
  const manager = await anotherPerson(page, branch, 'grace');
  await manager.goto(`${branch.address}#/sync`);
  await manager.getByTestId('declare-offline').click();
  await fieldOf(manager, 'offline-reason').fill('Line is being repaired');
  await manager.getByTestId('confirm-offline').click();
  await expect(page.getByTestId('status-sentence')).toContainText('Grace Wanjiru');
  const paymentTypeId = await cashTypeId(page);
  const [rich] = await richSavings(page);
  await ask(page, 'savings', 'takeDeposit', {
    formId: newFormId(),
    savingsId: rich?.savingsId ?? '',
    amountMinor: 10_000,
    paidWith: { paymentTypeId },
  });
  await ask(page, 'sync', 'wake', {});
  await page.waitForTimeout(1_500);
  expect((await ask(page, 'sync', 'showDesk', {})).unfinished[0]).toMatchObject({ standing: 'savedHere', reason: 'offlineDeclared' });
  await manager.getByTestId('end-offline').click();
  await expect.poll(async () => (await ask(page, 'sync', 'showDesk', {})).unfinishedTotal, soon).toBe(0);
  await manager.context().close();
});
