// A client's picture, identity paper and documents, from the client's page to head office: kept first, sent last, once or harmlessly again,
// after their parent, and never in front of money.

import { describe, expect, test } from 'vitest';
import type { Papers } from '../../shared/contract/clients.ts';
import { count, rows } from '../simulation/checkers/rows.ts';
import { isUpload } from '../world/faultyNetwork.ts';
import { base64Of, jpegOf } from '../world/pictures.ts';
import { HOUR_MS, MINUTE_MS, play, type Scene } from './scene.ts';

const FACE = jpegOf('Mary at the counter');

function clientOf(scene: Scene): string {
  return scene.savings().clientId;
}

function take(scene: Scene, picture: Uint8Array = FACE, clientId = clientOf(scene)) {
  return scene.get(scene.achieng, 'clients.takePicture', { formId: scene.newForm(), clientId, content: base64Of(picture) });
}

function card(scene: Scene, documentKey = '23456789', typeId = 1) {
  return scene.get(scene.achieng, 'clients.addIdentifier', { formId: scene.newForm(), clientId: clientOf(scene), typeId, documentKey });
}

function side(scene: Scene, identifierId: string | null, name: string) {
  const content = base64Of(jpegOf(name, { bytes: 90_000 }));
  return scene.get(scene.achieng, 'clients.addDocument', {
    formId: scene.newForm(),
    clientId: clientOf(scene),
    identifierId,
    name,
    content,
  });
}

async function papers(scene: Scene): Promise<Papers> {
  return scene.get(scene.achieng, 'clients.listPapers', { clientId: clientOf(scene) });
}

async function shown(scene: Scene) {
  return (await scene.get(scene.achieng, 'clients.showPicture', { clientId: clientOf(scene) })).picture;
}

function picturesThere(scene: Scene): readonly string[] {
  return rows<{ content: string }>(scene.books(), `SELECT content FROM image WHERE entity = 'clients'`).map(({ content }) => content);
}

function documentsThere(scene: Scene) {
  return rows<{ entity: string; owner: number; name: string; content: string }>(
    scene.books(),
    'SELECT entity, entity_id AS owner, name, content FROM document ORDER BY id',
  );
}

function identifiersThere(scene: Scene) {
  return rows<{ id: number; number: string }>(scene.books(), 'SELECT id, document_key AS number FROM client_identifier ORDER BY id');
}

