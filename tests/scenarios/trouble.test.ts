// What surrounds a branch and is not the line: a disk that is full, a head office that is prepared only later, accounts that are gone there.

import { describe, expect, test } from 'vitest';
import { count } from '../simulation/checkers/rows.ts';
import { drawerHolds } from '../world/people.ts';
import { MINUTE_MS, play, type Scene } from './scene.ts';

function depositForm(scene: Scene) {
  return { formId: scene.newForm(), savingsId: scene.savings().localId, amountMinor: 10_000, paidWith: { paymentTypeId: 1 } };
}

describe('a disk', () => {
  test('that is full refuses the promise whole, and the same form goes through when there is room again (I1)', () =>
    play({ incidentsExpected: true }, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 0 });
      scene.pc.fillDisk(3 * MINUTE_MS);
      const form = depositForm(scene);
      expect(await scene.refusal(scene.achieng, 'savings.takeDeposit', form)).toBe('store.full');
      const kept = scene.pc.database();
      expect(
        ['journal_receipts', 'journal_movements', 'journal_commands', 'journal_effects'].map((table) =>
          count(kept, `SELECT count(*) FROM ${table}`),
        ),
      ).toEqual([0, 0, 0, 0]);
      await scene.pass(4 * MINUTE_MS);
      const line = await scene.get(scene.achieng, 'savings.takeDeposit', form);
      expect(line.receipt.number).toContain('-0001-');
      await scene.untilFinished();
      expect(scene.standingThere(line)).toHaveLength(1);
    }));

  test('that fills up at any statement: a refusal means that nothing was written, a receipt that everything was (I1)', () =>
    play({ incidentsExpected: true }, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 0 });
      await scene.get(scene.grace, 'sync.declareOffline', { reason: 'the disk alone is looked at' });
      await scene.pass(2 * MINUTE_MS);
      const kept = scene.pc.database();
      const receipts = (): number => count(kept, 'SELECT count(*) FROM journal_receipts');
      let refused = 0;
      for (let statement = 0; refused === statement && statement < 60; statement += 1) {
        scene.pc.armDisk('full', statement, 1);
        const before = receipts();
        const answer = await scene.answer(scene.achieng, 'savings.takeDeposit', depositForm(scene));
        expect({ statement, written: receipts() - before }).toEqual({ statement, written: answer.kind === 'ok' ? 1 : 0 });
        if (answer.kind === 'refused') refused += 1;
        scene.pc.disarm();
      }
      expect(refused).toBeGreaterThan(6);
    }));

  test('that fills up while an answer is on its way leaves the promise in doubt, and it stands once (I2)', () =>
    play({ incidentsExpected: true }, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 0 });
      scene.pc.network.bring('slowLine', 30_000);
      const line = await scene.deposit(scene.achieng, scene.savings(), 10_000);
      await scene.world.time.passUntil(() => scene.sent.length > 0, MINUTE_MS);
      scene.pc.fillDisk(2 * MINUTE_MS);
      await scene.untilFinished();
      expect(await scene.story(line)).toEqual(expect.arrayContaining(['sending', 'restarted', 'lookingUp', 'found']));
      expect(scene.standingThere(line)).toHaveLength(1);
    }));
});

