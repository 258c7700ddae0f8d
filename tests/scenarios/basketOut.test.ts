// A client who takes money out of several accounts at once: one paper, one sum counted out, a promise behind each line. What each account
// allows is asked of each, what the branch may risk of the whole.

import { describe, expect, test } from 'vitest';
import { row, rows } from '../simulation/checkers/rows.ts';
import { atTheCounter, asPaper } from '../world/people.ts';
import { play, type Account, type Scene } from './scene.ts';

/** Two accounts that become one client's, on both sides. */
function twoOfOne(scene: Scene, one = scene.savings(0), other = scene.savings(1)): readonly [Account, Account] {
  const there = row<{ client: number }>(scene.books(), 'SELECT client_id AS client FROM savings_account WHERE id = ?', one.serverId);
  scene.books().prepare('UPDATE savings_account SET client_id = ? WHERE id = ?').run(there?.client, other.serverId);
  scene.pc.database().prepare('UPDATE replica_savings SET client_id = ? WHERE savings_id = ?').run(one.clientId, other.localId);
  return [one, { ...other, clientId: one.clientId }];
}

function outOf(scene: Scene, accounts: readonly Account[], amounts: readonly number[]) {
  return {
    formId: scene.newForm(),
    clientId: accounts[0]?.clientId ?? '',
    lines: accounts.map((account, at) => ({ savingsId: account.localId, amountMinor: amounts[at] ?? 0 })),
    paidWith: { paymentTypeId: 1 },
    note: 'school fees',
  };
}

const APPROVAL = { username: 'grace', password: 'practice' };

describe('money out of several accounts', () => {
  test('is one receipt with its lines and their total, leaves the drawer once, and head office takes each (I1, I7)', () =>
    play({}, async (scene) => {
      const accounts = twoOfOne(scene);
      const [before, beside] = [await scene.view(accounts[0]), await scene.view(accounts[1])];
      await atTheCounter(scene.world, scene.achieng);
      const input = outOf(scene, accounts, [30_000, 20_000]);
      const preview = await scene.get(scene.achieng, 'counter.previewPayBasket', input);
      expect(preview).toMatchObject({ verdict: 'may', code: null, lines: [{ ledgerAfterMinor: before.ledgerMinor - 30_000 }, {}] });
      const line = await scene.get(scene.achieng, 'counter.payBasket', input);
      scene.world.paper.push(asPaper(scene.pc, input, line));
      expect(line.receipt).toMatchObject({ kind: 'basketPaid', amountMinor: 50_000, givenMinor: null, changeMinor: null });
      expect(line.receipt.lines).toMatchObject([
        { kind: 'savingsWithdrawal', amountMinor: 30_000, balanceAfterMinor: before.ledgerMinor - 30_000 },
        { kind: 'savingsWithdrawal', amountMinor: 20_000, balanceAfterMinor: beside.ledgerMinor - 20_000 },
      ]);
      expect(rows(scene.pc.database(), 'SELECT kind, amount_minor AS minor FROM journal_movements ORDER BY position')).toEqual([
        { kind: 'paid', minor: 30_000 },
        { kind: 'paid', minor: 20_000 },
      ]);
      await scene.untilFinished();
      expect(await scene.openCases()).toEqual([]);
      expect(scene.balanceThere(accounts[0])).toBe(before.ledgerMinor - 30_000);
      expect(scene.balanceThere(accounts[1])).toBe(beside.ledgerMinor - 20_000);
      // One paper, and two postings of one kind on it.
      const day = await scene.get(scene.grace, 'cash.showDay', {});
      expect(day).toMatchObject({ receipts: 1, byKind: [{ kind: 'savingsWithdrawal', count: 1, amountMinor: -50_000 }] });
      scene.expectAccounted();
    }));

  test('is refused whole where one account cannot give its line, and the refusal names the line', () =>
    play({}, async (scene) => {
      const accounts = twoOfOne(scene);
      const { availableMinor } = await scene.view(accounts[1]);
      await atTheCounter(scene.world, scene.achieng);
      const input = outOf(scene, accounts, [10_000, availableMinor + 1]);
      expect(await scene.get(scene.achieng, 'counter.previewPayBasket', input)).toMatchObject({
        verdict: 'refused',
        code: 'withdrawal.exceedsAvailable',
        line: 2,
      });
      const answer = await scene.answer(scene.achieng, 'counter.payBasket', input);
      expect(answer).toMatchObject({ kind: 'refused', code: 'withdrawal.exceedsAvailable', facts: { line: 2 } });
      expect(rows(scene.pc.database(), 'SELECT receipt_id FROM journal_receipts')).toEqual([]);
    }));

  test('without a line is limited as one payment: two halves of what needs a manager need one too', () =>
    play({}, async (scene) => {
      const accounts = twoOfOne(scene);
      await scene.cutLine();
      await scene.pass(30 * 60_000);
      await atTheCounter(scene.world, scene.achieng);
      const { alone: aloneOnce } = await scene.get(scene.achieng, 'savings.previewWithdrawal', {
        savingsId: accounts[0].localId,
        amountMinor: 1_000,
      });
      const limit = aloneOnce.minor;
      expect(limit).toBeGreaterThan(20_000);
      const half = Math.floor(limit / 2) + 1_000;
      const available = Math.min(...(await Promise.all(accounts.map(async (each) => (await scene.view(each)).availableMinor))));
      expect(half).toBeLessThanOrEqual(available);
      const alone = await scene.get(scene.achieng, 'savings.previewWithdrawal', { savingsId: accounts[0].localId, amountMinor: half });
      expect(alone.verdict).toBe('may');
      const input = outOf(scene, accounts, [half, half]);
      expect(await scene.get(scene.achieng, 'counter.previewPayBasket', input)).toMatchObject({
        verdict: 'needsManager',
        lines: [
          { alone: { rule: 'once', wholeMinor: limit }, agreed: { rule: 'balance' } },
          { alone: { rule: 'once', wholeMinor: limit }, agreed: { rule: 'balance' } },
        ],
      });
      expect(await scene.refusal(scene.achieng, 'counter.payBasket', input)).toBe('withdrawal.needsManager');
      const line = await scene.get(scene.achieng, 'counter.payBasket', { ...input, approval: APPROVAL });
      scene.world.paper.push(asPaper(scene.pc, input, line));
      expect(line.receipt).toMatchObject({ amountMinor: 2 * half, agreedBy: 'Grace Wanjiru' });
      await scene.restoreLine();
      await scene.untilFinished();
      scene.expectAccounted();
    }));
});
