// A PC that is wrong about the time: its zone, its day, its clock. Head office's own day and clock are compared at each contact; a receipt is
// dated otherwise only where a named person said so, and a day that a wrong clock opened is closed as that and hinders no true one.

import { describe, expect, test } from 'vitest';
import { auditBooks } from '../../electron/store/auditBooks.ts';
import { readReceiptNumber } from '../../shared/domain/receipts/receiptNumber.ts';
import { rows } from '../simulation/checkers/rows.ts';
import { answerClock, ask, signIn } from '../world/people.ts';
import { HOUR_MS, MINUTE_MS, play, type Scene } from './scene.ts';

const DAY_MS = 24 * HOUR_MS;

function entries(scene: Scene, what: string): readonly { readonly by: string; readonly body: Record<string, unknown> }[] {
  return rows<{ by: string; body: string }>(
    scene.pc.database(),
    `SELECT "by" AS by, body FROM journal_entries WHERE what = '${what}' ORDER BY entry`,
  ).map((each) => ({ by: each.by, body: JSON.parse(each.body) as Record<string, unknown> }));
}

const OPEN = { openingMinor: 0 };
const MANAGER = { username: 'grace', password: 'practice' };

function depositForm(scene: Scene) {
  return { formId: scene.newForm(), savingsId: scene.savings().localId, amountMinor: 10_000, paidWith: { paymentTypeId: 1 } };
}

describe('a PC that was set to another zone', () => {
  test('behind head office opens no day before somebody answered; an administrator sets the zone right', () =>
    play({ zone: 'America/Los_Angeles' }, async (scene) => {
      const refused = await scene.answer(scene.achieng, 'cash.openDrawer', OPEN);
      expect(refused).toMatchObject({
        code: 'businessDay.otherThanHeadOffice',
        facts: { businessDate: '2026-11-19', headOfficeDate: '2026-11-20', leftOpen: false },
      });
      expect((await scene.get(scene.achieng, 'session.showStart', {})).dateDoubt).toEqual({
        businessDate: '2026-11-19',
        headOfficeDate: '2026-11-20',
        leftOpen: false,
      });
      await signIn(scene.world, scene.amina);
      expect(await scene.refusal(scene.achieng, 'headOffice.changeZone', { zone: 'Africa/Nairobi' })).toBe('session.notPermitted');
      expect(await scene.refusal(scene.amina, 'headOffice.changeZone', { zone: 'Africa/Atlantis' })).toBe('zone.unknown');
      await scene.get(scene.amina, 'headOffice.changeZone', { zone: 'Africa/Nairobi' });
      expect(entries(scene, 'office.zoneChanged')).toMatchObject([
        { by: 'admin', body: { from: 'America/Los_Angeles', to: 'Africa/Nairobi' } },
      ]);
      const line = await scene.deposit(scene.achieng, scene.savings(), 10_000);
      expect(line.receipt).toMatchObject({ businessDate: '2026-11-20', zone: 'Africa/Nairobi' });
      expect(line.receipt.dateSaid).toBeUndefined();
      scene.pc.die('process', 'in the evening');
      scene.pc.start();
      expect((await scene.get(scene.achieng, 'session.showStart', {})).branch?.zone).toBe('Africa/Nairobi');
      await scene.untilFinished();
      expect(scene.standingThere(line)).toMatchObject([{ date: '2026-11-20' }]);
    }));

  test.each(['Pacific/Auckland', 'Pacific/Kiritimati'])('ahead of head office (%s) as well: who said so is named on the paper', (zone) =>
    play({ zone }, async (scene) => {
      scene.world.time.leapTo(scene.world.time.now() + 7 * HOUR_MS);
      await scene.pass(MINUTE_MS);
      const facts = { businessDate: '2026-11-21', headOfficeDate: '2026-11-20' };
      await signIn(scene.world, scene.daniel);
      expect(await scene.answer(scene.daniel, 'cash.openDrawer', OPEN)).toMatchObject({ code: 'businessDay.otherThanHeadOffice', facts });
      expect(await scene.refusal(scene.daniel, 'cash.sayDate', { ...facts, headOfficeDate: '2026-11-19' })).toBe('businessDay.dateMoved');
      await scene.get(scene.daniel, 'cash.sayDate', { ...facts, reason: 'head office is behind' });
      expect(entries(scene, 'businessDay.dateSaid')).toMatchObject([{ by: 'daniel', body: { headOfficeDate: '2026-11-20' } }]);
      await scene.get(scene.daniel, 'cash.openDrawer', OPEN);
      const line = await scene.get(scene.daniel, 'savings.takeDeposit', depositForm(scene));
      expect(line.receipt.dateSaid).toEqual({ by: expect.stringContaining('Daniel') as string, headOfficeDate: '2026-11-20' });
      await scene.nextMorning();
      await scene.untilFinished();
    }),
  );
});

