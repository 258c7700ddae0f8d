// The replica: the first pull and its cuts, what other people did at head office meanwhile, what nobody announced, and a head office that
// forgot. Then two processes over one file. The replica may be behind and says how far; it is never half of something.

import { describe, expect, test } from 'vitest';
import { count, row } from '../simulation/checkers/rows.ts';
import { createCursorChecker } from '../simulation/checkers/viewChecker.ts';
import { ask, signIn } from '../world/people.ts';
import { HOUR_MS, MINUTE_MS, play, type Scene } from './scene.ts';

const SHELVES = [
  ['clients', 'replica_clients', `SELECT count(*) FROM client WHERE office_id = 2`],
  ['groups', 'replica_groups', `SELECT count(*) FROM client_group WHERE office_id = 2`],
  ['loans', 'replica_loans', `SELECT count(*) FROM loan WHERE office_id = 2`],
  ['savings', 'replica_savings', `SELECT count(*) FROM savings_account WHERE office_id = 2`],
] as const;

function rowsHeld(scene: Scene): number {
  return SHELVES.reduce((sum, [, table]) => sum + count(scene.pc.database(), `SELECT count(*) FROM ${table}`), 0);
}

function isPulled(scene: Scene): boolean {
  return (
    row<{ done: number | null }>(
      scene.pc.database(),
      `SELECT json_extract(value, '$.firstPullDoneAt') AS done FROM local_settings WHERE name = 'syncState'`,
    )?.done != null
  );
}

async function expectEqualCounts(scene: Scene): Promise<void> {
  await signIn(scene.world, scene.grace);
  const { pulls } = await scene.get(scene.grace, 'sync.showDesk', {});
  for (const [shelf, table, there] of SHELVES) {
    const held = count(scene.pc.database(), `SELECT count(*) FROM ${table} WHERE gone = 0`);
    expect({ shelf, held }).toEqual({ shelf, held: count(scene.books(), there) });
    expect(pulls.find((pull) => pull.shelf === shelf)).toMatchObject({ rows: held, headOfficeCount: held });
  }
}

const FIRST_PULL = { notPulled: true, clients: 190 } as const;

