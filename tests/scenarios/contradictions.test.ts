// Where head office's books and a closed or open case could be read wrongly: a stale suspicion, a foreign posting that quotes our number, two
// postings for one promise, a number that changed, a clock that lied. Each was once judged wrongly.

import { describe, expect, test } from 'vitest';
import type { ReceiptLine } from '../../shared/contract/shapes.ts';
import { count } from '../simulation/checkers/rows.ts';
import { DEPOSIT_MINOR, inDrawer, refusedDeposit } from './lateCopy.ts';
import { answerClock } from '../world/people.ts';
import { MINUTE_MS, play, type Account, type Scene } from './scene.ts';

const REFUSED = 'error.msg.glJournalEntry.some.rule';
/** Somebody at head office enters a posting of the deposit's sum and quotes our receipt number. */
const entry = (scene: Scene, savings: Account, line: ReceiptLine, command: 'deposit' | 'withdrawal') =>
  scene.control().requestAs('bungoma', {
    method: 'POST',
    url: `/savingsaccounts/${String(savings.serverId)}/transactions?command=${command}`,
    body: JSON.stringify({
      transactionDate: scene.control().businessDate(),
      transactionAmount: DEPOSIT_MINOR / 100,
      paymentTypeId: 1,
      receiptNumber: line.receipt.number,
      dateFormat: 'yyyy-MM-dd',
      locale: 'en',
    }),
  });
/** Another branch's staff posts the same sum, without a number of ours. */
const teller = (scene: Scene, savings: Account, kind: 'deposit' | 'withdrawal') =>
  scene.control().actAs({ username: 'bungoma', kind, accountId: savings.serverId, amountMinor: DEPOSIT_MINOR });

