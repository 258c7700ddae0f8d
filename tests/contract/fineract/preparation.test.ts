// Preparing a head office for Tawi, and enrolling PCs there: safe to repeat, and honest about what could not be seen.

import { describe, expect, it } from 'vitest';
import type { PreparationItem } from '../../../electron/ports/headOffice.ts';
import { admin, cashier, practiceWorld } from './practiceWorld.ts';
import type { PracticeWorld } from './practiceWorld.ts';

async function states(
  world: PracticeWorld,
  credential = admin,
): Promise<{ readonly markers: string; readonly by: Readonly<Record<string, PreparationItem['state']>> }> {
  const checked = await world.headOffice.checkPreparation(credential);
  if (!checked.ok) throw new Error(JSON.stringify(checked.trouble));
  return { markers: checked.value.markers, by: Object.fromEntries(checked.value.items.map((item) => [item.key, item.state])) };
}

describe('preparation', () => {
  it('finds what is missing, creates it once, and then works the strong way', async () => {
    const world = await practiceWorld({ prepared: false });
    expect(await states(world)).toEqual({
      markers: 'weak',
      by: {
        markerTable: 'missing',
        deviceTable: 'missing',
        markerRights: 'missing',
        loanMarkers: 'present',
        cashPaymentType: 'present',
        suspenseAccount: 'present',
        transferAccount: 'present',
        auditRights: 'present',
      },
    });
    const created = await world.headOffice.prepare(admin);
    expect(created.ok && created.value).toEqual(
      expect.arrayContaining([
        'tawi_marker',
        'tawi_device',
        'Cashier: CREATE_tawi_marker',
        'Cashier: READ_tawi_marker',
        'Cashier: CREATE_tawi_device',
        'Cashier: READ_tawi_device',
        'Cashier: UPDATE_tawi_device',
      ]),
    );
    expect(await states(world)).toEqual({
      markers: 'strong',
      by: {
        markerTable: 'present',
        deviceTable: 'present',
        markerRights: 'present',
        loanMarkers: 'present',
        cashPaymentType: 'present',
        suspenseAccount: 'present',
        transferAccount: 'present',
        auditRights: 'present',
      },
    });
    expect(await world.headOffice.prepare(admin)).toEqual({ ok: true, value: [] });
  });

  it('is judged by one’s own rights where roles may not be seen', async () => {
    const world = await practiceWorld({ prepared: true });
    expect((await states(world, cashier)).markers).toBe('strong');
    world.practice.control.takePermission('achieng', 'CREATE_tawi_marker');
    const without = await states(world, cashier);
    expect(without.markers).toBe('weak');
    expect(without.by['markerRights']).toBe('missing');
  });

  it('does not call a table a guard whose column is not unique', async () => {
    const world = await practiceWorld({ prepared: false });
    const columns = ['command_id', 'receipt_number', 'recorded_at', 'device', 'recorded_by'].map((name) => ({
      name,
      type: 'String',
      length: 100,
      mandatory: false,
      unique: false,
    }));
    const body = JSON.stringify({ datatableName: 'tawi_marker', apptableName: 'm_savings_account_transaction', multiRow: false, columns });
    expect(world.practice.control.requestAs('admin', { method: 'POST', url: '/datatables', body }).status).toBe(200);
    expect(await states(world)).toMatchObject({ markers: 'weak', by: { markerTable: 'wrong' } });
    const prepared = await world.headOffice.prepare(admin);
    expect(prepared.ok && prepared.value).not.toContain('tawi_marker');
    expect((await states(world)).by['markerTable']).toBe('wrong');
  });

  it('is refused to who may not prepare', async () => {
    const world = await practiceWorld({ prepared: false });
    expect(await world.headOffice.prepare(cashier)).toEqual({
      ok: false,
      trouble: { kind: 'refused', status: 403, code: 'error.msg.not.authorized' },
    });
  });
});