describe('the first pull', () => {
  test('of the whole branch ends with the same counts on both sides', () =>
    play(FIRST_PULL, async (scene) => {
      scene.pc.start();
      await scene.pass(MINUTE_MS);
      await expectEqualCounts(scene);
      expect((await scene.get(scene.grace, 'session.showStart', {})).state).toBe('ready');
    }));

  test("read by one of head office's own people brings in this office and no other, then and at the next proof", () =>
    play(FIRST_PULL, async (scene) => {
      scene.pc.database().exec(`UPDATE local_staff SET sign_in = 'needed'`);
      scene.pc.start();
      await signIn(scene.world, scene.amina);
      expect(count(scene.books(), 'SELECT count(*) FROM client WHERE office_id <> 2')).toBeGreaterThan(0);
      await scene.pass(5 * MINUTE_MS);
      expect(isPulled(scene)).toBe(true);
      const heldNow = (): readonly number[] =>
        SHELVES.map(([, table]) => count(scene.pc.database(), `SELECT count(*) FROM ${table} WHERE gone = 0`));
      const there = SHELVES.map(([, , counted]) => count(scene.books(), counted));
      expect(heldNow()).toEqual(there);
      scene.world.time.leapTo(scene.world.time.now() + 8 * 24 * HOUR_MS);
      await scene.pass(5 * MINUTE_MS);
      expect(heldNow()).toEqual(there);
      await expectEqualCounts(scene);
    }));

  test('that head office refuses says so in words, however often it is roused, and goes on once it is let', () =>
    play(FIRST_PULL, async (scene) => {
      for (const username of ['achieng', 'daniel', 'grace', 'peter', 'admin'])
        for (const code of ['READ_SAVINGSACCOUNT', 'ALL_FUNCTIONS', 'ALL_FUNCTIONS_READ']) scene.control().takePermission(username, code);
      scene.pc.start();
      await scene.pass(MINUTE_MS);
      for (let roused = 0; roused < 3; roused += 1) {
        await scene.get(scene.grace, 'sync.wake', {});
        await scene.pass(500);
        const trouble = { kind: 'refused', detail: 'error.msg.not.authorized' };
        expect(await scene.status()).toMatchObject({ sentence: 'headOfficeTrouble', trouble });
        expect(await scene.get(scene.grace, 'session.showStart', {})).toMatchObject({ state: 'pulling', trouble });
      }
      for (const username of ['achieng', 'daniel', 'grace', 'peter']) scene.control().givePermission(username, 'READ_SAVINGSACCOUNT');
      await scene.pass(3 * MINUTE_MS);
      expect(isPulled(scene)).toBe(true);
      expect(await scene.status()).toMatchObject({ sentence: 'good', trouble: null });
    }));

  test('whose process is killed after every page goes on where it was, and the counts are equal (I10)', () =>
    play(FIRST_PULL, async (scene) => {
      let kills = 0;
      while (!isPulled(scene) && kills < 60) {
        scene.pc.start();
        const before = rowsHeld(scene);
        await scene.world.time.passUntil(() => rowsHeld(scene) > before || isPulled(scene), 5 * MINUTE_MS);
        expect(rowsHeld(scene) > before || isPulled(scene)).toBe(true);
        scene.pc.die('power', 'after a page');
        kills += 1;
      }
      expect(kills).toBeGreaterThan(8);
      scene.pc.start();
      await scene.pass(MINUTE_MS);
      await expectEqualCounts(scene);
    }));

  test('whose line is cut at every page resumes, and the start page shows how far it is', () =>
    play(FIRST_PULL, async (scene) => {
      scene.pc.start();
      let cuts = 0;
      while (!isPulled(scene) && cuts < 60) {
        const before = rowsHeld(scene);
        await scene.world.time.passUntil(() => rowsHeld(scene) > before || isPulled(scene), 5 * MINUTE_MS);
        expect(rowsHeld(scene) > before || isPulled(scene)).toBe(true);
        if (!isPulled(scene)) expect((await scene.get(scene.grace, 'session.showStart', {})).state).toBe('pulling');
        scene.pc.network.bring('partition', 30_000);
        await scene.pass(31_000);
        cuts += 1;
      }
      expect(cuts).toBeGreaterThan(4);
      await scene.pass(2 * MINUTE_MS);
      await expectEqualCounts(scene);
    }));

  test('whose process dies in the middle of saving a page holds the rows of its cursor, never more or less (I10)', () =>
    play(FIRST_PULL, async (scene) => {
      const cursors = createCursorChecker();
      for (let deaths = 0; deaths < 25; deaths += 1) {
        scene.pc.armDeath({ at: 'statement', skip: 20 + deaths * 23 });
        scene.pc.start();
        await scene.world.time.passUntil(() => !scene.pc.isOn() || isPulled(scene), 5 * MINUTE_MS);
        scene.pc.disarm();
        if (isPulled(scene)) break;
        cursors.check('pc1', scene.pc.database(), scene.books());
        for (const [shelf, table] of SHELVES) {
          const cursor = row<{ rows: number }>(scene.pc.database(), 'SELECT rows FROM replica_shelves WHERE shelf = ?', shelf);
          expect({ shelf, rows: count(scene.pc.database(), `SELECT count(*) FROM ${table}`) }).toEqual({ shelf, rows: cursor?.rows ?? 0 });
        }
      }
      scene.pc.start();
      await scene.pass(2 * MINUTE_MS);
      await expectEqualCounts(scene);
    }));

  test('saves a page of clients in pieces, each with its cursor (I10)', () =>
    play(FIRST_PULL, async (scene) => {
      const pieces = new Set<number>();
      for (let commits = 0; commits < 24 && pieces.size < 3; commits += 1) {
        scene.pc.armDeath({ at: 'afterCommit', skip: commits });
        scene.pc.start();
        await scene.world.time.passUntil(() => !scene.pc.isOn() || isPulled(scene), 5 * MINUTE_MS);
        scene.pc.disarm();
        const held = count(scene.pc.database(), 'SELECT count(*) FROM replica_clients');
        expect(row<{ rows: number }>(scene.pc.database(), `SELECT rows FROM replica_shelves WHERE shelf = 'clients'`)?.rows ?? 0).toBe(
          held,
        );
        if (held > 0) pieces.add(held);
      }
      expect(Math.max(...[...pieces].map((held) => held % 80))).toBe(40);
    }));

  test('meets an account that changes while the pages come in, and has its last state in the end', () =>
    play(FIRST_PULL, async (scene) => {
      scene.pc.start();
      await scene.world.time.passUntil(() => count(scene.pc.database(), 'SELECT count(*) FROM replica_savings') > 30, 5 * MINUTE_MS);
      scene.control().actAs({ username: 'bungoma', kind: 'deposit', accountId: 2, amountMinor: 77_700 });
      await scene.pass(2 * MINUTE_MS);
      expect((await scene.view(scene.savings())).confirmedLedgerMinor).toBe(scene.balanceThere(scene.savings()));
      expect(scene.balanceThere(scene.savings()) % 1_000).toBe(700);
    }));
});

