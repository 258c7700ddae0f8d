// Who may sit at a PC: online the first time, by the PC's own check afterwards, with wrong tries that slow down and end in a lock.

import { describe, expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS, play } from './scene.ts';

const RIGHT = { username: 'achieng', password: 'practice' };
const WRONG = { username: 'achieng', password: 'guessed' };

describe('signing in', () => {
  test('needs the line the first time, and not afterwards', () =>
    play({ pcs: 2 }, async (scene) => {
      await scene.cutLine();
      const here = await scene.get(scene.achieng, 'session.signIn', RIGHT);
      expect(here.checkedOnline).toBe(false);
      const elsewhere = scene.at(1, 'achieng');
      await scene.cutLine(elsewhere.pc);
      expect(await scene.refusal(elsewhere, 'session.signIn', RIGHT)).toBe('signIn.firstNeedsLine');
      await scene.restoreLine(elsewhere.pc);
      expect((await scene.get(elsewhere, 'session.signIn', RIGHT)).checkedOnline).toBe(true);
    }));

  test('asks head office of whom this PC cannot check, before the loop has noticed that the line is back', () =>
    play({ pcs: 2 }, async (scene) => {
      const elsewhere = scene.at(1, 'achieng');
      await scene.cutLine(elsewhere.pc);
      expect((await scene.get(scene.achieng, 'session.signIn', RIGHT)).checkedOnline).toBe(true);
      elsewhere.pc.network.clear();
      expect((await scene.get(elsewhere, 'session.signIn', RIGHT)).checkedOnline).toBe(true);
    }));

  test('keeps the numbers of those who came before: a newcomer gets the next one', () =>
    play({}, async (scene) => {
      const door = async () => (await scene.get(scene.grace, 'session.showStart', {})).people.map((each) => each.username);
      const before = await door();
      expect(before).not.toContain('admin');
      await scene.get(scene.amina, 'session.signIn', { username: 'admin', password: 'practice' });
      expect(await door()).toEqual([...before, 'admin']);
      await scene.get(scene.amina, 'session.signIn', { username: 'admin', password: 'practice' });
      expect(await door()).toEqual([...before, 'admin']);
    }));

  test('after a power cut is where its note was read: it is not shown again', () =>
    play({}, async (scene) => {
      await scene.deposit(scene.achieng, scene.savings(), 10_000);
      scene.pc.die('power', 'at noon');
      scene.pc.start();
      const unclean = async () => (await scene.get(scene.grace, 'session.showStart', {})).start?.unclean;
      expect(await unclean()).toBe(true);
      await scene.get(scene.achieng, 'session.signIn', RIGHT);
      expect(await unclean()).toBe(false);
    }));

  test('after a power cut that nobody read of still shows its note when the program was closed and opened once more', () =>
    play({}, async (scene) => {
      await scene.deposit(scene.achieng, scene.savings(), 10_000);
      scene.pc.die('power', 'at noon');
      scene.pc.start();
      await scene.pass(MINUTE_MS);
      await scene.pc.stop();
      scene.pc.start();
      const unclean = async () => (await scene.get(scene.grace, 'session.showStart', {})).start?.unclean;
      expect(await unclean()).toBe(true);
      await scene.get(scene.achieng, 'session.signIn', RIGHT);
      await scene.pc.stop();
      scene.pc.start();
      expect(await unclean()).toBe(false);
    }));

  test('by somebody of another office is refused', () =>
    play({}, async (scene) => {
      expect(await scene.refusal(scene.at(0, 'bungoma'), 'session.signIn', { username: 'bungoma', password: 'practice' })).toBe(
        'signIn.otherOffice',
      );
    }));

  test('with a password that head office wants changed is refused with that reason', () =>
    play({}, async (scene) => {
      scene.control().outdatePassword('achieng');
      expect(await scene.refusal(scene.achieng, 'session.signIn', RIGHT)).toBe('signIn.passwordExpired');
    }));

  test('ten times wrong makes the wait grow and then locks; a manager unlocks', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      const answers: string[] = [];
      const waits: number[] = [];
      while (answers.filter((code) => code !== 'signIn.wait').length < 10) {
        const code = await scene.refusal(scene.achieng, 'session.signIn', WRONG);
        answers.push(code);
        if (code !== 'signIn.wait') waits.push(0);
        else {
          waits[waits.length - 1] = (waits.at(-1) ?? 0) + 1;
          await scene.pass(20_000);
        }
      }
      expect(answers.at(-1)).toBe('signIn.lockedOut');
      expect(waits.slice(0, 4)).toEqual([0, 0, 0, 0]);
      const growing = waits.slice(4, 9);
      expect(growing.every((wait, at) => wait > (growing[at - 1] ?? 0))).toBe(true);
      await scene.pass(24 * HOUR_MS);
      expect(await scene.refusal(scene.achieng, 'session.signIn', RIGHT)).toBe('signIn.lockedOut');
      await scene.get(scene.grace, 'session.signIn', { username: 'grace', password: 'practice' });
      await scene.get(scene.grace, 'session.unlockStaff', { username: 'achieng' });
      await scene.get(scene.achieng, 'session.signIn', RIGHT);
    }));

  test('is asked for again after a restart and after half an hour without a call; the promises go on meanwhile', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      const line = await scene.deposit(scene.achieng, scene.savings(), 10_000);
      scene.pc.network.clear();
      await scene.pass(31 * MINUTE_MS);
      expect(await scene.refusal(scene.achieng, 'cash.showDrawer', {})).toBe('session.locked');
      expect(scene.standingThere(line)).toHaveLength(1);
      expect(await scene.refusal(scene.achieng, 'session.unlock', { password: 'guessed' })).toBe('signIn.wrong');
      await scene.get(scene.achieng, 'session.unlock', { password: 'practice' });
      await scene.get(scene.achieng, 'cash.showDrawer', {});
      await scene.pc.stop();
      scene.pc.start();
      expect(await scene.refusal(scene.achieng, 'cash.showDrawer', {})).toBe('session.signedOut');
    }));

  test('that head office refused leaves money in, and nothing paid, agreed or decided, until its owner signs in with the line', () =>
    play({}, async (scene) => {
      const pay = (savings: number, amountMinor: number) => ({
        formId: scene.newForm(),
        savingsId: scene.savings(savings).localId,
        amountMinor,
        paidWith: { paymentTypeId: 1 },
      });
      await scene.get(scene.grace, 'session.showMine', {});
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 500_000 });
      const before = await scene.get(scene.achieng, 'savings.previewWithdrawal', { savingsId: scene.savings(1).localId, amountMinor: 100 });
      expect(before.approvers.map((each) => each.username)).toEqual(['grace']);

      for (const name of ['achieng', 'grace']) scene.world.headOffice.setPassword(name, `${name} anew`);
      // Head office refuses both when their promises are sent.
      await scene.deposit(scene.achieng, scene.savings(0), 10_000);
      await scene.deposit(scene.grace, scene.savings(2), 10_000);
      await scene.pass(2 * MINUTE_MS);
      expect((await scene.get(scene.achieng, 'session.showMine', {}))?.moneyInOnly).toBe(true);
      await scene.cutLine();
      await scene.get(scene.achieng, 'session.signIn', RIGHT);
      expect(await scene.get(scene.achieng, 'session.showMine', {})).toMatchObject({ checkedOnline: false, moneyInOnly: true });
      expect(await scene.refusal(scene.achieng, 'savings.payWithdrawal', pay(1, 1_000))).toBe('session.moneyInOnly');
      await scene.deposit(scene.achieng, scene.savings(0), 20_000);
      await scene.repay(scene.achieng, scene.loan(0), 5_000);
      expect(await scene.refusal(scene.grace, 'sync.declareOffline', {})).toBe('session.moneyInOnly');
      expect(await scene.refusal(scene.grace, 'cash.closeDay', {})).toBe('session.moneyInOnly');
      // A cashier without that right is told so, as ever.
      expect(await scene.refusal(scene.achieng, 'cash.closeDay', {})).toBe('session.notPermitted');
      // Her agreement is not offered to others and not taken.
      const preview = await scene.get(scene.daniel, 'savings.previewWithdrawal', { savingsId: scene.savings(1).localId, amountMinor: 100 });
      expect(preview.approvers).toEqual([]);
      expect(
        await scene.withdrawalRefused(scene.daniel, scene.savings(1), 1_000, { approval: { username: 'grace', password: 'practice' } }),
      ).toBe('approval.notPermitted');

      await scene.restoreLine();
      await scene.get(scene.achieng, 'session.signIn', { username: 'achieng', password: 'achieng anew' });
      expect((await scene.get(scene.achieng, 'session.showMine', {}))?.moneyInOnly).toBe(false);
      await scene.get(scene.achieng, 'savings.payWithdrawal', pay(1, 1_000));
    }));

  test('with a password changed at head office: the old one opens this PC without a line, the new one sends', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      scene.world.headOffice.setPassword('achieng', 'her new one');
      await scene.get(scene.achieng, 'session.signIn', RIGHT);
      const line = await scene.deposit(scene.achieng, scene.savings(), 10_000);
      await scene.restoreLine();
      expect((await scene.item(line)).reason).toBe('makerMustSignIn');
      await scene.get(scene.achieng, 'session.signIn', { username: 'achieng', password: 'her new one' });
      await scene.untilFinished();
      await scene.cutLine();
      expect(await scene.refusal(scene.achieng, 'session.signIn', RIGHT)).toBe('signIn.wrong');
    }));
});