describe('the books of head office and a case', () => {
  test('a suspect of a long walk that was settled meanwhile is no suspect any more', () =>
    play({ clients: 150 }, async (scene) => {
      const loan = scene.loan();
      const backup = scene.world.headOffice.backUp();
      const line = await scene.repay(scene.achieng, loan, 10_000);
      await scene.untilFinished();
      scene.world.headOffice.restore(backup);
      scene.pc.network.dropInFlight();
      scene.pc.network.bring('slowLine', 60 * MINUTE_MS);
      const pulledAt = () => count(scene.pc.database(), 'SELECT pulled_at FROM replica_loans WHERE server_id = ?', loan.serverId);
      const before = pulledAt();
      for (let i = 0; i < 2000 && pulledAt() === before; i += 1) await scene.pass(200);
      const refresh = scene.answer(scene.grace, 'clients.refresh', { clientId: loan.clientId });
      for (let i = 0; i < 600 && (await scene.openCases()).length === 0; i += 1) await scene.pass(500);
      await scene.resolve(scene.grace, await scene.openCase(), 'reverse');
      await scene.pass(60 * MINUTE_MS);
      await refresh;
      expect(await scene.story(line)).toEqual(['recorded', 'sending', 'posted', 'vanished', 'reversed']);
    }));

  test('a refused posting out of suspense that goes once more goes out, not in', () =>
    play({}, async (scene) => {
      const { line, lateCopy } = await refusedDeposit(scene);
      await scene.resolve(scene.grace, await scene.openCase(), 'suspend');
      await scene.untilFinished();
      lateCopy();
      await scene.until(line, 'needsYou');
      scene.control().refuseNextWrites(1, 403, REFUSED);
      await scene.resolve(scene.grace, await scene.openCase(), 'recognise');
      await scene.pass(3 * MINUTE_MS);
      await scene.resolve(scene.amina, await scene.openCase(scene.amina), 'suspend');
      await scene.untilFinished();
      scene.expectAccounted();
    }));

  test('a withdrawal that quotes the number of our refused deposit is not our deposit', () =>
    play({ numbersMisused: true }, async (scene) => {
      const { savings, line } = await refusedDeposit(scene);
      expect(entry(scene, savings, line, 'withdrawal').status).toBe(200);
      await scene.pass(5 * MINUTE_MS);
      expect((await scene.receipt(line)).standing).toBe('needsYou');
    }));

  test('what appears after all can be closed', () =>
    play({ numbersMisused: true }, async (scene) => {
      const { savings, line } = await refusedDeposit(scene);
      await scene.resolve(scene.grace, await scene.openCase(), 'reverse');
      await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: await inDrawer(scene) });
      await scene.get(scene.grace, 'cash.closeDay', {});
      await scene.nextMorning();
      expect(entry(scene, savings, line, 'deposit').status).toBe(200);
      await scene.pass(5 * MINUTE_MS);
      await scene.get(scene.grace, 'cash.openDrawer', { openingMinor: 0 });
      for (const open of await scene.openCases()) expect(open.choices.some((choice) => choice.possible)).toBe(true);
    }));

  test('our own late copy beside a recognised posting of somebody else is noticed', () =>
    play({}, async (scene) => {
      const { savings, lateCopy } = await refusedDeposit(scene);
      teller(scene, savings, 'deposit');
      await scene.get(scene.grace, 'clients.refresh', { clientId: savings.clientId });
      await scene.resolve(scene.grace, await scene.openCase(), 'recognise');
      await scene.pass(3 * MINUTE_MS);
      lateCopy();
      await scene.pass(10 * MINUTE_MS);
      expect(await scene.openCases()).toHaveLength(1);
    }));

  test('a recognised repayment that was numbered anew is recognised for one receipt only', () =>
    play({}, async (scene) => {
      const loan = scene.loan();
      await scene.cutLine();
      const one = await scene.repay(scene.achieng, loan, 10_000);
      await scene.repay(scene.achieng, loan, 10_000);
      // With the last number at this PC's row, which is told first.
      scene.control().refuseNextWrites(3, 403, 'error.msg.loan.some.rule');
      await scene.restoreLine();
      await scene.until(one, 'needsYou');
      scene.control().actAs({ username: 'bungoma', kind: 'repayment', accountId: loan.serverId, amountMinor: 10_000 });
      await scene.get(scene.grace, 'clients.refresh', { clientId: loan.clientId });
      const [first] = await scene.openCases();
      if (first === undefined) throw new Error('no case');
      const id = first.candidates[0]?.serverTransactionId ?? 0;
      await scene.resolve(scene.grace, first, 'recognise');
      await scene.pass(3 * MINUTE_MS);
      const books = scene.books();
      books.prepare('CREATE TEMP TABLE cp AS SELECT * FROM loan_transaction WHERE id = ?').run(id);
      books.prepare('UPDATE cp SET id = 900').run();
      books.prepare('INSERT INTO loan_transaction SELECT * FROM cp').run();
      books.prepare('UPDATE loan_transaction SET reversed = 1 WHERE id = ?').run(id);
      await scene.get(scene.grace, 'clients.refresh', { clientId: loan.clientId });
      await scene.pass(3 * MINUTE_MS);
      expect((await scene.openCase()).candidates).toEqual([]);
    }));

  test('what leaves suspense leaves the account that it went into', () =>
    play({}, async (scene) => {
      const { line, lateCopy } = await refusedDeposit(scene);
      scene.control().refuseNextWrites(1, 403, REFUSED);
      await scene.resolve(scene.grace, await scene.openCase(), 'suspend');
      await scene.pass(3 * MINUTE_MS);
      scene.pc
        .database()
        .prepare("UPDATE local_settings SET value = json_set(value, '$.suspenseGlAccountId', 4) WHERE name = 'suspenseAccounts'")
        .run();
      await scene.resolve(scene.amina, await scene.openCase(scene.amina), 'suspend');
      await scene.untilFinished();
      lateCopy();
      await scene.until(line, 'needsYou');
      await scene.resolve(scene.grace, await scene.openCase(), 'recognise');
      await scene.untilFinished();
      expect(
        count(
          scene.books(),
          'SELECT coalesce(sum(CASE type WHEN 2 THEN amount ELSE -amount END), 0) FROM journal_line WHERE reference_number IS NOT NULL AND gl_account_id = 4',
        ),
      ).toBe(0);
    }));

  test('a late copy is seen also after the clock was set back', () =>
    play({}, async (scene) => {
      scene.pc.setClockError(3 * 60 * MINUTE_MS);
      await answerClock(scene.world, scene.grace, 'clockIsRight');
      const { line, lateCopy } = await refusedDeposit(scene);
      const open = await scene.openCase();
      scene.pc.setClockError(0);
      await answerClock(scene.world, scene.grace, 'clockIsRight');
      lateCopy();
      await scene.pass(10 * MINUTE_MS);
      expect(
        await scene.refusal(scene.grace, 'exceptions.resolve', {
          exceptionId: open.exceptionId,
          resolution: 'reverse',
          reason: 'gives back',
        }),
      ).toBe('exception.headOfficeDecided');
      expect((await scene.receipt(line)).standing).toBe('confirmed');
    }));

  test('a proof reads also what a clock that ran ahead had read', () =>
    play({}, async (scene) => {
      scene.pc.setClockError(30 * 24 * 60 * MINUTE_MS);
      await scene.pass(20 * MINUTE_MS);
      scene.pc.setClockError(0);
      scene.control().postInterest();
      await scene.pass(20 * MINUTE_MS);
      const replica = scene.pc.database().prepare('SELECT server_id AS s, ledger_minor AS l FROM replica_savings').all() as {
        s: number;
        l: number;
      }[];
      expect(replica.filter(({ s, l }) => count(scene.books(), 'SELECT balance FROM savings_account WHERE id = ?', s) !== l)).toEqual([]);
    }));

  test('a confirmed receipt of an account that head office deleted becomes a case', () =>
    play({}, async (scene) => {
      const savings = scene.savings();
      const line = await scene.deposit(scene.achieng, savings, 10_000);
      await scene.untilFinished();
      expect(scene.control().deleteAccount('savings', savings.serverId).status).toBe(200);
      await scene.get(scene.grace, 'clients.refresh', { clientId: savings.clientId });
      await scene.pass(30 * MINUTE_MS);
      expect((await scene.receipt(line)).standing).toBe('needsYou');
    }));

  test('a recognised deposit that was undone is missed though a withdrawal of the same sum stands there', () =>
    play({}, async (scene) => {
      const { savings, line } = await refusedDeposit(scene);
      teller(scene, savings, 'deposit');
      await scene.get(scene.grace, 'clients.refresh', { clientId: savings.clientId });
      const open = await scene.openCase();
      const id = open.candidates[0]?.serverTransactionId ?? 0;
      await scene.resolve(scene.grace, open, 'recognise');
      await scene.pass(3 * MINUTE_MS);
      teller(scene, savings, 'withdrawal');
      const undone = scene.control().requestAs('admin', {
        method: 'POST',
        url: `/savingsaccounts/${String(savings.serverId)}/transactions/${String(id)}?command=undo`,
        body: JSON.stringify({ transactionDate: line.receipt.businessDate, transactionAmount: 0, dateFormat: 'yyyy-MM-dd', locale: 'en' }),
      });
      expect(undone.status).toBe(200);
      await scene.pass(10 * MINUTE_MS);
      expect((await scene.receipt(line)).standing).toBe('needsYou');
    }));
});