describe('what other people do at head office', () => {
  test('a deposit, a hold, a block and a close are learned with the next round', () =>
    play({}, async (scene) => {
      const [paid, held, blocked, closed] = [scene.savings(0), scene.savings(1), scene.savings(2), scene.savings(3)];
      const before = await scene.view(held);
      scene.control().actAs({ username: 'bungoma', kind: 'deposit', accountId: paid.serverId, amountMinor: 33_300 });
      scene.control().actAs({ username: 'bungoma', kind: 'hold', accountId: held.serverId, amountMinor: 100_000 });
      scene.control().actAs({ username: 'bungoma', kind: 'block', accountId: blocked.serverId });
      scene.control().actAs({ username: 'bungoma', kind: 'close', accountId: closed.serverId });
      await scene.pass(2 * MINUTE_MS);
      expect((await scene.view(paid)).ledgerMinor).toBe(scene.balanceThere(paid));
      expect(await scene.view(held)).toMatchObject({
        ledgerMinor: before.ledgerMinor,
        availableMinor: before.availableMinor - 100_000,
        heldMinor: 100_000,
      });
      expect(await scene.view(blocked)).toMatchObject({
        status: 'blocked',
        mayDeposit: false,
        mayWithdraw: false,
        availableMinor: 0,
        confirmedAvailableMinor: 0,
      });
      expect((await scene.view(blocked)).ledgerMinor).toBe(scene.balanceThere(blocked));
      expect(await scene.view(closed)).toMatchObject({ status: 'closed', mayDeposit: false, mayWithdraw: false });
      expect(await scene.withdrawalRefused(scene.achieng, blocked, 1_000)).toBe('savings.debitBlocked');
      expect(await scene.withdrawalRefused(scene.achieng, closed, 1_000)).toBe('savings.notActive');
    }));

  test('is learned although the process dies at any step of reading it (I10)', () =>
    play({}, async (scene) => {
      const savings = scene.savings(0);
      for (let step = 0; step < 6; step += 1) {
        scene.control().actAs({ username: 'bungoma', kind: 'deposit', accountId: savings.serverId, amountMinor: 1_000 + step });
        scene.pc.armDeath({ at: 'beforeReply', skip: step });
        scene.pc.wakeSync();
        await scene.pass(MINUTE_MS);
        scene.pc.disarm();
        scene.pc.start();
        await scene.pass(MINUTE_MS);
        expect({ step, known: (await scene.view(savings)).confirmedLedgerMinor }).toEqual({ step, known: scene.balanceThere(savings) });
      }
    }));

  test('an account that they blocked while the line was down refuses what the counter took, and a case opens (I9)', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      const line = await scene.deposit(scene.achieng, scene.savings(2), 10_000);
      scene.control().actAs({ username: 'bungoma', kind: 'block', accountId: scene.savings(2).serverId });
      await scene.restoreLine();
      await scene.until(line, 'needsYou');
      const open = await scene.openCase();
      scene.control().actAs({ username: 'bungoma', kind: 'unblock', accountId: scene.savings(2).serverId });
      await scene.resolve(scene.grace, open, 'resubmit');
      await scene.untilFinished();
      expect(scene.standingThere(line)).toHaveLength(1);
    }));

  test('a client that they deleted disappears with a mark, and the old receipts stay', () =>
    play({}, async (scene) => {
      const savings = scene.savings(0);
      const line = await scene.deposit(scene.achieng, scene.savings(3), 10_000);
      await scene.untilFinished();
      const serverId =
        row<{ id: number }>(scene.books(), 'SELECT client_id AS id FROM savings_account WHERE id = ?', scene.savings(3).serverId)?.id ?? 0;
      const { displayName } = (await scene.get(scene.grace, 'clients.show', { clientId: scene.savings(3).clientId })).client;
      for (const table of ['savings_account', 'loan'] as const) {
        const kind = table === 'loan' ? 'loan' : 'savings';
        for (const { id } of scene.books().prepare(`SELECT id FROM ${table} WHERE client_id = ?`).all(serverId) as { id: number }[]) {
          expect(scene.control().deleteAccount(kind, id).status).toBe(200);
        }
      }
      expect(scene.control().deleteClient(serverId).status).toBe(200);
      await scene.pass(2 * MINUTE_MS);
      const found = await scene.get(scene.grace, 'clients.find', { text: displayName });
      expect(found.found.filter((each) => each.kind === 'client' && each.client.clientId === scene.savings(3).clientId)).toEqual([]);
      expect((await scene.get(scene.grace, 'clients.show', { clientId: scene.savings(3).clientId })).gone).toBe(true);
      expect((await scene.get(scene.grace, 'receipts.show', { receiptId: line.receipt.receiptId })).receipt).toEqual(line.receipt);
      expect((await scene.get(scene.grace, 'clients.show', { clientId: savings.clientId })).gone).toBe(false);
    }));

  test('a transaction of ours that they undo becomes a case, as ADR 0004 says', () =>
    play({}, async (scene) => {
      const savings = scene.savings();
      const line = await scene.deposit(scene.achieng, savings, 10_000);
      await scene.untilFinished();
      const [posted] = scene.standingThere(line);
      const undone = scene.control().requestAs('admin', {
        method: 'POST',
        url: `/savingsaccounts/${String(savings.serverId)}/transactions/${String(posted?.id)}?command=undo`,
        body: JSON.stringify({ dateFormat: 'yyyy-MM-dd', locale: 'en', transactionDate: line.receipt.businessDate, transactionAmount: 0 }),
      });
      expect(undone.status).toBe(200);
      await scene.until(line, 'needsYou');
      expect((await scene.openCase()).kind).toBe('vanished');
    }));
});