describe('a head office that is prepared later', () => {
  test('is posted to in the weaker mode before and the stronger one after; what was recorded stays as it was (I11)', () =>
    play({ markers: 'weak' }, async (scene) => {
      expect((await scene.status()).markers).toBe('weak');
      await scene.cutLine();
      const before = await scene.deposit(scene.achieng, scene.savings(0), 10_000);
      scene.pc.network.clear();
      scene.control().setUserDisabled('achieng', true);
      await scene.pass(2 * MINUTE_MS);
      const prepared = await scene.get(scene.amina, 'headOffice.prepare', {});
      expect(prepared).toMatchObject({ mode: 'strong' });
      expect(
        (await scene.get(scene.amina, 'headOffice.showPreparation', {})).items.every(
          (item) => item.state === 'present' || item.key === 'readingWindow',
        ),
      ).toBe(true);
      scene.control().setUserDisabled('achieng', false);
      const after = await scene.deposit(scene.achieng, scene.savings(1), 11_000);
      await scene.get(scene.achieng, 'session.signIn', { username: 'achieng', password: 'practice' });
      await scene.untilFinished();
      const urlOf = (number: string) => scene.sent.find((request) => request.body?.includes(number) === true)?.url;
      expect(urlOf(before.receipt.number)).toContain('transactions?command=deposit');
      expect(urlOf(after.receipt.number)).toBe('/batches?enclosingTransaction=true');
      expect([before, after].map((line) => scene.standingThere(line).length)).toEqual([1, 1]);
    }));

  test('tells the administrator what is missing, and nobody else may prepare it', () =>
    play({ markers: 'weak' }, async (scene) => {
      const shown = await scene.get(scene.amina, 'headOffice.showPreparation', {});
      expect(shown.mode).toBe('weak');
      expect(shown.items.filter((item) => item.state === 'missing').map((item) => item.key)).toEqual([
        'markerTable',
        'deviceTable',
        'markerRights',
        'readingWindow',
      ]);
      expect(await scene.refusal(scene.grace, 'headOffice.prepare', {})).toBe('session.notPermitted');
    }));
});

describe('an account', () => {
  test('that is gone at head office when the promise arrives makes a case, and the client gets the money back (I9)', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      const line = await scene.deposit(scene.achieng, scene.savings(0), 10_000);
      expect(scene.control().deleteAccount('savings', scene.savings(0).serverId).status).toBe(200);
      await scene.restoreLine();
      await scene.until(line, 'needsYou');
      await scene.resolve(scene.grace, await scene.openCase(), 'reverse');
      expect((await scene.get(scene.grace, 'cash.showDay', {})).drawers[0]?.expectedMinor).toBe(3_000_000);
      await scene.pass(2 * MINUTE_MS);
      await expect(scene.deposit(scene.achieng, scene.savings(0), 10_000)).rejects.toThrow('savings.unknown');
      scene.expectAccounted();
    }));
});

describe('a whole day', () => {
  test('with the line cut at noon ends with equal books, a closed day, and nothing left to explain', () =>
    play({}, async (scene) => {
      const people = [scene.achieng, scene.daniel];
      const lines = [];
      for (let made = 0; made < 24; made += 1) {
        if (made === 12) await scene.cutLine();
        const person = made % 2 === 0 ? scene.achieng : scene.daniel;
        const number = made % 8;
        lines.push(
          made % 3 === 0
            ? await scene.repay(person, scene.loan(number), 20_000 + made)
            : made % 3 === 1
              ? await scene.deposit(person, scene.savings(number), 30_000 + made)
              : await scene.withdraw(person, scene.savings(number), 10_000 + made, {
                  approval: { username: 'grace', password: 'practice' },
                }),
        );
        await scene.pass(10 * MINUTE_MS);
      }
      expect((await scene.status()).counts).toMatchObject({ savedHere: 12, confirmedToday: 12, needsYou: 0 });
      await scene.restoreLine();
      await scene.untilFinished();
      for (const person of people) {
        await scene.get(person, 'cash.closeDrawer', { countedMinor: drawerHolds(person) ?? 0 });
      }
      await scene.get(scene.grace, 'cash.closeDay', {});
      expect(await scene.get(scene.grace, 'cash.showDay', {})).toMatchObject({
        open: false,
        byStanding: [{ standing: 'confirmed', count: 24 }],
        firstReceipt: lines[0]?.receipt.number,
        lastReceipt: lines[23]?.receipt.number,
      });
      expect((await scene.get(scene.grace, 'sync.showDesk', {})).unfinished).toEqual([]);
      scene.expectAccounted();
    }));
});
