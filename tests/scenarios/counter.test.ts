// The counter's own rules, of which head office knows nothing: drawers and days, receipts and their numbers, paper, drafts, and a clock that
// cannot be trusted.

import { describe, expect, test } from 'vitest';
import { isReceiptNumber } from '../../shared/domain/receipts/receiptNumber.ts';
import { receiptsIn } from '../simulation/checkers/naiveLedger.ts';
import { rows } from '../simulation/checkers/rows.ts';
import { answerClock, ask, signIn } from '../world/people.ts';
import { HOUR_MS, MINUTE_MS, play, type Scene } from './scene.ts';

function depositForm(scene: Scene, amountMinor = 10_000) {
  return { formId: scene.newForm(), savingsId: scene.savings().localId, amountMinor, paidWith: { paymentTypeId: 1 } };
}

describe('a drawer', () => {
  test('must be open before money moves, and so must the day', () =>
    play({}, async (scene) => {
      expect(await scene.refusal(scene.achieng, 'savings.takeDeposit', depositForm(scene))).toBe('businessDay.closed');
      expect(await scene.get(scene.daniel, 'cash.checkOpening', {})).toMatchObject({ businessDate: '2026-11-20', closedDay: null });
      await scene.get(scene.daniel, 'cash.openDrawer', { openingMinor: 0 });
      expect(await scene.refusal(scene.achieng, 'savings.takeDeposit', depositForm(scene))).toBe('drawer.notOpen');
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 0 });
      expect(await scene.refusal(scene.achieng, 'cash.checkOpening', {})).toBe('drawer.alreadyOpen');
      expect(await scene.refusal(scene.achieng, 'cash.openDrawer', { openingMinor: 0 })).toBe('drawer.alreadyOpen');
      await scene.get(scene.achieng, 'savings.takeDeposit', depositForm(scene));
    }));

  test('is counted blind: a difference needs a reason, and is declared and not hidden (I7)', () =>
    play({}, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 500_000 });
      await scene.deposit(scene.achieng, scene.savings(0), 120_000);
      await scene.withdraw(scene.achieng, scene.savings(1), 70_000);
      expect(await scene.refusal(scene.achieng, 'cash.closeDrawer', { countedMinor: 549_500 })).toBe('drawer.differenceNeedsReason');
      expect(await scene.refusal(scene.achieng, 'cash.closeDrawer', { countedMinor: 549_500, reason: 'x' })).toBe(
        'drawer.differenceNeedsReason',
      );
      const closed = await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 549_500, reason: 'a coin of five rolled away' });
      expect(closed).toMatchObject({
        openingMinor: 500_000,
        takenMinor: 120_000,
        paidMinor: 70_000,
        expectedMinor: 550_000,
        countedMinor: 549_500,
        differenceMinor: -500,
      });
      const [entry] = rows<{ body: string }>(scene.pc.database(), `SELECT body FROM journal_entries WHERE what = 'drawer.closed'`);
      expect(JSON.parse(entry?.body ?? '{}')).toMatchObject({ differenceMinor: -500, reason: 'a coin of five rolled away' });
    }));

  test('is not told its expected sum before it is counted, and is counted at most once more (I7)', () =>
    play({}, async (scene) => {
      const opened = await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 500_000 });
      expect(opened).toMatchObject({ expectedMinor: null, takenMinor: null, paidMinor: null, counts: [] });
      await scene.deposit(scene.achieng, scene.savings(0), 120_000);
      expect(await scene.get(scene.achieng, 'cash.showDrawer', {})).toMatchObject({
        expectedMinor: null,
        takenMinor: null,
        paidMinor: null,
      });
      expect((await scene.get(scene.achieng, 'cash.showDay', {})).drawers).toMatchObject([{ expectedMinor: null }]);
      // Another cashier is not told either; a manager is, but not of a drawer of their own.
      expect((await scene.get(scene.daniel, 'cash.showDay', {})).drawers).toMatchObject([{ expectedMinor: null }]);
      expect((await scene.get(scene.grace, 'cash.showDay', {})).drawers).toMatchObject([{ expectedMinor: 620_000 }]);
      await scene.get(scene.grace, 'cash.openDrawer', { openingMinor: 0 });
      expect(await scene.get(scene.grace, 'cash.showDrawer', {})).toMatchObject({ expectedMinor: null });

      const counted = await scene.get(scene.achieng, 'cash.countDrawer', { countedMinor: 600_000 });
      // That it differs is told, and neither by how much nor which way: the recount is as blind as the first count.
      expect(counted).toMatchObject({
        expectedMinor: null,
        takenMinor: null,
        counts: [{ countedMinor: 600_000, differenceMinor: null }],
        mayRecount: true,
        shortage: null,
      });
      expect((await scene.get(scene.achieng, 'cash.showDay', {})).drawers).toMatchObject([{ expectedMinor: null }, {}]);
      // What was counted stays as it was counted: no client is served from it any more.
      expect(await scene.refusal(scene.achieng, 'savings.takeDeposit', depositForm(scene))).toBe('drawer.counted');
      // The same sum again is the same count.
      expect((await scene.get(scene.achieng, 'cash.countDrawer', { countedMinor: 600_000 })).counts).toHaveLength(1);
      expect((await scene.get(scene.achieng, 'cash.showDrawer', {}))?.expectedMinor).toBeNull();
      const again = await scene.get(scene.achieng, 'cash.countDrawer', { countedMinor: 619_000 });
      expect(again).toMatchObject({ counts: [{ differenceMinor: -20_000 }, { differenceMinor: -1_000 }], mayRecount: false });
      expect(await scene.refusal(scene.achieng, 'cash.countDrawer', { countedMinor: 620_000 })).toBe('drawer.recountUsed');
      expect(await scene.refusal(scene.achieng, 'cash.closeDrawer', { countedMinor: 620_000 })).toBe('drawer.recountUsed');
      await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 619_000, reason: 'ten shillings are missing' });
      const [closed] = (await scene.get(scene.grace, 'cash.showDay', {})).drawers;
      expect(closed).toMatchObject({ differenceMinor: -1_000, counts: [{ countedMinor: 600_000 }, { countedMinor: 619_000 }] });
      const entries = rows<{ body: string }>(scene.pc.database(), `SELECT body FROM journal_entries WHERE what = 'drawer.counted'`);
      expect(entries.map((entry) => (JSON.parse(entry.body) as { countedMinor: number }).countedMinor)).toEqual([600_000, 619_000]);
      // The next client is served from a drawer that is opened anew.
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 619_000 });
      await scene.get(scene.achieng, 'savings.takeDeposit', depositForm(scene));
    }));

  test('cannot be tried until it fits: a sum told with a close that is refused is a count', () =>
    play({}, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 500_000 });
      for (const countedMinor of [499_000, 500_500])
        expect(await scene.refusal(scene.achieng, 'cash.closeDrawer', { countedMinor })).toBe('drawer.differenceNeedsReason');
      expect(await scene.refusal(scene.achieng, 'cash.closeDrawer', { countedMinor: 500_000 })).toBe('drawer.recountUsed');
      expect((await scene.get(scene.achieng, 'cash.showDrawer', {}))?.counts).toHaveLength(2);
    }));

  test('tells nobody who counts blind what the day took, on no screen of the branch', () =>
    play({}, async (scene) => {
      await scene.deposit(scene.achieng, scene.savings(0), 120_000);
      const day = await scene.get(scene.achieng, 'cash.showDay', {});
      expect(day).toMatchObject({
        withheld: true,
        receipts: 1,
        byKind: [{ count: 1, amountMinor: null }],
        byStanding: [{ count: 1, amountMinor: null }],
        byWay: [{ name: 'Cash', count: 1, inMinor: null, outMinor: null }],
        byCashier: [{ name: 'Achieng Odhiambo', inMinor: null }],
      });
      expect(JSON.stringify(day)).not.toMatch(/120000|3120000/);
      await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 3_120_000 });
      expect(await scene.get(scene.achieng, 'cash.showDay', {})).toMatchObject({
        withheld: false,
        byKind: [{ amountMinor: 120_000 }],
        byWay: [{ inMinor: 120_000, outMinor: 0 }],
        byCashier: [{ name: 'Achieng Odhiambo', count: 1, inMinor: 120_000, outMinor: 0 }],
      });
    }));

  test('is told apart from a namesake in the day by cashier', () =>
    play({}, async (scene) => {
      // Daniel has the name of Achieng at head office, and signs in anew.
      const [name] = rows<{ firstname: string; lastname: string }>(
        scene.books(),
        `SELECT firstname, lastname FROM user_account WHERE username = 'achieng'`,
      );
      scene
        .books()
        .prepare(`UPDATE user_account SET firstname = ?, lastname = ? WHERE username = 'daniel'`)
        .run(name?.firstname, name?.lastname);
      await scene.get(scene.daniel, 'session.signOut', {});
      await signIn(scene.world, scene.daniel);
      await scene.deposit(scene.achieng, scene.savings(0), 120_000);
      await scene.deposit(scene.daniel, scene.savings(1), 70_000);
      await scene.deposit(scene.daniel, scene.savings(2), 10_000);
      await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 3_120_000 });
      await scene.get(scene.daniel, 'cash.closeDrawer', { countedMinor: 3_080_000 });
      const { byCashier } = await scene.get(scene.grace, 'cash.showDay', {});
      expect(byCashier?.toSorted((one, other) => (one.username ?? '').localeCompare(other.username ?? ''))).toMatchObject([
        { name: 'Achieng Odhiambo', username: 'achieng', count: 1, inMinor: 120_000 },
        { name: 'Achieng Odhiambo', username: 'daniel', count: 2, inMinor: 80_000 },
      ]);
    }));

  test('whose first count differs may say that it holds: that is the second one, and then it is told', () =>
    play({}, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 500_000 });
      await scene.get(scene.achieng, 'cash.countDrawer', { countedMinor: 499_000 });
      expect(await scene.get(scene.achieng, 'cash.countDrawer', { countedMinor: 499_000, holds: true })).toMatchObject({
        expectedMinor: 500_000,
        counts: [{ differenceMinor: -1_000 }, { differenceMinor: -1_000 }],
        mayRecount: false,
      });
      expect(await scene.refusal(scene.achieng, 'cash.countDrawer', { countedMinor: 500_000, holds: true })).toBe('drawer.recountUsed');
    }));

  test('with more missing than one person may declare needs a second one, where there is one (I7)', () =>
    play({}, async (scene) => {
      const short = { countedMinor: 490_000, reason: 'a note of a hundred is missing' };
      // The smallest note of the house is 50.00, and less than that may be missing of a small drawer.
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 500_000 });
      await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 495_000, reason: 'a note of fifty is missing' });
      await scene.get(scene.grace, 'cash.showDay', {});
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 500_000 });
      expect(await scene.refusal(scene.achieng, 'cash.closeDrawer', short)).toBe('drawer.shortageNeedsManager');
      expect(await scene.refusal(scene.achieng, 'cash.closeDrawer', short)).toBe('drawer.shortageNeedsManager');
      expect((await scene.get(scene.achieng, 'cash.showDrawer', {}))?.shortage).toMatchObject({
        toleranceMinor: 5_000,
        approvers: [{ username: 'grace' }],
      });
      for (const [approval, code] of [
        [{ username: 'achieng', password: 'practice' }, 'approval.samePerson'],
        [{ username: 'daniel', password: 'practice' }, 'approval.notPermitted'],
        [{ username: 'grace', password: 'guessed' }, 'approval.wrongPassword'],
      ] as const)
        expect(await scene.refusal(scene.achieng, 'cash.closeDrawer', { ...short, approval })).toBe(code);
      const approval = { username: 'grace', password: 'practice' };
      expect(await scene.get(scene.achieng, 'cash.closeDrawer', { ...short, approval })).toMatchObject({ differenceMinor: -10_000 });
      const entries = rows<{ body: string }>(
        scene.pc.database(),
        `SELECT body FROM journal_entries WHERE what = 'drawer.closed' ORDER BY entry`,
      );
      expect(JSON.parse(entries.at(-1)?.body ?? '{}')).toMatchObject({ differenceMinor: -10_000, agreedBy: 'grace' });
      // Too much in it is declared by its holder alone.
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 500_000 });
      await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 520_000, reason: 'somebody left a note' });
    }));

  test('that was right at once is not counted again', () =>
    play({}, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 500_000 });
      await scene.get(scene.achieng, 'cash.countDrawer', { countedMinor: 500_000 });
      expect(await scene.refusal(scene.achieng, 'cash.countDrawer', { countedMinor: 499_000 })).toBe('drawer.recountUsed');
      await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 500_000 });
    }));

  test('does not feel the network: its sums are the same before and after head office heard of them (I7)', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      await scene.deposit(scene.achieng, scene.savings(0), 120_000);
      await scene.repay(scene.achieng, scene.loan(0), 30_000);
      const before = (await scene.get(scene.grace, 'cash.showDay', {})).drawers;
      expect(before).toMatchObject([{ takenMinor: 150_000, expectedMinor: 3_150_000 }]);
      await scene.restoreLine();
      await scene.untilFinished();
      expect((await scene.get(scene.grace, 'cash.showDay', {})).drawers).toEqual(before);
    }));

  test('cannot pay out what does not lie in it', () =>
    play({}, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 5_000 });
      expect(await scene.withdrawalRefused(scene.achieng, scene.savings(), 5_100)).toBe('drawer.notEnoughCash');
      await scene.withdraw(scene.achieng, scene.savings(), 5_000);
    }));

  test('is not touched by money that was not paid in cash', () =>
    play({}, async (scene) => {
      const types = await scene.get(scene.achieng, 'cash.listPaymentTypes', {});
      const mobile = types.find((type) => !type.cash);
      expect(mobile).toBeDefined();
      const line = await scene.repay(scene.achieng, scene.loan(), 30_000, { paymentTypeId: mobile?.paymentTypeId ?? 0 });
      expect(line.receipt.cash).toBe(false);
      expect((await scene.get(scene.grace, 'cash.showDay', {})).drawers).toMatchObject([{ takenMinor: 0, expectedMinor: 3_000_000 }]);
      await scene.untilFinished();
      expect(scene.standingThere(line)).toHaveLength(1);
    }));
});

