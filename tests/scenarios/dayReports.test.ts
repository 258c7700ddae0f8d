// What is closed leaves a report that nothing changes afterwards: numbered, over the one before it, the same figures as the books had then. An X
// is the same at any time and tells nobody what they still have to count blind.

import { describe, expect, test } from 'vitest';
import { auditBooks } from '../../electron/store/auditBooks.ts';
import { reportHash } from '../../shared/domain/cash/dayReport.ts';
import { createHash } from 'node:crypto';
import { rows } from '../simulation/checkers/rows.ts';
import { forge } from '../world/forged.ts';
import { signIn } from '../world/people.ts';
import { HOUR_MS, play, type Scene } from './scene.ts';

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
const FLOAT = [
  { as: 'note', faceMinor: 100_000, count: 4 },
  { as: 'note', faceMinor: 20_000, count: 5 },
] as const;

function audit(scene: Scene) {
  return auditBooks(scene.pc.database(), null).finding;
}

describe('a count by notes and coins', () => {
  test('is kept with the float and with each count, and must make the sum', () =>
    play({}, async (scene) => {
      expect(await scene.refusal(scene.achieng, 'cash.openDrawer', { openingMinor: 499_900, pieces: [...FLOAT] })).toBe(
        'drawer.piecesUnfit',
      );
      const opened = await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 500_000, pieces: [...FLOAT].reverse() });
      expect(opened.openingPieces).toEqual(FLOAT);
      await scene.deposit(scene.achieng, scene.savings(0), 100_000);
      const pieces = [{ as: 'note' as const, faceMinor: 100_000, count: 6 }];
      expect(await scene.refusal(scene.achieng, 'cash.countDrawer', { countedMinor: 500_000, pieces })).toBe('drawer.piecesUnfit');
      const counted = await scene.get(scene.achieng, 'cash.countDrawer', { countedMinor: 600_000, pieces });
      expect(counted.counts).toMatchObject([{ countedMinor: 600_000, differenceMinor: 0, pieces }]);
      expect(audit(scene)).toBeNull();
      forge(scene.pc.database(), `UPDATE journal_drawers SET opening_pieces = '[{"as":"note","faceMinor":100000,"count":5}]'`);
      expect(audit(scene)).toMatchObject({ what: 'drawer' });
      forge(scene.pc.database(), (books) => books.prepare('UPDATE journal_drawers SET opening_pieces = ?').run(JSON.stringify(FLOAT)));
      expect(audit(scene)).toBeNull();
    }));

  test('need not be made: a sum alone opens and closes a drawer', () =>
    play({}, async (scene) => {
      expect((await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 500_000 })).openingPieces).toBeNull();
      const closed = await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 500_000 });
      expect(closed).toMatchObject({ differenceMinor: 0, counts: [{ pieces: null }] });
    }));
});

