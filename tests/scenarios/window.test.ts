// Reading through head office's prepared reports: made by an administrator, proved before it is used, told from the API's way by nothing but
// its speed, and given up aloud at the first difference.

import { describe, expect, test } from 'vitest';
import { rows } from '../simulation/checkers/rows.ts';
import { signIn } from '../world/people.ts';
import { refusedDeposit } from './lateCopy.ts';
import { HOUR_MS, MINUTE_MS, play, type Scene } from './scene.ts';

interface Kept {
  readonly proof: string;
  readonly difference: string | null;
}

function kept(scene: Scene): Kept | null {
  const found = rows<{ value: string }>(scene.pc.database(), `SELECT value FROM local_settings WHERE name = 'window'`)[0];
  return found === undefined ? null : (JSON.parse(found.value) as Kept);
}

async function prepared(scene: Scene): Promise<void> {
  expect((await signIn(scene.world, scene.amina)).kind).toBe('ok');
  await scene.get(scene.amina, 'headOffice.prepare', { window: true });
  expect(rows(scene.books(), 'SELECT name FROM report')).toHaveLength(12);
  await scene.pass(5 * MINUTE_MS);
  expect(kept(scene)).toMatchObject({ proof: 'equal', difference: null });
}

/** Somebody at head office pays out of an account of this branch. */
function pay(scene: Scene, serverId: number, amount: string): void {
  const body = JSON.stringify({
    transactionDate: scene.control().businessDate(),
    transactionAmount: amount,
    paymentTypeId: 1,
    locale: 'en',
    dateFormat: 'yyyy-MM-dd',
  });
  const url = `/savingsaccounts/${String(serverId)}/transactions?command=withdrawal`;
  expect(scene.control().requestAs('admin', { method: 'POST', url, body }).status).toBe(200);
}

/** What stands at head office for a checker, decided there. */
function decideAll(scene: Scene, word: 'approve' | 'reject'): void {
  for (const { id } of rows<{ id: number }>(scene.books(), 'SELECT id FROM command_row WHERE status = 2'))
    scene.control().requestAs('admin', { method: 'POST', url: `/makercheckers/${String(id)}?command=${word}`, body: '{}' });
}

async function onDesk(scene: Scene) {
  return (await scene.get(scene.grace, 'sync.showDesk', {})).window;
}

async function itemOf(scene: Scene): Promise<{ readonly state: string; readonly detail: string | null }> {
  const shown = await scene.get(scene.amina, 'headOffice.showPreparation', {});
  return shown.items.find((item) => item.key === 'readingWindow')!;
}