describe("a client's picture", () => {
  test('taken without a line is shown at once, goes when the line is back, and is there as it was taken', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      const { commandId } = await take(scene);
      expect(await shown(scene)).toEqual({ type: 'image/jpeg', content: base64Of(FACE), standing: 'savedHere' });
      const { client } = await scene.get(scene.achieng, 'clients.show', { clientId: clientOf(scene) });
      expect(client.pictureMark).not.toBeNull();
      const desk = await scene.get(scene.achieng, 'sync.showDesk', {});
      expect(desk.unfinished).toMatchObject([{ kind: 'clientPicture', commandId, reason: 'lineDown' }]);
      await scene.restoreLine();
      await scene.untilFinished();
      expect(picturesThere(scene)).toEqual([base64Of(FACE)]);
      expect(await shown(scene)).toMatchObject({ standing: 'confirmed' });
    }));

  test.each([
    'replyLost',
    'requestLost',
    'replyTorn',
    'answers5xxAfter',
    'answers5xxBefore',
    'neverSent',
    'portalAnswers',
    'duplicated',
  ] as const)('over a line with %s it is there once', (fault) =>
    play({}, async (scene) => {
      scene.pc.network.arm(fault, 1, 'upload');
      await take(scene);
      await scene.untilFinished();
      expect(picturesThere(scene)).toEqual([base64Of(FACE)]);
    }),
  );

  test('taken anew takes the place of the one before, in that order', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      await take(scene, jpegOf('first'));
      await take(scene, jpegOf('second'));
      await scene.restoreLine();
      await scene.untilFinished();
      expect(picturesThere(scene)).toEqual([base64Of(jpegOf('second'))]);
      expect((await shown(scene))?.content).toBe(base64Of(jpegOf('second')));
    }));

  test('pressed twice on one form is one picture; the form with another picture is refused', () =>
    play({}, async (scene) => {
      const input = { formId: scene.newForm(), clientId: clientOf(scene), content: base64Of(FACE) };
      const one = await scene.get(scene.achieng, 'clients.takePicture', input);
      expect(await scene.get(scene.achieng, 'clients.takePicture', input)).toEqual({ ...one, replayed: true });
      const other = { ...input, content: base64Of(jpegOf('another')) };
      expect(await scene.refusal(scene.achieng, 'clients.takePicture', other)).toBe('form.alreadyUsed');
    }));

  test.each([
    ['nothing', new Uint8Array(0), 'file.empty'],
    [
      'a drawing with a script in it',
      new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      'file.notKnown',
    ],
    ['words that say they are a picture', new TextEncoder().encode('\u00ff\u00d8 not at all'), 'file.notKnown'],
    ['the beginning of a picture', jpegOf('x').slice(0, 8), 'file.notKnown'],
    ['a picture that claims to be as wide as a street', jpegOf('x', { width: 60_000, height: 60_000 }), 'file.tooWide'],
    ['a picture without a size', jpegOf('x', { width: 0, height: 0 }), 'file.tooWide'],
    ['a picture too large for the line', jpegOf('x', { bytes: 70_000 }), 'file.tooBig'],
    ['a document', new TextEncoder().encode('%PDF-1.7 and so on'), 'file.notKnown'],
  ])('that is %s is refused, and nothing is kept of it', (_what, content, code) =>
    play({}, async (scene) => {
      const input = { formId: scene.newForm(), clientId: clientOf(scene), content: base64Of(content) };
      expect(await scene.refusal(scene.achieng, 'clients.takePicture', input)).toBe(code);
      expect(scene.pc.vault.files.size).toBe(0);
    }),
  );

  test('is not recorded where the disk is full, and the next one is', () =>
    play({ incidentsExpected: true }, async (scene) => {
      scene.pc.fillDisk(HOUR_MS);
      const input = { formId: scene.newForm(), clientId: clientOf(scene), content: base64Of(FACE) };
      expect(await scene.refusal(scene.achieng, 'clients.takePicture', input)).toBe('store.full');
      scene.pc.freeDisk();
      await scene.get(scene.achieng, 'clients.takePicture', input);
      await scene.untilFinished();
      expect(picturesThere(scene)).toHaveLength(1);
    }));

  test('that somebody changed on the disk is not sent: it becomes a case, and goes when the file is back', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      await take(scene);
      for (const sha256 of scene.pc.vault.files.keys()) scene.pc.vault.changed.add(sha256);
      await scene.restoreLine();
      await scene.pass(10 * MINUTE_MS);
      expect(picturesThere(scene)).toEqual([]);
      const open = await scene.openCase(scene.grace);
      expect(open).toMatchObject({ item: { kind: 'clientPicture', reasonDetail: 'file.lost' } });
      expect(await shown(scene)).toBeNull();
      scene.pc.vault.changed.clear();
      await scene.resolve(scene.grace, open, 'resubmit');
      await scene.untilFinished();
      expect(picturesThere(scene)).toEqual([base64Of(FACE)]);
    }));
});

