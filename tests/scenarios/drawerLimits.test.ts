// How much may lie in a drawer: who says it, what is stopped and what only said, and that neither a refusal nor a warning tells its holder what
// must lie in it (ADR 0035).

import { describe, expect, test } from 'vitest';
import type { InputOf } from '../../shared/contract/define.ts';
import type { vault } from '../../shared/contract/vault.ts';
import { rows } from '../simulation/checkers/rows.ts';
import type { Person } from '../world/people.ts';
import { play, type Scene } from './scene.ts';

type Limit = InputOf<(typeof vault)['setLimit']>;
type Slip = InputOf<(typeof vault)['makeSlip']>;

const MOST = { minor: 500_000, does: 'stopClients', moveMinor: 300_000 } as const;
const LEAST = { minor: 100_000, does: 'stopClients', moveMinor: 200_000 } as const;
const HOUSE: Limit = { currency: 'KES', least: LEAST, most: MOST };
const ABOVE = { kind: 'refused', code: 'drawer.aboveMost', facts: { toVaultMinor: 300_000, currency: 'KES', decimals: 2 } };

function slipOf(scene: Scene, second: string, slip: Omit<Slip, 'formId' | 'approval'>): Slip {
  return { ...slip, formId: scene.newForm(), approval: { username: second, password: scene.world.headOffice.passwordOf(second) } };
}

/** A vault that was counted, and a limit in it. */
async function withLimit(scene: Scene, limit: Limit = HOUSE): Promise<void> {
  await scene.get(scene.daniel, 'cash.openDrawer', { openingMinor: 200_000 });
  await scene.get(scene.grace, 'vault.makeSlip', slipOf(scene, 'daniel', { kind: 'opening', amountMinor: 2_000_000 }));
  await scene.get(scene.grace, 'vault.setLimit', limit);
}

async function openWith(scene: Scene, openingMinor: number): Promise<string> {
  return (await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor })).drawerId;
}

function depositOf(scene: Scene, amountMinor: number, paymentTypeId = 1) {
  return { formId: scene.newForm(), savingsId: scene.savings().localId, amountMinor, paidWith: { paymentTypeId } };
}

const passedFor = async (scene: Scene, who: Person) => (await scene.get(who, 'cash.showDrawer', {}))?.passed ?? null;

