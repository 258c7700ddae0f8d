// Head office is put back to an earlier day and gives the numbers of the days after it a second time, to others. What the branch knows of somebody
// never becomes somebody else's: each stays who they are, and what was recorded for the first is a case.

import { describe, expect, test } from 'vitest';
import type { LocalId } from '../../shared/kernel/ids.ts';
import { count, rows } from '../simulation/checkers/rows.ts';
import { base64Of, jpegOf } from '../world/pictures.ts';
import { MINUTE_MS, play, type Scene } from './scene.ts';

const FORM = { locale: 'en', dateFormat: 'yyyy-MM-dd' } as const;

function post(scene: Scene, url: string, body: object): number {
  const reply = scene.control().requestAs('admin', { method: 'POST', url, body: JSON.stringify({ ...FORM, ...body }) });
  expect(reply.status, reply.body).toBe(200);
  return (JSON.parse(reply.body) as { resourceId: number }).resourceId;
}

function openThere(scene: Scene, firstname: string, lastname: string): { readonly clientId: number; readonly savingsId: number } {
  const on = scene.control().businessDate();
  const person = { officeId: 2, legalFormId: 1, firstname, lastname, active: true, activationDate: on, submittedOnDate: on };
  const clientId = post(scene, '/clients', person);
  const savingsId = post(scene, '/savingsaccounts', { clientId, productId: 1, submittedOnDate: on });
  post(scene, `/savingsaccounts/${String(savingsId)}?command=approve`, { approvedOnDate: on });
  post(scene, `/savingsaccounts/${String(savingsId)}?command=activate`, { activatedOnDate: on });
  return { clientId, savingsId };
}

async function register(scene: Scene, firstname: string, lastname: string, own: { readonly externalId?: string } = {}) {
  const { today } = await scene.get(scene.achieng, 'clients.registrationOptions', {});
  const input = {
    formId: scene.newForm(),
    legalForm: 'person' as const,
    firstname,
    lastname,
    ...own,
    submittedOn: today,
    activationDate: null,
  };
  return scene.get(scene.achieng, 'clients.register', input);
}

async function find(scene: Scene, text: string) {
  const { found } = await scene.get(scene.achieng, 'clients.find', { text });
  return found.flatMap((each) => (each.kind === 'client' ? [each.client] : []));
}

function thereNamed(scene: Scene, name: string): readonly number[] {
  return rows<{ id: number }>(scene.books(), `SELECT id FROM client WHERE display_name = '${name}' ORDER BY id`).map(({ id }) => id);
}

async function addPaper(scene: Scene, clientId: LocalId, documentKey: string): Promise<LocalId> {
  const input = { formId: scene.newForm(), clientId, typeId: 1, documentKey };
  return (await scene.get(scene.achieng, 'clients.addIdentifier', input)).identifierId;
}

async function addSide(scene: Scene, clientId: LocalId, identifierId: LocalId, name: string): Promise<void> {
  await scene.get(scene.achieng, 'clients.addDocument', {
    formId: scene.newForm(),
    clientId,
    identifierId,
    name,
    content: base64Of(jpegOf(name)),
  });
}

function papersThere(scene: Scene) {
  return rows<{ owner: number; number: string }>(
    scene.books(),
    'SELECT client_id AS owner, document_key AS number FROM client_identifier ORDER BY id',
  );
}

/** Documents beside the number of the identity paper that they are of; our mark is left out of their names. */
function sidesThere(scene: Scene) {
  const sides = rows<{ number: string; name: string }>(
    scene.books(),
    `SELECT paper.document_key AS number, side.name FROM document AS side LEFT JOIN client_identifier AS paper
       ON side.entity = 'client_identifiers' AND paper.id = side.entity_id ORDER BY paper.document_key`,
  );
  return sides.map(({ number, name }) => ({ number, name: name.replace(/ *[([].*$/u, '') }));
}

async function letAllGoAgain(scene: Scene): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    for (const open of await scene.openCases()) await scene.resolve(scene.grace, open, 'resubmit');
    await scene.untilFinished();
    await scene.pass(10 * MINUTE_MS);
  }
}

