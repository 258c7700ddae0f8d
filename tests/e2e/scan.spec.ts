// A card, a passbook, a slip or a label under the scanner, wherever the cursor stands: it opens what it names, and never becomes money.
import type { Page } from '@playwright/test';
import { ask, cashTypeId, expect, fieldOf, newFormId, openDrawer, richSavings, signIn, test } from './servedBranch.ts';

/** A scanner as the browser hears it: its keys stand in the queue together, and no round trip of this test lies between them. */
async function scan(page: Page, code: string, end: 'Enter' | 'Tab' = 'Enter'): Promise<void> {
  const wire = await page.context().newCDPSession(page);
  const sent: Promise<unknown>[] = [];
  for (const key of [...Array.from(code), end]) {
    const isEnd = key === end;
    const text = key === 'Enter' ? '\r' : isEnd ? undefined : key;
    const windowsVirtualKeyCode = key === 'Enter' ? 13 : key === 'Tab' ? 9 : key.toUpperCase().charCodeAt(0);
    const shared = { key, code: codeOf(key), windowsVirtualKeyCode, modifiers: /[A-Z:]/.test(key) && !isEnd ? 8 : 0 };
    sent.push(
      wire.send('Input.dispatchKeyEvent', {
        type: text === undefined ? 'rawKeyDown' : 'keyDown',
        ...shared,
        ...(text === undefined ? {} : { text }),
      }),
    );
    sent.push(wire.send('Input.dispatchKeyEvent', { type: 'keyUp', ...shared }));
  }
  await Promise.all(sent);
  await wire.detach();
}

/** Where the key stands on the American keyboard that a scanner plays. */
function codeOf(key: string): string {
  if (/^\d$/.test(key)) return `Digit${key}`;
  if (/^[a-z]$/i.test(key)) return `Key${key.toUpperCase()}`;
  return { '-': 'Minus', ':': 'Semicolon' }[key] ?? key;
}

/** Somebody whose number no account of another bears would be rare: the practice office counts each kind from one. */
async function aClient(page: Page): Promise<{ readonly clientId: string; readonly displayName: string; readonly accountNo: string }> {
  const { rows } = await ask(page, 'clients', 'list', { show: 'active', offset: 0, most: 60 });
  const row = rows.at(-1);
  if (row === undefined) throw new Error('an office without clients');
  return row;
}

async function amountField(page: Page): Promise<void> {
  const [account] = await richSavings(page);
  await page.goto(`${page.url().split('#')[0] ?? ''}#/counter/deposit/${account?.savingsId ?? ''}`);
  await fieldOf(page, 'amount').fill('1500');
  await expect(fieldOf(page, 'amount')).toHaveValue('1,500');
  await fieldOf(page, 'amount').focus();
}

test('a card scanned into the amount opens its client, and the amount is as it was @faults', async ({ page, branch }) => {
  await signIn(page, branch, 'achieng');
  await openDrawer(page);
  const client = await aClient(page);
  for (const end of ['Enter', 'Tab'] as const) {
    await amountField(page);
    const form = page.url();
    await scan(page, client.accountNo, end);
    await expect(page).toHaveURL(new RegExp(`#/clients/${client.clientId}$`));
    await page.goto(form);
    await expect(fieldOf(page, 'amount')).toHaveValue('1,500');
    await page.goto(`${form.split('#')[0] ?? ''}#/counter`);
  }
  expect((await ask(page, 'receipts', 'list', {})).total).toBe(0);
});

test('a code that names nothing is told in words, in three languages, and nothing is typed or pressed @faults', async ({
  page,
  branch,
}) => {
  await signIn(page, branch, 'achieng');
  await openDrawer(page);
  await amountField(page);
  await scan(page, '4006381333931');
  await expect(page.getByTestId('scan-notice')).toContainText('4006381333931');
  await expect(page.getByTestId('scan-notice')).toContainText('Nothing');
  await expect(fieldOf(page, 'amount')).toHaveValue('1,500');
  await expect(page.getByTestId('review-sheet')).toHaveCount(0);
  // In the review as well: its button has the focus.
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('review-sheet')).toBeVisible();
  await scan(page, '96385074');
  await expect(page.getByTestId('scan-notice')).toContainText('96385074');
  await expect(page.getByTestId('review-sheet')).toBeVisible();
  expect((await ask(page, 'receipts', 'list', {})).total).toBe(0);
});

