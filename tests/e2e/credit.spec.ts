// With the keyboard alone a manager decides on a loan, from the list to the word that it is confirmed, and a cashier pays one out. @credit
import { addDays } from '../../shared/kernel/businessDate.ts';
import {
  anotherPerson,
  ask,
  cutLine,
  expect,
  fieldOf,
  openDrawer,
  PASSWORD,
  newFormId,
  richSavings,
  signIn,
  soon,
  test,
} from './servedBranch.ts';

test.describe('a loan that waits for a decision', () => {
  test('is approved for less without a line, shown as provisional, confirmed when the line is back, and taken back @credit', async ({
    page,
    branch,
  }) => {
    await signIn(page, branch, 'grace');
    await page.goto(`${branch.address}#/loans`);
    await page.getByRole('radio', { name: 'To be decided' }).press('Space');
    const row = page.getByTestId('loan-row-1');
    await row.getByRole('link').press('Enter');
    await expect(page.getByTestId('loan-page')).toBeVisible();
    await cutLine(page, true);
    await page.getByTestId('decide-approve').press('Enter');
    const amount = page.getByTestId('decision-amount');
    await expect(amount).toBeFocused();
    const [asked] = (await ask(page, 'loans', 'list', { show: 'submitted' })).rows;
    await amount.fill(String((asked?.principalMinor ?? 0) / 100 + 1));
    await expect(page.getByTestId('decision-now')).toHaveAttribute('aria-disabled', 'true');
    await amount.fill(String((asked?.principalMinor ?? 0) / 100 - 1_000));
    await page.keyboard.press('Control+Enter');
    await expect(page.getByTestId('loan-decision')).toBeHidden();
    await expect(page.getByTestId('confirmed-status')).toBeVisible();
    await expect(page.getByTestId('decided')).toHaveAttribute('data-standing', 'savedHere');
    await expect(page.getByTestId('decide-undoApproval')).toBeFocused();
    await cutLine(page, false);
    await expect(page.getByTestId('decided')).toHaveAttribute('data-standing', 'confirmed', soon);
    await expect(page.getByTestId('confirmed-status')).toBeHidden(soon);

    await page.getByTestId('decide-undoApproval').press('Enter');
    await page.keyboard.press('Control+Enter');
    // Whoever was told yes is owed a reason.
    await expect(fieldOf(page, 'decision-note')).toBeFocused();
    await page.keyboard.type('papers are missing');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByTestId('decided')).toHaveCount(2);
    await expect(page.getByTestId('decided').first()).toHaveAttribute('data-standing', 'confirmed', soon);
    await expect(page.getByTestId('decide-reject')).toBeVisible(soon);
  });

  test('is approved for another day than was asked for: never for one that is past, and the page says which @credit', async ({
    page,
    branch,
  }) => {
    await signIn(page, branch, 'grace');
    const [asked] = (await ask(page, 'loans', 'list', { show: 'submitted' })).rows;
    const { businessDate } = await ask(page, 'loans', 'listProducts', {});
    await page.goto(`${branch.address}#/loans/${asked?.loanId ?? ''}`);
    await page.getByTestId('decide-approve').press('Enter');
    const day = fieldOf(page, 'decision-expected');
    await expect(day).toHaveValue(/^\d{4}-\d\d-\d\d$/);
    await day.fill(addDays(businessDate, -1));
    await page.keyboard.press('Control+Enter');
    await expect(page.getByTestId('loan-decision')).toContainText('No loan is paid out before the day it is approved.');
    // The same day of a week on: a working day wherever today is one.
    const later = addDays(businessDate, 7);
    await day.fill(later);
    await expect(page.getByTestId('decision-review')).toContainText('to be paid out on');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByTestId('loan-decision')).toBeHidden();
    await expect(page.getByTestId('decided')).toContainText('to be paid out on');
    await expect(page.getByTestId('decided')).toHaveAttribute('data-standing', 'confirmed', soon);
    expect((await ask(page, 'loans', 'show', { loanId: asked?.loanId ?? '' })).loan.expectedOn).toBe(later);
  });

  test('is no cashier’s to decide @credit', async ({ page, branch }) => {
    await signIn(page, branch, 'achieng');
    const [asked] = (await ask(page, 'loans', 'list', { show: 'submitted' })).rows;
    await page.goto(`${branch.address}#/loans/${asked?.loanId ?? ''}`);
    await expect(page.getByTestId('loan-page')).toBeVisible();
    await expect(page.getByTestId('decide-approve')).toHaveCount(0);
  });
});

