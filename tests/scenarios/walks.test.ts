// Walk 1 of the house, and what follows from it at an ordinary counter: money taken and paid without a line is a promise, and each promise
// becomes one transaction at head office when the line returns.

import { describe, expect, test } from 'vitest';
import { count, rows } from '../simulation/checkers/rows.ts';
import { signIn } from '../world/people.ts';
import { play } from './scene.ts';

describe('without a line', () => {
  test('a repayment is taken, and head office confirms it when the line returns', () =>
    play({}, async (scene) => {
      const loan = scene.loan();
      await scene.cutLine();
      const line = await scene.repay(scene.achieng, loan, 50_000);
      expect(line.standing).toBe('savedHere');
      expect((await scene.item(line)).reason).toBe('lineDown');
      expect(scene.standingThere(line)).toEqual([]);
      await scene.restoreLine();
      await scene.untilFinished();
      expect(scene.standingThere(line)).toMatchObject([{ what: 'repayment', amount: 50_000, date: line.receipt.businessDate }]);
      expect(await scene.receipt(line)).toMatchObject({ standing: 'confirmed', serverTransactionId: scene.standingThere(line)[0]?.id });
      scene.expectAccounted();
    }));

  test('a deposit raises the provisional balance at once, and the confirmed one after the line returned (I6)', () =>
    play({}, async (scene) => {
      const savings = scene.savings();
      const before = await scene.view(savings);
      await scene.cutLine();
      const line = await scene.deposit(scene.achieng, savings, 120_000);
      expect(await scene.view(savings)).toMatchObject({
        ledgerMinor: before.ledgerMinor + 120_000,
        confirmedLedgerMinor: before.ledgerMinor,
        unfinishedMinor: 120_000,
        unfinishedCount: 1,
      });
      await scene.restoreLine();
      await scene.untilFinished();
      expect(scene.standingThere(line)).toMatchObject([{ what: 'deposit', amount: 120_000 }]);
      expect(await scene.view(savings)).toMatchObject({
        ledgerMinor: before.ledgerMinor + 120_000,
        confirmedLedgerMinor: before.ledgerMinor + 120_000,
        unfinishedCount: 0,
      });
    }));

  test('a withdrawal is paid out of the drawer, and head office confirms it when the line returns', () =>
    play({}, async (scene) => {
      const savings = scene.savings();
      const before = scene.balanceThere(savings);
      await scene.cutLine();
      const line = await scene.withdraw(scene.achieng, savings, 150_000);
      const [drawer] = (await scene.get(scene.grace, 'cash.showDay', {})).drawers;
      expect(drawer).toMatchObject({ paidMinor: 150_000, takenMinor: 0, expectedMinor: (drawer?.openingMinor ?? 0) - 150_000 });
      await scene.restoreLine();
      await scene.untilFinished();
      expect(scene.standingThere(line)).toMatchObject([{ what: 'withdrawal', amount: 150_000 }]);
      expect(scene.balanceThere(savings)).toBe(before - 150_000);
    }));

  test('a repayment above what is owed is taken only when the cashier has seen it, and turns the loan overpaid', () =>
    play({}, async (scene) => {
      const loan = scene.loan(1);
      const { outstandingMinor } = (await scene.get(scene.achieng, 'loans.show', { loanId: loan.localId })).loan;
      await expect(scene.repay(scene.achieng, loan, outstandingMinor + 10_000)).rejects.toThrow('repayment.exceedsOutstanding');
      await scene.repay(scene.achieng, loan, outstandingMinor + 10_000, { overpaymentSeen: true });
      await scene.untilFinished();
      expect((await scene.get(scene.achieng, 'loans.show', { loanId: loan.localId })).loan).toMatchObject({
        status: 'overpaid',
        outstandingMinor: 0,
        overpaidMinor: 10_000,
      });
    }));

  test('ten clients are served, the plug is pulled, and ten receipts become ten transactions (I3)', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      const lines = [];
      for (let client = 0; client < 10; client += 1) {
        lines.push(
          client % 2 === 0
            ? await scene.deposit(scene.achieng, scene.savings(client), 10_000 + client)
            : await scene.repay(scene.achieng, scene.loan(client), 10_000 + client),
        );
      }
      scene.pc.die('power', 'at noon');
      scene.pc.network.clear();
      scene.pc.start();
      // In front of the PC all is well, and no receipt is told; whoever comes in is told which.
      expect((await scene.get(scene.grace, 'session.showStart', {})).start).toMatchObject({
        unclean: true,
        receiptsToday: null,
        lastReceipt: null,
      });
      await signIn(scene.world, scene.grace);
      const start = await scene.get(scene.grace, 'session.showStart', {});
      expect(start.start).toMatchObject({ unclean: true, receiptsToday: 10, chainWhole: true });
      expect(start.start?.lastReceipt?.number).toBe(lines[9]?.receipt.number);
      // A desk that is locked is anybody's to look at.
      await scene.get(scene.grace, 'session.lock', {});
      const locked = await scene.get(scene.grace, 'session.showStart', {});
      expect([locked.start?.receiptsToday, locked.start?.lastReceipt, locked.numbersTwice]).toEqual([null, null, []]);
      await scene.get(scene.grace, 'session.unlock', { password: 'practice' });
      await scene.untilFinished();
      for (const line of lines) expect(scene.standingThere(line)).toHaveLength(1);
      expect((await scene.status()).counts).toEqual({
        savedHere: 0,
        sent: 0,
        confirmedToday: 10,
        needsYou: 0,
        closedToday: { reversed: 0, suspended: 0, withdrawn: 0 },
      });
      scene.expectAccounted();
    }));
});