describe('the limits of drawers', () => {
  test('are the word of whoever keeps the vault, sound, in the chain, and never of somebody who still counts blind', () =>
    play({}, async (scene) => {
      expect(await scene.refusal(scene.achieng, 'vault.showLimits', {})).toBe('session.notPermitted');
      expect(await scene.refusal(scene.achieng, 'vault.setLimit', HOUSE)).toBe('session.notPermitted');
      expect(await scene.refusal(scene.grace, 'vault.setLimit', { ...HOUSE, currency: 'ZZZ' })).toBe('drawer.noSuchCurrency');
      const crossed = { ...HOUSE, least: { ...LEAST, minor: 600_000 } };
      expect(await scene.refusal(scene.grace, 'vault.setLimit', crossed)).toBe('limit.unfit');
      // Nothing could be sent anywhere.
      expect(await scene.refusal(scene.grace, 'vault.setLimit', HOUSE)).toBe('vault.notOpened');
      await scene.get(scene.grace, 'vault.setLimit', { currency: 'KES', least: null, most: { ...MOST, does: 'warn' } });
      await withLimit(scene);
      expect(await scene.get(scene.grace, 'vault.showLimits', {})).toEqual([
        { currency: { code: 'KES', decimals: 2 }, least: LEAST, most: MOST },
      ]);
      const said = rows<{ by: string; body: string }>(
        scene.pc.database(),
        `SELECT by, body FROM journal_entries WHERE what = 'drawer.limitSet'`,
      );
      expect(said.map(({ by }) => by)).toEqual(['grace', 'grace']);
      expect(JSON.parse(said[1]?.body ?? '{}')).toEqual({ currency: 'KES', limit: { least: LEAST, most: MOST } });
      await scene.get(scene.grace, 'cash.openDrawer', { openingMinor: 0 });
      expect(await scene.refusal(scene.grace, 'vault.setLimit', HOUSE)).toBe('limit.countFirst');
      await scene.get(scene.grace, 'cash.closeDrawer', { countedMinor: 0 });
      await scene.get(scene.grace, 'vault.setLimit', { currency: 'KES', least: null, most: null });
      expect(await scene.get(scene.grace, 'vault.showLimits', {})).toMatchObject([{ least: null, most: null }]);
    }));

  test('and the sums of the day are withheld from whoever counts blind under another login', () =>
    play({}, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 0 });
      await scene.get(scene.grace, 'vault.setLimit', { currency: 'KES', least: null, most: { ...MOST, does: 'warn' } });
      expect((await scene.get(scene.grace, 'cash.showDay', {})).withheld).toBe(false);
      const books = scene.world.headOffice.database();
      books.exec(
        `UPDATE user_account SET staff_id = (SELECT staff_id FROM user_account WHERE username = 'grace') WHERE username = 'achieng'`,
      );
      await scene.get(scene.achieng, 'session.signIn', { username: 'achieng', password: 'practice' });
      expect(await scene.refusal(scene.grace, 'vault.setLimit', HOUSE)).toBe('limit.countFirst');
      expect((await scene.get(scene.grace, 'cash.showDay', {})).withheld).toBe(true);
      await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 0 });
      expect((await scene.get(scene.grace, 'cash.showDay', {})).withheld).toBe(false);
    }));

  test('say it to the holder once it is passed, with the house’s own sum, and money that is no cash passes nothing', () =>
    play({}, async (scene) => {
      await withLimit(scene, { ...HOUSE, most: { ...MOST, does: 'warn' } });
      const drawerId = await openWith(scene, 400_000);
      await scene.deposit(scene.achieng, scene.savings(), 300_000, { paymentTypeId: 2 });
      expect(await passedFor(scene, scene.achieng)).toBeNull();
      await scene.deposit(scene.achieng, scene.savings(), 100_000);
      expect(await passedFor(scene, scene.achieng)).toBeNull();
      await scene.deposit(scene.achieng, scene.savings(), 1_000);
      const drawer = await scene.get(scene.achieng, 'cash.showDrawer', {});
      expect(drawer).toMatchObject({ passed: { side: 'most', does: 'warn', moveMinor: 300_000 }, expectedMinor: null, takenMinor: null });
      // A colleague's drawer is not hers to know of; a manager is told of it.
      const seenBy = async (who: Person) =>
        (await scene.get(who, 'cash.showDay', {})).drawers.find((each) => each.drawerId === drawerId)?.passed ?? null;
      expect(await seenBy(scene.daniel)).toBeNull();
      expect(await seenBy(scene.grace)).toMatchObject({ side: 'most' });
      // A warning stops nothing.
      await scene.deposit(scene.achieng, scene.savings(), 50_000);
      await scene.get(
        scene.achieng,
        'vault.makeSlip',
        slipOf(scene, 'grace', { kind: 'toVault', drawerIds: [drawerId], amountMinor: 300_000 }),
      );
      expect(await passedFor(scene, scene.achieng)).toBeNull();
      await scene.withdraw(scene.achieng, scene.savings(1), 160_000);
      expect(await passedFor(scene, scene.achieng)).toEqual({ side: 'least', does: 'stopClients', moveMinor: 200_000 });
      await scene.get(scene.achieng, 'cash.countDrawer', { countedMinor: 91_000 });
      expect(await passedFor(scene, scene.achieng)).toBeNull();
    }));

  test('tell no sum of what lies there, whatever is typed: an answer is the same for every sum', () =>
    play({}, async (scene) => {
      await withLimit(scene);
      await openWith(scene, 490_000);
      // Each of these would have told, one after another, where between the two the drawer stands.
      await scene.deposit(scene.achieng, scene.savings(), 20_000);
      for (const amountMinor of [1, 5_000, 400_000, 9_000_000]) {
        const answer = await scene.answer(scene.achieng, 'savings.takeDeposit', depositOf(scene, amountMinor));
        expect(answer).toMatchObject(ABOVE);
        expect(JSON.stringify(answer)).not.toMatch(/510|10_?000|500_?000/);
      }
    }));

  test('stop the client’s money only where the house says so, keep the form unused, and go on after the surplus was sent', () =>
    play({}, async (scene) => {
      await withLimit(scene, { ...HOUSE, most: { ...MOST, does: 'stop' } });
      const drawerId = await openWith(scene, 600_000);
      await scene.repay(scene.achieng, scene.loan(), 10_000);
      const give = slipOf(scene, 'achieng', { kind: 'toDrawer', drawerIds: [drawerId], amountMinor: 10_000 });
      expect(await scene.refusal(scene.grace, 'vault.makeSlip', give)).toBe('drawer.aboveMost');
      const petty = slipOf(scene, 'achieng', { kind: 'pettyIn', drawerIds: [drawerId], amountMinor: 10_000, reason: 'soap was cheaper' });
      expect(await scene.refusal(scene.grace, 'vault.makeSlip', petty)).toBe('drawer.aboveMost');

      await scene.get(scene.grace, 'vault.setLimit', HOUSE);
      const repayment = { formId: scene.newForm(), loanId: scene.loan().localId, amountMinor: 10_000, paidWith: { paymentTypeId: 1 } };
      expect(await scene.refusal(scene.achieng, 'loans.takeRepayment', repayment)).toBe('drawer.aboveMost');
      const deposit = depositOf(scene, 5_000);
      expect(await scene.refusal(scene.achieng, 'savings.takeDeposit', deposit)).toBe('drawer.aboveMost');
      const { clientId } = scene.savings();
      const basket = {
        formId: scene.newForm(),
        clientId,
        lines: [{ kind: 'savingsDeposit' as const, savingsId: scene.savings().localId, amountMinor: 5_000 }],
        paidWith: { paymentTypeId: 1 },
      };
      expect(await scene.refusal(scene.achieng, 'counter.takeBasket', basket)).toBe('drawer.aboveMost');
      // Not by cash it is taken, and what brings the drawer back is never stopped.
      await scene.get(scene.achieng, 'savings.takeDeposit', depositOf(scene, 5_000, 2));
      await scene.withdraw(scene.achieng, scene.savings(1), 1_000);
      await scene.get(
        scene.achieng,
        'vault.makeSlip',
        slipOf(scene, 'grace', { kind: 'toVault', drawerIds: [drawerId], amountMinor: 300_000 }),
      );
      await scene.get(scene.achieng, 'savings.takeDeposit', deposit);
      await scene.get(scene.achieng, 'loans.takeRepayment', repayment);
      await scene.get(scene.grace, 'vault.makeSlip', give);
    }));

  test('keep a float for clients and small expenses, and let a drawer be emptied into the vault or a colleague’s', () =>
    play({}, async (scene) => {
      await withLimit(scene);
      const drawerId = await openWith(scene, 150_000);
      await scene.withdraw(scene.achieng, scene.savings(1), 60_000);
      expect(await scene.withdrawalRefused(scene.achieng, scene.savings(1), 1_000)).toBe('drawer.belowLeast');
      const soap = slipOf(scene, 'grace', { kind: 'pettyOut', drawerIds: [drawerId], amountMinor: 1_000, reason: 'soap' });
      expect(await scene.refusal(scene.achieng, 'vault.makeSlip', soap)).toBe('drawer.belowLeast');
      // More than lies there is said as before, whatever the limit.
      expect(await scene.withdrawalRefused(scene.achieng, scene.savings(1), 95_000)).toBe('drawer.notEnoughCash');
      const toVault = (amountMinor: number) => slipOf(scene, 'grace', { kind: 'toVault', drawerIds: [drawerId], amountMinor });
      await scene.get(scene.achieng, 'vault.makeSlip', toVault(50_000));
      const [daniels] = (await scene.get(scene.daniel, 'vault.show', {})).drawers.filter(({ mine }) => mine);
      const hand = { kind: 'handOver' as const, drawerIds: [drawerId, daniels?.drawerId ?? ''], amountMinor: 40_000 };
      await scene.get(scene.achieng, 'vault.makeSlip', slipOf(scene, 'daniel', hand));
      expect(await passedFor(scene, scene.achieng)).toMatchObject({ side: 'least' });
    }));

  test('let nobody hand a drawer what no drawer may hold, nor a colleague’s that holds too much already', () =>
    play({}, async (scene) => {
      await withLimit(scene);
      const drawerId = await openWith(scene, 900_000);
      const [daniels] = (await scene.get(scene.daniel, 'vault.show', {})).drawers.filter(({ mine }) => mine);
      const hand = (amountMinor: number) =>
        slipOf(scene, 'daniel', { kind: 'handOver', drawerIds: [drawerId, daniels?.drawerId ?? ''], amountMinor });
      expect(await scene.refusal(scene.achieng, 'vault.makeSlip', hand(500_001))).toBe('drawer.tooMuchForOne');
      await scene.get(scene.achieng, 'vault.makeSlip', hand(350_000));
      expect(await scene.answer(scene.achieng, 'vault.makeSlip', hand(10_000))).toMatchObject(ABOVE);
    }));
});