test('a loan is applied for without a line: bounds are said, a draft is kept, its number holds, and head office has it when the line is back @credit', async ({
  page,
  branch,
}) => {
  await signIn(page, branch, 'grace');
  const [client] = (await ask(page, 'clients', 'list', { show: 'active', most: 1 })).rows;
  await page.goto(`${branch.address}#/clients/${client?.clientId ?? ''}`);
  // On a slow PC the form comes late, and the next key belongs to it all the same.
  await page.route('**/call/loans.applicationOptions', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 700));
    await route.continue();
  });
  await page.getByTestId('act-apply').press('Enter');
  const number = await page.getByTestId('next-number').innerText();
  await expect(page.getByTestId('apply-row')).not.toHaveCount(0);
  const sum = page.getByTestId('apply-principal');
  // The days stand already; what is asked first is how much.
  await expect(sum).toBeFocused();
  await sum.fill('1');
  await expect(page.getByTestId('apply-press')).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByTestId('apply-row')).toHaveCount(0);
  await sum.fill('20000');
  await fieldOf(page, 'apply-installments').fill('4');
  await expect(page.getByTestId('apply-row')).toHaveCount(4);
  await expect(page.getByTestId('draft-kept')).toBeVisible();
  await page.reload();
  await expect(fieldOf(page, 'apply-installments')).toHaveValue('4');
  await expect(page.getByTestId('apply-row')).toHaveCount(4);
  await cutLine(page, true);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('application')).toContainText(number);
  await expect(page.getByTestId('schedule-row')).toHaveCount(4);
  // What is signed at the desk: its number, the sum in words, the schedule, and the lines for two names.
  await page.getByTestId('open-loan-paper').press('Enter');
  const paper = page.getByTestId('loan-paper');
  await expect(paper).toContainText(number);
  await expect(paper).toContainText(/twenty thousand/i);
  await expect(paper.getByTestId('paper-row')).toHaveCount(4);
  await expect(paper.getByTestId('paper-signatures')).toBeVisible();
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-asked', document.querySelector('.print-root')?.textContent ?? '');
  });
  await page.keyboard.press('F9');
  await expect(page.locator('body')).toHaveAttribute('data-asked', new RegExp(number));
  await page.keyboard.press('Escape');
  await cutLine(page, false);
  await expect(page.getByTestId('application')).toBeHidden(soon);
});

test('what a loan would cost is reckoned while it is typed, and its bounds are said @credit', async ({ page, branch }) => {
  await signIn(page, branch, 'achieng');
  await page.goto(`${branch.address}#/loans`);
  await page.getByTestId('to-calculator').press('Enter');
  await expect(page.getByTestId('calculator-row')).not.toHaveCount(0);
  const total = await page.getByTestId('calculator-total').innerText();
  await fieldOf(page, 'calculator-installments').fill('3');
  await expect(page.getByTestId('calculator-row')).toHaveCount(3);
  await expect(page.getByTestId('calculator-total')).not.toHaveText(total);
  await page.getByTestId('calculator-principal').fill('1');
  await expect(page.getByText('At least KES 5,000.00.')).toBeVisible();
  await expect(page.getByTestId('calculator-row')).toHaveCount(0);
});

test.describe('a loan that was approved', () => {
  test('is paid out at the counter without a line, a manager agreeing, and is active there when the line is back @credit', async ({
    page,
    branch,
  }) => {
    await signIn(page, branch, 'achieng');
    await openDrawer(page, 50_000_000);
    const [approved] = (await ask(page, 'loans', 'list', { show: 'approved' })).rows;
    await page.goto(`${branch.address}#/loans/${approved?.loanId ?? ''}`);
    await expect(page.getByTestId('loan-page')).toBeVisible();
    await cutLine(page, true);
    await page.getByTestId('act-pay-out').press('Enter');
    await expect(page.getByTestId('pay-out-manager')).toBeVisible(soon);
    await expect(fieldOf(page, 'identity-seen')).toBeFocused();
    await page.keyboard.press('Control+Enter');
    // No money is counted before a paper was seen.
    await expect(page.getByTestId('pay-out')).toContainText('Write which paper was seen');
    if (process.env['SHOT'] !== undefined) await page.screenshot({ path: process.env['SHOT'] });
    await page.keyboard.type('national card 2210');
    // The power fails: what was typed is there again.
    await expect.poll(async () => (await ask(page, 'drafts', 'list', {})).map(({ body }) => body).join(), soon).toContain('card 2210');
    await page.reload();
    await page.getByTestId('act-pay-out').press('Enter');
    await expect(fieldOf(page, 'identity-seen')).toHaveValue('national card 2210');
    await expect(fieldOf(page, 'identity-seen')).toBeFocused();
    await page.keyboard.press('Control+Enter');
    await expect(page.getByTestId('manager-agreement')).toBeVisible();
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('LOAN PAID OUT').first()).toBeVisible(soon);
    expect(await ask(page, 'drafts', 'list', {})).toEqual([]);
    await page.goto(`${branch.address}#/loans/${approved?.loanId ?? ''}`);
    await expect(page.getByTestId('confirmed-status')).toBeVisible();
    await expect(page.getByTestId('act-pay-out')).toBeHidden();
    await cutLine(page, false);
    await expect(page.getByTestId('confirmed-status')).toBeHidden(soon);
    await expect(page.getByTestId('act-repayment')).toHaveCount(1);
  });
});

