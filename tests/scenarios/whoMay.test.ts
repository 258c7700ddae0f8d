// Who may do what once somebody's rights, sign-in or name turned out to be another than thought.

import { expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS, play } from './scene.ts';
import { count, row, rows } from '../simulation/checkers/rows.ts';
import { signIn } from '../world/people.ts';

test('rights that head office withdrew are gone in the session that is open, once the line told of it', () =>
  play({}, async (scene) => {
    await scene.deposit(scene.achieng, scene.savings(), 10_000);
    await scene.untilFinished();
    scene.control().takePermission('achieng', 'DEPOSIT_SAVINGSACCOUNT');
    await scene.cutLine();
    await scene.restoreLine();
    const refused = await scene.refusal(scene.achieng, 'savings.takeDeposit', {
      formId: scene.newForm(),
      savingsId: scene.savings().localId,
      amountMinor: 10_000,
      paidWith: { paymentTypeId: 1 },
    });
    expect(refused).toBe('session.notPermitted');
    expect((await scene.get(scene.achieng, 'session.showMine', {}))?.permissions).not.toContain('savings.deposit.take');
  }));

test('a manager whose sign-in head office refused cannot agree to a withdrawal with the password of before', () =>
  play({}, async (scene) => {
    await scene.cutLine();
    await scene.deposit(scene.achieng, scene.savings(1), 10_000);
    scene.control().setUserDisabled('grace', true);
    await scene.restoreLine();
    await scene.untilFinished();
    await scene.cutLine();
    await scene.pass(20 * MINUTE_MS);
    const approval = { username: 'grace', password: 'practice' };
    await scene.withdraw(scene.achieng, scene.savings(), 10_000);
    expect(await scene.withdrawalRefused(scene.achieng, scene.savings(), 10_000, { approval })).toBe('approval.notPermitted');
    await scene.restoreLine();
    await scene.untilFinished();
  }));

test('who was locked out by wrong tries is locked at every desk, and a manager with nobody above is let in again by head office', () =>
  play({}, async (scene) => {
    await scene.get(scene.grace, 'sync.showStatus', {});
    const joker = { pc: scene.pc, username: 'joker' };
    for (let tries = 0; tries < 10; tries += 1) {
      await scene.refusal(joker, 'session.signIn', { username: tries % 2 === 0 ? 'grace' : 'GRACE', password: 'nonsense' });
      await scene.pass(20 * MINUTE_MS);
    }
    expect(await scene.refusal(scene.grace, 'cash.closeDay', {})).toBe('session.locked');
    expect(await scene.refusal(scene.grace, 'session.unlock', { password: 'practice' })).toBe('signIn.lockedOut');
    await scene.pass(HOUR_MS);
    expect((await signIn(scene.world, scene.grace)).kind).toBe('ok');
    expect(await scene.answer(scene.grace, 'sync.showStatus', {})).toMatchObject({ kind: 'ok' });
  }));

test('a manager who is locked out on an offline day of her own is let in by head office, and ends it', () =>
  play({}, async (scene) => {
    await scene.get(scene.grace, 'sync.declareOffline', {});
    await scene.get(scene.grace, 'session.signOut', {});
    scene.world.headOffice.setPassword('grace', 'changed there');
    const joker = { pc: scene.pc, username: 'joker' };
    for (let tries = 0; tries < 10; tries += 1) {
      await scene.refusal(joker, 'session.signIn', { username: 'grace', password: 'nonsense' });
      await scene.pass(20 * MINUTE_MS);
    }
    await scene.pass(HOUR_MS);
    expect((await scene.answer(scene.grace, 'session.signIn', { username: 'grace', password: 'changed there' })).kind).toBe('ok');
    await scene.get(scene.grace, 'sync.endOffline', {});
  }));