/** A client of another office's making, with her account, who is known here as well. */
async function rehemaThere(scene: Scene) {
  const first = openThere(scene, 'Rehema', 'Chebet');
  await scene.pass(10 * MINUTE_MS);
  const [rehema] = await find(scene, 'Rehema Chebet');
  const { savings } = await scene.get(scene.achieng, 'clients.show', { clientId: rehema!.clientId });
  return { first, rehema: rehema!, account: { ...scene.savings(), localId: savings[0]!.savingsId, serverId: first.savingsId } };
}

describe('a number that head office gave a second time', () => {
  test('is another client’s and another account’s here as well, and money that was promised to the first is a case', () =>
    play({}, async (scene) => {
      const backup = scene.world.headOffice.backUp();
      const { first, rehema, account } = await rehemaThere(scene);
      const line = await scene.deposit(scene.achieng, account, 70_000);
      await scene.untilFinished();

      scene.world.headOffice.restore(backup);
      scene.pc.network.dropInFlight();
      const second = openThere(scene, 'Yusuf', 'Barasa');
      expect(second).toEqual(first);
      await scene.pass(20 * MINUTE_MS);

      const [yusuf] = await find(scene, 'Yusuf Barasa');
      expect(yusuf?.clientId).not.toBe(rehema.clientId);
      const hers = await scene.get(scene.achieng, 'clients.show', { clientId: rehema.clientId });
      expect(hers.client.displayName).toBe('Rehema Chebet');
      const his = await scene.get(scene.achieng, 'clients.show', { clientId: yusuf!.clientId });
      expect(his.savings).toHaveLength(1);
      expect(his.savings[0]!.savingsId).not.toBe(account.localId);
      expect(await scene.openCase()).toMatchObject({ kind: 'vanished', item: { commandId: line.receipt.commandId } });
      expect(scene.standingThere(line)).toEqual([]);
      // Nothing of hers goes to him, however often a manager lets it go again.
      await scene.resolve(scene.grace, await scene.openCase(), 'resubmit');
      await scene.pass(20 * MINUTE_MS);
      expect(scene.standingThere(line)).toEqual([]);
      await scene.resolve(scene.grace, await scene.openCase(), 'reverse');
      await scene.untilFinished();
    }));

  test('by a registration of another office is no longer that of the client registered here, who is registered once more', () =>
    play({}, async (scene) => {
      const backup = scene.world.headOffice.backUp();
      const { clientId } = await register(scene, 'Merceline', 'Kwamboka');
      const noted = await scene.get(scene.achieng, 'clients.addNote', { formId: scene.newForm(), clientId, text: 'Sells tomatoes' });
      await scene.untilFinished();
      await scene.pass(5 * MINUTE_MS);
      const [number] = thereNamed(scene, 'Merceline Kwamboka');

      scene.world.headOffice.restore(backup);
      scene.pc.network.dropInFlight();
      expect(openThere(scene, 'Yusuf', 'Barasa').clientId).toBe(number);
      await scene.pass(20 * MINUTE_MS);
      for (const open of await scene.openCases()) await scene.resolve(scene.grace, open, 'resubmit');
      await scene.untilFinished();
      await scene.pass(10 * MINUTE_MS);
      expect(thereNamed(scene, 'Merceline Kwamboka')).toHaveLength(1);
      const again = thereNamed(scene, 'Merceline Kwamboka')[0]!;
      expect(again).not.toBe(number);
      const notes = rows<{ id: number }>(scene.books(), `SELECT entity_id AS id FROM note WHERE entity = 'clients'`);
      expect(notes).toEqual([{ id: again }]);
      expect((await find(scene, 'Merceline'))[0]).toMatchObject({ clientId, registration: null });
      expect((await find(scene, 'Yusuf'))[0]?.clientId).not.toBe(clientId);
      expect(noted.commandId).not.toBe('');
    }));

  test('and gave back to nobody: a turn of the client who is gone there is a case, and no question without an answer', () =>
    play({}, async (scene) => {
      const backup = scene.world.headOffice.backUp();
      const { clientId } = await register(scene, 'Merceline', 'Kwamboka');
      await scene.untilFinished();
      await scene.get(scene.grace, 'clients.activate', { formId: scene.newForm(), clientId });
      await scene.untilFinished();
      scene.world.headOffice.restore(backup);
      scene.pc.network.dropInFlight();
      await scene.pass(20 * MINUTE_MS);
      const open = await scene.openCases();
      expect(open.map(({ item, serverCode }) => [item.kind, serverCode]).sort()).toEqual([
        ['clientRegistration', 'headOffice.lostTransaction'],
        ['clientTurn', 'headOffice.recordGone'],
      ]);
    }));

  test('while this branch had no line takes nothing that waited for the one who had it', () =>
    play({}, async (scene) => {
      const backup = scene.world.headOffice.backUp();
      const { first, rehema, account } = await rehemaThere(scene);
      const identifierId = await addPaper(scene, rehema.clientId, '11223344');
      await scene.untilFinished();
      await scene.cutLine();
      const line = await scene.deposit(scene.achieng, account, 70_000);
      await addSide(scene, rehema.clientId, identifierId, 'her card');
      scene.world.headOffice.restore(backup);
      const yusuf = openThere(scene, 'Yusuf', 'Barasa');
      expect(yusuf).toEqual(first);
      post(scene, `/clients/${String(yusuf.clientId)}/identifiers`, { documentTypeId: 1, documentKey: '99887766', status: 'Active' });
      await scene.restoreLine();
      await scene.pass(20 * MINUTE_MS);
      expect(rows(scene.books(), 'SELECT id FROM savings_transaction WHERE account_id = ?', yusuf.savingsId)).toEqual([]);
      expect(count(scene.books(), 'SELECT count(*) FROM document')).toBe(0);
      const open = await scene.openCases();
      expect(open.map(({ item }) => item.commandId)).toContain(line.receipt.commandId);
    }));

  test('takes no picture, paper or document of the one who had it along, and each is told once more under the new number', () =>
    play({}, async (scene) => {
      const backup = scene.world.headOffice.backUp();
      const { clientId } = await register(scene, 'Merceline', 'Kwamboka');
      const face = base64Of(jpegOf('Merceline'));
      await scene.get(scene.achieng, 'clients.takePicture', { formId: scene.newForm(), clientId, content: face });
      const identifierId = await addPaper(scene, clientId, '11223344');
      await addSide(scene, clientId, identifierId, 'her card');
      await scene.untilFinished();

      await scene.cutLine();
      scene.world.headOffice.restore(backup);
      const yusuf = openThere(scene, 'Yusuf', 'Barasa').clientId;
      post(scene, `/clients/${String(yusuf)}/identifiers`, { documentTypeId: 1, documentKey: '99887766', status: 'Active' });
      expect(papersThere(scene)).toEqual([{ owner: yusuf, number: '99887766' }]);
      await scene.restoreLine();
      await scene.pass(20 * MINUTE_MS);
      expect(count(scene.books(), 'SELECT count(*) FROM document')).toBe(0);
      expect(count(scene.books(), 'SELECT count(*) FROM image')).toBe(0);

      await letAllGoAgain(scene);
      const [her] = thereNamed(scene, 'Merceline Kwamboka');
      expect(her).not.toBe(yusuf);
      expect(papersThere(scene)).toEqual([
        { owner: yusuf, number: '99887766' },
        { owner: her, number: '11223344' },
      ]);
      expect(rows(scene.books(), 'SELECT entity_id AS owner, content FROM image')).toEqual([{ owner: her, content: face }]);
      expect(sidesThere(scene)).toEqual([{ number: '11223344', name: 'her card' }]);
    }));

  test('to a paper of another client by our own telling leaves each document on its own paper', () =>
    play({}, async (scene) => {
      const { clientId } = scene.savings();
      const backup = scene.world.headOffice.backUp();
      const first = await addPaper(scene, clientId, '11223344');
      await addSide(scene, clientId, first, 'first card');
      await scene.untilFinished();
      const [before] = rows<{ id: number }>(scene.books(), 'SELECT id FROM client_identifier');

      await scene.cutLine();
      scene.world.headOffice.restore(backup);
      const { clientId: jane } = await register(scene, 'Jane', 'Chebet');
      const second = await addPaper(scene, jane, '55667788');
      await addSide(scene, jane, second, 'second card');
      await scene.restoreLine();
      await scene.pass(20 * MINUTE_MS);
      expect(rows(scene.books(), `SELECT id FROM client_identifier WHERE document_key = '55667788'`)).toEqual([before]);
      await letAllGoAgain(scene);
      expect(sidesThere(scene)).toEqual([
        { number: '11223344', name: 'first card' },
        { number: '55667788', name: 'second card' },
      ]);
    }));

  test('by our own registration of somebody else makes nobody one with the client who had it before', () =>
    play({}, async (scene) => {
      const backup = scene.world.headOffice.backUp();
      const first = openThere(scene, 'Rehema', 'Chebet');
      await scene.pass(10 * MINUTE_MS);
      const [rehema] = await find(scene, 'Rehema');
      await scene.cutLine();
      scene.world.headOffice.restore(backup);
      const { clientId } = await register(scene, 'Jane', 'Chebet');
      await scene.restoreLine();
      await scene.untilFinished();
      await scene.pass(10 * MINUTE_MS);
      expect(thereNamed(scene, 'Jane Chebet')).toEqual([first.clientId]);
      expect(await find(scene, 'Jane Chebet')).toMatchObject([{ clientId, displayName: 'Jane Chebet', registration: null }]);
      expect(clientId).not.toBe(rehema!.clientId);
      const known = await scene.get(scene.achieng, 'clients.show', { clientId: rehema!.clientId });
      expect(known.client.displayName).toBe('Rehema Chebet');
    }));

  test('is told from a person whose name, phone or both were corrected', () =>
    play({}, async (scene) => {
      const { clientId } = openThere(scene, 'Rehema', 'Chebet');
      await scene.pass(10 * MINUTE_MS);
      const [rehema] = await find(scene, 'Rehema');
      const change = (body: object): void => {
        const reply = scene
          .control()
          .requestAs('admin', { method: 'PUT', url: `/clients/${String(clientId)}`, body: JSON.stringify({ ...FORM, ...body }) });
        expect(reply.status, reply.body).toBe(200);
      };
      for (const body of [
        { firstname: 'Rehema', lastname: 'Wanjiru' },
        { mobileNo: '0711 222 333' },
        { firstname: 'Halima', lastname: 'Mwende' },
        { firstname: 'Rehema', lastname: 'Chebet', mobileNo: '0733 444 555' },
      ]) {
        change(body);
        await scene.pass(10 * MINUTE_MS);
        const shown = await scene.get(scene.achieng, 'clients.show', { clientId: rehema!.clientId });
        expect(thereNamed(scene, shown.client.displayName)).toEqual([clientId]);
        expect((await find(scene, shown.client.displayName))[0]?.clientId).toBe(rehema!.clientId);
      }
    }));

  test('is known by the number that was given here, whatever else is said anew of the one who has it', () =>
    play({}, async (scene) => {
      const { clientId, localNumber } = await register(scene, 'Merceline', 'Kwamboka', { externalId: 'KG-17' });
      await scene.untilFinished();
      await scene.pass(5 * MINUTE_MS);
      const [number] = thereNamed(scene, 'Merceline Kwamboka');
      const say = (lastname: string, externalId: string): void => {
        const body = JSON.stringify({ ...FORM, firstname: 'Merceline', lastname, externalId });
        expect(scene.control().requestAs('admin', { method: 'PUT', url: `/clients/${String(number)}`, body }).status).toBe(200);
      };
      say('Mwende', localNumber);
      await scene.pass(10 * MINUTE_MS);
      expect(await find(scene, 'Merceline Mwende')).toMatchObject([{ clientId }]);
      // As it was, for the ledger of the whole scenario.
      say('Kwamboka', 'KG-17');
    }));
});