/** When each receipt was recorded, in the words of every request that carried it. */
function sentTimes(scene: Scene, number: string): ReadonlySet<string> {
  const requests = scene.sent.filter(({ body }) => body?.includes(number) === true);
  return new Set(
    requests.flatMap(({ body }) => [...(body ?? '').matchAll(/\d{4}-\d\d-\d\dT[\d:]{8}[+-]\d\d:\d\d/g)].map(([text]) => text)),
  );
}

describe('an administrator who sets another zone while something waits', () => {
  test('changes no word of what is sent again (I11)', () =>
    play({}, async (scene) => {
      await signIn(scene.world, scene.amina);
      await scene.cutLine();
      const line = await scene.deposit(scene.achieng, scene.savings(), 10_000);
      await scene.get(scene.amina, 'headOffice.changeZone', { zone: 'Asia/Kolkata' });
      const later = await scene.deposit(scene.achieng, scene.savings(1), 20_000);
      // Sent, and as far as anybody here knows not received; then the zone changes twice before it goes again.
      scene.pc.network.clear();
      scene.pc.network.arm('requestLost', 2, 'money');
      await scene.world.time.passUntil(() => scene.sent.length === 2, 5 * MINUTE_MS);
      await scene.get(scene.amina, 'headOffice.changeZone', { zone: 'Pacific/Auckland' });
      await scene.get(scene.amina, 'headOffice.changeZone', { zone: 'Africa/Nairobi' });
      await scene.untilFinished();
      expect(scene.sent.length).toBeGreaterThan(2);
      for (const [paper, offset] of [
        [line, '+03:00'],
        [later, '+05:30'],
      ] as const) {
        const [text, ...others] = sentTimes(scene, paper.receipt.number);
        expect(text?.slice(-6)).toBe(offset);
        expect(others).toEqual([]);
      }
      expect(scene.standingThere(line)).toHaveLength(1);
    }));
});

