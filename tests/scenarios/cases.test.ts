// Walk 2 of the house: head office refuses what the counter already paid or took. Cash does not move by itself, the client's account is shown
// as disputed, and a named person other than the maker closes the case in one of four ways, each a fact of its own.

import { describe, expect, test } from 'vitest';
import type { ReceiptLine } from '../../shared/contract/shapes.ts';
import type { ExceptionView } from '../../shared/contract/sync.ts';
import { count, row } from '../simulation/checkers/rows.ts';
import { HOUR_MS, MINUTE_MS, play, type Account, type Scene } from './scene.ts';

const PAID_MINOR = 400_000;

interface Refused {
  readonly savings: Account;
  readonly line: ReceiptLine;
  readonly open: ExceptionView;
}

/** Achieng pays 4,000 without a line while another branch pays out most of the same money; head office refuses the second payout. */
async function refusedWithdrawal(scene: Scene): Promise<Refused> {
  const savings = scene.savings();
  await scene.cutLine();
  const line = await scene.withdraw(scene.achieng, savings, PAID_MINOR);
  expect(scene.control().actAs({ username: 'bungoma', kind: 'withdrawal', accountId: savings.serverId, amountMinor: 500_000 }).status).toBe(
    200,
  );
  await scene.restoreLine();
  await scene.until(line, 'needsYou');
  return { savings, line, open: await scene.openCase() };
}

async function expectedInDrawerOf(scene: Scene): Promise<number> {
  const { drawers } = await scene.get(scene.grace, 'cash.showDay', {});
  return drawers.find((drawer) => drawer.openedBy === 'Achieng Odhiambo')?.expectedMinor ?? 0;
}