describe('a business day', () => {
  test('is closed by a manager when every drawer is, works without a line, and is not opened again', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      const line = await scene.deposit(scene.achieng, scene.savings(), 10_000);
      expect(await scene.refusal(scene.grace, 'cash.closeDay', {})).toBe('businessDay.drawersOpen');
      await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 3_010_000 });
      await scene.get(scene.grace, 'cash.closeDay', {});
      expect(await scene.refusal(scene.grace, 'cash.closeDay', {})).toBe('businessDay.closed');
      // Said before anybody counts a float for it, and to whoever counts one all the same.
      expect(await scene.refusal(scene.achieng, 'cash.checkOpening', {})).toBe('businessDay.closed');
      expect(await scene.refusal(scene.achieng, 'cash.openDrawer', { openingMinor: 0 })).toBe('businessDay.closed');
      expect(await scene.get(scene.grace, 'cash.showDay', {})).toMatchObject({
        open: false,
        firstReceipt: line.receipt.number,
        lastReceipt: line.receipt.number,
        byStanding: [{ standing: 'savedHere', count: 1, amountMinor: 10_000 }],
      });
      await scene.restoreLine();
      await scene.untilFinished();
      expect(scene.standingThere(line)).toHaveLength(1);
    }));

  test('may last past midnight: late receipts carry its date and the true time (I11)', () =>
    play({}, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 0 });
      const day = (await scene.get(scene.grace, 'cash.showDay', {})).businessDate;
      scene.world.time.leapTo(scene.world.time.now() + 17 * HOUR_MS);
      await scene.pass(MINUTE_MS);
      const late = await scene.deposit(scene.achieng, scene.savings(), 10_000);
      expect(late.receipt.businessDate).toBe(day);
      expect((await scene.get(scene.grace, 'cash.showDay', {})).calendarDate > late.receipt.businessDate).toBe(true);
      await scene.untilFinished();
      expect(scene.standingThere(late)).toMatchObject([{ date: day }]);
    }));

  test('before the last one is a mistake of the clock and not a new day', () =>
    play({}, async (scene) => {
      await scene.deposit(scene.achieng, scene.savings(), 10_000);
      await scene.untilFinished();
      await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 3_010_000 });
      await scene.get(scene.grace, 'cash.closeDay', {});
      scene.pc.setClockError(-26 * HOUR_MS);
      expect(await scene.refusal(scene.achieng, 'cash.openDrawer', { openingMinor: 0 })).toBe('clock.answerFirst');
      await answerClock(scene.world, scene.grace, 'clockIsRight');
      expect(await scene.refusal(scene.achieng, 'cash.openDrawer', { openingMinor: 0 })).toBe('businessDay.beforeLast');
    }));
});

