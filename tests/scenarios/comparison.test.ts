// The manager compares the three books when they want to: the receipts, what was recorded for them, and head office's accounts. What was
// compared, that it is over, and what differs is said on the desk; a line that is away delays it and loses nothing of it.

import { describe, expect, test } from 'vitest';
import { MINUTE_MS, play, type Scene } from './scene.ts';
import { forge } from '../world/forged.ts';

async function desk(scene: Scene) {
  const { comparing, lastProof } = await scene.get(scene.grace, 'sync.showDesk', {});
  return { comparing, lastProof };
}

async function over(scene: Scene): Promise<void> {
  const waits = scene.pc
    .database()
    .prepare(`SELECT json_extract(value, '$.comparisonAsked') IS NOT NULL FROM local_settings WHERE name = 'syncState'`)
    .pluck();
  expect(await scene.world.time.passUntil(() => waits.get() === 0, 20 * MINUTE_MS)).toBe(true);
}

function stateOf(scene: Scene, kind: string): unknown {
  return scene.pc.database().prepare('SELECT state FROM journal_commands WHERE kind = ? ORDER BY sequence DESC LIMIT 1').pluck().get(kind);
}

describe('comparing now', () => {
  test('says what was compared and that it is over; without a line it waits, is asked for once, and survives the power going', () =>
    play({}, async (scene) => {
      await scene.deposit(scene.achieng, scene.savings(), 10_000);
      await scene.repay(scene.achieng, scene.loan(), 20_000);
      await scene.untilFinished();
      expect((await desk(scene)).comparing).toBeNull();
      expect(await scene.refusal(scene.achieng, 'sync.compare', {})).toBe('session.notPermitted');

      await scene.cutLine();
      await scene.deposit(scene.achieng, scene.savings(1), 30_000);
      await scene.get(scene.grace, 'sync.compare', {});
      const askedAt = (await desk(scene)).comparing?.askedAt;
      expect(askedAt).toBeGreaterThan(0);
      await scene.pass(MINUTE_MS);
      await scene.get(scene.grace, 'sync.compare', {});
      scene.pc.die('power', 'while a comparison waits');
      scene.pc.start();
      expect((await desk(scene)).comparing).toMatchObject({ askedAt, by: 'Grace Wanjiru', isRunning: false, startedAt: null });

      await scene.restoreLine();
      await scene.untilFinished();
      await over(scene);
      const { comparing, lastProof } = await desk(scene);
      expect(comparing).toBeNull();
      const held = scene.pc.database().prepare('SELECT (SELECT count(*) FROM replica_loans) + (SELECT count(*) FROM replica_savings)');
      expect(lastProof).toMatchObject({
        equal: true,
        by: 'Grace Wanjiru',
        books: {
          receipts: { compared: 3, differ: 0, named: [] },
          // What waited went first, and is on its way into its account: that is no difference.
          facts: { compared: 3, differ: 0, unanswered: 0, named: [] },
          accounts: { compared: held.pluck().get(), differ: 0, named: [] },
        },
      });
      expect(lastProof?.startedAt).toBeGreaterThan(askedAt ?? Number.MAX_SAFE_INTEGER);
      expect(lastProof?.at).toBeGreaterThanOrEqual(lastProof?.startedAt ?? Number.MAX_SAFE_INTEGER);
    }));

  test('names the accounts that were another at head office, and the receipts that it does not hold', () =>
    play({}, async (scene) => {
      const backup = scene.world.headOffice.backUp();
      const lost = await scene.deposit(scene.achieng, scene.savings(), 10_000);
      await scene.untilFinished();
      scene.control().postInterest();
      await scene.get(scene.grace, 'sync.compare', {});
      await over(scene);
      const { lastProof: first } = await desk(scene);
      expect(first).toMatchObject({ equal: false, books: { receipts: { differ: 0 }, facts: { compared: 1, differ: 0 } } });
      expect(first?.books?.accounts.differ).toBeGreaterThan(5);
      expect(first?.books?.accounts.named).toContainEqual(
        expect.objectContaining({ number: scene.savings().accountNo, clientId: scene.savings().clientId }),
      );

      await scene.cutLine();
      scene.world.headOffice.restore(backup);
      await scene.get(scene.grace, 'sync.compare', {});
      await scene.restoreLine();
      await over(scene);
      const { lastProof: second } = await desk(scene);
      expect(second).toMatchObject({ equal: false, books: { receipts: { differ: 0 }, facts: { compared: 0, differ: 1 } } });
      expect(second?.books?.facts.named).toMatchObject([{ number: lost.receipt.number, name: lost.receipt.clientName }]);
    }));

  test('finds the receipt that says something else than was recorded, and names it', () =>
    play({}, async (scene) => {
      const line = await scene.deposit(scene.achieng, scene.savings(), 10_000);
      await scene.deposit(scene.achieng, scene.savings(1), 20_000);
      await scene.untilFinished();
      const database = scene.pc.database();
      const write = database.prepare(`UPDATE journal_receipts SET body = json_set(body, '$.clientName', ?) WHERE receipt_id = ?`);
      forge(database, () => write.run('Somebody Else', line.receipt.receiptId));
      await scene.get(scene.grace, 'sync.compare', {});
      await over(scene);
      const { lastProof } = await desk(scene);
      expect(lastProof).toMatchObject({
        equal: false,
        books: {
          receipts: { compared: 2, differ: 1, named: [{ number: line.receipt.number, receiptId: line.receipt.receiptId }] },
          accounts: { differ: 0 },
        },
      });
      forge(database, () => write.run(line.receipt.clientName, line.receipt.receiptId));
    }));

  test('knows a client and a group that were made here although they were changed since, here and there', () =>
    play({}, async (scene) => {
      const { today } = await scene.get(scene.achieng, 'clients.registrationOptions', {});
      const { clientId, localNumber } = await scene.get(scene.achieng, 'clients.register', {
        formId: scene.newForm(),
        legalForm: 'person',
        firstname: 'Merceline',
        lastname: 'Nekesa',
        mobileNo: '0799000111',
        submittedOn: today,
        activationDate: null,
      });
      const group = await scene.get(scene.grace, 'groups.register', {
        formId: scene.newForm(),
        name: 'Upendo',
        submittedOn: today,
        activationDate: null,
        members: [],
      });
      await scene.untilFinished();
      const change = (path: string, number: string, body: object): void => {
        const url = `/${path}?externalId=${encodeURIComponent(number)}&paged=true&limit=5&orderBy=id&sortOrder=ASC`;
        const found = JSON.parse(scene.control().requestAs('admin', { method: 'GET', url, body: '' }).body) as {
          readonly pageItems: readonly { readonly id: number }[];
        };
        const there = `/${path}/${String(found.pageItems[0]!.id)}`;
        const reply = scene.control().requestAs('admin', { method: 'PUT', url: there, body: JSON.stringify(body) });
        expect(reply).toMatchObject({ status: 200 });
      };
      change('clients', localNumber, { firstname: 'Merceline', lastname: 'Wafula Elsewhere 000001', mobileNo: '0799000222' });
      change('groups', group.localNumber, { name: 'Upendo Elsewhere 000002' });
      await scene.get(scene.grace, 'sync.compare', {});
      await over(scene);
      expect((await desk(scene)).lastProof).toMatchObject({ books: { facts: { differ: 0, unanswered: 0 } } });
      expect(await scene.openCases()).toEqual([]);
      expect((await scene.get(scene.achieng, 'clients.show', { clientId })).client.displayName).toContain('Wafula');
    }));

  test('goes on past a receipt that does not even say what its row says, names it by its row, and everything else is read and sent', () =>
    play({ incidentsExpected: true }, async (scene) => {
      const line = await scene.deposit(scene.achieng, scene.savings(), 10_000);
      await scene.untilFinished();
      await scene.cutLine();
      const waiting = await scene.deposit(scene.achieng, scene.savings(1), 20_000);
      const database = scene.pc.database();
      const write = database.prepare('UPDATE journal_receipts SET amount_minor = amount_minor + ? WHERE receipt_id = ?');
      const unreadable = database.prepare(`UPDATE journal_receipts SET body = ? WHERE receipt_id = ?`);
      const body = database
        .prepare('SELECT body FROM journal_receipts WHERE receipt_id = ?')
        .pluck()
        .get(waiting.receipt.receiptId) as string;
      forge(database, () => write.run(100, line.receipt.receiptId));
      forge(database, () => unreadable.run('{}', waiting.receipt.receiptId));
      await scene.get(scene.grace, 'sync.compare', {});
      await scene.restoreLine();
      await over(scene);
      const { lastProof } = await desk(scene);
      expect(lastProof).toMatchObject({ equal: false, books: { receipts: { compared: 2, differ: 2 }, accounts: { differ: 0 } } });
      const nameOf = ({ clientName }: typeof line.receipt) => clientName;
      expect(lastProof?.books?.receipts.named).toEqual([
        {
          number: waiting.receipt.number,
          name: nameOf(waiting.receipt),
          receiptId: null,
          clientId: waiting.receipt.clientId,
          groupId: null,
        },
        { number: line.receipt.number, name: nameOf(line.receipt), receiptId: null, clientId: line.receipt.clientId, groupId: null },
      ]);
      // What it stands for is not sent, aloud, and holds up nothing else.
      const { stopped } = await scene.get(scene.achieng, 'sync.showStatus', {});
      expect(stopped).toMatchObject([{ receiptNumber: waiting.receipt.number, invariant: 'I13' }]);
      forge(database, () => write.run(-100, line.receipt.receiptId));
      forge(database, () => unreadable.run(body, waiting.receipt.receiptId));
      await scene.repay(scene.achieng, scene.loan(), 20_000);
      expect(await scene.world.time.passUntil(() => stateOf(scene, 'loanRepayment') === 'accepted', 20 * MINUTE_MS)).toBe(true);
    }));
});