test('a payout that was a mistake is undone from the loan’s page before it left the branch, by keys alone @credit', async ({
  page,
  branch,
}) => {
  await signIn(page, branch, 'achieng');
  await openDrawer(page, 50_000_000);
  const [approved] = (await ask(page, 'loans', 'list', { show: 'approved' })).rows;
  const loanId = approved?.loanId ?? '';
  await cutLine(page, true);
  const { amountMinor } = await ask(page, 'loans', 'previewDisbursal', { loanId });
  const paid = await ask(page, 'loans', 'disburse', {
    formId: newFormId(),
    loanId,
    amountMinor,
    paidWith: { paymentTypeId: 1 },
    identitySeen: 'national card 2210',
    approval: { username: 'grace', password: PASSWORD },
  });
  // Whoever paid it out does not undo it.
  await page.goto(`${branch.address}#/loans/${loanId}`);
  await expect(page.getByTestId('loan-page')).toBeVisible();
  await expect(page.getByTestId('undo-pay-out')).toHaveCount(0);
  const manager = await anotherPerson(page, branch, 'grace');
  await manager.goto(`${branch.address}#/loans/${loanId}`);
  await manager.getByTestId('undo-pay-out').press('Enter');
  await manager.getByTestId('undo').press('Enter');
  await fieldOf(manager, 'undo-reason').fill('counted out for her neighbour');
  await manager.keyboard.press('Control+Enter');
  await expect(manager.getByText('LOAN PAYOUT BROUGHT BACK').first()).toBeVisible(soon);
  await expect(manager.getByTestId('issued')).toContainText(`Undoes receipt ${paid.receipt.number}`);
  await manager.goto(`${branch.address}#/loans/${loanId}`);
  await expect(manager.getByTestId('undo-pay-out')).toHaveCount(0);
  expect((await ask(manager, 'loans', 'show', { loanId })).loan.status).toBe('approved');
  await cutLine(page, false);
  await expect.poll(async () => (await ask(page, 'sync', 'showDesk', {})).unfinished.length, soon).toBe(0);
});

test('a payout of today is taken back after head office was told of it, a manager agreeing, by keys alone @credit', async ({
  page,
  branch,
}) => {
  await signIn(page, branch, 'achieng');
  await openDrawer(page, 50_000_000);
  const [approved] = (await ask(page, 'loans', 'list', { show: 'approved' })).rows;
  const loanId = approved?.loanId ?? '';
  const { amountMinor } = await ask(page, 'loans', 'previewDisbursal', { loanId });
  const paid = await ask(page, 'loans', 'disburse', {
    formId: newFormId(),
    loanId,
    amountMinor,
    paidWith: { paymentTypeId: 1 },
    identitySeen: 'national card 2210',
    approval: { username: 'grace', password: PASSWORD },
  });
  await expect.poll(async () => (await ask(page, 'loans', 'show', { loanId })).loan.confirmedStatus, soon).toBe('active');
  await page.goto(`${branch.address}#/loans/${loanId}`);
  await page.getByTestId('undo-pay-out-there').press('Enter');
  await expect(fieldOf(page, 'undo-pay-out-reason')).toBeFocused();
  await page.keyboard.press('Control+Enter');
  // Nothing is taken back without a reason.
  await expect(page.getByTestId('undo-pay-out-form')).toBeVisible();
  await page.keyboard.type('counted out for her neighbour');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('manager-agreement')).toBeVisible();
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('LOAN PAYOUT UNDONE').first()).toBeVisible(soon);
  await expect(page.getByTestId('issued')).toContainText(`Undoes receipt ${paid.receipt.number}`);
  await expect.poll(async () => (await ask(page, 'loans', 'show', { loanId })).loan.confirmedStatus, soon).toBe('approved');
  await page.goto(`${branch.address}#/loans/${loanId}`);
  // It is approved as before, for her whom it was meant for.
  await expect(page.getByTestId('act-pay-out')).toBeVisible();
});