describe('receipts', () => {
  test('are numbered without gaps over a crash, a power cut and refusals (I8)', () =>
    play({}, async (scene) => {
      await scene.deposit(scene.achieng, scene.savings(0), 1_000);
      await expect(scene.repay(scene.achieng, scene.loan(0), 900_000_000)).rejects.toThrow('repayment.exceedsOutstanding');
      await scene.deposit(scene.achieng, scene.savings(1), 1_100);
      scene.pc.die('process', 'in the morning');
      scene.pc.start();
      await scene.deposit(scene.achieng, scene.savings(2), 1_200);
      scene.pc.armDeath({ at: 'statement', skip: 4 });
      await ask(scene.world, scene.achieng, 'savings.takeDeposit', depositForm(scene));
      expect(scene.pc.isOn()).toBe(false);
      scene.pc.die('power', 'at noon');
      scene.pc.start();
      await scene.deposit(scene.daniel, scene.savings(3), 1_300);
      const numbers = receiptsIn(scene.pc.database()).map((receipt) => receipt.number);
      expect(numbers.every(isReceiptNumber)).toBe(true);
      expect(numbers.map((number) => number.split('-')[3])).toEqual(['0001', '0002', '0003', '0004']);
    }));

  test('begin at 0001 on the next day, and each holds the hash of the one before (I8)', () =>
    play({}, async (scene) => {
      await scene.deposit(scene.achieng, scene.savings(0), 1_000);
      const last = await scene.deposit(scene.achieng, scene.savings(1), 1_100);
      await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 3_002_100 });
      await scene.get(scene.grace, 'cash.closeDay', {});
      await scene.nextMorning();
      const first = await scene.deposit(scene.achieng, scene.savings(2), 1_200);
      expect(first.receipt.number).toMatch(/^KTL-01-261121-0001-.$/);
      expect(first.receipt.previousHash).toBe(last.receipt.hash);
    }));

  test('say how often paper came out: the original, then copies; the receipt itself does not change (I8)', () =>
    play({}, async (scene) => {
      const line = await scene.deposit(scene.achieng, scene.savings(), 1_000);
      expect(line).toMatchObject({ printedAt: null, copies: 0 });
      const original = await scene.get(scene.achieng, 'receipts.markPrinted', { receiptId: line.receipt.receiptId });
      expect(original).toMatchObject({ copies: 0 });
      expect(original.printedAt).not.toBeNull();
      await scene.get(scene.daniel, 'receipts.markPrinted', { receiptId: line.receipt.receiptId });
      const copied = await scene.get(scene.achieng, 'receipts.markPrinted', { receiptId: line.receipt.receiptId });
      expect(copied).toMatchObject({ copies: 2, printedAt: original.printedAt });
      expect(copied.receipt).toEqual(line.receipt);
    }));

  test('paper that was asked for is no paper until somebody says that it came out, and the question waits through a power cut (I8)', () =>
    play({}, async (scene) => {
      const line = await scene.deposit(scene.achieng, scene.savings(), 1_000);
      const { receiptId } = line.receipt;
      const say = (what: 'asked' | 'cameOut' | 'didNot') => scene.get(scene.achieng, 'receipts.markPrinted', { receiptId, what });
      expect(line.printAskedAt).toBeNull();
      const asked = await say('asked');
      expect(asked).toMatchObject({ printedAt: null, copies: 0 });
      expect(asked.printAskedAt).not.toBeNull();
      scene.pc.die('power', 'while the print window stands open');
      scene.pc.start();
      await signIn(scene.world, scene.achieng);
      expect((await scene.get(scene.achieng, 'session.showStart', {})).start).toMatchObject({ unprinted: 1 });
      expect(await scene.get(scene.achieng, 'receipts.show', { receiptId })).toMatchObject({
        printedAt: null,
        printAskedAt: asked.printAskedAt,
      });
      expect(await say('didNot')).toMatchObject({ printedAt: null, copies: 0, printAskedAt: null });
      await say('asked');
      const original = await say('cameOut');
      expect(original).toMatchObject({ copies: 0, printAskedAt: null });
      expect(original.printedAt).not.toBeNull();
      await say('asked');
      expect(await say('cameOut')).toMatchObject({ copies: 1, printedAt: original.printedAt });
      scene.pc.die('power', 'after the paper');
      scene.pc.start();
      await signIn(scene.world, scene.achieng);
      expect((await scene.get(scene.achieng, 'session.showStart', {})).start).toMatchObject({ unprinted: 0 });
    }));

  test('that were not printed when the power went are counted at the next start', () =>
    play({}, async (scene) => {
      const printed = await scene.deposit(scene.achieng, scene.savings(0), 1_000);
      await scene.get(scene.achieng, 'receipts.markPrinted', { receiptId: printed.receipt.receiptId });
      const unprinted = await scene.deposit(scene.achieng, scene.savings(1), 1_000);
      scene.pc.die('power', 'before the printer');
      scene.pc.start();
      await signIn(scene.world, scene.achieng);
      expect((await scene.get(scene.achieng, 'session.showStart', {})).start).toMatchObject({
        unclean: true,
        receiptsToday: 2,
        unprinted: 1,
        lastReceipt: { number: unprinted.receipt.number, printed: false },
      });
    }));
});

