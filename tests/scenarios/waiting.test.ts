// Why a promise waits, who must do something about it, and that everybody else's promises go on meanwhile: head office's day, sign-ins that
// are gone, a manager's release, checkers, and rights.

import { describe, expect, test } from 'vitest';
import { row, rows } from '../simulation/checkers/rows.ts';
import { signIn } from '../world/people.ts';
import { HOUR_MS, MINUTE_MS, play, type Scene } from './scene.ts';

/** What stands at head office for a checker, decided there. */
function decideThere(scene: Scene, word: 'approve' | 'reject'): void {
  for (const { id } of rows<{ id: number }>(scene.books(), 'SELECT id FROM command_row WHERE status = 2')) {
    expect(
      scene.control().requestAs('admin', { method: 'POST', url: `/makercheckers/${String(id)}?command=${word}`, body: '{}' }).status,
    ).toBe(200);
  }
}

describe("head office's day", () => {
  test('that is behind the branch makes a promise wait, and it goes by itself when that day has come', () =>
    play({}, async (scene) => {
      await scene.nextMorning({ headOfficeStaysBehind: true });
      const line = await scene.deposit(scene.achieng, scene.savings(), 70_000);
      await scene.pass(30 * MINUTE_MS);
      expect(await scene.item(line)).toMatchObject({ standing: 'savedHere', reason: 'headOfficeDayBehind' });
      expect(await scene.openCases()).toEqual([]);
      scene.control().setBusinessDate(line.receipt.businessDate);
      await scene.untilFinished();
      expect(scene.standingThere(line)).toMatchObject([{ date: line.receipt.businessDate, amount: 70_000 }]);
    }));

  test('that is ahead takes a promise of yesterday under the date of the receipt (I11)', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      const line = await scene.repay(scene.achieng, scene.loan(), 70_000);
      scene.pc.network.clear();
      await scene.nextMorning();
      await scene.untilFinished();
      expect(scene.standingThere(line)).toMatchObject([{ date: line.receipt.businessDate }]);
      expect(scene.control().businessDate() > line.receipt.businessDate).toBe(true);
    }));
});

describe('a sign-in that head office no longer takes', () => {
  test("makes only that maker's promises wait while the others' flow, and a new sign-in sends them", () =>
    play({}, async (scene) => {
      await scene.cutLine();
      const hers = [
        await scene.deposit(scene.achieng, scene.savings(0), 10_000),
        await scene.deposit(scene.achieng, scene.savings(1), 11_000),
      ];
      const his = [await scene.deposit(scene.daniel, scene.savings(2), 12_000), await scene.repay(scene.daniel, scene.loan(1), 13_000)];
      scene.world.headOffice.setPassword('achieng', 'her new one');
      await scene.restoreLine();
      for (const line of his) expect((await scene.receipt(line)).standing).toBe('confirmed');
      for (const line of hers)
        expect(await scene.item(line)).toMatchObject({
          standing: 'savedHere',
          reason: 'makerMustSignIn',
          reasonDetail: 'Achieng Odhiambo',
        });
      expect(await scene.status()).toMatchObject({ sentence: 'signInNeeded', signInNeededFor: ['Achieng Odhiambo'] });
      expect((await signIn(scene.world, scene.achieng)).kind).toBe('ok');
      await scene.untilFinished();
      expect((await scene.status()).sentence).toBe('good');
      scene.expectAccounted();
    }));

  test('in the middle of a queue stops it there, and the rest goes under the same keys after she signed in (I11)', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      for (let made = 0; made < 12; made += 1) await scene.deposit(scene.achieng, scene.savings(0), 1_000 + made);
      let left = 0;
      scene.pc.network.clear();
      await scene.world.time.passUntil(() => (left = scene.sent.length) >= 4, 5 * MINUTE_MS);
      scene.world.headOffice.setPassword('achieng', 'her new one');
      await scene.pass(5 * MINUTE_MS);
      expect(left).toBe(4);
      const waiting = (await scene.get(scene.grace, 'sync.showDesk', {})).unfinished;
      expect(waiting.length).toBeGreaterThan(5);
      expect(waiting[0]?.reason).toBe('makerMustSignIn');
      await signIn(scene.world, scene.achieng);
      await scene.untilFinished();
      scene.expectAccounted();
    }));

  test('does not lose a promise that is already in doubt: somebody else may look it up, and it is found (I2)', () =>
    play({}, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 0 });
      scene.pc.network.arm('replyLost', 1, 'money');
      const line = await scene.deposit(scene.achieng, scene.savings(0), 10_000);
      await scene.pass(5_000);
      expect(scene.standingThere(line)).toHaveLength(1);
      scene.world.headOffice.setPassword('achieng', 'her new one');
      await scene.get(scene.achieng, 'session.lock', {});
      await scene.until(line, 'confirmed');
      expect((await scene.story(line)).at(-1)).toBe('found');
    }));
});