describe('a day that differs from head office’s', () => {
  test('is a manager’s to say where it lies before head office’s, and it is asked again when head office moves on', () =>
    play({}, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', OPEN);
      await scene.nextMorning();
      const facts = { businessDate: '2026-11-20', headOfficeDate: '2026-11-21' };
      await signIn(scene.world, scene.achieng);
      expect(await scene.answer(scene.achieng, 'savings.takeDeposit', depositForm(scene))).toMatchObject({
        code: 'businessDay.otherThanHeadOffice',
        facts: { ...facts, leftOpen: true },
      });
      // No paper is issued of it, and head office dates it all the same.
      const moved = {
        formId: scene.newForm(),
        fromSavingsId: scene.savings(0).localId,
        toSavingsId: scene.savings(1).localId,
        amountMinor: 20_000,
      };
      expect(await scene.answer(scene.achieng, 'savings.transfer', moved)).toMatchObject({
        code: 'businessDay.otherThanHeadOffice',
        facts: { ...facts, leftOpen: true },
      });
      expect((await scene.get(scene.achieng, 'session.showStart', {})).dateDoubt).toEqual({ ...facts, leftOpen: true });
      expect(await scene.refusal(scene.achieng, 'cash.sayDate', facts)).toBe('businessDay.dateNeedsManager');
      expect(await scene.refusal(scene.achieng, 'cash.sayDate', { ...facts, approval: { ...MANAGER, password: 'no' } })).toBe(
        'approval.wrongPassword',
      );
      await scene.get(scene.achieng, 'cash.sayDate', { ...facts, approval: MANAGER });
      const line = await scene.get(scene.achieng, 'savings.takeDeposit', depositForm(scene));
      expect(line.receipt).toMatchObject({ businessDate: '2026-11-20', dateSaid: { headOfficeDate: '2026-11-21' } });
      await scene.nextMorning();
      await signIn(scene.world, scene.achieng);
      expect(await scene.refusal(scene.achieng, 'savings.takeDeposit', depositForm(scene))).toBe('businessDay.otherThanHeadOffice');
    }));

  test('is known without a line as it was known with it', () =>
    play({ zone: 'America/Los_Angeles' }, async (scene) => {
      await scene.cutLine();
      scene.pc.die('power', 'overnight');
      scene.pc.start();
      await signIn(scene.world, scene.achieng);
      expect(await scene.refusal(scene.achieng, 'cash.openDrawer', OPEN)).toBe('businessDay.otherThanHeadOffice');
    }));
});

describe('a clock that differs from head office’s', () => {
  for (const [what, ms, kind] of [
    ['some days ahead', 4 * DAY_MS, 'aheadOfHeadOffice'],
    ['twenty minutes ahead', 20 * MINUTE_MS, 'aheadOfHeadOffice'],
    ['twenty minutes behind', -20 * MINUTE_MS, 'behindHeadOffice'],
  ] as const)
    test(`${what} is noticed at the first contact, although this PC remembers no other`, () =>
      play({ notPulled: true }, async (scene) => {
        scene.pc.setClockError(ms);
        scene.pc.start();
        await scene.pass(MINUTE_MS);
        expect((await scene.get(scene.achieng, 'session.showStart', {})).clockDoubt?.kind).toBe(kind);
        scene.pc.setClockError(0);
        await scene.pass(1_000);
        await answerClock(scene.world, scene.grace, 'clockIsRight');
        expect((await scene.get(scene.achieng, 'session.showStart', {})).clockDoubt).toBeNull();
      }));

  test('some days ahead is noticed against the last run where no line tells', () =>
    play({}, async (scene) => {
      await scene.deposit(scene.achieng, scene.savings(), 10_000);
      await scene.cutLine();
      scene.pc.die('power', 'at night');
      scene.pc.setClockError(3 * DAY_MS);
      scene.pc.start();
      expect((await scene.get(scene.achieng, 'session.showStart', {})).clockDoubt?.kind).toBe('longAway');
      expect(await scene.refusal(scene.achieng, 'session.signIn', { username: 'achieng', password: 'practice' })).toBe('clock.answerFirst');
    }));

  test('is answered by a named person with a password; set back, a cashier’s word leaves the doubt on the paper', () =>
    play({}, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', OPEN);
      scene.pc.setClockError(-3 * HOUR_MS);
      const right = { answer: 'clockIsRight', username: 'achieng' } as const;
      expect(await scene.refusal(scene.achieng, 'session.answerClockDoubt', { ...right, password: 'a guess' })).toBe('signIn.wrong');
      expect(await scene.get(scene.achieng, 'session.answerClockDoubt', { ...right, password: 'practice' })).toEqual({ doubtStays: true });
      expect((await scene.get(scene.achieng, 'savings.takeDeposit', depositForm(scene))).receipt.clockDoubt).toBe(true);
      expect(entries(scene, 'clock.answered').at(-1)).toMatchObject({ by: 'achieng' });
      scene.pc.setClockError(-6 * HOUR_MS);
      expect(await scene.get(scene.grace, 'session.answerClockDoubt', { ...right, username: 'grace', password: 'practice' })).toEqual({
        doubtStays: false,
      });
      expect((await scene.get(scene.achieng, 'savings.takeDeposit', depositForm(scene))).receipt.clockDoubt).toBe(false);
    }));
});