describe('the window', () => {
  test('is made by an administrator, proved, and then reads what another office did and what nobody is signed in to see', () =>
    play({}, async (scene) => {
      expect((await signIn(scene.world, scene.amina)).kind).toBe('ok');
      expect((await itemOf(scene)).state).toBe('missing');
      expect(await onDesk(scene)).toBeNull();
      await scene.get(scene.amina, 'headOffice.prepare', { window: true });
      expect(await onDesk(scene)).toMatchObject({ state: 'comparing', why: null });
      await prepared(scene);
      expect(await onDesk(scene)).toMatchObject({ state: 'used', difference: null });
      expect(await itemOf(scene)).toMatchObject({ state: 'present' });
      const account = scene.savings(0);
      const before = (await scene.view(account)).ledgerMinor;
      pay(scene, account.serverId, '50');
      await scene.pass(2 * MINUTE_MS);
      expect((await scene.view(account)).ledgerMinor).toBe(before - 5_000);
      for (const username of ['achieng', 'daniel', 'grace', 'admin']) scene.world.headOffice.setPassword(username, 'another one');
      pay(scene, account.serverId, '60');
      await scene.pass(2 * MINUTE_MS);
      expect((await scene.view(account)).ledgerMinor).toBe(before - 11_000);
    }));

  test('asks one small question a round while nothing happens, and four when something did', () =>
    play({}, async (scene) => {
      await prepared(scene);
      await scene.pass(6 * MINUTE_MS);
      const from = scene.asked.length;
      await scene.pass(2 * MINUTE_MS);
      const reports = (): readonly string[] =>
        scene.asked.slice(from).flatMap(({ url }) => (url.includes('runreports') ? [decodeURIComponent(url).split(/[?/]/)[2]!] : []));
      expect(new Set(reports())).toEqual(new Set(['Tawi Tally']));
      expect(scene.asked.slice(from).filter(({ url }) => url.startsWith('/audits'))).toEqual([]);
      const quiet = reports().length;
      pay(scene, scene.savings(0).serverId, '50');
      await scene.pass(MINUTE_MS);
      const asked = reports().slice(quiet);
      expect(asked.filter((name) => name !== 'Tawi Tally').toSorted()).toEqual(
        ['Tawi Clients', 'Tawi Commands', 'Tawi Loans', 'Tawi Savings', 'Tawi SavingsCharges', 'Tawi SavingsTransactions'].toSorted(),
      );
    }));

  test('finds what a job posted, which no command names, within minutes', () =>
    play({}, async (scene) => {
      await prepared(scene);
      const account = scene.savings(0);
      const before = (await scene.view(account)).ledgerMinor;
      scene.books().prepare('UPDATE savings_account SET balance = balance + 777 WHERE id = ?').run(account.serverId);
      await scene.pass(8 * MINUTE_MS);
      expect((await scene.view(account)).ledgerMinor).toBe(before + 777);
      scene.books().prepare('UPDATE savings_account SET balance = balance - 777 WHERE id = ?').run(account.serverId);
      await scene.pass(8 * MINUTE_MS);
      expect((await scene.view(account)).ledgerMinor).toBe(before);
    }));

  test("is given up at the first difference, which is named, and the API's way goes on", () =>
    play({}, async (scene) => {
      await prepared(scene);
      scene.books().prepare(`DELETE FROM role_permission WHERE code = 'READ_Tawi Savings'`).run();
      pay(scene, scene.savings(0).serverId, '50');
      const before = (await scene.view(scene.savings(0))).ledgerMinor;
      await scene.pass(10 * MINUTE_MS);
      expect(kept(scene)).toMatchObject({ proof: 'different', difference: 'error.msg.not.authorized' });
      expect((await scene.view(scene.savings(0))).ledgerMinor).toBe(before - 5_000);
      expect(await itemOf(scene)).toMatchObject({ state: 'wrong' });
      expect(await onDesk(scene)).toMatchObject({ state: 'givenUp', why: 'refused', difference: 'error.msg.not.authorized' });
      const from = scene.asked.length;
      await scene.pass(10 * MINUTE_MS);
      expect(scene.asked.slice(from).filter(({ url }) => url.includes('runreports'))).toEqual([]);
      await prepared(scene);
      expect(await itemOf(scene)).toMatchObject({ state: 'present' });
    }));

  test('outlives a portal and a sign-in that was refused for a while: it is proved anew by itself', () =>
    play({}, async (scene) => {
      await prepared(scene);
      scene.pc.network.arm('portalAnswers', 3, 'any');
      await scene.pass(5 * MINUTE_MS);
      expect(kept(scene)?.proof).toBe('equal');
      scene.books().prepare(`UPDATE user_account SET disabled = 1 WHERE username LIKE 'tawi.%'`).run();
      await scene.pass(5 * MINUTE_MS);
      expect(kept(scene)?.proof).toBe('wanted');
      pay(scene, scene.savings(0).serverId, '50');
      const before = (await scene.view(scene.savings(0))).ledgerMinor;
      await scene.pass(2 * MINUTE_MS);
      expect((await scene.view(scene.savings(0))).ledgerMinor).toBe(before - 5_000);
      scene.books().prepare(`UPDATE user_account SET disabled = 0 WHERE username LIKE 'tawi.%'`).run();
      await scene.pass(25 * MINUTE_MS);
      expect(kept(scene)).toMatchObject({ proof: 'equal', difference: null });
    }));

  test('opens on a head office that was put back since the API read it last: what is lost there is missed all the same (I3)', () =>
    play({}, async (scene) => {
      await prepared(scene);
      await refusedDeposit(scene);
      const backup = scene.world.headOffice.backUp();
      scene.books().prepare(`UPDATE user_account SET disabled = 1 WHERE username LIKE 'tawi.%'`).run();
      await scene.pass(5 * MINUTE_MS);
      expect(kept(scene)?.proof).toBe('wanted');
      await scene.resolve(scene.grace, await scene.openCase(), 'suspend');
      await scene.untilFinished();
      // What is put back has the reading user as he was: the next round proves the window and reads through it.
      scene.world.headOffice.restore(backup);
      scene.pc.network.dropInFlight();
      await scene.pass(5 * MINUTE_MS);
      expect(kept(scene)).toMatchObject({ proof: 'equal', difference: null });
      const open = await scene.openCase(scene.amina);
      expect(open).toMatchObject({ kind: 'vanished', item: { kind: 'suspensePosting' } });
      await scene.resolve(scene.amina, open, 'resubmit');
      await scene.untilFinished();
      scene.expectAccounted();
    }));

  test('is compared anew where head office became another version, and a comparison without an answer is made again in the next round', () =>
    play({}, async (scene) => {
      await prepared(scene);
      const compared = (): number => scene.asked.filter(({ url }) => decodeURIComponent(url).startsWith('/runreports/Tawi Groups')).length;
      await scene.pass(2 * MINUTE_MS);
      const before = compared();
      scene.pc.die('process', 'to begin anew');
      scene.pc.database().exec(`UPDATE local_settings SET value = json_set(value, '$.version', 'an older one') WHERE name = 'window'`);
      scene.pc.start();
      // The first thing that is asked of the window is lost, and its comparison with it.
      scene.pc.network.arm('replyLost', 2, 'any');
      await scene.pass(4 * MINUTE_MS);
      expect(kept(scene)).toMatchObject({ proof: 'equal', version: null });
      expect(compared()).toBeGreaterThan(before);
    }));

  test('of another version of Tawi is told on the desk, and what can be read is read the other way', () =>
    play({}, async (scene) => {
      await prepared(scene);
      scene.pc
        .database()
        .exec(
          `UPDATE local_settings SET value = json_set(value, '$.proof', 'different', '$.difference', 'Tawi Loans: column version') WHERE name = 'window'`,
        );
      expect(await onDesk(scene)).toMatchObject({ state: 'givenUp', why: 'otherReports' });
      scene.pc
        .database()
        .exec(
          `UPDATE local_settings SET value = json_set(value, '$.proof', 'wanted', '$.sealedPassword', 'nobody opens this') WHERE name = 'window'`,
        );
      expect(await itemOf(scene)).toMatchObject({ state: 'comparing' });
    }));

  test('does not open where what it reads is not what the API reads', () =>
    play({}, async (scene) => {
      expect((await signIn(scene.world, scene.amina)).kind).toBe('ok');
      scene.control().requestAs('admin', { method: 'POST', url: '/reports', body: JSON.stringify({ reportName: 'Tawi Tally' }) });
      await scene.get(scene.amina, 'headOffice.prepare', { window: true });
      scene
        .books()
        .prepare(`UPDATE user_account SET office_id = 3, scope = (SELECT hierarchy FROM office WHERE id = 3) WHERE username LIKE 'tawi.%'`)
        .run();
      await scene.pass(5 * MINUTE_MS);
      expect(kept(scene)?.proof).toBe('different');
      expect(kept(scene)?.difference).toMatch(/^clients \d+: only the (API|window) shows it$/);
    }));

  test('is taken away again: the user, the reports and every right on them', () =>
    play({}, async (scene) => {
      await prepared(scene);
      const removed = (await scene.get(scene.amina, 'headOffice.closeWindow', { removeReports: true })).removed;
      expect(removed).toHaveLength(13);
      expect(rows(scene.books(), `SELECT name FROM report`)).toEqual([]);
      expect(rows(scene.books(), `SELECT id FROM user_account WHERE username LIKE 'tawi.%' AND disabled = 0`)).toEqual([]);
      const line = await scene.deposit(scene.achieng, scene.savings(0), 5_000);
      await scene.until(line, 'confirmed');
      expect(await itemOf(scene)).toMatchObject({ state: 'missing' });
    }));
});