describe("a manager's release", () => {
  async function herPromiseWaits(scene: Scene) {
    await scene.cutLine();
    const line = await scene.deposit(scene.achieng, scene.savings(0), 10_000);
    scene.control().setUserDisabled('achieng', true);
    await scene.restoreLine();
    expect((await scene.item(line)).reason).toBe('makerMustSignIn');
    return line;
  }
  const release = { username: 'achieng', reason: 'left the branch for good' };

  test('sends the promises of somebody who left under her own sign-in; the maker stays on the record', () =>
    play({}, async (scene) => {
      const line = await herPromiseWaits(scene);
      expect(await scene.get(scene.grace, 'sync.releaseCommands', release)).toEqual({ released: 1 });
      await scene.untilFinished();
      const item = await scene.item(line);
      expect(item).toMatchObject({ standing: 'confirmed', recordedBy: 'achieng' });
      expect(await scene.story(line)).toContain('released');
      const poster = row<{ username: string }>(
        scene.books(),
        'SELECT u.username FROM savings_transaction t JOIN user_account u ON u.id = t.created_by WHERE t.id = ?',
        item.serverTransactionId,
      );
      expect(poster?.username).toBe('grace');
      expect(scene.sent.at(-1)?.body).toContain('achieng');
    }));

  test('is not for oneself, not without a sign-in of her own, not for a cashier, and not when nothing waits', () =>
    play({}, async (scene) => {
      expect(await scene.refusal(scene.grace, 'sync.releaseCommands', release)).toBe('release.nothingWaits');
      await herPromiseWaits(scene);
      expect(await scene.refusal(scene.grace, 'sync.releaseCommands', { ...release, username: 'grace' })).toBe('release.samePerson');
      expect(await scene.refusal(scene.daniel, 'sync.releaseCommands', release)).toBe('session.notPermitted');
      const hers = await scene.deposit(scene.grace, scene.savings(3), 5_000);
      await scene.until(hers, 'confirmed');
      scene.world.headOffice.setPassword('grace', 'another one');
      const later = await scene.deposit(scene.grace, scene.savings(3), 6_000);
      await scene.pass(5 * MINUTE_MS);
      expect((await scene.item(later)).reason).toBe('makerMustSignIn');
      expect(await scene.refusal(scene.grace, 'sync.releaseCommands', release)).toBe('session.moneyInOnly');
    }));
});