describe('order', () => {
  test('a hundred transactions on one account go in the order in which they were made, each once (I4)', () =>
    play({}, async (scene) => {
      const savings = scene.savings();
      const before = scene.balanceThere(savings);
      await scene.cutLine();
      const lines = [];
      for (let made = 1; made <= 100; made += 1) lines.push(await scene.deposit(scene.achieng, savings, made * 100));
      expect(await scene.view(savings)).toMatchObject({ unfinishedCount: 100, unfinishedMinor: 505_000 });
      expect((await scene.item(lines[99] as (typeof lines)[0])).reason).toBe('sameAccountEarlier');
      await scene.restoreLine();
      await scene.untilFinished();
      const there = lines.map((line) => scene.standingThere(line));
      expect(there.every((posted) => posted.length === 1)).toBe(true);
      const ids = there.map(([posted]) => posted?.id ?? 0);
      expect(ids).toEqual([...ids].sort((one, other) => one - other));
      expect(scene.balanceThere(savings)).toBe(before + 505_000);
      expect(scene.sent).toHaveLength(100);
    }));

  test('an account whose first transaction is in doubt holds back its own later ones, while other accounts flow (I4)', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      const stuck = await scene.repay(scene.achieng, scene.loan(0), 30_000);
      const behind = await scene.repay(scene.achieng, scene.loan(0), 31_000);
      const others = [
        await scene.repay(scene.achieng, scene.loan(1), 32_000),
        await scene.deposit(scene.achieng, scene.savings(2), 33_000),
      ];
      scene.control().lockLoan(scene.loan(0).serverId);
      await scene.restoreLine();
      for (const line of others) expect((await scene.receipt(line)).standing).toBe('confirmed');
      expect((await scene.receipt(stuck)).standing).not.toBe('confirmed');
      expect(await scene.item(behind)).toMatchObject({
        standing: 'savedHere',
        reason: 'sameAccountEarlier',
        reasonDetail: stuck.receipt.number,
        attempts: 0,
      });
      scene.control().lockLoan(scene.loan(0).serverId, false);
      await scene.untilFinished();
      const [first] = scene.standingThere(stuck);
      const [second] = scene.standingThere(behind);
      expect(first?.id ?? 0).toBeLessThan(second?.id ?? 0);
    }));

  test('two cashiers serve the same account, and both promises reach head office in the order of the counter (I4)', () =>
    play({}, async (scene) => {
      const savings = scene.savings(5);
      const before = scene.balanceThere(savings);
      await scene.cutLine();
      const first = await scene.deposit(scene.achieng, savings, 80_000);
      const second = await scene.withdraw(scene.daniel, savings, 60_000);
      const third = await scene.deposit(scene.achieng, savings, 5_000);
      await scene.restoreLine();
      await scene.untilFinished();
      const ids = [first, second, third].map((line) => scene.standingThere(line)[0]?.id ?? 0);
      expect(ids).toEqual([...ids].sort((one, other) => one - other));
      expect(scene.balanceThere(savings)).toBe(before + 25_000);
      const makers = rows<{ by: string }>(scene.pc.database(), 'SELECT recorded_by AS by FROM journal_commands ORDER BY sequence').map(
        ({ by }) => by,
      );
      expect(makers).toEqual(['achieng', 'daniel', 'achieng']);
    }));

  test('two PCs of one branch give receipts of their own, and both reach head office', () =>
    play({ pcs: 2 }, async (scene) => {
      const other = scene.at(1, 'daniel');
      await scene.cutLine(scene.pc);
      await scene.cutLine(other.pc);
      const one = await scene.deposit(scene.achieng, scene.savings(0), 20_000);
      const two = await scene.deposit(other, scene.savings(0), 30_000);
      expect(one.receipt.number).toMatch(/^KTL-01-\d{6}-0001-.$/);
      expect(two.receipt.number).toMatch(/^KTL-02-\d{6}-0001-.$/);
      await scene.restoreLine(scene.pc);
      await scene.restoreLine(other.pc);
      await scene.untilFinished();
      expect([scene.standingThere(one).length, scene.standingThere(two).length]).toEqual([1, 1]);
      // Each PC learns of the other's deposit from head office.
      expect((await scene.view(scene.savings(0))).confirmedLedgerMinor).toBe(scene.balanceThere(scene.savings(0)));
    }));
});