describe('a refused withdrawal', () => {
  test('becomes one case with both truths; no cash moves, and the account is disputed (I9)', () =>
    play({}, async (scene) => {
      const { savings, line, open } = await refusedWithdrawal(scene);
      expect(open).toMatchObject({
        kind: 'refused',
        serverCode: 'error.msg.savingsaccount.transaction.insufficient.account.balance',
        maker: 'Achieng Odhiambo',
        believed: { ledgerMinor: 765_000, availableMinor: 765_000, wouldLeaveMinor: 365_000 },
        answered: { ledgerMinor: 265_000, wouldLeaveMinor: -135_000 },
      });
      // Both sides say from when their balances are; ours are those that the client's receipt was counted from, or younger.
      expect(open.believed.at).toBeGreaterThanOrEqual(line.receipt.balancesAsOf ?? Number.POSITIVE_INFINITY);
      expect(open.answered?.at ?? 0).toBeGreaterThan(open.openedAt);
      expect(open.item).toMatchObject({ standing: 'needsYou', reason: 'refused', receiptNumber: line.receipt.number });
      expect(await expectedInDrawerOf(scene)).toBe(3_000_000 - PAID_MINOR);
      expect(await scene.view(savings)).toMatchObject({ disputed: true, confirmedLedgerMinor: 265_000, ledgerMinor: -135_000 });
      expect(await scene.withdrawalRefused(scene.daniel, savings, 1_000)).toBe('savings.disputed');
      expect((await scene.status()).sentence).toBe('needsYou');
    }));

  test('shows what moved at head office unseen, and who entered it; what was promised later is not in what we believed', () =>
    play({}, async (scene) => {
      const savings = scene.savings();
      await scene.cutLine();
      const line = await scene.withdraw(scene.achieng, savings, PAID_MINOR);
      await scene.deposit(scene.achieng, savings, 20_000);
      scene.control().actAs({ username: 'bungoma', kind: 'withdrawal', accountId: savings.serverId, amountMinor: 500_000 });
      await scene.restoreLine();
      await scene.until(line, 'needsYou');
      const open = await scene.openCase();
      expect(open.believed).toMatchObject({ ledgerMinor: 765_000, availableMinor: 765_000, wouldLeaveMinor: 365_000 });
      expect(open.unseenThere).toMatchObject([{ what: 'withdrawal', amountMinor: -500_000, businessDate: line.receipt.businessDate }]);
      const [there] = await scene.get(scene.grace, 'exceptions.askTransactions', { exceptionId: open.exceptionId });
      expect(there).toMatchObject({ serverTransactionId: open.unseenThere[0]?.serverTransactionId, by: 'bungoma' });
      await scene.cutLine();
      expect(await scene.refusal(scene.grace, 'exceptions.askTransactions', { exceptionId: open.exceptionId })).toBe(
        'headOffice.unreachable',
      );
      await scene.restoreLine();
      await scene.resolve(scene.grace, open, 'suspend');
      await scene.untilFinished();
    }));

  test('is told with the phone, the loans and the other cases of its client, and with the drawer that would move', () =>
    play({}, async (scene) => {
      const { savings, open } = await refusedWithdrawal(scene);
      await scene.resolve(scene.grace, open, 'suspend');
      const loan = (await scene.get(scene.grace, 'clients.show', { clientId: savings.clientId })).loans.find(
        ({ status, outstandingMinor }) => status === 'active' && outstandingMinor > 0,
      );
      const shown = await scene.get(scene.grace, 'exceptions.show', { exceptionId: open.exceptionId });
      expect(shown).toMatchObject({ closedAs: 'suspended', beside: { cases: [] } });
      expect(shown.beside?.loans.map(({ loanId }) => loanId)).toEqual(loan === undefined ? [] : [loan.loanId]);
      await scene.cutLine();
      const again = await scene.withdraw(scene.achieng, savings, 100_000);
      scene.control().actAs({ username: 'bungoma', kind: 'withdrawal', accountId: savings.serverId, amountMinor: 200_000 });
      await scene.restoreLine();
      await scene.until(again, 'needsYou');
      const second = await scene.get(scene.grace, 'exceptions.show', { exceptionId: (await scene.openCase()).exceptionId });
      expect(second.beside?.cases).toMatchObject([{ exceptionId: open.exceptionId, resolution: 'suspend', amountMinor: -PAID_MINOR }]);
      expect(second.drawer).toMatchObject({ holder: 'Achieng Odhiambo', isMine: false });
      await scene.resolve(scene.grace, second, 'suspend');
      await scene.untilFinished();
    }));

  test('that somebody had agreed to is decided by another where another may, and by them where nobody else may (I9)', () =>
    play({}, async (scene) => {
      const savings = scene.savings();
      await scene.cutLine();
      await scene.withdraw(scene.achieng, savings, 200_000);
      const agreed = await scene.withdraw(scene.achieng, savings, 250_000, { approval: { username: 'grace', password: 'practice' } });
      scene.control().actAs({ username: 'bungoma', kind: 'withdrawal', accountId: savings.serverId, amountMinor: 500_000 });
      await scene.restoreLine();
      await scene.until(agreed, 'needsYou');
      const open = await scene.openCase();
      expect(open.item.receiptNumber).toBe(agreed.receipt.number);
      // Nobody else here may: she decides, and it is said that she had agreed.
      expect(open).toMatchObject({ agreed: { name: 'Grace Wanjiru', isMe: true, leaveToAnother: false }, mayClose: ['Grace Wanjiru'] });
      await scene.get(scene.amina, 'exceptions.list', { show: 'open' });
      expect(await scene.openCase()).toMatchObject({ agreed: { isMe: true, leaveToAnother: true }, mayClose: ['Amina Hassan'] });
      expect(
        await scene.refusal(scene.grace, 'exceptions.resolve', { exceptionId: open.exceptionId, resolution: 'suspend', reason: 'my own' }),
      ).toBe('exception.agreerCannotClose');
      await scene.resolve(scene.amina, open, 'suspend');
      await scene.untilFinished();
    }));

  test('lets later promises of that account wait, and names it as the reason (I4)', () =>
    play({}, async (scene) => {
      const { savings, line } = await refusedWithdrawal(scene);
      const later = await scene.deposit(scene.achieng, savings, 20_000);
      const elsewhere = await scene.deposit(scene.achieng, scene.savings(1), 20_000);
      await scene.until(elsewhere, 'confirmed');
      expect(await scene.item(later)).toMatchObject({ reason: 'sameAccountNeedsYou', reasonDetail: line.receipt.number });
      await scene.resolve(scene.grace, await scene.openCase(), 'suspend');
      await scene.untilFinished();
      expect(scene.standingThere(later)).toHaveLength(1);
    }));

  test('is not closed by its maker, whoever that is (I9)', () =>
    play({}, async (scene) => {
      const savings = scene.savings();
      await scene.cutLine();
      await scene.withdraw(scene.grace, savings, PAID_MINOR);
      scene.control().actAs({ username: 'bungoma', kind: 'withdrawal', accountId: savings.serverId, amountMinor: 500_000 });
      await scene.restoreLine();
      const open = await scene.openCase(scene.grace);
      expect(open.makerIsMe).toBe(true);
      expect(
        await scene.refusal(scene.grace, 'exceptions.resolve', { exceptionId: open.exceptionId, resolution: 'suspend', reason: 'my own' }),
      ).toBe('exception.makerCannotClose');
      await scene.resolve(scene.amina, open, 'suspend');
      const [closed] = await scene.get(scene.grace, 'exceptions.list', { show: 'closed' });
      expect(closed?.closed).toMatchObject({ resolution: 'suspend', by: 'Amina Hassan', reason: 'decided with the client' });
    }));

  test('is closed once, with a reason', () =>
    play({}, async (scene) => {
      const { open } = await refusedWithdrawal(scene);
      expect(
        await scene.refusal(scene.grace, 'exceptions.resolve', { exceptionId: open.exceptionId, resolution: 'suspend', reason: ' ' }),
      ).toBe('input.invalid');
      await scene.resolve(scene.grace, open, 'suspend');
      expect(
        await scene.refusal(scene.grace, 'exceptions.resolve', { exceptionId: open.exceptionId, resolution: 'suspend', reason: 'twice' }),
      ).toBe('exception.alreadyClosed');
    }));
});

