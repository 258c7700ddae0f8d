// A person or a business is registered with and without a line: known at once under a number that holds for ever, told to head office once
// whatever becomes of the answer, and made one with what head office had already where it says so.

import { describe, expect, test } from 'vitest';
import { isLocalNumber } from '../../shared/domain/clients/localNumber.ts';
import { rows } from '../simulation/checkers/rows.ts';
import { MINUTE_MS, play, type Scene } from './scene.ts';

const MERCELINE = {
  legalForm: 'person',
  firstname: 'Merceline',
  middlename: 'Nekesa',
  lastname: 'Kwamboka',
  mobileNo: '0700 513 902',
  dateOfBirth: '1997-04-12',
} as const;

interface Row {
  readonly id: number;
  readonly external_id: string | null;
  readonly display_name: string;
  readonly mobile_no: string | null;
  readonly status: number;
}

function there(scene: Scene, name = 'Merceline Nekesa Kwamboka'): readonly Row[] {
  return rows<Row>(scene.books(), 'SELECT id, external_id, display_name, mobile_no, status FROM client ORDER BY id').filter(
    (row) => row.display_name === name,
  );
}

async function register(scene: Scene, more: Readonly<Record<string, unknown>> = {}) {
  const { today } = await scene.get(scene.achieng, 'clients.registrationOptions', {});
  return scene.get(scene.achieng, 'clients.register', {
    formId: scene.newForm(),
    ...MERCELINE,
    submittedOn: today,
    activationDate: null,
    ...more,
  });
}

function page(scene: Scene, clientId: string) {
  return scene.get(scene.achieng, 'clients.show', { clientId });
}

function addNote(scene: Scene, clientId: string) {
  return scene.get(scene.achieng, 'clients.addNote', { formId: scene.newForm(), clientId, text: 'Sells tomatoes at the stage' });
}

function notesOn(scene: Scene, id: number): number {
  return rows(scene.books(), `SELECT id FROM note WHERE entity = 'clients' AND entity_id = ${String(id)}`).length;
}

/** Somebody at head office gives that number to another client. */
function elsewhere(scene: Scene, mobileNo: string): number {
  const id = Number(scene.books().prepare('SELECT client_id FROM savings_account WHERE id = ?').pluck().get(scene.savings().serverId));
  const reply = scene.control().requestAs('admin', { method: 'PUT', url: `/clients/${String(id)}`, body: JSON.stringify({ mobileNo }) });
  expect(reply.status).toBe(200);
  return id;
}