describe('a draft', () => {
  test('survives a power cut, belongs to its writer, and can be thrown away', () =>
    play({}, async (scene) => {
      await scene.get(scene.achieng, 'drafts.keep', { draftKey: 'deposit', body: '{"amount":"12"}' });
      await scene.get(scene.achieng, 'drafts.keep', { draftKey: 'deposit', body: '{"amount":"1250"}' });
      scene.pc.die('power', 'while somebody types');
      scene.pc.start();
      await signIn(scene.world, scene.achieng);
      expect((await scene.get(scene.achieng, 'session.showStart', {})).start?.drafts).toBe(1);
      expect(await scene.get(scene.achieng, 'drafts.show', { draftKey: 'deposit' })).toMatchObject({ body: '{"amount":"1250"}' });
      expect(await scene.get(scene.daniel, 'drafts.show', { draftKey: 'deposit' })).toBeNull();
      await scene.get(scene.achieng, 'drafts.discard', { draftKey: 'deposit' });
      expect(await scene.get(scene.achieng, 'drafts.list', {})).toEqual([]);
    }));
});

describe('a clock', () => {
  test('that jumped ahead is asked about; nothing is recorded before somebody answered', () =>
    play({}, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 0 });
      scene.pc.setClockError(40 * MINUTE_MS);
      expect(await scene.refusal(scene.achieng, 'savings.takeDeposit', depositForm(scene))).toBe('clock.answerFirst');
      expect((await scene.get(scene.achieng, 'session.showStart', {})).clockDoubt?.kind).toBe('jumpedAhead');
      await answerClock(scene.world, scene.achieng, 'clockIsRight');
      expect((await scene.get(scene.achieng, 'savings.takeDeposit', depositForm(scene))).receipt.clockDoubt).toBe(false);
    }));

  test('that went back is asked about; when it is wrong, receipts carry the doubt until it is right', () =>
    play({}, async (scene) => {
      await scene.deposit(scene.achieng, scene.savings(), 10_000);
      scene.pc.setClockError(-3 * HOUR_MS);
      expect(await scene.refusal(scene.achieng, 'savings.takeDeposit', depositForm(scene))).toBe('clock.answerFirst');
      expect((await scene.get(scene.achieng, 'session.showStart', {})).clockDoubt?.kind).toBe('wentBack');
      await answerClock(scene.world, scene.achieng, 'clockIsWrong');
      const doubted = await scene.get(scene.achieng, 'savings.takeDeposit', depositForm(scene));
      expect(doubted.receipt.clockDoubt).toBe(true);
      scene.pc.setClockError(0);
      expect(await scene.refusal(scene.achieng, 'savings.takeDeposit', depositForm(scene))).toBe('clock.answerFirst');
      await answerClock(scene.world, scene.achieng, 'clockIsRight');
      expect((await scene.get(scene.achieng, 'savings.takeDeposit', depositForm(scene))).receipt.clockDoubt).toBe(false);
      await scene.untilFinished();
      scene.expectAccounted();
    }));

  test('of a dead battery is noticed at the start, before anybody signs in', () =>
    play({}, async (scene) => {
      await scene.deposit(scene.achieng, scene.savings(), 10_000);
      scene.pc.die('power', 'in a storm');
      scene.pc.setClockError(-300 * 24 * HOUR_MS);
      scene.pc.start();
      expect(await scene.refusal(scene.achieng, 'session.signIn', { username: 'achieng', password: 'practice' })).toBe('clock.answerFirst');
      scene.pc.setClockError(0);
      await answerClock(scene.world, scene.achieng, 'clockIsRight');
      await scene.deposit(scene.achieng, scene.savings(), 11_000);
    }));

  test('that is a few minutes off is no doubt', () =>
    play({}, async (scene) => {
      await scene.deposit(scene.achieng, scene.savings(), 10_000);
      scene.pc.setClockError(9 * MINUTE_MS);
      await scene.deposit(scene.achieng, scene.savings(), 11_000);
      expect((await scene.get(scene.achieng, 'session.showStart', {})).clockDoubt).toBeNull();
    }));
});