describe('the figures of the day', () => {
  test('call nothing confirmed that a case closed: each way out stands on its own', () =>
    play({}, async (scene) => {
      const { open } = await refusedWithdrawal(scene);
      const kept = await scene.deposit(scene.achieng, scene.savings(1), 20_000);
      await scene.until(kept, 'confirmed');
      const standings = async () =>
        Object.fromEntries(
          (await scene.get(scene.grace, 'cash.showDay', {})).byStanding.map(({ standing, count, amountMinor }) => [
            standing,
            [count, amountMinor],
          ]),
        );
      const deskOf = async (kind: string) => (await scene.get(scene.achieng, 'sync.showDesk', {})).byKind.find((row) => row.kind === kind);
      expect(await standings()).toEqual({ needsYou: [1, -PAID_MINOR], confirmed: [1, 20_000] });
      await scene.resolve(scene.grace, open, 'suspend');
      await scene.untilFinished();
      expect(await standings()).toEqual({ suspended: [1, -PAID_MINOR], confirmed: [1, 20_000] });
      expect(await deskOf('savingsWithdrawal')).toMatchObject({ count: 1, confirmed: 0, suspended: 1, reversed: 0 });
      // The deposit, and the entry to suspense that head office took.
      expect((await scene.status()).counts).toMatchObject({ confirmedToday: 2, closedToday: { reversed: 0, suspended: 1, withdrawn: 0 } });
    }));

  test('of a reversed withdrawal show both papers as reversed, and their sum is nothing', () =>
    play({}, async (scene) => {
      const { open } = await refusedWithdrawal(scene);
      await scene.resolve(scene.grace, open, 'reverse');
      await scene.untilFinished();
      expect((await scene.get(scene.grace, 'cash.showDay', {})).byStanding).toEqual([{ standing: 'reversed', count: 2, amountMinor: 0 }]);
      expect((await scene.status()).counts).toMatchObject({ confirmedToday: 0, closedToday: { reversed: 1, suspended: 0, withdrawn: 0 } });
    }));
});