describe('a client registered here', () => {
  test('without a line has a number at once, is found by it, by name, by phone and by a scanner, and takes notes', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      const { clientId, localNumber } = await register(scene);
      expect(isLocalNumber(localNumber)).toBe(true);
      for (const text of [localNumber, localNumber.toLowerCase(), 'kwamboka merce', '0700513902']) {
        const { found } = await scene.get(scene.achieng, 'clients.find', { text });
        expect(found[0], text).toMatchObject({ kind: 'client', client: { clientId, registration: 'savedHere', accountNo: localNumber } });
      }
      expect((await scene.get(scene.achieng, 'clients.scan', { codes: [localNumber] })).found).toMatchObject([
        { kind: 'client', clientId },
      ]);
      expect(await page(scene, clientId)).toMatchObject({
        client: { displayName: 'Merceline Nekesa Kwamboka', status: 'pending', mobileNo: '0700 513 902' },
        numbers: { local: localNumber, headOffice: null },
        confirmedAt: null,
        dateOfBirth: '1997-04-12',
        changes: [{ kind: 'clientRegistration', standing: 'savedHere', state: 'pending' }],
      });
      const noted = await addNote(scene, clientId);
      const desk = await scene.get(scene.achieng, 'sync.showDesk', {});
      const waiting = desk.unfinished.find(({ commandId }) => commandId === noted.commandId);
      expect(waiting?.waitsFor).toMatchObject([{ kind: 'clientRegistration', about: 'Merceline Nekesa Kwamboka' }]);

      await scene.restoreLine();
      await scene.untilFinished();
      const [client, ...others] = there(scene);
      expect(others).toEqual([]);
      expect(client).toMatchObject({ external_id: localNumber, mobile_no: '0700 513 902', status: 100 });
      expect(notesOn(scene, client!.id)).toBe(1);
      await scene.pass(10 * MINUTE_MS);
      // Head office's own number stands beside ours now, and both find the client.
      const after = await page(scene, clientId);
      expect(after).toMatchObject({ client: { registration: null }, numbers: { local: localNumber, headOffice: after.client.accountNo } });
      expect(after.client.accountNo).not.toBe(localNumber);
      for (const text of [localNumber, after.client.accountNo])
        expect((await scene.get(scene.achieng, 'clients.find', { text })).found[0]).toMatchObject({ client: { clientId } });
    }));

  test.each(['replyLost', 'requestLost'] as const)('is there once when the %s', (fault) =>
    play({}, async (scene) => {
      scene.pc.network.arm(fault, 1, 'money');
      const { clientId, localNumber } = await register(scene);
      await addNote(scene, clientId);
      await scene.untilFinished();
      await scene.pass(10 * MINUTE_MS);
      expect(there(scene)).toMatchObject([{ external_id: localNumber }]);
      expect(notesOn(scene, there(scene)[0]!.id)).toBe(1);
      expect((await page(scene, clientId)).client).toMatchObject({ clientId, registration: null });
    }),
  );

  test('under the institution’s own id is found again by that, and by our number still', () =>
    play({}, async (scene) => {
      scene.pc.network.arm('replyLost', 1, 'money');
      const { clientId, localNumber } = await register(scene, { externalId: 'KG/4471 b' });
      await scene.untilFinished();
      await scene.pass(10 * MINUTE_MS);
      expect(there(scene)).toMatchObject([{ external_id: 'KG/4471 b' }]);
      const shown = await page(scene, clientId);
      expect(shown).toMatchObject({ externalId: 'KG/4471 b', numbers: { local: localNumber }, client: { registration: null } });
      const { found } = await scene.get(scene.achieng, 'clients.find', { text: localNumber });
      expect(found).toMatchObject([{ client: { clientId: shown.client.clientId } }]);
      expect((await scene.get(scene.achieng, 'clients.find', { text: 'merceline kwamboka' })).found).toHaveLength(1);
    }));

  test('is active at once where whoever registers may activate', () =>
    play({}, async (scene) => {
      const { today } = await scene.get(scene.grace, 'clients.registrationOptions', {});
      const input = { formId: scene.newForm(), ...MERCELINE, submittedOn: today, activationDate: today };
      const { clientId } = await scene.get(scene.grace, 'clients.register', input);
      await scene.untilFinished();
      expect(there(scene)).toMatchObject([{ status: 300 }]);
      expect((await page(scene, clientId)).client).toMatchObject({ status: 'active' });
    }));

  test('counts on over the days, each number once', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      const one = await register(scene);
      const other = await register(scene, { ...MERCELINE, firstname: 'Nafula', mobileNo: '', lastname: 'Barasa', dateOfBirth: null });
      expect(Number(other.localNumber.slice(-6, -2))).toBe(Number(one.localNumber.slice(-6, -2)) + 1);
    }));

  test('twenty of them at once all get through', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      const names = Array.from({ length: 20 }, (_, place) => `Zawadi${String.fromCharCode(97 + place)}`);
      for (const firstname of names) await register(scene, { firstname, middlename: '', mobileNo: '', dateOfBirth: null });
      await scene.restoreLine();
      await scene.untilFinished();
      for (const firstname of names) expect(there(scene, `${firstname} Kwamboka`)).toHaveLength(1);
    }));

  test('a business has one name and no birth date', () =>
    play({}, async (scene) => {
      const { clientId } = await register(scene, { legalForm: 'business', fullname: 'Soko Traders Ltd', mobileNo: '' });
      await scene.untilFinished();
      expect(there(scene, 'Soko Traders Ltd')).toHaveLength(1);
      expect(await page(scene, clientId)).toMatchObject({ dateOfBirth: null, client: { displayName: 'Soko Traders Ltd' } });
    }));
});

