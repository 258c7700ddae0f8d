// Walk 2: head office refuses a withdrawal that was paid. The manager closes it in each of the four ways; the maker cannot.
import type { Page } from '@playwright/test';
import {
  anotherPerson,
  ask,
  cashTypeId,
  cutLine,
  expect,
  fieldOf,
  newFormId,
  openDrawer,
  refusalOf,
  richSavings,
  type ServedBranch,
  signIn,
  soon,
  test,
} from './servedBranch.ts';

interface Case {
  readonly manager: Page;
  readonly exceptionId: string;
  readonly savingsId: string;
  readonly drawerBeforeMinor: number;
}

/** What must lie in somebody's drawer: a manager is told, its holder only after the count. */
async function inDrawerOf(manager: Page, holder: string): Promise<number> {
  const { drawers } = await ask(manager, 'cash', 'showDay', {});
  return drawers.find((drawer) => drawer.openedBy === holder)?.expectedMinor ?? 0;
}

const amountMinor = 60_000;

/** Paid without a line while another branch emptied the account, in one sum or in these. */
async function paidFromNothing(
  page: Page,
  branch: ServedBranch,
  cashier: string,
  elsewhere = (availableMinor: number): readonly number[] => [availableMinor],
): Promise<string> {
  await signIn(page, branch, cashier);
  await openDrawer(page);
  const [rich] = await richSavings(page);
  if (rich === undefined) throw new Error('nobody has savings');
  const { savingsId, availableMinor } = rich;
  const paymentTypeId = await cashTypeId(page);
  await cutLine(page, true);
  await ask(page, 'savings', 'payWithdrawal', { formId: newFormId(), savingsId, amountMinor, paidWith: { paymentTypeId } });
  for (const each of elsewhere(availableMinor)) await ask(page, 'practice', 'otherBranchPays', { savingsId, amountMinor: each });
  await cutLine(page, false);
  return savingsId;
}

async function aCase(page: Page, branch: ServedBranch): Promise<Case> {
  const savingsId = await paidFromNothing(page, branch, 'achieng');
  await expect
    .poll(
      async () =>
        (await ask(page, 'exceptions', 'list', {}))[0]?.answered !== undefined &&
        (await ask(page, 'exceptions', 'list', {}))[0]?.answered !== null,
      soon,
    )
    .toBe(true);
  const [open] = await ask(page, 'exceptions', 'list', {});
  expect(open).toMatchObject({ kind: 'refused', makerIsMe: true });
  const manager = await anotherPerson(page, branch, 'grace');
  await manager.goto(`${branch.address}#/exceptions/${open?.exceptionId ?? ''}`);
  await expect(manager.getByTestId('exception-case')).toBeVisible();
  const drawerBeforeMinor = await inDrawerOf(manager, 'Achieng Odhiambo');
  return { manager, exceptionId: open?.exceptionId ?? '', savingsId, drawerBeforeMinor };
}

async function close(manager: Page, resolution: string, reason: string): Promise<void> {
  await manager.getByTestId(`resolve-${resolution}`).click();
  await fieldOf(manager, 'resolution-reason').fill(reason);
  await manager.getByTestId('resolve').click();
  await expect.poll(async () => (await ask(manager, 'exceptions', 'list', { show: 'closed' })).length, soon).toBe(1);
}

test('suspend: the cash stays out, the books carry it, the cashier is not short; and it is recovered when the client comes', async ({
  page,
  branch,
}) => {
  const { manager, drawerBeforeMinor } = await aCase(page, branch);
  await close(manager, 'suspend', 'He agreed to repay on Friday');
  await expect.poll(async () => (await ask(manager, 'exceptions', 'listSuspense', {})).rows[0]?.standing, soon).toBe('confirmed');
  expect((await ask(manager, 'exceptions', 'listSuspense', {})).totalMinor).toBe(amountMinor);
  expect((await ask(page, 'receipts', 'list', {})).lines[0]).toMatchObject({ closedAs: 'suspended' });
  expect(await inDrawerOf(manager, 'Achieng Odhiambo')).toBe(drawerBeforeMinor);
  // He keeps his word: by keyboard alone it leaves suspense again, with a receipt, and the drawer has it.
  await manager.goto(`${branch.address}#/exceptions?show=suspense`);
  await expect(manager.getByTestId('suspense-row')).toHaveCount(1);
  await manager.keyboard.press('Alt+1');
  await expect(manager.getByTestId('suspended-by')).toContainText('He agreed to repay on Friday');
  await expect(manager.getByTestId('resolve-recognise')).toBeDisabled();
  await manager.keyboard.press('Alt+1');
  await expect(fieldOf(manager, 'resolution-reason')).toBeFocused();
  await manager.keyboard.type('He came on Friday');
  await manager.keyboard.press('Control+Enter');
  await expect(manager).toHaveURL(/counter\/issued/);
  expect(await inDrawerOf(manager, 'Achieng Odhiambo')).toBe(drawerBeforeMinor + amountMinor);
  expect((await ask(manager, 'exceptions', 'listSuspense', {})).rows).toEqual([]);
  expect((await ask(page, 'receipts', 'list', {})).lines.map(({ closedAs }) => closedAs)).toContain('reversed');
  await manager.context().close();
});