describe('an identity paper with its two sides', () => {
  test('goes after nothing and before its pictures, which stand under it once, in their own names', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      const { identifierId } = await card(scene);
      const front = await side(scene, identifierId, 'Carné, anverso');
      const back = await side(scene, identifierId, 'Carné, reverso');
      await scene.restoreLine();
      await scene.untilFinished();
      const [there] = identifiersThere(scene);
      expect(there?.number).toBe('23456789');
      expect(documentsThere(scene).map(({ entity, owner, name }) => [entity, owner, name])).toEqual([
        ['client_identifiers', there?.id, `Carné, anverso [Tawi ${front.commandId}]`],
        ['client_identifiers', there?.id, `Carné, reverso [Tawi ${back.commandId}]`],
      ]);
      expect(await papers(scene)).toMatchObject({
        identifiers: [{ identifierId, type: 'National ID', documentKey: '23456789', standing: 'confirmed' }],
        documents: [
          { identifierId, name: 'Carné, anverso', standing: 'confirmed' },
          { identifierId, name: 'Carné, reverso', standing: 'confirmed' },
        ],
      });
      const seen = await scene.get(scene.achieng, 'clients.showDocument', { clientId: clientOf(scene), commandId: front.commandId });
      expect(seen.content).toBe(base64Of(jpegOf('Carné, anverso', { bytes: 90_000 })));
    }));

  test.each(['replyLost', 'requestLost', 'replyTorn', 'answers5xxAfter', 'neverSent', 'reordered'] as const)(
    'over a line with %s each of them is there once',
    (fault) =>
      play({}, async (scene) => {
        scene.pc.network.arm(fault, 1, 'money');
        scene.pc.network.arm(fault, 1, 'upload');
        const { identifierId } = await card(scene);
        await side(scene, identifierId, 'Front');
        await side(scene, null, 'Letter');
        await scene.untilFinished();
        expect(identifiersThere(scene)).toHaveLength(1);
        expect(documentsThere(scene)).toHaveLength(2);
      }),
  );

  test('whose number another client has becomes a case, and goes with the right number', () =>
    play({}, async (scene) => {
      const other = scene.savings(1);
      const taken = { documentTypeId: 1, documentKey: '23456789', status: 'Active' };
      const client =
        rows<{ id: number }>(scene.books(), 'SELECT client_id AS id FROM savings_account WHERE id = ?', other.serverId)[0]?.id ?? 0;
      const made = scene
        .control()
        .requestAs('admin', { method: 'POST', url: `/clients/${String(client)}/identifiers`, body: JSON.stringify(taken) });
      expect(made.status).toBe(200);
      const { identifierId } = await card(scene);
      await side(scene, identifierId, 'Front');
      await scene.pass(20 * MINUTE_MS);
      const open = await scene.openCase(scene.grace);
      expect(open).toMatchObject({
        item: { kind: 'clientIdentifier', reasonDetail: 'identifier.numberTaken', editable: { documentKey: '23456789' } },
      });
      expect(documentsThere(scene)).toEqual([]);
      const { exceptionId } = open;
      await scene.get(scene.grace, 'exceptions.resolve', {
        exceptionId,
        resolution: 'correct',
        reason: 'the seven was a one',
        edits: { documentKey: '23456189' },
      });
      await scene.untilFinished();
      expect(identifiersThere(scene).map(({ number }) => number)).toEqual(['23456789', '23456189']);
      expect(documentsThere(scene)).toHaveLength(1);
    }));

  test('of a type that the client has here already is refused at the counter', () =>
    play({}, async (scene) => {
      await card(scene);
      const again = { formId: scene.newForm(), clientId: clientOf(scene), typeId: 1, documentKey: '1' };
      expect(await scene.refusal(scene.achieng, 'clients.addIdentifier', again)).toBe('identifier.typeTaken');
      expect(await scene.refusal(scene.achieng, 'clients.addIdentifier', { ...again, typeId: 987 })).toBe('identifier.typeUnknown');
      expect(await scene.refusal(scene.achieng, 'clients.addIdentifier', { ...again, typeId: 2, documentKey: '  ' })).toBe(
        'identifier.numberMissing',
      );
    }));

  test('of one client is not given out under another', () =>
    play({}, async (scene) => {
      const { commandId } = await side(scene, null, '../../etc/passwd');
      const input = { clientId: scene.savings(1).clientId, commandId };
      expect(await scene.refusal(scene.achieng, 'clients.showDocument', input)).toBe('file.unknown');
      await scene.untilFinished();
      expect(documentsThere(scene)[0]?.name).toBe(`../../etc/passwd [Tawi ${commandId}]`);
    }));
});

