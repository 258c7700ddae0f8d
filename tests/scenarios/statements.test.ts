// What an account's owner takes home on A4: every line once, whatever head office knows of it, and balances that agree with the account's own.
import { describe, expect, test } from 'vitest';
import { MINUTE_MS, play, type Scene } from './scene.ts';

async function statementOf(scene: Scene, savingsId: string, from = '2026-01-01', to = '2026-12-31') {
  return scene.get(scene.achieng, 'savings.showStatement', { savingsId, from, to });
}

describe('a statement of savings', () => {
  test('marks what head office has not confirmed, and its balance is the account’s own before and after', () =>
    play({}, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 100_000 });
      const { localId: savingsId } = scene.savings();
      const before = await statementOf(scene, savingsId);
      await scene.cutLine();
      await scene.deposit(scene.achieng, scene.savings(), 120_00);
      await scene.pass(MINUTE_MS);
      await scene.withdraw(scene.achieng, scene.savings(), 20_00);
      const made = await statementOf(scene, savingsId);
      const shown = await scene.get(scene.achieng, 'savings.show', { savingsId });
      expect(made.unconfirmedMinor).toBe(100_00);
      expect(made.lines.slice(-2)).toMatchObject([
        { what: 'deposit', amountMinor: 120_00, standing: 'savedHere' },
        { what: 'withdrawal', amountMinor: -20_00, standing: 'savedHere' },
      ]);
      expect(made.balance).toMatchObject({
        openingMinor: before.balance?.openingMinor,
        closingMinor: shown.savings.ledgerMinor,
      });
      await scene.restoreLine();
      await scene.pass(5 * MINUTE_MS);
      const confirmed = await statementOf(scene, savingsId);
      expect(confirmed.unconfirmedMinor).toBe(0);
      expect(confirmed.lines).toHaveLength(made.lines.length);
      expect(confirmed.balance).toEqual(made.balance);
    }));

  test('of other days holds their lines alone, and days the wrong way round are refused', () =>
    play({}, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 100_000 });
      const { localId: savingsId } = scene.savings();
      await scene.deposit(scene.achieng, scene.savings(), 120_00);
      const { savings } = await scene.get(scene.achieng, 'savings.show', { savingsId });
      const earlier = await statementOf(scene, savingsId, '2020-01-01', '2020-12-31');
      expect(earlier.lines).toEqual([]);
      const later = await statementOf(scene, savingsId, '2026-12-30', '2026-12-31');
      expect(later.balance).toEqual({ openingMinor: savings.ledgerMinor, inMinor: 0, outMinor: 0, closingMinor: savings.ledgerMinor });
      expect(await scene.refusal(scene.achieng, 'savings.showStatement', { savingsId, from: '2026-12-31', to: '2026-12-30' })).toBe(
        'statement.datesTurned',
      );
      expect(
        await scene.refusal(scene.achieng, 'savings.showStatement', { savingsId: scene.newForm(), from: '2026-12-30', to: '2026-12-31' }),
      ).toBe('savings.unknown');
    }));
});

test('a statement of a loan has its lines and claims no balance', () =>
  play({}, async (scene) => {
    await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 100_000 });
    const { localId: loanId } = scene.loan();
    await scene.repay(scene.achieng, scene.loan(), 50_00);
    const made = await scene.get(scene.achieng, 'loans.showStatement', { loanId, from: '2026-01-01', to: '2026-12-31' });
    expect(made.balance).toBeNull();
    expect(made.lines.at(-1)).toMatchObject({ what: 'repayment', amountMinor: 50_00 });
    expect(made.lines.every(({ what }) => what !== 'accrual')).toBe(true);
  }));
