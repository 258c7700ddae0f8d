// Two kinds of money in one branch: they never add up. A drawer holds the money that it was opened with, and every sum of the day, every
// count and every limit is of one currency.

import { expect, test } from 'vitest';
import { rows } from '../simulation/checkers/rows.ts';
import { play, type Scene } from './scene.ts';

/** One savings account is kept in dollars, as head office has it. */
async function withDollars(scene: Scene) {
  const account = scene.savings(1);
  scene.pc
    .database()
    .exec(`UPDATE replica_savings SET currency_code = 'USD', currency_decimals = 2 WHERE savings_id = '${account.localId}'`);
  return account;
}

test('cash goes into the drawer of its own currency, and into none where none was opened for it', () =>
  play({}, async (scene) => {
    const dollars = await withDollars(scene);
    const input = { savingsId: dollars.localId, amountMinor: 4_000, paidWith: { paymentTypeId: 1 } };
    await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 100_000 });
    for (const method of ['savings.takeDeposit', 'savings.payWithdrawal'] as const)
      expect(await scene.answer(scene.achieng, method, { ...input, formId: scene.newForm() })).toMatchObject({
        kind: 'refused',
        code: 'drawer.otherCurrency',
        facts: { currency: 'USD' },
      });
    expect(await scene.get(scene.achieng, 'cash.listCurrencies', {})).toEqual([
      { currency: { code: 'KES', decimals: 2 }, isOwn: true, hasDrawer: true },
      { currency: { code: 'USD', decimals: 2 }, isOwn: false, hasDrawer: false },
    ]);
    expect(await scene.refusal(scene.achieng, 'cash.openDrawer', { openingMinor: 0, currency: 'CHF' })).toBe('drawer.noSuchCurrency');
    await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 5_000, currency: 'USD' });
    expect(await scene.refusal(scene.achieng, 'cash.openDrawer', { openingMinor: 0, currency: 'USD' })).toBe('drawer.alreadyOpen');
    const paper = await scene.get(scene.achieng, 'savings.takeDeposit', { ...input, formId: scene.newForm() });
    scene.world.paper.push({ pc: scene.pc, formId: 'usd', page: '', isNew: true, line: paper });
    await scene.deposit(scene.achieng, scene.savings(0), 70_000);
    expect(rows(scene.pc.database(), 'SELECT currency, amount_minor AS minor FROM journal_movements ORDER BY position')).toEqual([
      { currency: 'USD', minor: 4_000 },
      { currency: 'KES', minor: 70_000 },
    ]);

    const day = await scene.get(scene.achieng, 'cash.showDay', {});
    expect(day.byKind).toEqual(
      [
        { kind: 'savingsDeposit', currency: { code: 'USD', decimals: 2 }, count: 1, amountMinor: 4_000 },
        { kind: 'savingsDeposit', count: 1, amountMinor: 70_000 },
      ].sort((one) => ('currency' in one ? 1 : -1)),
    );
    expect(await scene.get(scene.achieng, 'cash.countDrawer', { countedMinor: 9_000, currency: 'USD' })).toMatchObject({
      currency: { code: 'USD' },
      expectedMinor: 9_000,
    });
    expect(await scene.get(scene.achieng, 'cash.countDrawer', { countedMinor: 170_000, currency: 'KES' })).toMatchObject({
      currency: { code: 'KES' },
      expectedMinor: 170_000,
    });
  }));

test('another currency than the drawer’s cannot be written into it, whoever writes', () =>
  play({}, async (scene) => {
    await scene.deposit(scene.achieng, scene.savings(0), 10_000);
    expect(() =>
      scene.pc
        .database()
        .exec(
          `INSERT INTO journal_movements (movement_id, drawer_id, kind, amount_minor, currency, at) SELECT 'x', drawer_id, 'taken', 5, 'USD', at FROM journal_movements LIMIT 1`,
        ),
    ).toThrow('I7');
  }));

test('what was paid out of dollars unsent does not use up the limit of shillings', () =>
  play({}, async (scene) => {
    const dollars = await withDollars(scene);
    await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 1_000_000 });
    await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 1_000_000, currency: 'USD' });
    await scene.cutLine();
    const before = await scene.get(scene.achieng, 'savings.previewWithdrawal', {
      savingsId: scene.savings(0).localId,
      amountMinor: 10_000,
    });
    // A branch that lends nothing in dollars knows no typical sum of them: nothing of it is paid out without head office.
    expect(
      await scene.refusal(scene.achieng, 'savings.payWithdrawal', {
        formId: scene.newForm(),
        savingsId: dollars.localId,
        amountMinor: 1_000,
        paidWith: { paymentTypeId: 1 },
      }),
    ).toMatch(/^withdrawal\./);
    expect(before.verdict).not.toBe('refused');
  }));
