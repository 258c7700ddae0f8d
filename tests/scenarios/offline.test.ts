// What a branch may pay out on its own word: within limits that grow narrower with the age of the balance, and nothing at all when that age
// is too great. Money in has no limit. Offline can also be declared by a manager; then nothing is sent or read.

import { describe, expect, test } from 'vitest';
import { readerOf } from '../simulation/checkers/viewChecker.ts';
import { policyOf } from '../../electron/journal/settings.ts';
import { HOUR_MS, MINUTE_MS, play, type Scene } from './scene.ts';

const GRACE_AGREES = { approval: { username: 'grace', password: 'practice' } };

/** M of the branch's policy: a typical instalment. */
function typicalMinor(scene: Scene): number {
  return policyOf(readerOf(scene.pc.database())).typicalInstalmentMinor;
}

async function preview(scene: Scene, number: number, amountMinor: number) {
  return scene.get(scene.achieng, 'savings.previewWithdrawal', { savingsId: scene.savings(number).localId, amountMinor });
}

describe('a cut line', () => {
  test('is as old after a restart as before it, and a new cut begins anew', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      const { lineSince } = await scene.status();
      expect(lineSince).not.toBeNull();
      await scene.pass(HOUR_MS);
      scene.pc.die('power', 'in the middle of the cut');
      await scene.pass(10 * MINUTE_MS);
      scene.pc.start();
      await scene.pass(MINUTE_MS);
      expect(await scene.status()).toMatchObject({ line: 'down', lineSince });
      await scene.restoreLine();
      await scene.untilFinished();
      expect((await scene.status()).line).toBe('up');
      await scene.cutLine();
      const again = await scene.status();
      expect(again.line).toBe('down');
      expect(again.lineSince ?? 0).toBeGreaterThan((lineSince ?? 0) + HOUR_MS);
    }));
});

describe('offline declared by a manager', () => {
  test('sends nothing and reads nothing until it is ended, and the foot of every screen says so', () =>
    play({}, async (scene) => {
      await scene.get(scene.grace, 'sync.declareOffline', { reason: 'the line is too slow' });
      expect(await scene.refusal(scene.grace, 'sync.declareOffline', {})).toBe('offline.alreadyDeclared');
      await scene.pass(MINUTE_MS);
      const before = scene.books().prepare('SELECT count(*) FROM command_row').pluck().get();
      const line = await scene.deposit(scene.achieng, scene.savings(0), 10_000);
      await scene.pass(5 * MINUTE_MS);
      await scene.get(scene.achieng, 'sync.wake', {});
      await scene.pass(20 * MINUTE_MS);
      expect(scene.books().prepare('SELECT count(*) FROM command_row').pluck().get()).toBe(before);
      expect(scene.sent).toEqual([]);
      expect(await scene.item(line)).toMatchObject({ standing: 'savedHere', reason: 'offlineDeclared' });
      expect(await scene.status()).toMatchObject({ sentence: 'offlineDeclared', offlineDeclared: { by: 'Grace Wanjiru' } });
      await scene.get(scene.grace, 'sync.endOffline', {});
      await scene.untilFinished();
      expect(scene.standingThere(line)).toHaveLength(1);
      expect(await scene.refusal(scene.grace, 'sync.endOffline', {})).toBe('offline.notDeclared');
    }));

  test('is ended also by somebody whose password head office no longer takes: where every manager is one, nobody else could', () =>
    play({}, async (scene) => {
      await scene.get(scene.grace, 'sync.declareOffline', {});
      // Answers that were still on their way said so of everybody.
      scene.pc.database().exec(`UPDATE local_staff SET sign_in = 'needed'`);
      const line = await scene.deposit(scene.achieng, scene.savings(0), 10_000);
      expect(await scene.refusal(scene.grace, 'cash.closeDay', {})).toBe('session.moneyInOnly');
      await scene.get(scene.grace, 'sync.endOffline', {});
      await scene.get(scene.achieng, 'session.signIn', { username: 'achieng', password: 'practice' });
      await scene.untilFinished();
      expect(scene.standingThere(line)).toHaveLength(1);
    }));

  test('outlives a restart: it belongs to the branch and not to a process', () =>
    play({}, async (scene) => {
      await scene.get(scene.grace, 'sync.declareOffline', {});
      scene.pc.die('power', 'while offline is declared');
      scene.pc.start();
      const line = await scene.deposit(scene.achieng, scene.savings(0), 10_000);
      await scene.pass(5 * MINUTE_MS);
      expect((await scene.item(line)).reason).toBe('offlineDeclared');
      expect(scene.sent).toEqual([]);
    }));

  test('limits money out at once, even with a fresh balance; without it the same sum needs nobody', () =>
    play({}, async (scene) => {
      const above = typicalMinor(scene) + 100;
      expect((await preview(scene, 5, above)).verdict).toBe('may');
      await scene.get(scene.grace, 'sync.declareOffline', {});
      expect(await preview(scene, 5, above)).toMatchObject({
        verdict: 'needsManager',
        alone: { minor: typicalMinor(scene), rule: 'once' },
      });
    }));
});

