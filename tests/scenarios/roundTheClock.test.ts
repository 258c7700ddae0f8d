// The loop when something cannot go yet, never gets an answer, or a clock was wrong: it neither runs hot nor forgets to read.

import { expect, test } from 'vitest';
import { count } from '../simulation/checkers/rows.ts';
import { sayDate, signIn } from '../world/people.ts';
import { HOUR_MS, MINUTE_MS, play, type Scene } from './scene.ts';

function rounds(scene: Scene): number {
  return count(scene.pc.database(), 'SELECT total_changes()');
}

test('a command that is due but whose maker must sign in first does not make the loop run without a pause', () =>
  play({}, async (scene) => {
    const loan = scene.loan();
    scene.control().lockLoan(loan.serverId);
    const waiting = await scene.repay(scene.achieng, loan, 50_000);
    await scene.pass(MINUTE_MS);
    expect((await scene.item(waiting)).reason).toBe('backingOff');
    // Her password was changed at head office; the next thing she records is the one that finds out.
    scene.world.headOffice.setPassword('achieng', 'another one');
    await scene.deposit(scene.achieng, scene.savings(), 10_000);
    await scene.pass(10 * MINUTE_MS);
    expect((await scene.status()).signIn).toBe('needed');

    const before = rounds(scene);
    await scene.pass(10 * MINUTE_MS);
    expect(rounds(scene) - before).toBeLessThan(200);

    scene.control().lockLoan(loan.serverId, false);
    await scene.get(scene.achieng, 'session.signIn', { username: 'achieng', password: 'another one' });
    await scene.untilFinished();
  }));

test('a clock that was a month ahead does not keep the weekly proof away for a month', () =>
  play({}, async (scene) => {
    const month = 30 * 24 * HOUR_MS;
    await scene.pc.stop();
    scene.pc.setClockError(month);
    scene.pc.start();
    await scene.pass(30 * MINUTE_MS);
    const ahead = scene.pc
      .database()
      .prepare(`SELECT json_extract(value, '$.provedAt') FROM local_settings WHERE name = 'syncState'`)
      .pluck();
    expect(Number(ahead.get())).toBeGreaterThan(scene.world.time.now() + month / 2);
    scene.pc.setClockError(0);
    await scene.pass(30 * MINUTE_MS);
    expect(Number(ahead.get())).toBeLessThanOrEqual(scene.world.time.now());
  }));

test('a balance that was read while the clock ran ahead is of unknown age, not fresh for ever', () =>
  play({}, async (scene) => {
    await scene.pc.stop();
    scene.pc.setClockError(30 * 24 * HOUR_MS);
    scene.pc.start();
    await scene.pass(20 * MINUTE_MS);
    await scene.cutLine();
    scene.pc.setClockError(0);
    expect(await scene.withdrawalRefused(scene.achieng, scene.savings(), 10_000)).toBe('withdrawal.balanceTooOld');
    await scene.restoreLine();
    await scene.pass(5 * MINUTE_MS);
    await scene.withdraw(scene.achieng, scene.savings(), 10_000);
    await scene.untilFinished();
  }));

test('a day that was opened by a clock a month ahead does not close the branch for a month', () =>
  play({}, async (scene) => {
    await scene.pc.stop();
    scene.pc.setClockError(30 * 24 * HOUR_MS);
    scene.pc.start();
    await scene.pass(MINUTE_MS);
    // Head office's clock and day say otherwise, and people say that theirs are right.
    await signIn(scene.world, scene.achieng, false);
    await sayDate(scene.world, scene.achieng, await scene.answer(scene.achieng, 'cash.openDrawer', { openingMinor: 100_000 }));
    const wrong = await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 100_000 });
    await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 100_000, reason: '' });
    await scene.get(scene.grace, 'cash.closeDay', {});
    scene.pc.setClockError(0);
    await scene.pass(MINUTE_MS);
    const line = await scene.deposit(scene.achieng, scene.savings(), 10_000);
    expect(line.receipt.businessDate < wrong.businessDate).toBe(true);
    await scene.untilFinished();
  }));