describe('files on a line', () => {
  test('go after the money, one at a time, the smallest first', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      await side(scene, null, 'Letter of the chief');
      await take(scene);
      const receipts = [];
      for (const number of [0, 1, 2, 3]) receipts.push(await scene.deposit(scene.achieng, scene.savings(number), 5_000));
      const from = scene.asked.length;
      await scene.restoreLine();
      await scene.untilFinished();
      const told = scene.asked
        .slice(from)
        .filter((request) => request.method === 'POST' && (isUpload(request) || request.url.startsWith('/batches')));
      const order = told.map((request) => (isUpload(request) ? request.url.replace(/\d+/, 'n') : 'money'));
      expect(order.slice(0, receipts.length)).toEqual(receipts.map(() => 'money'));
      expect(order.filter((each) => each !== 'money')).toEqual(['/clients/n/images', '/clients/n/documents']);
    }));

  test('do not keep money waiting that comes while they are under way', () =>
    play({}, async (scene) => {
      scene.pc.network.arm('requestLost', 1, 'upload');
      await take(scene);
      // It is under way now, and will be given up as unanswered half a minute later.
      await scene.pass(2_000);
      expect(scene.asked.some(isUpload)).toBe(true);
      const receipt = await scene.deposit(scene.achieng, scene.savings(), 5_000);
      await scene.pass(3_000);
      expect(scene.standingThere(receipt)).toHaveLength(1);
      expect(picturesThere(scene)).toEqual([]);
      await scene.untilFinished();
      expect(picturesThere(scene)).toHaveLength(1);
    }));

  test('wait while it is slow, with a word, and money does not', () =>
    play({}, async (scene) => {
      scene.pc.network.bring('slowLine', HOUR_MS);
      await scene.pass(2 * MINUTE_MS);
      await take(scene);
      const receipt = await scene.deposit(scene.achieng, scene.savings(), 5_000);
      await scene.until(receipt, 'confirmed', 30 * MINUTE_MS);
      expect(scene.asked.some(isUpload)).toBe(false);
      const desk = await scene.get(scene.achieng, 'sync.showDesk', {});
      expect(desk.unfinished).toMatchObject([{ kind: 'clientPicture', reason: 'lineSlow' }]);
      scene.pc.network.clear();
      await scene.untilFinished();
      expect(picturesThere(scene)).toHaveLength(1);
    }));
});

describe('identity papers that head office has', () => {
  const serverIdOf = (scene: Scene): number =>
    rows<{ id: number }>(scene.books(), 'SELECT client_id AS id FROM savings_account WHERE id = ?', scene.savings().serverId)[0]?.id ?? 0;

  function layThere(scene: Scene, documentTypeId: number, documentKey: string): void {
    const done = scene.control().requestAs('admin', {
      method: 'POST',
      url: `/clients/${String(serverIdOf(scene))}/identifiers`,
      body: JSON.stringify({ documentTypeId, documentKey, status: 'Active' }),
    });
    expect(done.status).toBe(200);
  }
  const askThere = (scene: Scene) => ({ clientId: clientOf(scene) });

  test('are asked for with the line, shown without it, and no second one of their type is taken', () =>
    play({}, async (scene) => {
      expect((await papers(scene)).there).toBeNull();
      const [, type] = (await papers(scene)).types;
      layThere(scene, type?.typeId ?? 0, 'AB 1234');
      const { askedAt } = await scene.get(scene.achieng, 'clients.readPapers', askThere(scene));
      await scene.cutLine();
      expect((await papers(scene)).there).toEqual({
        askedAt,
        identifiers: [{ typeId: type?.typeId, type: type?.name, documentKey: 'AB 1234' }],
      });
      const second = { formId: scene.newForm(), clientId: clientOf(scene), typeId: type?.typeId ?? 0, documentKey: 'CD 9' };
      expect(await scene.refusal(scene.achieng, 'clients.addIdentifier', second)).toBe('identifier.typeTaken');
      // What was read stays where nobody answers.
      expect(await scene.refusal(scene.achieng, 'clients.readPapers', askThere(scene))).toBe('headOffice.unreachable');
      expect((await papers(scene)).there?.askedAt).toBe(askedAt);
    }));

  test('do not stand beside what was told of them from here, and go when they are gone there', () =>
    play({}, async (scene) => {
      const { identifierId } = await card(scene);
      await scene.untilFinished();
      const [, type] = (await papers(scene)).types;
      layThere(scene, type?.typeId ?? 0, 'AB 1234');
      await scene.get(scene.achieng, 'clients.readPapers', askThere(scene));
      const both = await papers(scene);
      expect(both.identifiers.map((each) => each.identifierId)).toEqual([identifierId]);
      expect(both.there?.identifiers.map((each) => each.documentKey)).toEqual(['AB 1234']);
      const [there] = rows<{ id: number }>(scene.books(), `SELECT id FROM client_identifier WHERE document_key = 'AB 1234'`);
      scene.control().requestAs('admin', {
        method: 'DELETE',
        url: `/clients/${String(serverIdOf(scene))}/identifiers/${String(there?.id)}`,
        body: '',
      });
      await scene.get(scene.achieng, 'clients.readPapers', askThere(scene));
      expect((await papers(scene)).there?.identifiers).toEqual([]);
    }));

  test('are not asked of a client whom head office does not have, nor by somebody who has not signed in there', () =>
    play({}, async (scene) => {
      expect(await scene.refusal(scene.achieng, 'clients.readPapers', { clientId: scene.newForm() })).toBe('client.unknown');
      await scene.cutLine();
      const { clientId } = await scene.get(scene.achieng, 'clients.register', {
        formId: scene.newForm(),
        legalForm: 'person',
        firstname: 'Nafula',
        lastname: 'Wekesa',
        submittedOn: '2026-11-20',
        activationDate: null,
      });
      expect(await scene.refusal(scene.achieng, 'clients.readPapers', { clientId })).toBe('client.notThereYet');
    }));
});

