// A data folder that was copied to another computer: both hold the same device code and the same books. The copy gives no number before it has
// a code of its own, and a number that stands at head office for something else is told at once (I8).

import { describe, expect, test } from 'vitest';
import { readReceiptNumber } from '../../shared/domain/receipts/receiptNumber.ts';
import { rows } from '../simulation/checkers/rows.ts';
import type { BranchPc } from '../world/branchPc.ts';
import { signIn } from '../world/people.ts';
import { MINUTE_MS, play, type Scene } from './scene.ts';

async function copied(scene: Scene, sameMachine = false): Promise<BranchPc> {
  await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 0 });
  await scene.deposit(scene.achieng, scene.savings(0), 10_000);
  await scene.untilFinished();
  return scene.world.copyFolder(scene.pc, sameMachine);
}

function entries(pc: BranchPc, like: string): readonly string[] {
  return rows<{ what: string }>(pc.database(), `SELECT what FROM journal_entries WHERE what LIKE '${like}' ORDER BY entry`).map(
    ({ what }) => what,
  );
}

interface Device {
  readonly device_key: string;
  readonly device_name: string;
}

const depositForm = (scene: Scene, number: number) => ({
  formId: scene.newForm(),
  savingsId: scene.savings(number).localId,
  amountMinor: 11_000,
  paidWith: { paymentTypeId: 1 },
});

describe('a copied data folder', () => {
  for (const markers of ['strong', 'weak'] as const)
    test(`takes a code of its own before it gives a number, with ${markers} markers; the first goes on with its own`, () =>
      play({ markers }, async (scene) => {
        const pc = await copied(scene);
        pc.start();
        const there = { pc, username: 'achieng' };
        await signIn(scene.world, there);
        await scene.pass(2 * MINUTE_MS);
        const [first, second] = [
          await scene.deposit(scene.achieng, scene.savings(1), 11_000),
          await scene.get(there, 'savings.takeDeposit', depositForm(scene, 2)),
        ].map((line) => readReceiptNumber(line.receipt.number));
        expect(first).toMatchObject({ deviceCode: '01', sequence: 2 });
        expect(second?.deviceCode).not.toBe('01');
        expect(second?.sequence).toBe(1);
        expect(entries(pc, 'device.%').slice(-2)).toEqual(['device.moved', 'device.codeChanged']);
        expect(entries(scene.pc, 'device.moved')).toEqual([]);
        if (markers === 'strong') {
          // Under a name of its own: nobody takes it for the PC that the folder came from.
          const url = '/datatables/tawi_device/2';
          const told = JSON.parse(scene.control().requestAs('admin', { method: 'GET', url, body: null }).body) as Device[];
          const named = told.filter(({ device_name: name }) => name.startsWith(pc.name)).map(({ device_key: key }) => key);
          expect(named).toEqual([`KTL-${String(second?.deviceCode)}`]);
        }
        await scene.untilFinished();
      }));

  test('without a line gives none at all, and reads and signs people in all the same', () =>
    play({}, async (scene) => {
      const pc = await copied(scene);
      pc.network.bring('partition', 60 * MINUTE_MS);
      pc.start();
      const there = { pc, username: 'achieng' };
      await signIn(scene.world, there);
      expect((await scene.get(there, 'session.showStart', {})).newCodeNeeded).toBe(true);
      expect(await scene.refusal(there, 'savings.takeDeposit', depositForm(scene, 1))).toBe('device.newCodeNeeded');
      // A restart of the copy is no way around.
      pc.die('power', 'and on again');
      pc.start();
      await signIn(scene.world, there);
      expect(await scene.refusal(there, 'savings.takeDeposit', depositForm(scene, 1))).toBe('device.newCodeNeeded');
      pc.network.clear();
      await scene.pass(3 * MINUTE_MS);
      expect((await scene.get(there, 'session.showStart', {})).newCodeNeeded).toBe(false);
      const line = await scene.get(there, 'savings.takeDeposit', depositForm(scene, 1));
      expect(readReceiptNumber(line.receipt.number)?.deviceCode).toBe('02');
      await scene.pass(5 * MINUTE_MS);
    }));
});