describe('a pull beside a send', () => {
  test('that arrives between send and answer counts the transaction once (I6)', () =>
    play({}, async (scene) => {
      const savings = scene.savings();
      const before = (await scene.view(savings)).ledgerMinor;
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 0 });
      scene.pc.network.arm('replyLost', 1, 'money');
      const line = await scene.deposit(scene.achieng, savings, 10_000);
      await scene.pass(2_000);
      expect(scene.standingThere(line)).toHaveLength(1);
      await scene.get(scene.grace, 'clients.refresh', { clientId: savings.clientId });
      expect((await scene.receipt(line)).standing).toBe('sent');
      expect(await scene.view(savings)).toMatchObject({
        ledgerMinor: before + 10_000,
        confirmedLedgerMinor: before + 10_000,
        unfinishedCount: 0,
      });
      await scene.untilFinished();
      expect((await scene.view(savings)).ledgerMinor).toBe(before + 10_000);
    }));

  test('that does not come, because the line goes right after the answer, leaves the promise counted once (I6)', () =>
    play({}, async (scene) => {
      const savings = scene.savings();
      const before = (await scene.view(savings)).ledgerMinor;
      const line = await scene.deposit(scene.achieng, savings, 10_000);
      await scene.until(line, 'confirmed');
      scene.pc.network.bring('partition', HOUR_MS);
      expect(await scene.view(savings)).toMatchObject({ ledgerMinor: before + 10_000, confirmedLedgerMinor: before });
      await scene.pass(10 * MINUTE_MS);
      expect(await scene.view(savings)).toMatchObject({ ledgerMinor: before + 10_000, confirmedLedgerMinor: before });
      await scene.restoreLine();
      expect(await scene.view(savings)).toMatchObject({
        ledgerMinor: before + 10_000,
        confirmedLedgerMinor: before + 10_000,
        unfinishedCount: 0,
      });
    }));

  test('that was asked before the send and arrives after it does not hide the promise (I6)', () =>
    play({}, async (scene) => {
      const savings = scene.savings();
      const before = (await scene.view(savings)).ledgerMinor;
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 0 });
      scene.pc.network.bring('slowLine', 10_000);
      const refreshing = ask(scene.world, scene.grace, 'clients.refresh', { clientId: savings.clientId });
      const line = await scene.deposit(scene.achieng, savings, 10_000);
      await refreshing;
      expect((await scene.view(savings)).ledgerMinor).toBe(before + 10_000);
      await scene.untilFinished();
      expect((await scene.view(savings)).ledgerMinor).toBe(before + 10_000);
      expect(scene.standingThere(line)).toHaveLength(1);
    }));
});