describe('enrolling a PC', () => {
  const request = {
    officeServerId: 2,
    officeCode: 'KTL',
    wantedCode: null,
    provisionalCode: '73',
    deviceName: 'Counter 1',
    enrolledAtText: '2026-11-20T08:00:00+03:00',
  };

  it('gives each PC its own code, also when two ask and when an answer is lost', async () => {
    const world = await practiceWorld({ prepared: true });
    expect(await world.headOffice.enrolDevice(request, cashier)).toEqual({ ok: true, value: { deviceCode: '01', registered: true } });
    const second = { ...request, deviceName: 'Counter 2' };
    expect(await world.headOffice.enrolDevice(second, cashier)).toEqual({ ok: true, value: { deviceCode: '02', registered: true } });
    // Asked again, as after a lost answer, it is the same PC and not a new one.
    expect(await world.headOffice.enrolDevice(second, cashier)).toEqual({ ok: true, value: { deviceCode: '02', registered: true } });
    // Installed anew it is another PC: its receipt counter is gone.
    expect(await world.headOffice.enrolDevice({ ...second, enrolledAtText: '2026-11-20T09:00:00+03:00' }, cashier)).toEqual({
      ok: true,
      value: { deviceCode: '03', registered: true },
    });
  });

  it('keeps PCs of two offices apart whose code is the same', async () => {
    const world = await practiceWorld({ prepared: true });
    const control = world.practice.control;
    const made = control.requestAs('admin', {
      method: 'POST',
      url: '/offices',
      body: JSON.stringify({ name: 'Katolo', parentId: 1, openingDate: '2020-01-01', dateFormat: 'yyyy-MM-dd', locale: 'en' }),
    });
    const officeServerId = (JSON.parse(made.body) as { readonly officeId: number }).officeId;
    const here = await world.headOffice.enrolDevice(request, admin);
    const there = await world.headOffice.enrolDevice({ ...request, officeServerId, enrolledAtText: '2026-11-20T09:00:00+03:00' }, admin);
    expect([here, there]).toMatchObject([{ value: { deviceCode: '01' } }, { value: { deviceCode: '02' } }]);
    expect(
      await world.headOffice.enrolDevice(
        { ...request, officeServerId, wantedCode: '01', enrolledAtText: '2026-11-20T10:00:00+03:00' },
        admin,
      ),
    ).toEqual({ ok: true, value: { taken: true } });
  });

  it('says when the wanted code is taken', async () => {
    const world = await practiceWorld({ prepared: true });
    const wanted = { ...request, wantedCode: '07' };
    expect(await world.headOffice.enrolDevice(wanted, cashier)).toEqual({ ok: true, value: { deviceCode: '07', registered: true } });
    expect(await world.headOffice.enrolDevice({ ...wanted, deviceName: 'Counter 9' }, cashier)).toEqual({
      ok: true,
      value: { taken: true },
    });
    expect(await world.headOffice.enrolDevice({ ...request, deviceName: 'Counter 3' }, cashier)).toEqual({
      ok: true,
      value: { deviceCode: '08', registered: true },
    });
  });

  it('gives out the low codes, whatever PCs called themselves before, and then what is left', async () => {
    const world = await practiceWorld({ prepared: true });
    const taken = { ok: true, value: { deviceCode: '73', registered: true } };
    expect(await world.headOffice.enrolDevice({ ...request, wantedCode: '73' }, cashier)).toEqual(taken);
    const second = { ...request, deviceName: 'Counter 2' };
    expect(await world.headOffice.enrolDevice(second, cashier)).toEqual({ ok: true, value: { deviceCode: '01', registered: true } });
    const third = { ...request, deviceName: 'Counter 3', wantedCode: '50' };
    expect(await world.headOffice.enrolDevice(third, cashier)).toMatchObject({ value: { deviceCode: '50' } });
    const fourth = { ...request, deviceName: 'Counter 4' };
    expect(await world.headOffice.enrolDevice(fourth, cashier)).toMatchObject({ value: { deviceCode: '74' } });
  });

  it('keeps going without the table, and says that nobody guards the code', async () => {
    const world = await practiceWorld({ prepared: false });
    expect(await world.headOffice.enrolDevice(request, cashier)).toEqual({ ok: true, value: { deviceCode: '73', registered: false } });
    expect(await world.headOffice.enrolDevice({ ...request, wantedCode: '05' }, cashier)).toEqual({
      ok: true,
      value: { deviceCode: '05', registered: false },
    });
  });
});