describe('resubmit', () => {
  test('goes under a new key and is accepted once the cause is mended (I11)', () =>
    play({}, async (scene) => {
      const { savings, line, open } = await refusedWithdrawal(scene);
      scene.control().actAs({ username: 'bungoma', kind: 'deposit', accountId: savings.serverId, amountMinor: 500_000 });
      await scene.resolve(scene.grace, open, 'resubmit');
      await scene.untilFinished();
      expect(await scene.item(line)).toMatchObject({ standing: 'confirmed', submission: 2 });
      expect(scene.standingThere(line)).toHaveLength(1);
      expect(await scene.view(savings)).toMatchObject({ disputed: false, ledgerMinor: 765_000 - PAID_MINOR });
      expect(await scene.openCases()).toEqual([]);
      scene.expectAccounted();
    }));

  test('is refused again while the cause stands: a second case, and the first stays on the record (I9)', () =>
    play({}, async (scene) => {
      const { line, open } = await refusedWithdrawal(scene);
      await scene.resolve(scene.grace, open, 'resubmit');
      await scene.pass(2 * MINUTE_MS);
      const second = await scene.openCase();
      expect(second.exceptionId).not.toBe(open.exceptionId);
      expect(second.item).toMatchObject({ receiptNumber: line.receipt.number, submission: 2 });
      expect(await scene.get(scene.grace, 'exceptions.list', { show: 'closed' })).toMatchObject([
        { exceptionId: open.exceptionId, closed: { resolution: 'resubmit', by: 'Grace Wanjiru' } },
      ]);
      expect(new Set(scene.sent.map((request) => /Idempotency-Key","value":"([^"]+)/.exec(request.body ?? '')?.[1])).size).toBe(2);
      await scene.resolve(scene.grace, second, 'suspend');
      await scene.untilFinished();
      scene.expectAccounted();
    }));
});

describe('a repayment', () => {
  test('of a loan that another branch saw paid off meanwhile turns it overpaid, and needs nobody', () =>
    play({}, async (scene) => {
      const loan = scene.loan(1);
      const { outstandingMinor } = (await scene.get(scene.achieng, 'loans.show', { loanId: loan.localId })).loan;
      await scene.cutLine();
      const line = await scene.repay(scene.achieng, loan, 20_000);
      expect(
        scene.control().actAs({ username: 'bungoma', kind: 'repayment', accountId: loan.serverId, amountMinor: outstandingMinor }).status,
      ).toBe(200);
      await scene.restoreLine();
      await scene.until(line, 'confirmed');
      await scene.pass(MINUTE_MS);
      expect((await scene.get(scene.achieng, 'loans.show', { loanId: loan.localId })).loan).toMatchObject({
        status: 'overpaid',
        outstandingMinor: 0,
        overpaidMinor: 20_000,
      });
    }));
});

describe('reverse', () => {
  test('the client brings the money back: a receipt and a drawer movement of their own, and head office never knew (I7)', () =>
    play({}, async (scene) => {
      const { savings, line, open } = await refusedWithdrawal(scene);
      const { receiptId } = await scene.resolve(scene.grace, open, 'reverse');
      expect(await expectedInDrawerOf(scene)).toBe(3_000_000);
      const paper = await scene.get(scene.grace, 'receipts.show', { receiptId: receiptId ?? '' });
      expect(paper.receipt).toMatchObject({
        kind: 'withdrawalReturned',
        amountMinor: PAID_MINOR,
        note: line.receipt.number,
        previousHash: line.receipt.hash,
      });
      expect(paper.receipt.number).toContain('-0002-');
      expect(await scene.receipt(line)).toMatchObject({ receipt: line.receipt });
      expect(await scene.view(savings)).toMatchObject({ disputed: false, ledgerMinor: 265_000, confirmedLedgerMinor: 265_000 });
      expect(scene.standingThere(line)).toEqual([]);
      scene.expectAccounted();
    }));

  test('a refused deposit is paid back out of the drawer, and only while the drawer holds that much', () =>
    play({}, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 0 });
      await scene.cutLine();
      const line = await scene.deposit(scene.achieng, scene.savings(5), 90_000);
      await scene.withdraw(scene.achieng, scene.savings(0), 50_000);
      scene.control().actAs({ username: 'bungoma', kind: 'close', accountId: scene.savings(5).serverId });
      await scene.restoreLine();
      await scene.until(line, 'needsYou');
      const open = await scene.openCase();
      expect(
        await scene.refusal(scene.grace, 'exceptions.resolve', {
          exceptionId: open.exceptionId,
          resolution: 'reverse',
          reason: 'account is closed',
        }),
      ).toBe('drawer.notEnoughCash');
      await scene.deposit(scene.achieng, scene.savings(1), 60_000);
      const { receiptId } = await scene.resolve(scene.grace, open, 'reverse');
      expect((await scene.get(scene.grace, 'receipts.show', { receiptId: receiptId ?? '' })).receipt).toMatchObject({
        kind: 'moneyReturned',
        amountMinor: 90_000,
      });
      expect(await expectedInDrawerOf(scene)).toBe(90_000 - 50_000 + 60_000 - 90_000);
      await scene.untilFinished();
      scene.expectAccounted();
    }));

  test('needs an open drawer, and the desk says so before anybody presses', () =>
    play({}, async (scene) => {
      const { open } = await refusedWithdrawal(scene);
      await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 3_000_000 - PAID_MINOR });
      expect((await scene.openCase()).choices.find((choice) => choice.resolution === 'reverse')).toEqual({
        resolution: 'reverse',
        possible: false,
        whyNot: 'resolution.drawerNotOpen',
      });
      expect(
        await scene.refusal(scene.grace, 'exceptions.resolve', {
          exceptionId: open.exceptionId,
          resolution: 'reverse',
          reason: 'came back',
        }),
      ).toBe('exception.choiceImpossible');
      await scene.get(scene.grace, 'cash.openDrawer', { openingMinor: 10_000 });
      await scene.resolve(scene.grace, open, 'reverse');
      const { drawers } = await scene.get(scene.amina, 'cash.showDay', {});
      expect(drawers.find((drawer) => drawer.openedBy === 'Grace Wanjiru')?.expectedMinor).toBe(10_000 + PAID_MINOR);
    }));
});