describe('a number that somebody else has as well', () => {
  test('makes nobody one with another person: head office’s client stays apart, and ours is a case', () =>
    play({ numbersMisused: true }, async (scene) => {
      await scene.cutLine();
      const { clientId, localNumber } = await register(scene);
      await addNote(scene, clientId);
      const { today } = await scene.get(scene.achieng, 'clients.registrationOptions', {});
      const body = { officeId: 2, legalFormId: 1, firstname: 'Somebody', lastname: 'Else', externalId: localNumber, active: false };
      const reply = scene.control().requestAs('admin', {
        method: 'POST',
        url: '/clients',
        body: JSON.stringify({ ...body, submittedOnDate: today, locale: 'en', dateFormat: 'yyyy-MM-dd' }),
      });
      expect(reply.status).toBe(200);
      await scene.restoreLine();
      await scene.pass(20 * MINUTE_MS);
      expect(await page(scene, clientId)).toMatchObject({
        client: { displayName: 'Merceline Nekesa Kwamboka' },
        numbers: { local: localNumber, headOffice: null },
      });
      const { rows: listed } = await scene.get(scene.achieng, 'clients.list', { show: 'all', most: 200 });
      expect(
        listed.filter(({ displayName }) => /Somebody Else|Merceline/.test(displayName)).map((row) => row.clientId === clientId),
      ).toHaveLength(2);
      expect(await scene.openCase()).toMatchObject({ item: { kind: 'clientRegistration' } });
    }));

  test('is not taken for an id of the institution', () =>
    play({}, async (scene) => {
      const { localNumber } = await register(scene);
      const { today } = await scene.get(scene.achieng, 'clients.registrationOptions', {});
      expect(
        await scene.refusal(scene.achieng, 'clients.register', {
          formId: scene.newForm(),
          legalForm: 'person',
          firstname: 'Zipporah',
          lastname: 'Anyango',
          externalId: localNumber,
          submittedOn: today,
          activationDate: null,
        }),
      ).toBe('client.externalIdTaken');
    }));
});

describe('what would be refused there is refused here', () => {
  test('no name, a date ahead, a birth after the form, an option that nobody has', () =>
    play({}, async (scene) => {
      const { today, genders } = await scene.get(scene.achieng, 'clients.registrationOptions', {});
      expect(genders.map(({ name }) => name)).toEqual(['Female', 'Male']);
      const input = { formId: scene.newForm(), ...MERCELINE, submittedOn: today, activationDate: null };
      const refusal = (more: object) => scene.refusal(scene.achieng, 'clients.register', { ...input, ...more });
      expect(await refusal({ lastname: ' ' })).toBe('client.nameNeeded');
      expect(await refusal({ submittedOn: '2099-01-01' })).toBe('client.dateAhead');
      expect(await refusal({ dateOfBirth: today })).toBe('client.bornTooLate');
      expect(await refusal({ genderId: 99_999 })).toBe('client.optionUnknown');
      expect(await refusal({ activationDate: today })).toBe('client.mayNotActivate');
      const early = { ...input, submittedOn: '2000-01-01', activationDate: '2000-01-01', dateOfBirth: null };
      expect(await scene.refusal(scene.grace, 'clients.register', early)).toBe('client.dateBeforeOffice');
    }));

  test('who is known already in letters of another keyboard and by a number in another spelling is the same person', () =>
    play({}, async (scene) => {
      const { clientId } = await register(scene, { firstname: 'Ɓala', middlename: '', lastname: 'Ƙasim', mobileNo: '0700 513 777' });
      const typed = { ...MERCELINE, firstname: 'Kasim', middlename: '', lastname: 'Bala', mobileNo: '0711 000 111 / +254700513777' };
      const { alike } = await scene.get(scene.achieng, 'clients.findAlike', typed);
      expect(alike[0]).toMatchObject({ client: { clientId }, likely: true, why: ['samePhone', 'sameName', 'sameBirthDate'] });
    }));

  test('who is known already is pointed at, and registered only when somebody says that it is another person', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      const { clientId } = await register(scene);
      const { today } = await scene.get(scene.achieng, 'clients.registrationOptions', {});
      const twin = { formId: scene.newForm(), ...MERCELINE, mobileNo: '', lastname: 'Kwamboka', submittedOn: today, activationDate: null };
      const { alike } = await scene.get(scene.achieng, 'clients.findAlike', { ...MERCELINE, middlename: '' });
      expect(alike[0]).toMatchObject({ client: { clientId }, likely: true, why: ['samePhone', 'soundsAlike', 'sameBirthDate'] });
      expect(await scene.refusal(scene.achieng, 'clients.register', twin)).toBe('client.alike');
      expect(await scene.refusal(scene.achieng, 'clients.register', { ...twin, mobileNo: MERCELINE.mobileNo })).toBe('client.mobileTaken');
      const other = await scene.get(scene.achieng, 'clients.register', { ...twin, others: [clientId] });
      expect(other.clientId).not.toBe(clientId);
    }));

  test('the same form is the same client, and a used form with other words is refused', () =>
    play({}, async (scene) => {
      const { today } = await scene.get(scene.achieng, 'clients.registrationOptions', {});
      const input = { formId: scene.newForm(), ...MERCELINE, submittedOn: today, activationDate: null };
      const one = await scene.get(scene.achieng, 'clients.register', input);
      expect(await scene.get(scene.achieng, 'clients.register', input)).toEqual({ ...one, replayed: true });
      expect(await scene.refusal(scene.achieng, 'clients.register', { ...input, firstname: 'Mary' })).toBe('form.alreadyUsed');
    }));
});