describe('what no audit row names', () => {
  test('a way of paying that head office adds is here when somebody asks for it, or the next morning', () =>
    play({}, async (scene) => {
      const add = (name: string): void => {
        const body = JSON.stringify({ name, description: name, isCashPayment: false, position: 9 });
        expect(scene.control().requestAs('admin', { method: 'POST', url: '/paymenttypes', body }).status).toBe(200);
      };
      const known = async (): Promise<readonly string[]> =>
        (await scene.get(scene.achieng, 'cash.listPaymentTypes', {})).map(({ name }) => name);
      add('Market agent');
      await scene.get(scene.achieng, 'sync.wake', { lists: true });
      await scene.pass(MINUTE_MS);
      expect(await known()).toContain('Market agent');
      add('Village agent');
      await scene.nextMorning();
      await scene.pass(2 * MINUTE_MS);
      expect(await known()).toContain('Village agent');
    }));

  test('is found by the refresh of the evening', () =>
    play({}, async (scene) => {
      const savings = scene.savings();
      expect(scene.control().postInterest()).toBeGreaterThan(0);
      await scene.pass(2 * MINUTE_MS);
      expect((await scene.view(savings)).confirmedLedgerMinor).not.toBe(scene.balanceThere(savings));
      scene.world.time.leapTo(scene.world.time.now() + 12 * HOUR_MS);
      await scene.pass(3 * MINUTE_MS);
      expect((await scene.view(savings)).confirmedLedgerMinor).toBe(scene.balanceThere(savings));
    }));

  test('is counted by the weekly proof, and the desk says that the books were not equal', () =>
    play({}, async (scene) => {
      scene.pc.die('process', 'for a week of holidays');
      scene.control().postInterest();
      for (let day = 0; day < 8; day += 1) await scene.nextMorning();
      scene.pc.start();
      await signIn(scene.world, scene.grace);
      await scene.pass(3 * MINUTE_MS);
      const { lastProof } = await scene.get(scene.grace, 'sync.showDesk', {});
      expect(lastProof?.equal).toBe(false);
      expect(lastProof?.differences).toBeGreaterThan(5);
      expect((await scene.view(scene.savings())).confirmedLedgerMinor).toBe(scene.balanceThere(scene.savings()));
    }));

  test('a proof without differences says that both sides are equal', () =>
    play({}, async (scene) => {
      await scene.deposit(scene.achieng, scene.savings(), 10_000);
      await scene.untilFinished();
      scene.pc.die('process', 'for a week of holidays');
      for (let day = 0; day < 8; day += 1) await scene.nextMorning();
      scene.pc.start();
      await signIn(scene.world, scene.grace);
      await scene.pass(3 * MINUTE_MS);
      expect((await scene.get(scene.grace, 'sync.showDesk', {})).lastProof).toMatchObject({ equal: true, differences: 0 });
    }));
});

