// Every screen of the desk with something on it, for tests that measure how screens are laid out: where each lives, what shows that it is there,
// and what is pressed to open what lies over it. Asked by a manager with her drawer open; the line is cut, so that things wait.
import type { Page } from '@playwright/test';
import {
  anotherPerson,
  ask,
  cashTypeId,
  cutLine,
  expect,
  newFormId,
  openDrawer,
  richSavings,
  signIn,
  soon,
  type ServedBranch,
} from './servedBranch.ts';

interface Place {
  readonly name: string;
  readonly address: string;
  /** What is on the screen once it is there. */
  readonly shows: string;
  /** Opens what lies over the screen. */
  readonly open?: (page: Page) => Promise<void>;
  readonly opened?: string;
}

/** Head office refused a withdrawal that was paid: somebody else's, so that the manager may close it. */
async function aRefusedWithdrawal(cashier: Page, savingsId: string, availableMinor: number): Promise<string> {
  const paidWith = { paymentTypeId: await cashTypeId(cashier) };
  await cutLine(cashier, true);
  await ask(cashier, 'savings', 'payWithdrawal', { formId: newFormId(), savingsId, amountMinor: 60_000, paidWith });
  await ask(cashier, 'practice', 'otherBranchPays', { savingsId, amountMinor: availableMinor });
  await cutLine(cashier, false);
  await expect.poll(async () => (await ask(cashier, 'exceptions', 'list', {}))[0]?.answered ?? null, soon).not.toBeNull();
  const [open] = await ask(cashier, 'exceptions', 'list', {});
  return open?.exceptionId ?? '';
}

const press =
  (testid: string) =>
  async (page: Page): Promise<void> => {
    await page.getByTestId(testid).first().press('Enter');
  };

/** Signs in `grace` on that page. */
export async function everyScreen(page: Page, branch: ServedBranch): Promise<readonly Place[]> {
  await signIn(page, branch, 'grace');
  await openDrawer(page);
  const second = await anotherPerson(page, branch, 'daniel');
  await openDrawer(second);
  const [rich, poorer] = await richSavings(page);
  if (rich === undefined || poorer === undefined) throw new Error('nobody has savings');
  const exceptionId = await aRefusedWithdrawal(second, poorer.savingsId, poorer.availableMinor);
  const loan = (await ask(page, 'loans', 'list', { show: 'behind' })).rows[0]?.loanId ?? '';
  const asked = (await ask(page, 'loans', 'list', { show: 'submitted' })).rows[0]?.loanId ?? '';
  const group = (await ask(page, 'groups', 'list', {})).rows[0]?.groupId ?? '';
  await cutLine(page, true);
  const paidWith = { paymentTypeId: await cashTypeId(page) };
  const paid = { savingsId: rich.savingsId, amountMinor: 12_300, paidWith };
  const { receipt } = (await ask(page, 'savings', 'takeDeposit', { ...paid, formId: newFormId() })) as { receipt: { receiptId: string } };
  const report = (await ask(second, 'cash', 'closeDrawer', { countedMinor: 5_000_000 - 60_000 })).report ?? '';
  await second.context().close();
  return [
    { name: 'counter', address: 'counter', shows: 'companion' },
    { name: 'repayment', address: `counter/repayment/${loan}`, shows: 'form-repayment' },
    { name: 'deposit', address: `counter/deposit/${rich.savingsId}`, shows: 'form-deposit' },
    { name: 'withdrawal', address: `counter/withdrawal/${rich.savingsId}`, shows: 'form-withdrawal' },
    { name: 'basket', address: `counter/basket/${rich.clientId}`, shows: 'form-basket' },
    { name: 'basketPaid', address: `counter/pay-basket/${rich.clientId}`, shows: 'form-basketPaid' },
    { name: 'issued', address: `counter/issued/${receipt.receiptId}`, shows: 'issued' },
    { name: 'receipts', address: 'receipts', shows: 'receipt-desk' },
    {
      name: 'receiptShown',
      address: 'receipts',
      shows: 'receipt-row',
      open: (on) => on.getByTestId('receipt-row').locator('button').first().click(),
      opened: 'slip-number',
    },
    { name: 'clients', address: 'clients', shows: 'client-list' },
    { name: 'register', address: 'clients/new', shows: 'register-firstname' },
    { name: 'client', address: `clients/${rich.clientId}`, shows: 'client-number' },
    { name: 'openSavings', address: `savings/open/client/${rich.clientId}`, shows: 'open-savings' },
    { name: 'savings', address: `savings/${rich.savingsId}`, shows: 'savings-page' },
    { name: 'statement', address: `savings/${rich.savingsId}/statement`, shows: 'statement-page' },
    { name: 'groups', address: 'groups', shows: 'group-row-1' },
    { name: 'newGroup', address: 'groups/new', shows: 'group-founders' },
    { name: 'group', address: `groups/${group}`, shows: 'group-page' },
    { name: 'groupTurn', address: `groups/${group}`, shows: 'group-page', open: press('turn-serve'), opened: 'turn-choice' },
    { name: 'groupSavings', address: `savings/open/group/${group}`, shows: 'open-savings' },
    { name: 'newCenter', address: 'centers/new', shows: 'center-founders' },
    { name: 'loans', address: 'loans', shows: 'loan-row-1' },
    { name: 'calculator', address: 'loans/calculator', shows: 'loan-calculator' },
    { name: 'apply', address: `loans/apply/client/${rich.clientId}`, shows: 'apply-for-loan' },
    { name: 'loan', address: `loans/${loan}`, shows: 'loan-page' },
    { name: 'loanPaper', address: `loans/${loan}/paper`, shows: 'loan-paper-page' },
    { name: 'loanAsked', address: `loans/${asked}`, shows: 'decide-approve', open: press('decide-approve'), opened: 'loan-decision' },
    { name: 'decide', address: 'decide', shows: 'decide-desk' },
    { name: 'sync', address: 'sync', shows: 'sync-desk' },
    { name: 'exceptions', address: 'exceptions', shows: 'exception-desk' },
    { name: 'case', address: `exceptions/${exceptionId}`, shows: 'exception-case' },
    { name: 'day', address: 'day', shows: 'day-page' },
    { name: 'vault', address: 'day/vault', shows: 'vault-page' },
    { name: 'vaultSlip', address: 'day/vault/new/opening', shows: 'cash-slip-form' },
    { name: 'report', address: `day/reports/${report}`, shows: 'report-page' },
    { name: 'x', address: 'day/x', shows: 'report-page' },
    { name: 'overShort', address: 'day/differences', shows: 'over-short' },
    { name: 'closeDrawer', address: 'day/close-drawer', shows: 'close-drawer' },
    { name: 'printers', address: 'settings/printers', shows: 'save-printers' },
    { name: 'drawerLimits', address: 'settings/drawers', shows: 'drawer-limits' },
    { name: 'practice', address: 'settings/practice', shows: 'practice-find' },
  ];
}

export async function goTo(page: Page, place: Place): Promise<void> {
  await page.evaluate((to) => (location.hash = `#/${to}`), place.address);
  await expect(page.getByTestId(place.shows).first(), place.name).toBeVisible();
  if (place.open === undefined) return;
  await place.open(page);
  await expect(page.getByTestId(place.opened ?? '').first(), place.name).toBeVisible();
}