describe('head office has somebody with that phone already', () => {
  async function refused(scene: Scene) {
    await scene.cutLine();
    const taken = elsewhere(scene, MERCELINE.mobileNo);
    const registered = await register(scene);
    const noted = await addNote(scene, registered.clientId);
    await scene.restoreLine();
    await scene.pass(10 * MINUTE_MS);
    const found = (await scene.get(scene.grace, 'exceptions.list', {})).find(
      ({ existing, item }) => existing.length > 0 || item.clientId === registered.clientId,
    );
    expect(found).toBeDefined();
    const view = await scene.get(scene.grace, 'exceptions.show', { exceptionId: found!.exceptionId });
    return { taken, registered, noted, view };
  }

  test('it is a case by its own code; made one with theirs, the note goes on to that client and our number finds it', () =>
    play({}, async (scene) => {
      const { taken, registered, noted, view } = await refused(scene);
      expect(view).toMatchObject({ serverCode: 'error.msg.client.duplicate.mobileNo', waitingBehind: [{ commandId: noted.commandId }] });
      expect(view.choices.map(({ resolution, possible }) => [resolution, possible])).toEqual([
        ['correct', true],
        ['merge', true],
        ['resubmit', true],
        ['withdraw', true],
      ]);
      expect(view.existing).toMatchObject([{ why: ['samePhone', 'otherBirthDate'] }]);
      const into = view.existing[0]!.localId;
      await scene.get(scene.grace, 'exceptions.resolve', {
        exceptionId: view.exceptionId,
        resolution: 'merge',
        reason: 'the same woman, married since',
        mergeInto: into,
      });
      await scene.untilFinished();
      expect(there(scene)).toEqual([]);
      expect(notesOn(scene, taken)).toBe(1);
      // Asked for under the number on the slip, or under the id that a page still holds, it is the other one.
      expect((await page(scene, registered.clientId)).client.clientId).toBe(into);
      expect((await page(scene, into)).notes).toMatchObject([{ commandId: noted.commandId, standing: 'confirmed' }]);
      const { found } = await scene.get(scene.achieng, 'clients.find', { text: registered.localNumber });
      expect(found).toMatchObject([{ client: { clientId: into } }]);
      expect((await scene.get(scene.achieng, 'clients.find', { text: 'merceline kwamboka' })).found).toEqual([]);
    }));

  test('corrected, it goes under the same number, and the note behind it', () =>
    play({}, async (scene) => {
      const { registered, view } = await refused(scene);
      expect(view.item.editable).toMatchObject({ mobileNo: MERCELINE.mobileNo, firstname: 'Merceline' });
      await scene.get(scene.grace, 'exceptions.resolve', {
        exceptionId: view.exceptionId,
        resolution: 'correct',
        reason: 'her own number',
        edits: { mobileNo: '0700 513 903' },
      });
      await scene.untilFinished();
      expect(there(scene)).toMatchObject([{ external_id: registered.localNumber, mobile_no: '0700 513 903' }]);
      expect(notesOn(scene, there(scene)[0]!.id)).toBe(1);
    }));

  test('given up, it takes the note with it, and is in no list any more', () =>
    play({}, async (scene) => {
      const { registered, view } = await refused(scene);
      const input = { exceptionId: view.exceptionId, resolution: 'withdraw', reason: 'she is known already' } as const;
      expect(await scene.refusal(scene.grace, 'exceptions.resolve', input)).toBe('command.childrenWait');
      await scene.get(scene.grace, 'exceptions.resolve', { ...input, withChildren: true });
      await scene.untilFinished();
      expect(there(scene)).toEqual([]);
      expect((await scene.get(scene.achieng, 'clients.find', { text: registered.localNumber })).found).toEqual([]);
    }));
});