test('a number of ours that head office has for another sum is told at the start and where cases are decided', () =>
  play({ numbersMisused: true }, async (scene) => {
    await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 0 });
    const line = await scene.deposit(scene.achieng, scene.savings(0), 10_000);
    await scene.untilFinished();
    expect((await scene.get(scene.grace, 'session.showStart', {})).numbersTwice).toEqual([]);
    const other = scene.savings(1);
    const posted = scene.control().requestAs('bungoma', {
      method: 'POST',
      url: `/savingsaccounts/${String(other.serverId)}/transactions?command=deposit`,
      body: JSON.stringify({
        transactionDate: line.receipt.businessDate,
        transactionAmount: 77,
        paymentTypeId: 1,
        receiptNumber: line.receipt.number,
        locale: 'en',
        dateFormat: 'yyyy-MM-dd',
      }),
    });
    expect(posted.status).toBe(200);
    await scene.get(scene.grace, 'clients.refresh', { clientId: other.clientId });
    await scene.pass(2 * MINUTE_MS);
    expect((await scene.get(scene.grace, 'session.showStart', {})).numbersTwice).toMatchObject([
      { number: line.receipt.number, accountNo: other.accountNo, amountMinor: 7_700 },
    ]);
    expect(entries(scene.pc, 'receipts.numberTwice')).toHaveLength(1);
  }));

/** What head office's row of a code says was given last under it. */
function givenThere(scene: Scene, code: string): string | null {
  const devices = JSON.parse(
    scene.control().requestAs('admin', { method: 'GET', url: '/datatables/tawi_device/2', body: null }).body,
  ) as readonly { readonly device_key: string; readonly numbers_given: string | null }[];
  return devices.find((row) => row.device_key === `KTL-${code}`)?.numbers_given ?? null;
}

describe('the number that head office keeps at the row of a PC', () => {
  test('is renewed as numbers are given, and a reply that is lost on the way changes nothing', () =>
    play({}, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 0 });
      await scene.pass(2 * MINUTE_MS);
      expect(givenThere(scene, '01')).toBeNull();
      const first = await scene.deposit(scene.achieng, scene.savings(0), 10_000);
      await scene.pass(3 * MINUTE_MS);
      expect(givenThere(scene, '01')).toBe(`${first.receipt.number} ${first.receipt.hash.slice(0, 12)}`);
      const second = await scene.deposit(scene.achieng, scene.savings(1), 12_000);
      scene.pc.network.arm('replyLost', 6, 'any');
      await scene.pass(20 * MINUTE_MS);
      expect(givenThere(scene, '01')).toBe(`${second.receipt.number} ${second.receipt.hash.slice(0, 12)}`);
      expect(entries(scene.pc, 'device.%')).toEqual([]);
      await scene.untilFinished();
    }));

  for (const [what, firstIsGone] of [
    ['a disk that was cloned whole', false],
    ['a folder that was put back', true],
  ] as const)
    test(`tells ${what}, whose machine and place are the same: it takes a code of its own before it gives a number`, () =>
      play({}, async (scene) => {
        const pc = await copied(scene, true);
        // Numbers that the copy knows nothing of.
        const given = await scene.deposit(scene.achieng, scene.savings(1), 11_000);
        await scene.untilFinished();
        await scene.pass(3 * MINUTE_MS);
        expect(givenThere(scene, '01')).toContain(given.receipt.number);
        if (firstIsGone) scene.pc.die('power', 'and its folder is put back from an older day');
        pc.start();
        const there = { pc, username: 'achieng' };
        await signIn(scene.world, there);
        await scene.pass(2 * MINUTE_MS);
        const line = await scene.get(there, 'savings.takeDeposit', depositForm(scene, 2));
        expect(readReceiptNumber(line.receipt.number)).toMatchObject({ deviceCode: '02', sequence: 1 });
        expect(entries(pc, 'device.%')).toEqual(['device.numbersElsewhere', 'device.codeChanged']);
        // What the first gave stays under its own code.
        expect(givenThere(scene, '01')).toContain(given.receipt.number);
        if (!firstIsGone) {
          const next = await scene.deposit(scene.achieng, scene.savings(1), 13_000);
          expect(readReceiptNumber(next.receipt.number)).toMatchObject({ deviceCode: '01', sequence: 3 });
          expect(entries(scene.pc, 'device.%')).toEqual([]);
        }
        await scene.pass(5 * MINUTE_MS);
      }));
});
