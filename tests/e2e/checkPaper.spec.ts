// A paper that somebody brings: scanned anywhere, told in words with what the books say; and the page for phones, opened from a folder with no network.
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { anotherPerson, ask, cashTypeId, expect, newFormId, openDrawer, richSavings, signIn, test } from './servedBranch.ts';

async function aReceipt(page: Page): Promise<{ readonly receiptId: string; readonly number: string; readonly proof: string }> {
  const [account] = await richSavings(page);
  const { receipt } = await ask(page, 'savings', 'takeDeposit', {
    formId: newFormId(),
    savingsId: account?.savingsId ?? '',
    amountMinor: 50_000,
    paidWith: { paymentTypeId: await cashTypeId(page) },
    note: '',
  });
  return { ...receipt, proof: receipt.proof ?? '' };
}

/** One letter of the signature another. */
function forged(proof: string): string {
  return proof.slice(0, -2) + (proof.at(-2) === 'A' ? 'B' : 'A') + (proof.at(-1) ?? '');
}

async function checked(page: Page, code: string, verdict: string): Promise<void> {
  await page.getByTestId('paper-code').locator('input').fill(code);
  await page.getByTestId('paper-code').locator('input').press('Enter');
  await expect(page.getByTestId('verdict')).toHaveAttribute('data-verdict', verdict);
}

test('a paper is real, changed, void or none of ours, each in words, with no line', async ({ page, branch }) => {
  await signIn(page, branch, 'achieng');
  await openDrawer(page);
  const receipt = await aReceipt(page);
  await page.getByTestId('rail-receipts').click();
  await page.getByTestId('open-check').click();
  await expect(page.getByTestId('paper-empty')).toBeVisible();
  await expect(page.getByTestId('device-key')).toHaveCount(1);
  await checked(page, receipt.proof, 'real');
  await expect(page.getByTestId('paper-compared')).toContainText(receipt.number);
  await checked(page, forged(receipt.proof), 'changed');
  await checked(page, receipt.proof.replace(':50000:', ':5000000:'), 'changed');
  await page.getByTestId('paper-code').locator('input').press('Backspace');
  await expect(page.getByTestId('verdict')).toBeHidden();
  await checked(page, receipt.proof.slice(0, 60), 'broken');
  await checked(page, receipt.proof.replace('TAWI:1:', 'TAWI:2:'), 'newer');
  await checked(page, 'x'.repeat(1_500), 'notOurs');
  await checked(page, receipt.number, 'unsigned');
  await page.getByTestId('paper-show').click();
  await expect(page).toHaveURL(new RegExp(`receipt=${receipt.receiptId}`));
});

test('a verdict is never beside another code: the answer about the paper before comes late, and is dropped', async ({ page, branch }) => {
  await signIn(page, branch, 'achieng');
  await openDrawer(page);
  const receipt = await aReceipt(page);
  await page.goto(`${page.url().split('#')[0] ?? ''}#/receipts/check`);
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let asked = 0;
  await page.route('**/call/receipts.check', async (route) => {
    asked += 1;
    if (asked === 1) await held;
    await route.continue();
  });
  const field = page.getByTestId('paper-code').locator('input');
  await field.fill(receipt.proof);
  await field.press('Enter');
  // Events may have it asked again meanwhile.
  await expect.poll(() => asked).toBeGreaterThan(0);
  await checked(page, forged(receipt.proof), 'changed');
  const late = page.waitForResponse('**/call/receipts.check');
  release();
  await late;
  await expect(page.getByTestId('verdict')).toHaveAttribute('data-verdict', 'changed');
});