describe('pictures that head office has', () => {
  const KEPT = jpegOf('taken at another desk');

  function layThere(scene: Scene, picture: Uint8Array): void {
    const client =
      rows<{ id: number }>(scene.books(), 'SELECT client_id AS id FROM savings_account WHERE id = ?', scene.savings().serverId)[0]?.id ?? 0;
    const done = scene.control().requestAs('admin', {
      method: 'POST',
      url: `/clients/${String(client)}/images`,
      body: `data:image/jpeg;base64,${base64Of(picture)}`,
    });
    expect(done.status).toBe(200);
  }

  test('come down, and are shown without a line', () =>
    play({ picturesPerRound: 50 }, async (scene) => {
      layThere(scene, KEPT);
      await scene.get(scene.achieng, 'clients.refresh', { clientId: clientOf(scene) });
      await scene.cutLine();
      expect(await shown(scene)).toEqual({ type: 'image/jpeg', content: base64Of(KEPT), standing: 'confirmed' });
    }));

  test('come in by themselves where a client was never asked for', () =>
    play({ picturesPerRound: 50 }, async (scene) => {
      expect(count(scene.pc.database(), 'SELECT count(*) FROM replica_pictures')).toBeGreaterThan(5);
    }));

  test('do not hide one that was taken here and is not there yet; one that was taken later elsewhere takes its place', () =>
    play({ picturesPerRound: 50 }, async (scene) => {
      layThere(scene, KEPT);
      await scene.cutLine();
      await take(scene);
      expect((await shown(scene))?.content).toBe(base64Of(FACE));
      await scene.restoreLine();
      await scene.untilFinished();
      await scene.get(scene.achieng, 'clients.refresh', { clientId: clientOf(scene) });
      expect((await shown(scene))?.content).toBe(base64Of(FACE));
      layThere(scene, jpegOf('later'));
      await scene.get(scene.achieng, 'clients.refresh', { clientId: clientOf(scene) });
      expect((await shown(scene))?.content).toBe(base64Of(jpegOf('later')));
    }));
});

