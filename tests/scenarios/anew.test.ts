// What head office undid keeps its marks there for ever, so going once more means going under marks of its own; and what its closed books
// refused goes on a day that is open, where a manager says so. Each is a new fact beside the old one (I11), and the money stands there once.

import { describe, expect, test } from 'vitest';
import type { ReceiptLine } from '../../shared/contract/shapes.ts';
import { HOUR_MS, MINUTE_MS, play, type Account, type Scene } from './scene.ts';

const UNDO = JSON.stringify({ transactionDate: '2026-11-20', transactionAmount: 0, dateFormat: 'yyyy-MM-dd', locale: 'en' });

function undoThere(scene: Scene, line: ReceiptLine, account: Account, shelf: 'loans' | 'savingsaccounts'): void {
  const [posted] = scene.standingThere(line);
  const url = `/${shelf}/${String(account.serverId)}/transactions/${String(posted?.id ?? 0)}?command=undo`;
  expect(scene.control().requestAs('admin', { method: 'POST', url, body: UNDO }).status).toBe(200);
}

describe('what was undone at head office and is sent once more', () => {
  for (const what of ['deposit', 'withdrawal', 'repayment'] as const)
    test(`stands there again: a ${what}`, () =>
      play({}, async (scene) => {
        await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 1_000_000 });
        const account = what === 'repayment' ? scene.loan() : scene.savings();
        const take = { deposit: scene.deposit, withdrawal: scene.withdraw, repayment: scene.repay }[what];
        const line = await take(scene.achieng, account, 30_000);
        await scene.untilFinished();
        for (const round of [2, 3]) {
          undoThere(scene, line, account, what === 'repayment' ? 'loans' : 'savingsaccounts');
          await scene.pass(3 * MINUTE_MS);
          expect(scene.standingThere(line)).toHaveLength(0);
          const found = await scene.openCase();
          expect(found).toMatchObject({ kind: 'vanished', serverCode: 'marker.reversed' });
          await scene.resolve(scene.grace, found, 'resubmit');
          await scene.untilFinished(2 * HOUR_MS);
          expect((await scene.receipt(line)).standing).toBe('confirmed');
          expect(scene.standingThere(line)).toHaveLength(1);
          expect(scene.sent.at(-1)?.body).toContain(`${line.receipt.number}~${String(round)}`);
        }
        expect(await scene.story(line)).toContain('resubmittedAnew');
        expect(await scene.openCases()).toEqual([]);
        scene.expectAccounted();
      }));
});

describe('what was undone there, and stands again because head office was put back to before that', () => {
  for (const what of ['deposit', 'withdrawal', 'repayment'] as const)
    test(`is not sent beside it under new marks: a ${what} (I2)`, () =>
      play({}, async (scene) => {
        await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 1_000_000 });
        const account = what === 'repayment' ? scene.loan() : scene.savings();
        const take = { deposit: scene.deposit, withdrawal: scene.withdraw, repayment: scene.repay }[what];
        const line = await take(scene.achieng, account, 30_000);
        await scene.untilFinished();
        const backup = scene.world.headOffice.backUp();
        undoThere(scene, line, account, what === 'repayment' ? 'loans' : 'savingsaccounts');
        await scene.pass(3 * MINUTE_MS);
        const found = await scene.openCase();
        scene.world.headOffice.restore(backup);
        await scene.resolve(scene.grace, found, 'resubmit');
        await scene.untilFinished(2 * HOUR_MS);
        expect((await scene.receipt(line)).standing).toBe('confirmed');
        expect(scene.standingThere(line)).toHaveLength(1);
        // It is known there as it was at first: undone once more it is missed again.
        undoThere(scene, line, account, what === 'repayment' ? 'loans' : 'savingsaccounts');
        await scene.pass(3 * MINUTE_MS);
        expect(await scene.openCase()).toMatchObject({ kind: 'vanished', serverCode: 'marker.reversed' });
      }));
});

describe('the plug pulled while it goes once more under new marks', () => {
  for (const fault of ['requestLost', 'replyLost'] as const)
    for (const what of ['deposit', 'withdrawal', 'repayment'] as const)
      test(`between it and its answer: a ${what} stands there once (${fault}, I2)`, () =>
        play({}, async (scene) => {
          await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 1_000_000 });
          const account = what === 'repayment' ? scene.loan() : scene.savings();
          const take = { deposit: scene.deposit, withdrawal: scene.withdraw, repayment: scene.repay }[what];
          const line = await take(scene.achieng, account, 30_000);
          await scene.untilFinished();
          undoThere(scene, line, account, what === 'repayment' ? 'loans' : 'savingsaccounts');
          await scene.pass(3 * MINUTE_MS);
          const found = await scene.openCase();
          scene.pc.network.arm(fault, 1, 'money');
          const before = scene.sent.length;
          await scene.resolve(scene.grace, found, 'resubmit');
          await scene.world.time.passUntil(() => scene.sent.length > before, MINUTE_MS);
          expect(scene.sent.at(-1)?.body).toContain(`${line.receipt.number}~2`);
          scene.pc.die('power', 'before the answer');
          await scene.pass(MINUTE_MS);
          scene.pc.start();
          await scene.untilFinished(2 * HOUR_MS);
          expect((await scene.receipt(line)).standing).toBe('confirmed');
          expect(scene.standingThere(line)).toHaveLength(1);
          expect(await scene.openCases()).toEqual([]);
          scene.expectAccounted();
        }));
});

describe('what was refused because the books of its day are closed there', () => {
  test('goes on the branch’s day where a manager says so, and not for any other reason', () =>
    play({}, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 1_000_000 });
      const line = await scene.deposit(scene.achieng, scene.savings(1), 20_000);
      await scene.untilFinished();
      undoThere(scene, line, scene.savings(1), 'savingsaccounts');
      await scene.pass(3 * MINUTE_MS);
      const other = await scene.openCase();
      expect(other.mayGoOnOpenDay).toBe(false);
      expect(
        await scene.refusal(scene.grace, 'exceptions.resolve', {
          exceptionId: other.exceptionId,
          resolution: 'resubmit',
          reason: 'as if it were closed',
          onOpenDay: true,
        }),
      ).toBe('exception.choiceImpossible');
      await scene.resolve(scene.grace, other, 'resubmit');
      await scene.untilFinished(2 * HOUR_MS);

      await scene.cutLine();
      const late = await scene.deposit(scene.achieng, scene.savings(), 45_000);
      await scene.nextMorning();
      const close = JSON.stringify({ officeId: 2, closingDate: '2026-11-20', comments: 'month', dateFormat: 'yyyy-MM-dd', locale: 'en' });
      expect(scene.control().requestAs('admin', { method: 'POST', url: '/glclosures', body: close }).status).toBe(200);
      await scene.restoreLine();
      await scene.until(late, 'needsYou', HOUR_MS);
      const found = await scene.openCase();
      expect(found.mayGoOnOpenDay).toBe(true);
      await scene.get(scene.grace, 'exceptions.resolve', {
        exceptionId: found.exceptionId,
        resolution: 'resubmit',
        reason: 'the month is closed there',
        onOpenDay: true,
      });
      await scene.untilFinished(2 * HOUR_MS);
      expect(scene.standingThere(late)).toMatchObject([{ date: '2026-11-21', amount: 45_000 }]);
      expect(scene.sent.at(-1)?.body).toContain('[2026-11-20]');
      expect((await scene.receipt(late)).standing).toBe('confirmed');
      scene.expectAccounted();
    }));
});
