// The code that keeps the receipt numbers of an office's PCs apart, where head office is prepared only after the PCs were founded: it is
// registered at the next contact, and where another PC holds it, a free one is taken before the next number (field rules 1.6, I8).

import { describe, expect, test } from 'vitest';
import { readReceiptNumber } from '../../shared/domain/receipts/receiptNumber.ts';
import { signIn } from '../world/people.ts';
import { MINUTE_MS, play, type Scene } from './scene.ts';

const TABLE = {
  datatableName: 'tawi_device',
  apptableName: 'm_office',
  multiRow: true,
  columns: ['device_key', 'device_name', 'enrolled_at'].map((name) => ({
    name,
    type: 'String',
    length: 100,
    mandatory: false,
    unique: name === 'device_key',
  })),
};

function keysThere(scene: Scene): readonly string[] {
  const rows = JSON.parse(
    scene.control().requestAs('admin', { method: 'GET', url: '/datatables/tawi_device/2', body: null }).body,
  ) as readonly {
    readonly device_key: string;
  }[];
  return rows.map((row) => row.device_key).toSorted();
}

/** How many PCs of the branch believe that receipts of theirs are missing. */
function pcsThatMissReceipts(scene: Scene): number {
  const asked = "SELECT count(*) FROM local_settings WHERE name = 'booksBehind' AND value <> 'null'";
  return scene.world.pcs.filter((pc) => pc.database().prepare(asked).pluck().get() !== 0).length;
}

function entries(scene: Scene): readonly string[] {
  const rows = scene.pc.database().prepare("SELECT what FROM journal_entries WHERE what LIKE 'device.%' ORDER BY entry").all();
  return (rows as readonly { readonly what: string }[]).map((row) => row.what);
}

describe('a PC that was founded before head office was prepared', () => {
  test('registers its code at the next contact, once, and goes on with its numbers', () =>
    play({ markers: 'weak', pcs: 2 }, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 0 });
      const before = await scene.deposit(scene.achieng, scene.savings(0), 10_000);
      await scene.get(scene.amina, 'headOffice.prepare', {});
      await scene.pass(2_000);
      // The PC at which it was prepared knows at once; the other one asks again after a while.
      expect(keysThere(scene)).toEqual(['KTL-01']);
      await scene.pass(12 * MINUTE_MS);
      expect(keysThere(scene)).toEqual(['KTL-01', 'KTL-02']);
      expect(entries(scene)).toEqual(['device.registered']);
      const after = await scene.deposit(scene.achieng, scene.savings(1), 11_000);
      expect([before, after].map((line) => readReceiptNumber(line.receipt.number)?.sequence)).toEqual([1, 2]);
      await scene.untilFinished();
      await scene.pass(2 * MINUTE_MS);
      // The receipts of the first PC are nobody else's loss.
      expect(pcsThatMissReceipts(scene)).toBe(0);
    }));

  test('does not take for its own the row of a PC of the same name, code and second', () =>
    play({ markers: 'weak', pcs: 2, deviceCode: '60' }, async (scene) => {
      const second = scene.world.time.now();
      for (const pc of scene.world.pcs)
        pc.database().prepare("UPDATE local_settings SET value = json_set(value, '$.foundedAt', ?) WHERE name = 'identity'").run(second);
      await scene.get(scene.amina, 'headOffice.prepare', {});
      await scene.pass(15 * MINUTE_MS);
      expect(keysThere(scene)).toEqual(['KTL-01', 'KTL-60']);
      const codes = scene.world.pcs.map((pc) =>
        pc.database().prepare("SELECT value ->> '$.deviceCode' AS code FROM local_settings WHERE name = 'identity'").pluck().get(),
      );
      expect(codes.toSorted()).toEqual(['01', '60']);
    }));

  test('takes a free code before its next number where another PC holds its own', () =>
    play({ markers: 'weak' }, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 0 });
      const before = await scene.deposit(scene.achieng, scene.savings(0), 10_000);
      const asAdmin = (url: string, body: object): number =>
        scene.control().requestAs('admin', { method: 'POST', url, body: JSON.stringify(body) }).status;
      expect(asAdmin('/datatables', TABLE)).toBe(200);
      expect(
        asAdmin('/datatables/tawi_device/2', { device_key: 'KTL-01', device_name: 'Another', enrolled_at: 'earlier', locale: 'en' }),
      ).toBe(200);
      await scene.get(scene.amina, 'headOffice.prepare', {});
      await scene.pass(MINUTE_MS);
      expect(keysThere(scene)).toEqual(['KTL-01', 'KTL-02']);
      expect(entries(scene)).toEqual(['device.codeChanged']);
      const after = await scene.deposit(scene.achieng, scene.savings(1), 11_000);
      const numbers = [before, after].map((line) => readReceiptNumber(line.receipt.number));
      expect(numbers).toMatchObject([
        { deviceCode: '01', sequence: 1 },
        { deviceCode: '02', sequence: 1 },
      ]);
      await scene.untilFinished();
      expect(pcsThatMissReceipts(scene)).toBe(0);
    }));
});

describe('preparation', () => {
  test('names a head office without cash, and what was made meanwhile comes in when it is asked for', () =>
    play({}, async (scene) => {
      await signIn(scene.world, scene.amina);
      const cashThere = async () =>
        (await scene.get(scene.amina, 'headOffice.showPreparation', {})).items.find(({ key }) => key === 'cashPaymentType');
      scene.books().exec('UPDATE payment_type SET is_cash = 0');
      expect(await cashThere()).toMatchObject({ state: 'missing', name: '' });
      const body = JSON.stringify({ name: 'Notes and coins', description: '', isCashPayment: true, position: 1 });
      expect(scene.control().requestAs('admin', { method: 'POST', url: '/paymenttypes', body }).status).toBe(200);
      expect(await cashThere()).toMatchObject({ state: 'present', name: 'Notes and coins' });
      await scene.get(scene.amina, 'sync.wake', { lists: true });
      await scene.pass(MINUTE_MS);
      const ways = await scene.get(scene.amina, 'cash.listPaymentTypes', {});
      expect(ways.filter(({ cash }) => cash).map(({ name }) => name)).toEqual(['Notes and coins']);
    }));

  test('says which suspense account this PC posts to, and that one is to be chosen where two have the name', () =>
    play({}, async (scene) => {
      await signIn(scene.world, scene.amina);
      const suspense = async () =>
        (await scene.get(scene.amina, 'headOffice.showPreparation', {})).items.find(({ key }) => key === 'suspenseAccount');
      const [first] = (await scene.get(scene.amina, 'headOffice.listAccounts', {})).filter(({ name }) => /suspense/i.test(name));
      scene.pc.database().exec("DELETE FROM local_settings WHERE name = 'suspenseAccounts'");
      const body = JSON.stringify({ name: 'Transfers in suspense', glCode: '10980', type: 1, usage: 1, manualEntriesAllowed: true });
      expect(scene.control().requestAs('admin', { method: 'POST', url: '/glaccounts', body }).status).toBe(200);
      await scene.get(scene.amina, 'sync.wake', { lists: true });
      await scene.pass(MINUTE_MS);
      expect(await suspense()).toMatchObject({ state: 'missing', name: '' });
      await scene.get(scene.amina, 'headOffice.prepare', { suspenseAccountId: first!.glAccountId });
      expect(await suspense()).toMatchObject({ state: 'present', name: `${first!.glCode} ${first!.name}`, detail: null });
    }));
});