describe('a clock that is set back while nobody is signed in', () => {
  for (const [what, ms] of [
    ['two days', 2 * DAY_MS],
    ['three months', 92 * DAY_MS],
  ] as const)
    for (const line of ['with', 'without'] as const)
      test(`by ${what}, ${line} a line, lets nobody in unasked, is settled by no guess, and stays on the paper until a manager or the line vouches`, () =>
        play({}, async (scene) => {
          await scene.deposit(scene.achieng, scene.savings(), 10_000);
          await scene.untilFinished();
          if (line === 'without') await scene.cutLine();
          scene.pc.die('power', 'at noon');
          scene.pc.setClockError(-ms);
          scene.pc.start();
          await scene.pass(MINUTE_MS);
          expect((await scene.get(scene.achieng, 'session.showStart', {})).clockDoubt?.needsManager).toBe(true);
          expect(await scene.refusal(scene.grace, 'session.signIn', { username: 'grace', password: 'practice' })).toBe('clock.answerFirst');
          const answer = (username: string, password: string) => ({ answer: 'clockIsRight' as const, username, password });
          // Nobody, somebody else's password, another spelling with a guess: each is a try at signing in and nothing else.
          expect(await scene.refusal(scene.achieng, 'session.answerClockDoubt', answer('nobody', 'practice'))).toBe('signIn.wrong');
          for (const username of ['daniel', 'Daniel ', 'DANIEL', 'daniel', 'daniel'])
            expect(await scene.refusal(scene.achieng, 'session.answerClockDoubt', answer(username, 'a guess'))).toBe('signIn.wrong');
          expect(await scene.refusal(scene.achieng, 'session.answerClockDoubt', answer('daniel', 'practice'))).toBe('signIn.wait');
          expect((await scene.get(scene.achieng, 'session.showStart', {})).clockDoubt).not.toBeNull();
          expect(await scene.get(scene.achieng, 'session.answerClockDoubt', answer('achieng', 'practice'))).toEqual({ doubtStays: true });
          // What is answered already is answered: nobody's word takes it away a second time.
          expect(await scene.get(scene.achieng, 'session.answerClockDoubt', answer('achieng', 'practice'))).toEqual({ doubtStays: true });
          const doubtful = await scene.deposit(scene.achieng, scene.savings(1), 11_000);
          expect(doubtful.receipt).toMatchObject({ clockDoubt: true, businessDate: '2026-11-20' });
          expect(readReceiptNumber(doubtful.receipt.number)?.sequence).toBe(2);

          scene.pc.setClockError(0);
          await scene.restoreLine();
          await answerClock(scene.world, scene.grace, 'clockIsRight');
          const sure = await scene.deposit(scene.achieng, scene.savings(2), 12_000);
          expect(sure.receipt).toMatchObject({ clockDoubt: false, businessDate: '2026-11-20' });
          await scene.untilFinished();
          expect([doubtful, sure].map((paper) => scene.standingThere(paper).length)).toEqual([1, 1]);
        }));
});

describe('a clock that runs two days ahead while the branch works', () => {
  test('dates no receipt so unless somebody says it, and nothing of it is left when it is right again', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      await scene.deposit(scene.achieng, scene.savings(), 10_000);
      scene.pc.setClockError(2 * DAY_MS);
      await scene.restoreLine();
      expect(await scene.refusal(scene.achieng, 'savings.takeDeposit', depositForm(scene))).toBe('clock.answerFirst');
      await answerClock(scene.world, scene.grace, 'clockIsWrong');
      const meanwhile = await scene.deposit(scene.achieng, scene.savings(1), 11_000);
      expect(meanwhile.receipt).toMatchObject({ clockDoubt: true, businessDate: '2026-11-20' });
      scene.pc.setClockError(0);
      await scene.pass(MINUTE_MS);
      await answerClock(scene.world, scene.grace, 'clockIsRight');
      const after = await scene.deposit(scene.achieng, scene.savings(2), 12_000);
      expect(after.receipt).toMatchObject({ clockDoubt: false, businessDate: '2026-11-20' });
      expect(after.receipt.dateSaid).toBeUndefined();
      await scene.untilFinished();
      const start = await scene.get(scene.grace, 'session.showStart', {});
      expect([start.clockDoubt, start.dateDoubt]).toEqual([null, null]);
      expect([meanwhile, after].map((paper) => scene.standingThere(paper).length)).toEqual([1, 1]);
    }));
});