describe('suspend', () => {
  test("posts the money to head office's suspense account, and it ages on the desk", () =>
    play({}, async (scene) => {
      const { savings, line, open } = await refusedWithdrawal(scene);
      await scene.resolve(scene.grace, open, 'suspend');
      await scene.untilFinished();
      const entry = row<{ debit: number; credit: number }>(
        scene.books(),
        `SELECT max(CASE WHEN type = 2 THEN gl_account_id END) AS debit, max(CASE WHEN type = 1 THEN gl_account_id END) AS credit FROM journal_line WHERE manual = 1 AND amount = ? AND reversed = 0`,
        PAID_MINOR,
      );
      expect(entry).toEqual({ debit: 5, credit: 1 });
      expect(await scene.get(scene.grace, 'exceptions.listSuspense', {})).toMatchObject({
        totalMinor: PAID_MINOR,
        rows: [{ receiptNumber: line.receipt.number, amountMinor: PAID_MINOR, ageDays: 0, by: 'Grace Wanjiru', standing: 'confirmed' }],
      });
      await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 3_000_000 - PAID_MINOR });
      await scene.get(scene.grace, 'cash.closeDay', {});
      await scene.nextMorning();
      await scene.nextMorning();
      await scene.nextMorning();
      expect((await scene.get(scene.grace, 'exceptions.listSuspense', {})).rows[0]?.ageDays).toBe(3);
      expect(await scene.view(savings)).toMatchObject({ disputed: false, ledgerMinor: 265_000 });
      scene.expectAccounted();
    }));

  test('of a day whose books head office has closed carries the day of the decision, for its own would be refused again (I3)', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      const line = await scene.deposit(scene.achieng, scene.savings(), 30_000);
      await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 3_030_000 });
      await scene.get(scene.grace, 'cash.closeDay', {});
      await scene.nextMorning();
      expect(scene.control().closePeriod(2, line.receipt.businessDate).status).toBe(200);
      await scene.restoreLine();
      await scene.until(line, 'needsYou');
      const open = await scene.openCase();
      expect(open.serverCode).toBe('error.msg.glJournalEntry.invalid.accounting.closed');
      await scene.resolve(scene.grace, open, 'suspend');
      await scene.untilFinished();
      const entry = row<{ date: string; comments: string }>(
        scene.books(),
        'SELECT entry_date AS date, comments FROM journal_line WHERE manual = 1 AND amount = 30000 LIMIT 1',
      );
      expect(entry?.date).toBe('2026-11-21');
      expect(entry?.comments).toContain(line.receipt.number);
      expect(await scene.openCases(scene.amina)).toEqual([]);
      scene.expectAccounted();
    }));

  test('on a day whose books are closed as well waits for the next open day, and is no case of a case', () =>
    play({}, async (scene) => {
      const { line, open } = await refusedWithdrawal(scene);
      const today = line.receipt.businessDate;
      expect(scene.control().closePeriod(2, today).status).toBe(200);
      await scene.resolve(scene.grace, open, 'suspend');
      await scene.pass(2 * HOUR_MS);
      expect(await scene.openCases(scene.amina)).toEqual([]);
      const posting = row<{ commandId: string }>(
        scene.pc.database(),
        `SELECT suspense_command_id AS commandId FROM journal_exceptions WHERE suspense_command_id IS NOT NULL`,
      );
      const { item } = await scene.get(scene.grace, 'sync.showItem', { commandId: posting?.commandId ?? '' });
      expect(item).toMatchObject({ standing: 'savedHere', reason: 'booksClosed' });
      await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 3_000_000 - PAID_MINOR });
      await scene.get(scene.grace, 'cash.closeDay', {});
      await scene.nextMorning();
      await scene.untilFinished();
      expect(await scene.openCases(scene.amina)).toEqual([]);
      const entry = row<{ date: string }>(
        scene.books(),
        'SELECT entry_date AS date FROM journal_line WHERE manual = 1 AND amount = ? LIMIT 1',
        PAID_MINOR,
      );
      expect(entry?.date).toBe('2026-11-21');
      scene.expectAccounted();
    }));

  test('whose reply is lost is found by its reference and not posted twice (I2)', () =>
    play({}, async (scene) => {
      const { open } = await refusedWithdrawal(scene);
      scene.pc.network.arm('replyLost', 1, 'money');
      await scene.resolve(scene.grace, open, 'suspend');
      await scene.untilFinished();
      expect(
        count(scene.books(), 'SELECT count(DISTINCT transaction_ref) FROM journal_line WHERE manual = 1 AND amount = ?', PAID_MINOR),
      ).toBe(1);
      scene.expectAccounted();
    }));
});