test('a savings account is opened without a line for a client of a minute ago, approved, activated and paid into, and confirmed when the line is back @credit', async ({
  page,
  branch,
}) => {
  await signIn(page, branch, 'achieng');
  await openDrawer(page);
  // What a product costs is read after the first pull.
  await expect
    .poll(async () => (await ask(page, 'savings', 'openingOptions', {})).products.some(({ whyNot }) => whyNot === null), soon)
    .toBe(true);
  await cutLine(page, true);
  const manager = await anotherPerson(page, branch, 'grace');
  const { today } = await ask(manager, 'clients', 'registrationOptions', {});
  const { clientId } = await ask(manager, 'clients', 'register', {
    formId: newFormId(),
    legalForm: 'person',
    firstname: 'Nasimiyu',
    lastname: 'Khaemba',
    submittedOn: today,
    activationDate: today,
  });
  await page.goto(`${branch.address}#/clients/${clientId}`);
  await page.getByTestId('act-open-savings').press('Enter');
  const number = await page.getByTestId('next-number').innerText();
  await expect(page.getByTestId('savings-terms')).toBeVisible();
  await page.getByTestId('open-savings-press').focus();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('savings-page')).toBeVisible();
  await expect(page.getByTestId('application')).toContainText(number);
  // No cashier grants what a cashier asked for.
  await expect(page.getByTestId('decide-approve')).toHaveCount(0);
  const address = page.url();

  // Nor a manager what she asked for herself: her key is dashed and says why.
  const { rows } = await ask(manager, 'clients', 'list', {});
  const { products } = await ask(manager, 'savings', 'openingOptions', {});
  const own = await ask(manager, 'savings', 'apply', {
    formId: newFormId(),
    owner: { kind: 'client', localId: rows[0]?.clientId ?? '' },
    productId: products.find(({ whyNot }) => whyNot === null)?.productId ?? 0,
    submittedOn: today,
  });
  await manager.goto(`${branch.address}#/savings/${own.savingsId}`);
  await expect(manager.getByTestId('decide-approve')).toHaveAttribute('aria-disabled', 'true');
  await expect(manager.getByTestId('decide-approve')).toContainText('Somebody else decides');
  await manager.getByTestId('decide-approve').press('Enter');
  await expect(manager.getByTestId('savings-decision')).toHaveCount(0);

  await manager.goto(address);
  await manager.getByTestId('decide-approve').press('Enter');
  await manager.keyboard.press('Control+Enter');
  await expect(manager.getByTestId('decide-activate')).toBeFocused();
  await manager.getByTestId('decide-activate').press('Enter');
  await manager.keyboard.press('Control+Enter');
  await expect(manager.getByTestId('decided')).toHaveCount(2);

  await page.getByTestId('act-deposit').press('Enter');
  await page.keyboard.type('600');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('slip')).toContainText(number);
  await cutLine(page, false);
  await page.goto(address);
  await expect(page.getByTestId('application')).toBeHidden(soon);
  await expect(page.getByTestId('confirmed-status')).toBeHidden(soon);
  await expect(page.getByTestId('savings-local-number')).toHaveText(number);
  await expect(page.getByTestId('decided').first()).toHaveAttribute('data-standing', 'confirmed', soon);
  await expect.poll(async () => (await ask(page, 'sync', 'showDesk', {})).unfinished.length, soon).toBe(0);
});

test('a savings account on which nothing lies any more is closed for a reason, and says before why one is not @credit', async ({
  page,
  branch,
}) => {
  await signIn(page, branch, 'grace');
  await openDrawer(page);
  // One of which all can be paid out.
  const whole = [];
  for (const { savingsId: each } of await richSavings(page)) {
    const { savings } = await ask(page, 'savings', 'show', { savingsId: each });
    if (savings.availableMinor === savings.ledgerMinor) whole.push(each);
  }
  const savingsId = whole.at(-1) ?? '';
  await page.goto(`${branch.address}#/savings/${savingsId}`);
  await page.getByTestId('decide-close').press('Enter');
  const close = page.getByTestId('savings-decision');
  await expect(close.getByTestId('decision-now')).toContainText('pay it out first');
  await page.keyboard.press('Escape');
  await expect(close).toBeHidden();

  const { savings } = await ask(page, 'savings', 'show', { savingsId });
  await ask(page, 'savings', 'payWithdrawal', {
    formId: newFormId(),
    savingsId,
    amountMinor: savings.availableMinor,
    paidWith: { paymentTypeId: 2, accountNumber: 'bank 12' },
  });
  await expect(page.getByTestId('savings-ledger')).toHaveText(/^0[.,]00/);
  await page.getByTestId('decide-close').press('Enter');
  await expect(close.getByTestId('close-interest')).toBeVisible();
  await expect(fieldOf(page, 'decision-note')).toBeFocused();
  await page.keyboard.type('moves to another town');
  await page.keyboard.press('Control+Enter');
  await expect(close).toBeHidden();
  await expect(page.getByTestId('decided').first()).toHaveAttribute('data-standing', 'confirmed', soon);
  await expect(page.getByTestId('act-deposit')).toHaveCount(0);
  await expect.poll(async () => (await ask(page, 'savings', 'show', { savingsId })).savings.confirmedStatus, soon).toBe('closed');
});
