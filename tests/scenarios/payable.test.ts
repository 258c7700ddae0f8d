// What may be paid now is one figure: on the row of a search, beside it, on the client's page and in the form. It is what a payment meets.
import { describe, expect, test } from 'vitest';
import { HOUR_MS, play, type Account, type Scene } from './scene.ts';

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

/** What a refused payment says: the code, and each limit with the rule that makes it. */
async function saidAbout(scene: Scene, account: Account, amountMinor: number, agrees = false): Promise<object> {
  const answer = await scene.answer(scene.achieng, 'savings.payWithdrawal', {
    formId: scene.newForm(),
    savingsId: account.localId,
    amountMinor,
    paidWith: { paymentTypeId: 1 },
    ...(agrees ? GRACE_AGREES : {}),
  });
  if (answer.kind !== 'refused') throw new Error('it was paid');
  const facts = (answer.facts ?? {}) as Readonly<Record<string, unknown>>;
  const { aloneMinor, aloneRule, agreedMinor, agreedRule } = facts;
  return { code: answer.code, aloneMinor, aloneRule, agreedMinor, agreedRule };
}

// A typical instalment of this branch is 4,820.20: once that alone, twice that out of one account, half of both on an old balance.
describe('a payment that is refused without a line names its limit, the rule, and what a manager could let go', () => {
  const needsManager = { code: 'withdrawal.needsManager' };
  const exceeds = { code: 'withdrawal.exceedsOfflineLimit' };

  test('one payment, one account, the second, and the one after that', () =>
    play({}, async (scene) => {
      const account = scene.savings(5);
      await scene.cutLine();
      // Her drawer is opened by the first that goes out.
      await scene.withdraw(scene.achieng, scene.savings(0), 1_000);
      const untouched = { aloneMinor: 482_020, aloneRule: 'once', agreedMinor: 964_040, agreedRule: 'account' };
      expect(await saidAbout(scene, account, 482_021)).toEqual({ ...needsManager, ...untouched });
      expect(await saidAbout(scene, account, 964_041)).toEqual({ ...exceeds, ...untouched });
      expect(await saidAbout(scene, account, 964_041, true)).toEqual({ ...exceeds, ...untouched });
      await scene.withdraw(scene.achieng, account, 300_000);
      const after = { aloneMinor: 0, aloneRule: 'second', agreedMinor: 664_040, agreedRule: 'account' };
      expect(await saidAbout(scene, account, 1_000)).toEqual({ ...needsManager, ...after });
      expect(await saidAbout(scene, account, 664_041, true)).toEqual({ ...exceeds, ...after });
      await scene.withdraw(scene.achieng, account, 100_000, GRACE_AGREES);
      // No sum is named where none is paid, whoever agrees.
      expect(await saidAbout(scene, account, 1_000, true)).toEqual({ ...exceeds, agreedRule: 'times' });
      await scene.restoreLine();
      await scene.untilFinished();
    }));

  test('a sleeping account, and a balance that is old', () =>
    play({}, async (scene) => {
      const [sleeping, old] = [scene.savings(5), scene.savings(10)];
      scene.books().prepare('UPDATE savings_account SET sub_status = 200 WHERE id = ?').run(sleeping.serverId);
      await scene.get(scene.grace, 'clients.refresh', { clientId: sleeping.clientId });
      await scene.cutLine();
      await scene.withdraw(scene.achieng, scene.savings(0), 1_000);
      const nothingAlone = { ...needsManager, aloneMinor: 0, aloneRule: 'sleeping', agreedMinor: 964_040, agreedRule: 'account' };
      expect(await saidAbout(scene, sleeping, 1_000)).toEqual(nothingAlone);
      const limitsOf = async (account: Account): Promise<object> => {
        const preview = await scene.get(scene.achieng, 'savings.previewWithdrawal', { savingsId: account.localId, amountMinor: 1_000 });
        return { verdict: preview.verdict, alone: preview.alone, agreed: preview.agreed };
      };
      await scene.pass(25 * HOUR_MS);
      expect(await limitsOf(old)).toEqual({
        verdict: 'needsManager',
        alone: { minor: 0, rule: 'oldBalance' },
        agreed: { minor: 482_020, rule: 'account' },
      });
      await scene.pass(48 * HOUR_MS);
      expect(await limitsOf(old)).toEqual({
        verdict: 'refused',
        alone: { minor: 0, rule: 'tooOld' },
        agreed: { minor: 0, rule: 'tooOld' },
      });
      await scene.restoreLine();
      await scene.untilFinished();
    }));
});
