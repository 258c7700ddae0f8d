// A closed day opens again by a manager's word, and what its close said is never changed by it; work after the close goes on the next business
// date, marked, and reaches head office when that date has come.

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { auditBooks } from '../../electron/store/auditBooks.ts';
import { reportHash } from '../../shared/domain/cash/dayReport.ts';
import { reportLines } from '../../shared/domain/cash/reportLines.ts';
import { slipLines } from '../../shared/domain/receipts/slipLines.ts';
import { forge } from '../world/forged.ts';
import { signIn } from '../world/people.ts';
import { play, type Scene } from './scene.ts';

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
const REASON = 'a client came back with her passbook';

async function closed(scene: Scene): Promise<{ readonly z: string; readonly businessDate: string }> {
  await signIn(scene.world, scene.grace);
  const { businessDate, report } = await scene.get(scene.grace, 'cash.closeDay', {});
  return { z: report, businessDate };
}

function audit(scene: Scene) {
  return auditBooks(scene.pc.database(), null).finding;
}

describe('a closed day', () => {
  test('opens again by a manager with a reason, leaves its report as it is, and the next close makes another in its place', () =>
    play({}, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 0 });
      const first = await scene.deposit(scene.achieng, scene.savings(0), 120_000);
      await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 120_000 });
      const { z, businessDate } = await closed(scene);
      const asMade = await scene.get(scene.grace, 'cash.showReport', { number: z });
      expect(await scene.get(scene.grace, 'cash.showDay', {})).toMatchObject({ open: false, mayReopen: true, reopened: null });

      expect(await scene.refusal(scene.achieng, 'cash.reopenDay', { businessDate, reason: REASON })).toBe('session.notPermitted');
      expect(await scene.refusal(scene.grace, 'cash.reopenDay', { businessDate: '2026-11-19', reason: REASON })).toBe(
        'businessDay.notLast',
      );
      expect(await scene.refusal(scene.grace, 'cash.reopenDay', { businessDate, reason: '-' })).toBe('businessDay.reasonNeeded');
      await scene.get(scene.grace, 'cash.reopenDay', { businessDate, reason: REASON });
      expect(await scene.refusal(scene.grace, 'cash.reopenDay', { businessDate, reason: REASON })).toBe('businessDay.alreadyOpen');

      // Visible on the day, in the list, on the report, and nothing of the report itself has moved.
      const takenBack = { number: z, by: 'Grace Wanjiru', reason: REASON };
      expect(await scene.get(scene.grace, 'cash.showDay', {})).toMatchObject({ open: true, mayReopen: false, reopened: takenBack });
      expect((await scene.get(scene.grace, 'cash.listReports', { businessDate })).map((each) => each.takenBack?.number ?? null)).toEqual([
        null,
        z,
      ]);
      const shown = await scene.get(scene.grace, 'cash.showReport', { number: z });
      const { takenBack: since, ...frozen } = shown;
      expect(frozen).toEqual(asMade);
      expect(since).toMatchObject(takenBack);
      expect(reportHash(shown, sha256)).toBe(asMade.hash);
      const words = { say: (key: string) => key, writing: { language: 'en', country: null }, zone: 'Africa/Nairobi' };
      expect(reportLines(shown, words, null)).toContainEqual(expect.objectContaining({ mark: 'report-taken-back' }));
      expect(audit(scene)).toBeNull();

      // The day goes on: numbers after those that it gave, a drawer of its own, and a report that takes the place of the first.
      await scene.get(scene.daniel, 'cash.openDrawer', { openingMinor: 0 });
      const second = await scene.deposit(scene.daniel, scene.savings(1), 30_000);
      expect(second.receipt.businessDate).toBe(businessDate);
      expect(second.receipt.number > first.receipt.number).toBe(true);
      await scene.get(scene.daniel, 'cash.closeDrawer', { countedMinor: 30_000 });
      const again = await closed(scene);
      expect(await scene.get(scene.grace, 'cash.showReport', { number: again.z })).toMatchObject({
        replaces: takenBack,
        receipts: 2,
        lastReceipt: second.receipt.number,
        drawers: [{ countedMinor: 120_000 }, { countedMinor: 30_000 }],
      });
      expect(audit(scene)).toBeNull();
      // A report is taken back once; who wrote the word into the books is seen.
      await scene.get(scene.grace, 'cash.reopenDay', { businessDate, reason: 'and one more' });
      forge(scene.pc.database(), `UPDATE journal_day_reopenings SET reopened_by = 'daniel' WHERE report = '${again.z}'`);
      expect(audit(scene)).toMatchObject({ what: 'day' });
      forge(scene.pc.database(), `UPDATE journal_day_reopenings SET reopened_by = 'grace' WHERE report = '${again.z}'`);
      expect(audit(scene)).toBeNull();
      await closed(scene);
      // Once another day was opened it is the past.
      await scene.nextMorning();
      await signIn(scene.world, scene.achieng);
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 0 });
      await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 0 });
      await closed(scene);
      expect(await scene.refusal(scene.grace, 'cash.reopenDay', { businessDate, reason: REASON })).toBe('businessDay.notLast');
      await scene.untilFinished();
    }));
});