test('an offline day of the only manager, whose password head office no longer takes, is ended by her and by nobody else, and is no way to anything', () =>
  play({}, async (scene) => {
    await scene.get(scene.achieng, 'sync.showStatus', {});
    await scene.get(scene.grace, 'cash.openDrawer', { openingMinor: 0 });
    scene.world.headOffice.setPassword('grace', 'changed there');
    const stands = (what: string): number =>
      rows(scene.pc.database(), `SELECT 1 FROM journal_entries WHERE what = '${what}' AND by = 'grace'`).length;
    // Declared while her password was thought to be good; the send that was on its way then finds out.
    scene.pc.network.bring('slowLine', MINUTE_MS);
    const before = scene.sent.length;
    await scene.deposit(scene.grace, scene.savings(), 10_000);
    await scene.world.time.passUntil(() => scene.sent.length > before, MINUTE_MS);
    await scene.get(scene.grace, 'sync.declareOffline', { reason: 'the line is out of order' });
    await scene.pass(3 * MINUTE_MS);
    expect(await scene.get(scene.grace, 'session.showMine', {})).toMatchObject({ moneyInOnly: true });
    // A cashier, whose password is good, has not the right; she has nothing else but money in.
    expect(await scene.refusal(scene.achieng, 'sync.endOffline', {})).toBe('session.notPermitted');
    expect(await scene.refusal(scene.grace, 'cash.closeDay', {})).toBe('session.moneyInOnly');
    await scene.get(scene.grace, 'sync.endOffline', {});
    expect(await scene.refusal(scene.grace, 'sync.declareOffline', { reason: 'again' })).toBe('session.moneyInOnly');
    expect([stands('offline.declared'), stands('offline.ended')]).toEqual([1, 1]);
    // Ended, head office is asked, and it is she who signs in anew before anything else.
    const anew = { username: 'grace', password: 'changed there' };
    expect((await scene.answer(scene.grace, 'session.signIn', anew)).kind).toBe('ok');
    expect(await scene.get(scene.grace, 'session.showMine', {})).toMatchObject({ moneyInOnly: false });
    await scene.untilFinished();
  }));

test('a hundred wrong passwords at the same moment count as more than one try', () =>
  play({}, async (scene) => {
    await scene.cutLine();
    const tries = Array.from({ length: 30 }, (_, index) =>
      scene.pc.call(`joker${String(index)}`, 'session.signIn', { username: 'daniel', password: `guess ${String(index)}` }),
    );
    let told = 0;
    for (const each of tries) void each.then(() => (told += 1));
    await scene.world.time.passUntil(() => told === tries.length, MINUTE_MS);
    expect(
      await scene.refusal({ pc: scene.pc, username: 'daniel' }, 'session.signIn', { username: 'daniel', password: 'practice' }),
    ).toMatch(/^signIn\.(wait|lockedOut)$/);
  }));

test('money for an account of another office is refused in the branch, although head office would post it for the same cashier', () =>
  play({}, async (scene) => {
    const foreign = row<{ id: number }>(
      scene.books(),
      'SELECT id FROM savings_account WHERE office_id <> 2 AND status = 300 ORDER BY id',
    )!.id;
    const posted = JSON.stringify({
      transactionDate: scene.control().businessDate(),
      transactionAmount: 10,
      paymentTypeId: 1,
      locale: 'en',
      dateFormat: 'yyyy-MM-dd',
    });
    const there = `/savingsaccounts/${String(foreign)}/transactions?command=deposit`;
    expect(scene.control().requestAs('achieng', { method: 'POST', url: there, body: posted }).status).toBe(200);

    // Also where somebody of head office reads, to whom every office is shown.
    await signIn(scene.world, scene.amina);
    await scene.get(scene.grace, 'sync.compare', {});
    await scene.pass(10 * MINUTE_MS);
    const hasIt = 'SELECT count(*) FROM replica_savings WHERE server_id = ? AND gone = 0';
    expect(count(scene.pc.database(), hasIt, foreign)).toBe(0);
    await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 0 });
    const deposit = (savingsId: string) => ({
      formId: scene.newForm(),
      savingsId,
      amountMinor: 10_000,
      paidWith: { paymentTypeId: 1 },
    });
    expect(await scene.refusal(scene.achieng, 'savings.takeDeposit', deposit(scene.newForm()))).toBe('savings.unknown');
    expect(await scene.refusal(scene.achieng, 'savings.takeDeposit', deposit(String(foreign)))).toBe('input.invalid');

    // An account that was this office's goes with its client to another one.
    const gone = scene.savings();
    const client = row<{ client: number }>(
      scene.books(),
      'SELECT client_id AS client FROM savings_account WHERE id = ?',
      gone.serverId,
    )!.client;
    for (const table of ['savings_account', 'loan'])
      scene.books().prepare(`UPDATE ${table} SET office_id = 3 WHERE client_id = ?`).run(client);
    scene.books().prepare('UPDATE client SET office_id = 3 WHERE id = ?').run(client);
    await scene.get(scene.grace, 'sync.compare', {});
    await scene.pass(20 * MINUTE_MS);
    expect(await scene.refusal(scene.achieng, 'savings.takeDeposit', deposit(gone.localId))).toBe('savings.unknown');
    expect(scene.sent.filter(({ url }) => url.includes('savingsaccounts'))).toEqual([]);
  }));