describe('recognise', () => {
  test('links the transaction that head office holds already, and its effect counts once (I6)', () =>
    play({}, async (scene) => {
      const { savings, line, open } = await refusedWithdrawal(scene);
      expect(open.choices.find((choice) => choice.resolution === 'recognise')).toMatchObject({
        possible: false,
        whyNot: 'resolution.noCandidate',
      });
      scene.control().actAs({ username: 'bungoma', kind: 'deposit', accountId: savings.serverId, amountMinor: 300_000 });
      scene.control().actAs({ username: 'bungoma', kind: 'withdrawal', accountId: savings.serverId, amountMinor: PAID_MINOR });
      await scene.get(scene.grace, 'clients.refresh', { clientId: savings.clientId });
      const again = await scene.openCase();
      expect(again.candidates).toMatchObject([{ amountMinor: -PAID_MINOR, businessDate: line.receipt.businessDate }]);
      const chosen = again.candidates[0]?.serverTransactionId ?? 0;
      expect(
        await scene.refusal(scene.grace, 'exceptions.resolve', {
          exceptionId: open.exceptionId,
          resolution: 'recognise',
          reason: 'seen there',
          serverTransactionId: chosen + 1,
        }),
      ).toBe('exception.candidateNeeded');
      await scene.resolve(scene.grace, again, 'recognise', chosen);
      expect(await scene.receipt(line)).toMatchObject({ standing: 'confirmed', serverTransactionId: chosen });
      const view = await scene.view(savings);
      expect(view).toMatchObject({ disputed: false, unfinishedCount: 0 });
      expect(view.ledgerMinor).toBe(scene.balanceThere(savings));
      scene.expectAccounted();
    }));

  test('gives one transaction to one receipt only: two of equal sum need two', () =>
    play({}, async (scene) => {
      const savings = scene.savings();
      await scene.cutLine();
      const first = await scene.withdraw(scene.achieng, savings, 200_000);
      const second = await scene.withdraw(scene.achieng, savings, 200_000, { approval: { username: 'grace', password: 'practice' } });
      scene.control().actAs({ username: 'bungoma', kind: 'withdrawal', accountId: savings.serverId, amountMinor: 700_000 });
      await scene.restoreLine();
      scene.control().actAs({ username: 'bungoma', kind: 'deposit', accountId: savings.serverId, amountMinor: 150_000 });
      scene.control().actAs({ username: 'bungoma', kind: 'withdrawal', accountId: savings.serverId, amountMinor: 200_000 });
      await scene.get(scene.grace, 'clients.refresh', { clientId: savings.clientId });
      await scene.resolve(scene.grace, await scene.openCase(), 'recognise');
      await scene.until(second, 'needsYou');
      const open = await scene.openCase();
      expect(open.item.receiptNumber).toBe(second.receipt.number);
      expect(open.candidates).toEqual([]);
      expect((await scene.receipt(first)).standing).toBe('confirmed');
      await scene.resolve(scene.grace, open, 'suspend');
      await scene.untilFinished();
      scene.expectAccounted();
    }));
});