test('the page for phones tells them apart from a folder, with no network, in three languages', async ({ page, branch, browser }, info) => {
  await signIn(page, branch, 'achieng');
  await openDrawer(page);
  const receipt = await aReceipt(page);
  await page.goto(`${page.url().split('#')[0] ?? ''}#/receipts/check`);
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByTestId('save-page').click()]);
  expect(saved.suggestedFilename()).toMatch(/^tawi-[A-Z0-9]+-receipts\.html$/);
  const file = info.outputPath('check.html');
  await saved.saveAs(file);
  const [savedKeys] = await Promise.all([page.waitForEvent('download'), page.getByTestId('save-keys').click()]);
  const keys = JSON.parse(readFileSync(await savedKeys.path(), 'utf8')) as { readonly keys: readonly unknown[] };
  expect(keys.keys).toHaveLength(1);

  for (const locale of ['en-GB', 'es-ES', 'fr-FR']) {
    const phone = await browser.newContext({ offline: true, locale, viewport: { width: 360, height: 720 } });
    const opened = await phone.newPage();
    const asked: string[] = [];
    const broken: string[] = [];
    opened.on('request', (request) => asked.push(request.url()));
    opened.on('console', (line) => line.type() === 'error' && broken.push(line.text()));
    opened.on('pageerror', (error) => broken.push(error.message));
    await opened.goto(pathToFileURL(file).href);
    await expect(opened.locator('html')).toHaveAttribute('lang', locale.slice(0, 2));
    const told = async (code: string, verdict: string): Promise<void> => {
      await opened.locator('#code').fill(code);
      await opened.locator('#check').click();
      await expect(opened.locator('#verdict')).toHaveAttribute('data-verdict', verdict);
    };
    await told(receipt.proof, 'real');
    await expect(opened.locator('#verdict')).toContainText(receipt.number);
    await told(forged(receipt.proof), 'changed');
    await told(receipt.proof.replace(':50000:', ':5000000:'), 'changed');
    await told(receipt.number, 'unsigned');
    await told('https://example.org', 'notOurs');
    await told(receipt.proof.replace('TAWI:1:', 'TAWI:9:'), 'newer');
    // Keys of nobody that this paper is of.
    const other = info.outputPath(`other-${locale}.html`);
    writeFileSync(other, readFileSync(file, 'utf8').replaceAll(/"deviceCode":"\d\d"/g, '"deviceCode":"99"'));
    await opened.goto(pathToFileURL(other).href);
    await told(receipt.proof, 'unknownDevice');
    expect(asked.filter((address) => !address.startsWith('file:') && !address.startsWith('data:'))).toEqual([]);
    expect(broken).toEqual([]);
    await phone.close();
  }
});

test('the keys of another PC are brought by whoever may, and a file of something else is none', async ({ page, branch }, info) => {
  await signIn(page, branch, 'achieng');
  await page.goto(`${page.url().split('#')[0] ?? ''}#/receipts/check`);
  await expect(page.getByTestId('device-key')).toHaveCount(1);
  await expect(page.getByTestId('bring-keys')).toHaveCount(0);
  const manager = await anotherPerson(page, branch, 'grace');
  await manager.goto(`${manager.url().split('#')[0] ?? ''}#/receipts/check`);
  await expect(manager.getByTestId('device-key')).toHaveCount(1);
  const bring = async (text: string): Promise<void> => {
    const file = info.outputPath('keys.json');
    writeFileSync(file, text);
    const [chooser] = await Promise.all([manager.waitForEvent('filechooser'), manager.getByTestId('bring-keys').click()]);
    await chooser.setFiles(file);
  };
  await bring('no keys');
  await expect(manager.getByTestId('no-keys')).toBeVisible();
  const { keys, officeCode } = await ask(manager, 'receipts', 'listKeys', {});
  const [mine] = keys;
  await bring(JSON.stringify({ practice: true, keys: [{ officeCode, deviceCode: mine?.deviceCode, publicKey: 'A'.repeat(52) }] }));
  await expect(manager.locator('[data-refusal="signatureKey.ofThisPc"]')).toBeVisible();
  await bring(JSON.stringify({ practice: true, keys: [{ officeCode, deviceCode: '88', publicKey: mine?.publicKey }] }));
  await expect(manager.getByTestId('brought')).toBeVisible();
  await expect(manager.getByTestId('device-key')).toHaveCount(2);
  await expect(manager.getByTestId('device-key').last()).toContainText(`${officeCode}-88`);
  await manager.context().close();
});