test('reverse: the client brings the money back; the drawer takes it in with a receipt', async ({ page, branch }) => {
  const { manager, drawerBeforeMinor, savingsId } = await aCase(page, branch);
  await close(manager, 'reverse', 'He brought it back at once');
  expect(await inDrawerOf(manager, 'Achieng Odhiambo')).toBe(drawerBeforeMinor + amountMinor);
  const [newest] = (await ask(page, 'receipts', 'list', {})).lines;
  expect(newest?.receipt).toMatchObject({ kind: 'withdrawalReturned', amountMinor });
  // The paper that undoes another is not void itself, on the screen as on paper.
  await expect(manager.getByTestId('issued')).toContainText(`Undoes receipt ${newest?.receipt.undoes ?? ''}`);
  await page.goto(`${branch.address}#/receipts`);
  await expect(page.getByTestId('receipt-row').first()).toContainText('Undoes another');
  await expect(page.getByTestId('receipt-row').nth(1)).toContainText('Reversed');
  expect((await ask(page, 'receipts', 'list', {})).lines.map((line) => line.closedAs)).toEqual(['reversed', 'reversed']);
  expect((await ask(page, 'savings', 'show', { savingsId })).savings).toMatchObject({ ledgerMinor: 0, disputed: false });
  expect((await ask(page, 'sync', 'showDesk', {})).unfinishedTotal).toBe(0);
  await manager.context().close();
});

test('resubmit: once the account has money again, a new submission goes through', async ({ page, branch }) => {
  const { manager, savingsId } = await aCase(page, branch);
  // The cause is mended: somebody pays in, which must wait behind the case and not overtake it.
  const paymentTypeId = await cashTypeId(page);
  await ask(page, 'savings', 'takeDeposit', { formId: newFormId(), savingsId, amountMinor: 10_000, paidWith: { paymentTypeId } });
  await page.waitForTimeout(1_000);
  expect((await ask(page, 'sync', 'showDesk', {})).unfinished.map((item) => item.reason)).toEqual(['refused', 'sameAccountNeedsYou']);
  await close(manager, 'resubmit', 'Try it again');
  // Head office still holds no money: it refuses anew, and a second case opens for the same receipt.
  await expect.poll(async () => (await ask(manager, 'exceptions', 'list', { show: 'open' }))[0]?.item.submission, soon).toBe(2);
  expect((await ask(manager, 'exceptions', 'list', { show: 'open' })).length).toBe(1);
  expect((await ask(manager, 'exceptions', 'list', { show: 'open' }))[0]?.item.amountMinor).toBe(-amountMinor);
  await manager.context().close();
});

