// What may be paid now is one figure: on the row of a search, beside it, on the client's page and in the form. It is what a payment meets.
import { describe, expect, test } from 'vitest';
import { play, type Account, type Scene } from './scene.ts';

const GRACE_AGREES = { approval: { username: 'grace', password: 'practice' } };

/** The figure in the four places where a cashier meets it. */
async function payableAt(scene: Scene, account: Account): Promise<{ readonly minor: number; readonly rule: string }> {
  const { client, savings } = await scene.get(scene.achieng, 'clients.show', { clientId: account.clientId });
  const form = (await scene.get(scene.achieng, 'savings.show', { savingsId: account.localId })).savings.payable;
  const page = savings.find((each) => each.savingsId === account.localId)?.payable;
  expect(page).toEqual(form);
  const { found } = await scene.get(scene.achieng, 'clients.find', { text: client.accountNo, most: 9 });
  const row = found.flatMap((each) =>
    each.kind === 'client' && each.client.clientId === account.clientId ? [each.client.payable] : [],
  )[0];
  expect(row).toEqual(client.payable);
  const others = savings.filter((each) => each.savingsId !== account.localId).reduce((sum, each) => sum + each.payable.minor, 0);
  expect(client.payable.minor).toBe(form.minor + others);
  return form;
}

async function meets(scene: Scene, account: Account, amountMinor: number): Promise<string> {
  const preview = await scene.get(scene.achieng, 'savings.previewWithdrawal', { savingsId: account.localId, amountMinor });
  return preview.code ?? preview.verdict;
}

describe('payable now', () => {
  test('is all that is available with a line, the limit of the account without one, and what is left of it after a payment', () =>
    play({}, async (scene) => {
      const account = scene.savings(5);
      const before = await scene.view(account);
      expect(await payableAt(scene, account)).toEqual({ minor: before.availableMinor, rule: 'balance' });
      await scene.cutLine();
      const limited = await payableAt(scene, account);
      expect(limited.rule).toBe('account');
      expect(limited.minor).toBeLessThan(before.availableMinor);
      expect(await meets(scene, account, limited.minor)).toBe('withdrawal.needsManager');
      expect(await meets(scene, account, limited.minor + 1)).toBe('withdrawal.exceedsOfflineLimit');
      await scene.withdraw(scene.achieng, account, 50_000);
      expect(await payableAt(scene, account)).toEqual({ minor: limited.minor - 50_000, rule: 'account' });
      const preview = await scene.get(scene.achieng, 'savings.previewWithdrawal', { savingsId: account.localId, amountMinor: 100 });
      expect(preview).toMatchObject({ alone: { minor: 0, rule: 'second' }, unsent: { count: 1, minor: 50_000 } });
      await scene.withdraw(scene.achieng, account, limited.minor - 50_000, GRACE_AGREES);
      expect(await payableAt(scene, account)).toEqual({ minor: 0, rule: 'times' });
    }));

  test('is nothing, and says why, where a withdrawal of the account waits for a decision: never a negative sum', () =>
    play({}, async (scene) => {
      const account = scene.savings(5);
      const { availableMinor } = await scene.view(account);
      await scene.cutLine();
      const line = await scene.withdraw(scene.achieng, account, 300_000);
      scene
        .control()
        .actAs({ username: 'bungoma', kind: 'withdrawal', accountId: account.serverId, amountMinor: availableMinor - 100_000 });
      await scene.restoreLine();
      await scene.until(line, 'needsYou');
      expect(await payableAt(scene, account)).toEqual({ minor: 0, rule: 'disputed' });
      expect(await meets(scene, account, 100)).toBe('savings.disputed');
    }));
});