describe('without a line, a withdrawal', () => {
  test('above one typical instalment needs a manager on the spot, and never the cashier herself', () =>
    play({}, async (scene) => {
      const above = typicalMinor(scene) + 100;
      await scene.cutLine();
      expect(await scene.withdrawalRefused(scene.achieng, scene.savings(5), above)).toBe('withdrawal.needsManager');
      expect(
        await scene.withdrawalRefused(scene.achieng, scene.savings(5), above, { approval: { username: 'achieng', password: 'practice' } }),
      ).toBe('approval.samePerson');
      expect(
        await scene.withdrawalRefused(scene.achieng, scene.savings(5), above, { approval: { username: 'daniel', password: 'practice' } }),
      ).toBe('approval.notPermitted');
      expect(
        await scene.withdrawalRefused(scene.achieng, scene.savings(5), above, { approval: { username: 'grace', password: 'guessed' } }),
      ).toBe('approval.wrongPassword');
      const line = await scene.withdraw(scene.achieng, scene.savings(5), above, GRACE_AGREES);
      const [entry] = scene.pc
        .database()
        .prepare(`SELECT body FROM journal_entries WHERE what = 'savingsWithdrawal'`)
        .pluck()
        .all() as string[];
      expect(JSON.parse(entry ?? '{}')).toMatchObject({ receipt: line.receipt.number, facts: { agreedBy: 'grace' } });
      await scene.restoreLine();
      await scene.untilFinished();
      scene.expectAccounted();
    }));

  test('is the second of an account only with a manager, and there is no third', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      await scene.withdraw(scene.achieng, scene.savings(5), 50_000);
      expect(await scene.withdrawalRefused(scene.daniel, scene.savings(5), 50_000)).toBe('withdrawal.needsManager');
      await scene.withdraw(scene.daniel, scene.savings(5), 50_000, GRACE_AGREES);
      expect(await scene.withdrawalRefused(scene.achieng, scene.savings(5), 50_000, GRACE_AGREES)).toBe('withdrawal.exceedsOfflineLimit');
      // Head office heard of them: the count begins anew.
      await scene.restoreLine();
      await scene.untilFinished();
      await scene.cutLine();
      await scene.withdraw(scene.achieng, scene.savings(5), 50_000);
    }));

  test('is not above two typical instalments of an account, whoever agrees', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      expect(await scene.withdrawalRefused(scene.achieng, scene.savings(5), 2 * typicalMinor(scene) + 100, GRACE_AGREES)).toBe(
        'withdrawal.exceedsOfflineLimit',
      );
    }));

  test('counts what was promised already: not more than what is available then (I6)', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      await scene.withdraw(scene.achieng, scene.savings(1), 200_000);
      expect(await scene.withdrawalRefused(scene.daniel, scene.savings(1), 140_000, GRACE_AGREES)).toBe('withdrawal.exceedsAvailable');
      await scene.deposit(scene.daniel, scene.savings(1), 10_000);
      await scene.withdraw(scene.daniel, scene.savings(1), 140_000, GRACE_AGREES);
    }));

  test('needs a manager and half the limits when the balance is a day old, and is not paid when it is three days old', () =>
    play({}, async (scene) => {
      const half = Math.floor(typicalMinor(scene) / 2);
      await scene.cutLine();
      expect((await preview(scene, 5, 10_000)).verdict).toBe('may');
      await scene.pass(HOUR_MS);
      await scene.nextMorning();
      await scene.pass(HOUR_MS);
      expect(await preview(scene, 5, 10_000)).toMatchObject({
        verdict: 'needsManager',
        alone: { minor: 0, rule: 'oldBalance' },
        agreed: { minor: 2 * half, rule: 'account' },
      });
      expect(await scene.withdrawalRefused(scene.achieng, scene.savings(5), 2 * half + 100, GRACE_AGREES)).toBe(
        'withdrawal.exceedsOfflineLimit',
      );
      await scene.withdraw(scene.achieng, scene.savings(5), 10_000, GRACE_AGREES);
      await scene.nextMorning();
      await scene.nextMorning();
      await scene.pass(HOUR_MS);
      expect(await scene.withdrawalRefused(scene.achieng, scene.savings(10), 10_000, GRACE_AGREES)).toBe('withdrawal.balanceTooOld');
      // Money in is never refused for its age.
      await scene.deposit(scene.achieng, scene.savings(10), 10_000);
    }));

  test('from an account that is blocked, held or below its minimum is refused as head office would', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      const savingsByNo = (await scene.get(scene.achieng, 'clients.list', {})).rows;
      expect(savingsByNo.length).toBeGreaterThan(10);
      const of = (serverId: number) => ({ ...scene.savings(), serverId });
      expect(await scene.withdrawalRefused(scene.achieng, of(5), 1_000)).toBe('savings.debitBlocked');
      expect(await scene.withdrawalRefused(scene.achieng, of(6), 1_000)).toBe('savings.debitBlocked');
      expect(await scene.withdrawalRefused(scene.achieng, of(1), 598_100, GRACE_AGREES)).toBe('withdrawal.exceedsAvailable');
      expect(await scene.withdrawalRefused(scene.achieng, of(4), 1_000)).toBe('withdrawal.needsManager');
      await expect(scene.deposit(scene.achieng, of(5), 1_000)).rejects.toThrow('savings.creditBlocked');
    }));
});