describe('a proof of everything', () => {
  /** A week has gone by, and the first round of the morning begins to compare. */
  async function proofBegins(scene: Scene): Promise<void> {
    scene.pc.die('process', 'for a week of holidays');
    for (let day = 0; day < 8; day += 1) await scene.nextMorning();
    scene.pc.start();
    await signIn(scene.world, scene.grace);
    await scene.world.time.passUntil(() => proofOf(scene) !== null, 5 * MINUTE_MS);
  }

  function proofOf(scene: Scene): number | null {
    return (
      row<{ startedAt: number | null }>(
        scene.pc.database(),
        `SELECT json_extract(value, '$.proof.startedAt') AS startedAt FROM local_settings WHERE name = 'syncState'`,
      )?.startedAt ?? null
    );
  }

  function readAgain(scene: Scene): number {
    const since = proofOf(scene) ?? Number.MAX_SAFE_INTEGER;
    return ['replica_loans', 'replica_savings'].reduce(
      (sum, table) => sum + count(scene.pc.database(), `SELECT count(*) FROM ${table} WHERE pulled_at >= ?`, since),
      0,
    );
  }

  test('keeps no promise waiting: what is taken meanwhile goes between two of its pieces', () =>
    play({ clients: 190 }, async (scene) => {
      scene.pc.network.bring('slowLine', HOUR_MS);
      await proofBegins(scene);
      scene.pc.network.bring('slowLine', HOUR_MS);
      const line = await scene.deposit(scene.grace, scene.savings(), 10_000);
      await scene.until(line, 'confirmed', 10 * MINUTE_MS);
      expect(proofOf(scene)).not.toBeNull();
      await scene.world.time.passUntil(() => proofOf(scene) === null, 3 * HOUR_MS);
      expect(proofOf(scene)).toBeNull();
      expect((await scene.view(scene.savings())).ledgerMinor).toBe(scene.balanceThere(scene.savings()));
    }));

  test('does not keep the person waiting who asks for one account', () =>
    play({ clients: 190 }, async (scene) => {
      await proofBegins(scene);
      scene.pc.network.bring('slowLine', HOUR_MS);
      const answer = await scene.get(scene.grace, 'clients.refresh', { clientId: scene.savings().clientId });
      expect(answer.confirmedAt).toBeGreaterThan(proofOf(scene) ?? Number.MAX_SAFE_INTEGER);
    }));

  test('that is cut goes on where it was and reads nothing twice', () =>
    play({ clients: 190 }, async (scene) => {
      scene.control().postInterest();
      await proofBegins(scene);
      const startedAt = proofOf(scene);
      await scene.world.time.passUntil(() => readAgain(scene) > 60, 10 * MINUTE_MS);
      const before = readAgain(scene);
      expect(before).toBeGreaterThan(60);
      scene.pc.die('power', 'in the middle of a proof');
      await scene.pass(10 * MINUTE_MS);
      scene.pc.start();
      await signIn(scene.world, scene.grace);
      expect(proofOf(scene)).toBe(startedAt);
      expect(readAgain(scene)).toBe(before);
      await scene.world.time.passUntil(() => proofOf(scene) === null, 30 * MINUTE_MS);
      const { lastProof } = await scene.get(scene.grace, 'sync.showDesk', {});
      expect(lastProof?.equal).toBe(false);
      const oldest = count(
        scene.pc.database(),
        'SELECT min(pulled_at) FROM (SELECT pulled_at FROM replica_loans UNION ALL SELECT pulled_at FROM replica_savings)',
      );
      expect(oldest).toBeGreaterThanOrEqual(startedAt ?? 0);
      expect(oldest).toBeLessThan(scene.world.time.now() - 10 * MINUTE_MS);
    }));

  test('takes nothing for gone because a list was shorter while it was read', () =>
    play({ clients: 190 }, async (scene) => {
      scene.pc.network.bring('slowLine', HOUR_MS);
      await proofBegins(scene);
      const since = proofOf(scene) ?? Number.MAX_SAFE_INTEGER;
      const clientsRead = (): number => count(scene.pc.database(), 'SELECT count(*) FROM replica_clients WHERE pulled_at >= ?', since);
      await scene.world.time.passUntil(() => clientsRead() > 0, HOUR_MS);
      expect(clientsRead()).toBeLessThan(150);
      const client = row<{ id: number }>(
        scene.books(),
        'SELECT id FROM client WHERE office_id = 2 AND id NOT IN (SELECT client_id FROM loan WHERE client_id IS NOT NULL) ORDER BY id LIMIT 1',
      );
      for (const { id } of scene
        .books()
        .prepare('SELECT id FROM savings_account WHERE client_id = ?')
        .all(client?.id ?? 0) as { id: number }[])
        scene.control().deleteAccount('savings', id);
      expect(scene.control().deleteClient(client?.id ?? 0).status).toBe(200);
      await scene.world.time.passUntil(() => proofOf(scene) === null, 3 * HOUR_MS);
      await scene.pass(2 * MINUTE_MS);
      for (const [shelf, table, there] of SHELVES) {
        const held = count(scene.pc.database(), `SELECT count(*) FROM ${table} WHERE gone = 0`);
        expect({ shelf, held }).toEqual({ shelf, held: count(scene.books(), there) });
      }
    }));
});

