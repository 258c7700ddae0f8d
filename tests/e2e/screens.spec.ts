// Every screen in two languages, both themes and two widths: axe finds nothing serious, nothing is cut off, no text is missing.
import { ask, cashTypeId, cutLine, expect, newFormId, noSeriousFindings, openDrawer, richSavings, signIn, test } from './servedBranch.ts';

const LANGUAGES = ['en', 'fr'] as const;

for (const language of LANGUAGES) {
  test(`all screens in ${language}`, async ({ page, branch }) => {
    test.setTimeout(240_000);
    await page.emulateMedia({ colorScheme: language === 'fr' ? 'dark' : 'light', reducedMotion: 'reduce' });
    await page.goto(branch.address);
    await page.getByTestId(`language-${language}`).click();
    await expect(page.getByTestId('sign-in')).toBeVisible();
    await noSeriousFindings(page, 'signIn');
    await signIn(page, branch, 'grace');
    await openDrawer(page);
    const paymentTypeId = await cashTypeId(page);
    const [rich] = await richSavings(page);
    if (rich === undefined) throw new Error('nobody has savings');
    const loan = (await ask(page, 'loans', 'list', { show: 'behind' })).rows[0];
    await cutLine(page, true);
    const deposit = await ask(page, 'savings', 'takeDeposit', {
      formId: newFormId(),
      savingsId: rich.savingsId,
      amountMinor: 12_300,
      paidWith: { paymentTypeId },
    });
    const group = (await ask(page, 'groups', 'list', {})).rows[0];
    const screens: Readonly<Record<string, string>> = {
      counter: '#/counter',
      repayment: `#/counter/repayment/${loan?.loanId ?? ''}`,
      deposit: `#/counter/deposit/${rich.savingsId}`,
      withdrawal: `#/counter/withdrawal/${rich.savingsId}`,
      issued: `#/counter/issued/${deposit.receipt.receiptId}`,
      receipts: '#/receipts',
      checkPaper: `#/receipts/check?code=${deposit.receipt.proof ?? ''}`,
      clients: '#/clients',
      client: `#/clients/${rich.clientId}`,
      groups: '#/groups',
      group: `#/groups/${group?.groupId ?? ''}`,
      loans: '#/loans',
      loan: `#/loans/${loan?.loanId ?? ''}`,
      savings: `#/savings/${rich.savingsId}`,
      openSavings: `#/savings/open/client/${rich.clientId}`,
      sync: '#/sync',
      exceptions: '#/exceptions',
      day: '#/day',
      closeDrawer: '#/day/close-drawer',
      overShort: '#/day/differences',
      vault: '#/day/vault',
      practice: '#/settings/practice',
      prepare: '#/settings/head-office',
    };
    for (const [name, address] of Object.entries(screens)) {
      for (const size of [
        { width: 1366, height: 768 },
        { width: 1920, height: 1080 },
      ]) {
        await page.setViewportSize(size);
        await page.goto(`${branch.address}${address}`);
        await expect(page.getByTestId('search'), name).toBeVisible();
        await page.waitForTimeout(250);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(overflow, `${name} at ${String(size.width)} is wider than the window`).toBeLessThanOrEqual(1);
        const text = await page.evaluate(() => document.body.innerText);
        expect(text, `${name} shows a key instead of a text`).not.toMatch(
          /\b(?:refusal|status|counter|desks|clients|app|receipt|signIn)\.[a-z][A-Za-z]+\b/,
        );
      }
      await noSeriousFindings(page, name);
    }
  });
}