describe('somebody who was registered a minute ago', () => {
  const NAMED = {
    legalForm: 'person',
    firstname: 'Merceline',
    lastname: 'Kwamboka',
    mobileNo: '0700 513 902',
    dateOfBirth: '1997-04-12',
  } as const;

  async function withPapers(scene: Scene) {
    await scene.cutLine();
    const { today } = await scene.get(scene.achieng, 'clients.registrationOptions', {});
    const form = { formId: scene.newForm(), ...NAMED, submittedOn: today, activationDate: null };
    const { clientId } = await scene.get(scene.achieng, 'clients.register', form);
    await take(scene, FACE, clientId);
    const { identifierId } = await scene.get(scene.achieng, 'clients.addIdentifier', {
      formId: scene.newForm(),
      clientId,
      typeId: 1,
      documentKey: '87654321',
    });
    const content = base64Of(jpegOf('front', { bytes: 90_000 }));
    const side = { formId: scene.newForm(), clientId, identifierId, name: 'Front', content };
    await scene.get(scene.achieng, 'clients.addDocument', side);
    return { clientId, identifierId };
  }

  /** Somebody at head office has that phone already. */
  function takenThere(scene: Scene): number {
    const id = Number(scene.books().prepare('SELECT client_id FROM savings_account WHERE id = ?').pluck().get(scene.savings().serverId));
    const body = JSON.stringify({ mobileNo: NAMED.mobileNo });
    expect(scene.control().requestAs('admin', { method: 'PUT', url: `/clients/${String(id)}`, body }).status).toBe(200);
    return id;
  }

  test('has picture and papers at once; they wait for the registration and stand under its number once', () =>
    play({ picturesPerRound: 50 }, async (scene) => {
      const { clientId } = await withPapers(scene);
      const { rows: listed } = await scene.get(scene.achieng, 'clients.list', { show: 'unfinished', most: 50 });
      expect(listed).toMatchObject([{ clientId, pictureMark: expect.any(String) as string }]);
      const desk = await scene.get(scene.achieng, 'sync.showDesk', {});
      const waits = desk.unfinished.map(({ kind, waitsFor }) => [kind, waitsFor.map((before) => before.kind)]);
      expect(waits).toEqual([
        ['clientRegistration', []],
        ['clientPicture', ['clientRegistration']],
        ['clientIdentifier', ['clientRegistration']],
        ['clientDocument', ['clientIdentifier', 'clientRegistration']],
      ]);
      await scene.restoreLine();
      await scene.untilFinished();
      const id = Number(scene.books().prepare('SELECT id FROM client WHERE mobile_no = ?').pluck().get(NAMED.mobileNo));
      expect(rows(scene.books(), 'SELECT entity, entity_id FROM image')).toEqual([{ entity: 'clients', entity_id: id }]);
      expect(rows(scene.books(), 'SELECT client_id FROM client_identifier')).toEqual([{ client_id: id }]);
      expect(documentsThere(scene)).toHaveLength(1);
    }));

  test('is given up by the maker with everything that waits, to the last side of a paper, and only when the maker says so', () =>
    play({}, async (scene) => {
      await withPapers(scene);
      const { unfinished } = await scene.get(scene.achieng, 'sync.showDesk', {});
      const input = { commandId: unfinished[0]!.commandId, reason: 'she is known already' } as const;
      expect(await scene.refusal(scene.achieng, 'sync.withdrawCommand', input)).toBe('command.childrenWait');
      expect(await scene.get(scene.achieng, 'sync.withdrawCommand', { ...input, withChildren: true })).toEqual({ withdrawn: 4 });
      expect((await scene.get(scene.achieng, 'sync.showDesk', {})).unfinished).toEqual([]);
    }));

  test('and is made one with whom head office had gives that client the picture, here and there', () =>
    play({ picturesPerRound: 50 }, async (scene) => {
      const taken = takenThere(scene);
      const { clientId } = await withPapers(scene);
      await scene.restoreLine();
      await scene.pass(20 * MINUTE_MS);
      // Head office has no number for this client, so it is asked for nobody's picture.
      expect(scene.asked.filter(({ url }) => /\/clients\/(?!\d+\/)[^/?]*\/images/.test(url))).toEqual([]);
      const listed = await scene.get(scene.grace, 'exceptions.list', {});
      const open = listed.find(({ existing }) => existing.length > 0);
      const view = await scene.get(scene.grace, 'exceptions.show', { exceptionId: open!.exceptionId });
      const into = view.existing[0]!.localId;
      await scene.get(scene.grace, 'exceptions.resolve', {
        exceptionId: view.exceptionId,
        resolution: 'merge',
        reason: 'the same woman, married since',
        mergeInto: into,
      });
      for (const asked of [into, clientId]) {
        const { picture } = await scene.get(scene.achieng, 'clients.showPicture', { clientId: asked });
        expect(picture).toMatchObject({ content: base64Of(FACE) });
        expect(await scene.get(scene.achieng, 'clients.listPapers', { clientId: asked })).toMatchObject({
          identifiers: [{ documentKey: '87654321' }],
          documents: [{ name: 'Front' }],
        });
      }
      await scene.untilFinished();
      expect(rows(scene.books(), 'SELECT entity, entity_id FROM image')).toEqual([{ entity: 'clients', entity_id: taken }]);
      expect(documentsThere(scene)).toHaveLength(1);
    }));
});