describe('the same form', () => {
  test('pressed twice at once is one promise, one receipt and one transaction (I2)', () =>
    play({}, async (scene) => {
      const savings = scene.savings();
      const formId = scene.newForm();
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 0 });
      const input = { formId, savingsId: savings.localId, amountMinor: 40_000, paidWith: { paymentTypeId: 1 } };
      const [one, two] = await Promise.all([
        scene.get(scene.achieng, 'savings.takeDeposit', input),
        scene.get(scene.achieng, 'savings.takeDeposit', input),
      ]);
      expect(two.receipt).toEqual(one.receipt);
      await scene.untilFinished();
      expect(scene.standingThere(one)).toHaveLength(1);
      expect(count(scene.pc.database(), 'SELECT count(*) FROM journal_receipts')).toBe(1);
    }));

  test('with another sum or another account is refused', () =>
    play({}, async (scene) => {
      const formId = scene.newForm();
      await scene.deposit(scene.achieng, scene.savings(0), 40_000, { formId });
      await expect(scene.deposit(scene.achieng, scene.savings(0), 41_000, { formId })).rejects.toThrow('form.alreadyUsed');
      await expect(scene.deposit(scene.achieng, scene.savings(1), 40_000, { formId })).rejects.toThrow('form.alreadyUsed');
      await expect(scene.repay(scene.achieng, scene.loan(0), 40_000, { formId })).rejects.toThrow('form.alreadyUsed');
    }));

  test('pressed again after the PC died before it could answer gives the receipt that was issued (I8)', () =>
    play({}, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 0 });
      const form = { formId: scene.newForm(), savingsId: scene.savings().localId, amountMinor: 40_000, paidWith: { paymentTypeId: 1 } };
      scene.pc.armDeath({ at: 'afterCommit', skip: 0 });
      expect((await scene.answer(scene.achieng, 'savings.takeDeposit', form)).kind).toBe('noAnswer');
      scene.pc.start();
      const again = await scene.get(scene.achieng, 'savings.takeDeposit', form);
      expect(again.receipt.number).toContain('-0001-');
      await scene.untilFinished();
      expect(scene.standingThere(again)).toHaveLength(1);
    }));

  test('pressed again after the PC died before the commit makes the promise for the first time (I1)', () =>
    play({}, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 0 });
      const form = { formId: scene.newForm(), savingsId: scene.savings().localId, amountMinor: 40_000, paidWith: { paymentTypeId: 1 } };
      scene.pc.armDeath({ at: 'commit', skip: 0 });
      expect((await scene.answer(scene.achieng, 'savings.takeDeposit', form)).kind).toBe('noAnswer');
      scene.pc.start();
      const kept = scene.pc.database();
      expect([
        count(kept, 'SELECT count(*) FROM journal_receipts'),
        count(kept, 'SELECT count(*) FROM journal_movements'),
        count(kept, 'SELECT count(*) FROM journal_commands'),
      ]).toEqual([0, 0, 0]);
      const again = await scene.get(scene.achieng, 'savings.takeDeposit', form);
      expect(again.receipt.number).toContain('-0001-');
      await scene.untilFinished();
      expect(scene.standingThere(again)).toHaveLength(1);
    }));
});