describe('maker and checker at head office', () => {
  async function waitsForChecker(scene: Scene, markers: 'strong' | 'weak') {
    scene.control().setMakerChecker('DEPOSIT_SAVINGSACCOUNT', true);
    const line = await scene.deposit(scene.achieng, scene.savings(0), 25_000);
    await scene.pass(10 * MINUTE_MS);
    expect(await scene.item(line)).toMatchObject({ standing: 'sent', reason: 'waitingForChecker' });
    expect(scene.standingThere(line)).toEqual([]);
    expect(rows(scene.books(), 'SELECT id FROM command_row WHERE status = 2')).toHaveLength(1);
    expect(await scene.story(line)).toContain(markers === 'strong' ? 'mustPostSingly' : 'waitingForChecker');
    return line;
  }

  for (const markers of ['strong', 'weak'] as const) {
    test(`a promise waits for the checker with ${markers} markers, and is confirmed when the checker approves`, () =>
      play({ markers }, async (scene) => {
        const line = await waitsForChecker(scene, markers);
        // Nobody in this branch is shown what the checker decides, and the desk says so.
        expect((await scene.item(line)).reasonDetail).toBe('unseen');
        decideThere(scene, 'approve');
        await scene.untilFinished();
        expect(scene.standingThere(line)).toHaveLength(1);
        scene.expectAccounted();
      }));
  }

  test('a promise that the checker rejects becomes a case, and one account of many waits behind it', () =>
    play({ manners: { audits: 'whole' } }, async (scene) => {
      const line = await waitsForChecker(scene, 'strong');
      scene.control().setMakerChecker('DEPOSIT_SAVINGSACCOUNT', false);
      const behind = await scene.deposit(scene.achieng, scene.savings(0), 26_000);
      const elsewhere = await scene.deposit(scene.achieng, scene.savings(1), 27_000);
      decideThere(scene, 'reject');
      await scene.until(line, 'needsYou');
      await scene.until(elsewhere, 'confirmed');
      const open = await scene.openCase();
      expect(open).toMatchObject({ kind: 'refused', maker: 'Achieng Odhiambo' });
      expect(open.waitingBehind.map((item) => item.receiptNumber)).toEqual([behind.receipt.number]);
      await scene.resolve(scene.grace, open, 'resubmit');
      await scene.untilFinished();
      scene.expectAccounted();
    }));

  test(
    'where head office shows no branch what a checker decided, a rejection is a case after a day of asking, and its money goes back',
    () =>
      play({ manners: { audits: 'bare' } }, async (scene) => {
        const line = await waitsForChecker(scene, 'strong');
        scene.control().setMakerChecker('DEPOSIT_SAVINGSACCOUNT', false);
        decideThere(scene, 'reject');
        await scene.until(line, 'needsYou', 26 * HOUR_MS);
        const open = await scene.openCase();
        expect(open).toMatchObject({ kind: 'refused', maker: 'Achieng Odhiambo' });
        expect(scene.standingThere(line)).toEqual([]);
      }),
    60_000,
  );

  for (const markers of ['strong', 'weak'] as const)
    for (const audits of ['bare', 'whole'] as const)
      test(`what waits once more after head office was put back never stands beside a second submission (I2), ${markers} markers, ${audits} rows`, () =>
        play({ markers, manners: { audits } }, async (scene) => {
          const line = await waitsForChecker(scene, markers);
          const backup = scene.world.headOffice.backUp();
          decideThere(scene, 'approve');
          await scene.untilFinished();
          scene.world.headOffice.restore(backup);
          scene.pc.network.dropInFlight();
          scene.control().setMakerChecker('DEPOSIT_SAVINGSACCOUNT', false);
          await scene.pass(10 * MINUTE_MS);
          const [open] = await scene.openCases();
          if (open !== undefined) await scene.resolve(scene.grace, open, 'resubmit');
          await scene.pass(10 * MINUTE_MS);
          expect(scene.standingThere(line)).toEqual([]);
          decideThere(scene, 'approve');
          await scene.untilFinished();
          expect(scene.standingThere(line)).toHaveLength(1);
          scene.expectAccounted();
        }));

  for (const markers of ['strong', 'weak'] as const)
    test(`what a checker rejected and waits once more after head office was put back never stands beside a second submission (I2), ${markers} markers`, () =>
      play({ markers, manners: { audits: 'whole' } }, async (scene) => {
        const line = await waitsForChecker(scene, markers);
        const backup = scene.world.headOffice.backUp();
        decideThere(scene, 'reject');
        await scene.until(line, 'needsYou');
        const open = await scene.openCase();
        scene.world.headOffice.restore(backup);
        scene.pc.network.dropInFlight();
        scene.control().setMakerChecker('DEPOSIT_SAVINGSACCOUNT', false);
        await scene.resolve(scene.grace, open, 'resubmit');
        await scene.pass(10 * MINUTE_MS);
        expect(scene.standingThere(line)).toEqual([]);
        decideThere(scene, 'approve');
        await scene.untilFinished();
        expect(scene.standingThere(line)).toHaveLength(1);
        scene.expectAccounted();
      }));

  test('a withdrawal waits for days, and its money stays counted as paid (I6)', () =>
    play({}, async (scene) => {
      const before = await scene.view(scene.savings(0));
      scene.control().setMakerChecker('WITHDRAWAL_SAVINGSACCOUNT', true);
      const line = await scene.withdraw(scene.achieng, scene.savings(0), 25_000);
      await scene.pass(2 * HOUR_MS);
      await scene.nextMorning();
      await scene.nextMorning();
      expect((await scene.item(line)).reason).toBe('waitingForChecker');
      expect((await scene.view(scene.savings(0))).availableMinor).toBe(before.availableMinor - 25_000);
      decideThere(scene, 'approve');
      await scene.untilFinished();
      expect((await scene.view(scene.savings(0))).availableMinor).toBe(before.availableMinor - 25_000);
    }));
});

describe('rights', () => {
  test('that the maker lacks at head office make a case of their own kind, and it goes through once she has them again', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      const line = await scene.deposit(scene.achieng, scene.savings(0), 25_000);
      scene.control().takePermission('achieng', 'DEPOSIT_SAVINGSACCOUNT');
      await scene.restoreLine();
      await scene.until(line, 'needsYou');
      const open = await scene.openCase();
      expect(open.kind).toBe('notPermitted');
      scene.control().givePermission('achieng', 'DEPOSIT_SAVINGSACCOUNT');
      await scene.resolve(scene.grace, open, 'resubmit');
      await scene.untilFinished();
      expect(scene.standingThere(line)).toHaveLength(1);
      expect((await scene.item(line)).submission).toBe(2);
    }));

  test('withdrawn while the branch was away are learned at reconnect, and count from the next sign-in', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      await scene.deposit(scene.achieng, scene.savings(0), 25_000);
      scene.control().takePermission('achieng', 'WITHDRAWAL_SAVINGSACCOUNT');
      await scene.restoreLine();
      await scene.untilFinished();
      await scene.cutLine();
      await scene.get(scene.achieng, 'session.signOut', {});
      await signIn(scene.world, scene.achieng);
      expect(await scene.withdrawalRefused(scene.achieng, scene.savings(0), 10_000)).toBe('session.notPermitted');
    }));

  test('are asked of the branch, not of the screen: a cashier may not close the day, declare offline or resolve', () =>
    play({}, async (scene) => {
      for (const refused of [
        scene.refusal(scene.achieng, 'cash.closeDay', {}),
        scene.refusal(scene.achieng, 'sync.declareOffline', {}),
        scene.refusal(scene.achieng, 'session.unlockStaff', { username: 'daniel' }),
        scene.refusal(scene.achieng, 'exceptions.resolve', { exceptionId: scene.newForm(), resolution: 'reverse', reason: 'because' }),
        scene.refusal(scene.achieng, 'headOffice.prepare', {}),
      ]) {
        expect(await refused).toBe('session.notPermitted');
      }
    }));
});