describe('a command that waits for a checker, seen through the window', () => {
  test.each(['approve', 'reject'] as const)('is known to wait however long, and its end is known in the round after: %s', (word) =>
    play({}, async (scene) => {
      await prepared(scene);
      scene.control().setMakerChecker('DEPOSIT_SAVINGSACCOUNT', true);
      const line = await scene.deposit(scene.achieng, scene.savings(0), 25_000);
      await scene.pass(4 * HOUR_MS);
      expect(await scene.item(line)).toMatchObject({ standing: 'sent', reason: 'waitingForChecker', reasonDetail: null });
      expect(await scene.openCases()).toEqual([]);
      decideAll(scene, word);
      await scene.pass(MINUTE_MS);
      expect((await scene.receipt(line)).standing).toBe(word === 'approve' ? 'confirmed' : 'needsYou');
      expect(scene.standingThere(line)).toHaveLength(word === 'approve' ? 1 : 0);
    }),
  );

  test('that the checker took away becomes a case within a round', () =>
    play({}, async (scene) => {
      await prepared(scene);
      scene.control().setMakerChecker('DEPOSIT_SAVINGSACCOUNT', true);
      const line = await scene.deposit(scene.achieng, scene.savings(0), 25_000);
      await scene.pass(10 * MINUTE_MS);
      const [entry] = rows<{ id: number }>(scene.books(), 'SELECT id FROM command_row WHERE status = 2');
      scene.control().requestAs('admin', { method: 'DELETE', url: `/makercheckers/${String(entry?.id)}`, body: '{}' });
      await scene.pass(MINUTE_MS);
      expect((await scene.receipt(line)).standing).toBe('needsYou');
    }));

  test('whose answer was lost is found by its key, and stands there once', () =>
    play({}, async (scene) => {
      await prepared(scene);
      scene.control().setMakerChecker('DEPOSIT_SAVINGSACCOUNT', true);
      // Twice in one transaction, then alone, for that is what head office asks for: every answer is lost.
      scene.pc.network.arm('replyLost', 4, 'money');
      const line = await scene.deposit(scene.achieng, scene.savings(0), 25_000);
      await scene.pass(10 * MINUTE_MS);
      expect(await scene.item(line)).toMatchObject({ standing: 'sent', reason: 'waitingForChecker' });
      expect(rows(scene.books(), 'SELECT id FROM command_row WHERE status = 2')).toHaveLength(1);
      decideAll(scene, 'approve');
      await scene.untilFinished();
      expect(scene.standingThere(line)).toHaveLength(1);
    }));
});