test('a slip is opened by its square, a label told, a dialog closes over what was scanned @faults', async ({ page, branch }) => {
  await signIn(page, branch, 'achieng');
  await openDrawer(page);
  const [account] = await richSavings(page);
  const { receipt } = await ask(page, 'savings', 'takeDeposit', {
    formId: newFormId(),
    savingsId: account?.savingsId ?? '',
    amountMinor: 50_000,
    paidWith: { paymentTypeId: await cashTypeId(page) },
    note: '',
  });
  await page.getByTestId('rail-sync').click();
  await page.keyboard.press('F1');
  await scan(page, receipt.proof ?? '');
  await expect(page).toHaveURL(new RegExp(`#/receipts\\?receipt=${receipt.receiptId}`));
  await expect(page.getByTestId('receipt-desk')).toContainText(receipt.number);
  await expect(page.getByTestId('key-help')).toHaveCount(0);
  await scan(page, `TAWI:${receipt.number}:0123456789abcdef`);
  await expect(page).toHaveURL(/#\/receipts\/check\?code=/);
  await expect(page.getByTestId('verdict')).toHaveAttribute('data-verdict', 'changed');
  const start = await ask(page, 'session', 'showStart', {});
  await scan(page, `${start.branch?.officeCode ?? ''}-${start.branch?.deviceCode ?? ''}`);
  await expect(page.getByTestId('scan-notice')).toHaveAttribute('data-scan', 'device');
  await page.keyboard.press('Control+K');
  await expect(page.getByTestId('palette')).toBeVisible();
  const client = await aClient(page);
  await scan(page, client.accountNo);
  await expect(page).toHaveURL(new RegExp(`#/clients/${client.clientId}$`));
  await expect(page.getByTestId('palette')).toHaveCount(0);
});

test('where nothing is typed, the digits of a card choose no row; before the door a card is told to wait @faults', async ({
  page,
  branch,
}) => {
  await signIn(page, branch, 'achieng');
  await openDrawer(page);
  const client = await aClient(page);
  await fieldOf(page, 'search').fill('wa');
  await expect(page.getByTestId('search-row-1')).toBeVisible();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await scan(page, client.accountNo);
  await expect(page).toHaveURL(new RegExp(`#/clients/${client.clientId}$`));
  // In the search box itself a number is found as ever, and the box is as it was.
  await fieldOf(page, 'search').focus();
  await scan(page, client.accountNo);
  await expect(page).toHaveURL(new RegExp(`#/clients/${client.clientId}$`));
  const { officeCode = '', deviceCode = '' } = (await ask(page, 'session', 'showStart', {})).branch ?? {};
  await page.keyboard.press('Control+L');
  await expect(page.getByTestId('lock-screen')).toBeVisible();
  await scan(page, `${officeCode}-${deviceCode}`);
  await expect(page.getByTestId('scan-notice')).toHaveAttribute('data-scan', 'signIn');
});

test('a day that a code is scanned into stands as it stood, and so does one that is empty @faults', async ({ page, branch }) => {
  await signIn(page, branch, 'grace');
  const home = page.url().split('#')[0] ?? '';
  // Each code is another one than the last, so that what is told is told of it.
  const lookInto = async (name: string): Promise<void> => {
    const field = fieldOf(page, name);
    const before = await field.inputValue();
    for (const end of ['Enter', 'Tab'] as const) {
      await field.focus();
      const code = end === 'Enter' ? '4006381333931' : '96385074';
      await scan(page, code, end);
      await expect(page.getByTestId('scan-notice')).toContainText(code);
      await expect(field, name).toHaveValue(before);
      await expect(field, name).toBeFocused();
      // Digits of a day that is not whole are no value, and would be seen.
      expect(await field.evaluate((each) => (each as HTMLInputElement).validity.badInput), name).toBe(false);
      // A code is written only where words are.
      await expect(page.getByTestId('scan-put-in')).toHaveCount(0);
    }
  };
  await page.goto(`${home}#/savings/${(await richSavings(page))[0]?.savingsId ?? ''}/statement`);
  await lookInto('statement-from');
  await page.goto(`${home}#/loans/calculator`);
  await lookInto('calculator-first');
});