test('recognise: impossible while head office holds no such withdrawal, and says so', async ({ page, branch }) => {
  const { manager, exceptionId, savingsId } = await aCase(page, branch);
  // At the counter nothing is paid meanwhile; the key says why, and its reason is read whole.
  const { savings } = await ask(page, 'savings', 'show', { savingsId });
  const { client } = await ask(page, 'clients', 'show', { clientId: savings.clientId ?? '' });
  await page.goto(`${branch.address}#/counter`);
  await fieldOf(page, 'search').fill(client.accountNo);
  await expect(page.getByTestId('companion-name')).toHaveText(client.displayName);
  await page.keyboard.press('F6');
  const withdrawal = page.getByTestId('act-withdrawal');
  await expect(withdrawal.getByRole('alert')).toContainText('waits for a decision');
  const cut = await withdrawal.evaluate((button) => {
    const [outer, words] = [button, button.querySelector('.press-words') ?? button].map((each) => each.getBoundingClientRect());
    return outer === undefined || words === undefined ? 0 : Math.max(outer.top - words.top, words.bottom - outer.bottom);
  });
  expect(cut, 'the reason stands out of its button by so many pixels').toBeLessThanOrEqual(0);
  // The form says the same, and that nothing is left to type.
  await page.goto(`${branch.address}#/counter/withdrawal/${savingsId}`);
  await fieldOf(page, 'amount').fill('50');
  await expect(page.getByTestId('review')).toContainText('This cannot be paid now');
  await expect(page.getByTestId('limit')).toHaveCount(0);
  await expect(manager.getByTestId('resolve-recognise')).toBeDisabled();
  await expect(manager.locator('#means-recognise')).toContainText(/holds no such/i);
  const recognise = { exceptionId, resolution: 'recognise', reason: 'It is there' } as const;
  expect(await refusalOf(manager, 'exceptions', 'resolve', recognise)).toBe('exception.choiceImpossible');
  await manager.context().close();
});

test('recognise: head office holds an equal withdrawal typed in by somebody else; the receipt is linked to it', async ({
  page,
  branch,
}) => {
  // The other branch posts the very same withdrawal, then takes the rest.
  const savingsId = await paidFromNothing(page, branch, 'achieng', (all) => [amountMinor, all - amountMinor]);
  await expect.poll(async () => (await ask(page, 'exceptions', 'list', {}))[0]?.candidates.length, soon).toBe(1);
  const [open] = await ask(page, 'exceptions', 'list', {});
  const manager = await anotherPerson(page, branch, 'grace');
  await manager.goto(`${branch.address}#/exceptions/${open?.exceptionId ?? ''}`);
  // Nothing is chosen beforehand: who entered it stands beside it, and whoever decides says that it is this one.
  await manager.getByTestId('resolve-recognise').click();
  await expect(manager.getByTestId('candidates').getByRole('radio')).not.toBeChecked();
  await expect(manager.getByTestId('candidates')).toContainText('bungoma');
  await manager.getByTestId('candidates').getByRole('radio').click();
  await close(manager, 'recognise', 'Bungoma typed it in for us');
  const [line] = (await ask(page, 'receipts', 'list', {})).lines;
  expect(line?.serverTransactionId).toBe(open?.candidates[0]?.serverTransactionId);
  await expect
    .poll(async () => (await ask(page, 'savings', 'show', { savingsId })).savings, soon)
    .toMatchObject({ ledgerMinor: 0, unfinishedCount: 0 });
  await manager.context().close();
});

test('a case opens with the focus where the next key belongs, and has it again after a dialog', async ({ page, branch }) => {
  const { manager } = await aCase(page, branch);
  const first = manager.getByTestId('resolve-resubmit');
  await expect(first).toBeFocused();
  for (const dialog of ['Control+k', 'F1']) {
    await manager.keyboard.press(dialog);
    await expect(manager.locator('.v-overlay--active')).toHaveCount(1);
    await manager.keyboard.press('Escape');
    await expect(manager.locator('.v-overlay--active')).toHaveCount(0);
    await expect(first).toBeFocused();
  }
  // A digit chooses a way out: it is not typed into the reason, which takes the key after it.
  await manager.keyboard.press('3');
  await expect(manager.getByTestId('resolve-suspend')).toBeChecked();
  await expect(fieldOf(manager, 'resolution-reason')).toBeFocused();
  await expect(fieldOf(manager, 'resolution-reason')).toHaveValue('');
  // From the list by keyboard alone it is the same.
  await manager.keyboard.press('Escape');
  await expect(manager.getByTestId('exception-row')).toHaveCount(1);
  await manager.keyboard.press('Alt+1');
  await expect(manager.getByTestId('exception-case')).toBeVisible();
  await expect(first).toBeFocused();
  await manager.context().close();
});

test('I9: the maker cannot close the case, whatever the rights', async ({ page, branch }) => {
  await paidFromNothing(page, branch, 'grace');
  await expect.poll(async () => (await ask(page, 'exceptions', 'list', {})).length, soon).toBe(1);
  const [open] = await ask(page, 'exceptions', 'list', {});
  const suspend = { exceptionId: open?.exceptionId ?? '', resolution: 'suspend', reason: 'My own case' } as const;
  expect(await refusalOf(page, 'exceptions', 'resolve', suspend)).toBe('exception.makerCannotClose');
});