describe('a head office that forgot', () => {
  test('its old audit rows and keys: nothing goes again, and later changes are still learned (I2)', () =>
    play({}, async (scene) => {
      const line = await scene.deposit(scene.achieng, scene.savings(0), 10_000);
      await scene.untilFinished();
      expect(scene.control().purgeProcessedCommands()).toBeGreaterThan(0);
      scene.control().actAs({ username: 'bungoma', kind: 'deposit', accountId: scene.savings(1).serverId, amountMinor: 33_300 });
      await scene.pass(3 * MINUTE_MS);
      expect((await scene.view(scene.savings(1))).confirmedLedgerMinor).toBe(scene.balanceThere(scene.savings(1)));
      expect(scene.standingThere(line)).toHaveLength(1);
      expect(scene.sent).toHaveLength(1);
    }));

  test('a key while its reply was lost: the transaction is found all the same (I2)', () =>
    play({ markers: 'weak' }, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 0 });
      scene.pc.network.arm('replyLost', 1, 'money');
      const line = await scene.deposit(scene.achieng, scene.savings(0), 10_000);
      await scene.pass(2_000);
      scene.control().purgeProcessedCommands();
      await scene.untilFinished();
      expect((await scene.story(line)).at(-1)).toBe('found');
      expect(scene.standingThere(line)).toHaveLength(1);
    }));

  test('a morning of transactions, restored from an older backup: each becomes a case, and a manager sends it again (I3)', () =>
    play({}, async (scene) => {
      const kept = await scene.deposit(scene.achieng, scene.savings(0), 10_000);
      await scene.untilFinished();
      const backup = scene.world.headOffice.backUp();
      const lost = [
        await scene.deposit(scene.achieng, scene.savings(1), 11_000),
        await scene.repay(scene.achieng, scene.loan(0), 12_000),
        await scene.withdraw(scene.achieng, scene.savings(2), 13_000),
      ];
      await scene.untilFinished();
      scene.world.headOffice.restore(backup);
      scene.pc.network.dropInFlight();
      for (const line of lost) await scene.until(line, 'needsYou');
      expect((await scene.receipt(kept)).standing).toBe('confirmed');
      const open = await scene.openCases();
      expect(open.map((each) => each.kind)).toEqual(['vanished', 'vanished', 'vanished']);
      for (const each of open) await scene.resolve(scene.grace, each, 'resubmit');
      await scene.untilFinished();
      for (const line of [kept, ...lost]) expect(scene.standingThere(line)).toHaveLength(1);
      scene.expectAccounted();
    }));
});

describe('a head office restored and already ahead of our cursor again', () => {
  test('gave the ids of its audit rows to other deeds: that shows at once, and what was lost becomes a case (I3)', () =>
    play({}, async (scene) => {
      const backup = scene.world.headOffice.backUp();
      const line = await scene.deposit(scene.achieng, scene.savings(0), 10_000);
      await scene.untilFinished();
      await scene.cutLine();
      scene.world.headOffice.restore(backup);
      for (let others = 0; others < 5; others += 1)
        scene.control().actAs({ username: 'bungoma', kind: 'deposit', accountId: scene.savings(1).serverId, amountMinor: 1_000 });
      await scene.restoreLine();
      await scene.until(line, 'needsYou', 5 * MINUTE_MS);
      await scene.resolve(scene.grace, await scene.openCase(), 'resubmit');
      await scene.untilFinished();
      expect(scene.standingThere(line)).toHaveLength(1);
    }));
});

describe('a second process over the same file', () => {
  test('takes the ownership, and the first can commit nothing more (I12)', () =>
    play({ incidentsExpected: true }, async (scene) => {
      const savings = scene.savings();
      await scene.deposit(scene.achieng, savings, 10_000);
      await scene.untilFinished();
      const older = scene.pc.store();
      scene.pc.openSecond();
      expect(() => older?.write((write) => write.lastSequence())).toThrow(/^I12/);
      await scene.deposit(scene.achieng, savings, 11_000);
      await scene.untilFinished();
      expect(count(scene.pc.database(), 'SELECT count(*) FROM journal_receipts')).toBe(2);
      scene.expectAccounted();
    }));

  test('that opens while a promise is on the wire looks it up, and it stands once (I2)', () =>
    play({ incidentsExpected: true }, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 0 });
      scene.pc.network.bring('slowLine', 20_000);
      const line = await scene.deposit(scene.achieng, scene.savings(), 10_000);
      await scene.world.time.passUntil(() => scene.sent.length > 0, MINUTE_MS);
      scene.pc.openSecond();
      await scene.untilFinished();
      expect(await scene.story(line)).toEqual(expect.arrayContaining(['restarted', 'lookingUp']));
      expect(scene.standingThere(line)).toHaveLength(1);
    }));
});