describe('late work', () => {
  test('goes on the next business date with its mark, waits for head office’s day, and is in that day’s report', () =>
    play({}, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 0 });
      await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 0 });
      const { businessDate } = await closed(scene);
      expect(await scene.refusal(scene.achieng, 'cash.openDrawer', { openingMinor: 0 })).toBe('businessDay.closed');
      const { lateDate } = await scene.get(scene.achieng, 'cash.showDay', {});
      // A Friday: head office works on the Saturday that follows.
      expect(lateDate).toBe('2026-11-21');
      const drawer = await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 50_000, afterHours: true });
      expect(drawer.businessDate).toBe(lateDate);
      const late = await scene.deposit(scene.achieng, scene.savings(0), 70_000);
      expect(late.receipt).toMatchObject({
        businessDate: lateDate,
        afterHoursOf: businessDate,
        dateSaid: { by: 'Achieng Odhiambo', headOfficeDate: businessDate },
      });
      const words = { say: (key: string) => key, writing: { language: 'en', country: null }, zone: 'Africa/Nairobi' };
      const lines = slipLines(late.receipt, words, { standing: 'savedHere', closedAs: null, copy: null, code: null });
      expect(lines).toContainEqual(expect.objectContaining({ mark: 'slip-after-hours', left: 'receipt.afterHours' }));
      expect(await scene.get(scene.grace, 'cash.showDay', {})).toMatchObject({
        open: true,
        businessDate: lateDate,
        wrongDay: null,
        lateDate: null,
        mayReopen: false,
      });
      // Its drawer may be closed tonight; the day has not begun, and is not closed before it has.
      await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 120_000 });
      expect(await scene.refusal(scene.grace, 'cash.closeDay', {})).toBe('businessDay.notBegun');
      await scene.pass(10 * 60_000);
      expect(scene.standingThere(late)).toEqual([]);

      await scene.nextMorning();
      await signIn(scene.world, scene.daniel);
      await scene.get(scene.daniel, 'cash.openDrawer', { openingMinor: 0 });
      const usual = await scene.deposit(scene.daniel, scene.savings(1), 10_000);
      expect(usual.receipt).toMatchObject({ businessDate: lateDate });
      expect(usual.receipt.afterHoursOf).toBeUndefined();
      expect(usual.receipt.dateSaid).toBeUndefined();
      await scene.get(scene.daniel, 'cash.closeDrawer', { countedMinor: 10_000 });
      const { z } = await closed(scene);
      expect(await scene.get(scene.grace, 'cash.showReport', { number: z })).toMatchObject({
        businessDate: lateDate,
        receipts: 2,
        afterHours: [{ count: 1, amountMinor: 70_000 }],
      });
      await scene.untilFinished();
      expect(scene.standingThere(late)).toMatchObject([{ date: lateDate }]);
      expect(audit(scene)).toBeNull();
    }));
});