describe('a Z report', () => {
  test('of a drawer says opening, in and out by kind, expected, counted and difference, and is the same for ever', () =>
    play({}, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 500_000, pieces: [...FLOAT] });
      const first = await scene.deposit(scene.achieng, scene.savings(0), 120_000);
      await scene.withdraw(scene.achieng, scene.savings(1), 70_000);
      const last = await scene.repay(scene.achieng, scene.loan(0), 50_000);
      const closed = await scene.get(scene.achieng, 'cash.closeDrawer', {
        countedMinor: 599_500,
        reason: 'a coin of five rolled away',
      });
      const number = closed.report ?? '';
      expect(number).toMatch(/-Z0001$/);
      const report = await scene.get(scene.achieng, 'cash.showReport', { number });
      expect(report).toMatchObject({
        of: 'drawer',
        drawers: [
          {
            openingMinor: 500_000,
            openingPieces: FLOAT,
            takenMinor: 170_000,
            paidMinor: 70_000,
            expectedMinor: 600_000,
            countedMinor: 599_500,
            differenceMinor: -500,
            reason: 'a coin of five rolled away',
            agreedBy: null,
          },
        ],
        receipts: 3,
        firstReceipt: first.receipt.number,
        lastReceipt: last.receipt.number,
        previousHash: '0'.repeat(64),
      });
      expect(Object.fromEntries(report.byKind.map(({ kind, amountMinor }) => [kind, amountMinor]))).toEqual({
        savingsDeposit: 120_000,
        savingsWithdrawal: -70_000,
        loanRepayment: 50_000,
      });
      expect(report.unconfirmed.reduce((sum, { count }) => sum + count, 0)).toBe(3);
      expect(reportHash(report, sha256)).toBe(report.hash);
      // What head office does with it later is not the drawer's.
      await scene.world.time.pass(HOUR_MS);
      expect((await scene.get(scene.grace, 'sync.showDesk', {})).unfinishedTotal).toBe(0);
      expect(await scene.get(scene.achieng, 'cash.showReport', { number })).toEqual(report);
      const [entry] = rows<{ body: string }>(scene.pc.database(), `SELECT body FROM journal_entries WHERE what = 'drawer.closed'`);
      expect(JSON.parse(entry?.body ?? '{}')).toMatchObject({ report: number, reportHash: report.hash });
    }));

  test('of the day holds its drawers and follows theirs; the next day’s follows it', () =>
    play({}, async (scene) => {
      for (const person of [scene.achieng, scene.daniel]) {
        await scene.get(person, 'cash.openDrawer', { openingMinor: 100_000 });
        await scene.deposit(person, scene.savings(0), 20_000);
        await scene.get(person, 'cash.closeDrawer', { countedMinor: 120_000 });
      }
      const { report, businessDate } = await scene.get(scene.grace, 'cash.closeDay', {});
      const listed = await scene.get(scene.grace, 'cash.listReports', { businessDate });
      expect(listed.map(({ number, of, prints }) => [number.slice(-5), of, prints])).toEqual([
        ['Z0001', 'drawer', 0],
        ['Z0002', 'drawer', 0],
        ['Z0003', 'day', 0],
      ]);
      const ofDay = await scene.get(scene.grace, 'cash.showReport', { number: report });
      expect(ofDay).toMatchObject({ of: 'day', receipts: 2, drawers: [{ countedMinor: 120_000 }, { countedMinor: 120_000 }] });
      const second = await scene.get(scene.grace, 'cash.showReport', { number: listed[1]?.number ?? '' });
      expect(ofDay.previousHash).toBe(second.hash);
      expect(audit(scene)).toBeNull();
      const database = scene.pc.database();
      expect(() => database.exec(`UPDATE journal_reports SET hash = 'x'`)).toThrow(/never changes/);
      expect(() => database.exec('DELETE FROM journal_reports')).toThrow(/never deleted/);
      expect(() =>
        database.exec(
          `INSERT INTO journal_reports (sequence, number, business_date, body, hash) VALUES (9, 'KTL-01-Z0009', '${businessDate}', '{}', 'x')`,
        ),
      ).toThrow(/no gap/);
      // Whoever gets past that is seen by the audit.
      const [kept] = rows<{ body: string }>(database, 'SELECT body FROM journal_reports WHERE sequence = 1');
      forge(database, `UPDATE journal_reports SET body = json_set(body, '$.drawers[0].countedMinor', 130000) WHERE sequence = 1`);
      expect(audit(scene)).toMatchObject({ what: 'report', where: listed[0]?.number });
      forge(database, () => database.prepare('UPDATE journal_reports SET body = ? WHERE sequence = 1').run(kept?.body));
      expect(audit(scene)).toBeNull();
    }));

  test('goes to paper as the original once, then as counted copies; an X is counted by nobody', () =>
    play({}, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 100_000 });
      expect(await scene.refusal(scene.achieng, 'printers.printReport', {})).toBe('report.countFirst');
      expect(await scene.refusal(scene.grace, 'printers.printReport', {})).toBe('printer.none');
      expect(await scene.get(scene.grace, 'printers.printReport', { window: true })).toEqual({ copy: 0, outcome: 'window' });
      const { report } = await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 100_000 });
      const number = report ?? '';
      expect((await scene.get(scene.achieng, 'printers.printReport', { number, window: true })).copy).toBe(0);
      expect((await scene.get(scene.daniel, 'printers.printReport', { number, window: true })).copy).toBe(1);
      const prints = rows<{ by: string; copy: number }>(scene.pc.database(), 'SELECT by, copy FROM journal_report_prints ORDER BY copy');
      expect(prints).toEqual([
        { by: 'achieng', copy: 0 },
        { by: 'daniel', copy: 1 },
      ]);
    }));
});

describe('an X report', () => {
  test('is told to a manager at any time and to nobody who still counts blind', () =>
    play({}, async (scene) => {
      const { drawerId } = await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 100_000 });
      await scene.deposit(scene.achieng, scene.savings(0), 20_000);
      expect(await scene.refusal(scene.achieng, 'cash.showX', {})).toBe('report.countFirst');
      expect(await scene.refusal(scene.achieng, 'cash.showX', { drawerId })).toBe('report.countFirst');
      expect(await scene.refusal(scene.daniel, 'cash.showX', {})).toBe('report.countFirst');
      const shown = await scene.get(scene.grace, 'cash.showX', { drawerId });
      expect(shown).toMatchObject({ number: null, hash: null, drawers: [{ expectedMinor: 120_000, countedMinor: null }] });
      expect(await scene.get(scene.grace, 'cash.showX', {})).toMatchObject({ of: 'day', receipts: 1 });
      expect(rows(scene.pc.database(), 'SELECT 1 FROM journal_reports')).toEqual([]);
      await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 120_000 });
      expect(await scene.get(scene.achieng, 'cash.showX', {})).toMatchObject({ receipts: 1 });
    }));
});

test('what was over and short is told person by person: one’s own, and everybody’s to whoever closes the day', () =>
  play({}, async (scene) => {
    const count = async (who: typeof scene.achieng, countedMinor: number, reason: string): Promise<void> => {
      await signIn(scene.world, who);
      await scene.get(who, 'cash.openDrawer', { openingMinor: 100_000 });
      await scene.get(who, 'cash.closeDrawer', { countedMinor, reason });
    };
    await count(scene.achieng, 99_500, 'a coin of five rolled away');
    await count(scene.achieng, 100_000, '');
    await count(scene.daniel, 100_200, 'somebody did not take the change');
    const all = await scene.get(scene.grace, 'cash.showOverShort', {});
    expect(all.seesAll).toBe(true);
    expect(all.people).toHaveLength(2);
    const hers = all.people.find(({ username }) => username === 'achieng');
    expect(hers).toMatchObject({
      name: 'Achieng Odhiambo',
      currency: { code: 'KES' },
      netMinor: -500,
      short: 1,
      over: 0,
      limits: null,
      drawers: [{ differenceMinor: -500, reason: 'a coin of five rolled away', outside: false }, { differenceMinor: 0 }],
    });
    expect(hers?.drawers[0]?.report).toMatch(/-Z0001$/);
    const own = await scene.get(scene.daniel, 'cash.showOverShort', {});
    expect(own.seesAll).toBe(false);
    expect(own.people.map(({ username, netMinor }) => [username, netMinor])).toEqual([['daniel', 200]]);
  }));