describe('a day that a wrong clock opened', () => {
  /** Four days ahead: a receipt, and then somebody sets the clock right. */
  async function openedAhead(scene: Scene): Promise<string> {
    await scene.cutLine();
    scene.pc.setClockError(4 * DAY_MS);
    await answerClock(scene.world, scene.achieng, 'clockIsRight');
    const line = await scene.deposit(scene.achieng, scene.savings(), 10_000);
    await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 3_010_000 });
    scene.pc.setClockError(0);
    await answerClock(scene.world, scene.grace, 'clockIsRight');
    return line.receipt.number;
  }

  for (const how of ['while it is open', 'after it was closed'] as const)
    test(`is closed as that ${how}; the true day opens, and on its own date it opens as well, with every number kept`, () =>
      play({}, async (scene) => {
        const first = await openedAhead(scene);
        expect(readReceiptNumber(first)?.businessDate).toBe('2026-11-24');
        if (how === 'after it was closed') {
          await scene.get(scene.grace, 'cash.closeDay', {});
          expect(await scene.refusal(scene.achieng, 'cash.openDrawer', OPEN)).toBe('businessDay.beforeLast');
        }
        const shown = await scene.get(scene.grace, 'cash.showDay', {});
        expect(shown.wrongDay).toEqual({ businessDate: '2026-11-24', open: how === 'while it is open' });
        const close = { businessDate: '2026-11-24', reason: 'the battery of the PC is flat' };
        expect(await scene.refusal(scene.achieng, 'cash.closeDayInError', close)).toBe('session.notPermitted');
        expect(await scene.refusal(scene.grace, 'cash.closeDayInError', { ...close, reason: '' })).toBe('businessDay.reasonNeeded');
        await scene.get(scene.grace, 'cash.closeDayInError', close);
        expect(entries(scene, 'businessDay.closedInError')).toMatchObject([{ by: 'grace', body: { firstReceipt: first } }]);
        await scene.restoreLine();

        const today = await scene.deposit(scene.achieng, scene.savings(1), 11_000);
        expect(today.receipt).toMatchObject({ businessDate: '2026-11-20' });
        await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 3_011_000 });
        await scene.get(scene.grace, 'cash.closeDay', {});
        for (let days = 0; days < 4; days += 1) await scene.nextMorning();
        const later = await scene.deposit(scene.achieng, scene.savings(2), 12_000);
        expect(readReceiptNumber(later.receipt.number)).toMatchObject({ businessDate: '2026-11-24', sequence: 2 });
        await scene.untilFinished(60 * MINUTE_MS);
        scene.expectAccounted();
        // The audit of every row knows what became of that day.
        expect(auditBooks(scene.pc.database(), null).finding).toBeNull();
      }));

  test('is not the true day, nor one of the past', () =>
    play({}, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', OPEN);
      const today = { businessDate: '2026-11-20', reason: 'I do not like it' };
      expect(await scene.refusal(scene.grace, 'cash.closeDayInError', today)).toBe('businessDay.isToday');
      expect(await scene.refusal(scene.grace, 'cash.closeDayInError', { ...today, businessDate: '2026-11-18' })).toBe('businessDay.closed');
      expect((await ask(scene.world, scene.grace, 'cash.closeDay', {})).kind).toBe('refused');
    }));
});
