// What becomes of a client is decided at the branch, line or no line: shown at once, told once, and what head office would refuse is greyed with its
// reason.

import { expect, test } from 'vitest';
import { signIn } from '../world/people.ts';
import { play, type Scene } from './scene.ts';

const MINUTE_MS = 60_000;

async function registered(scene: Scene) {
  const { today } = await scene.get(scene.achieng, 'clients.registrationOptions', {});
  return scene.get(scene.achieng, 'clients.register', {
    formId: scene.newForm(),
    legalForm: 'person',
    firstname: 'Merceline',
    lastname: 'Nekesa',
    submittedOn: today,
    activationDate: null,
  });
}

function optionsOf(scene: Scene, clientId: string) {
  return scene.get(scene.grace, 'clients.turnOptions', { clientId });
}

async function whyNots(scene: Scene, clientId: string) {
  const { turns } = await optionsOf(scene, clientId);
  return Object.fromEntries(turns.map(({ what, whyNot }) => [what, whyNot]));
}

function statusThere(scene: Scene, localNumber: string): unknown {
  const url = `/clients?externalId=${encodeURIComponent(localNumber)}&limit=5`;
  const { pageItems } = JSON.parse(scene.control().requestAs('admin', { method: 'GET', url, body: '' }).body) as {
    pageItems: readonly { status: { id: number } }[];
  };
  return pageItems.map(({ status }) => status.id);
}

test('registered, rejected, taken back and activated in one stretch without a line: shown at once, and all of it told in order', () =>
  play({}, async (scene) => {
    await scene.pass(10 * MINUTE_MS);
    await scene.cutLine();
    const { clientId, localNumber } = await registered(scene);
    expect(await whyNots(scene, clientId)).toEqual({
      activate: null,
      serve: null,
      close: 'client.notInThatState',
      reject: null,
      withdraw: null,
      reopen: 'client.notInThatState',
    });
    const { reasons } = await optionsOf(scene, clientId);
    const rejecting = { formId: scene.newForm(), clientId, reasonId: reasons.reject[0]!.serverId };
    const rejected = await scene.get(scene.grace, 'clients.reject', rejecting);
    expect(await scene.get(scene.grace, 'clients.reject', rejecting)).toEqual({ ...rejected, replayed: true });
    expect((await scene.get(scene.achieng, 'clients.show', { clientId })).client.status).toBe('rejected');
    expect(await scene.refusal(scene.grace, 'clients.activate', { formId: scene.newForm(), clientId })).toBe('client.notInThatState');
    expect(await scene.refusal(scene.grace, 'clients.reopen', { formId: scene.newForm(), clientId, from: 'closed' })).toBe(
      'client.changedMeanwhile',
    );
    await scene.get(scene.grace, 'clients.reopen', { formId: scene.newForm(), clientId, from: 'rejected' });
    await scene.get(scene.grace, 'clients.activate', { formId: scene.newForm(), clientId });
    const { staff } = await optionsOf(scene, clientId);
    await scene.get(scene.grace, 'clients.assignStaff', { formId: scene.newForm(), clientId, staffId: staff[0]!.serverId });
    expect(await scene.get(scene.achieng, 'clients.show', { clientId })).toMatchObject({
      client: { status: 'active' },
      staffName: staff[0]!.name,
    });
    await scene.restoreLine();
    await scene.untilFinished();
    await scene.pass(10 * MINUTE_MS);
    expect(await scene.openCases()).toEqual([]);
    expect(statusThere(scene, localNumber)).toEqual([300]);
    const shown = await scene.get(scene.achieng, 'clients.show', { clientId });
    expect(shown).toMatchObject({ client: { status: 'active', registration: null }, staffName: staff[0]!.name });
  }));

test.each(['replyLost', 'requestLost', 'answers5xxAfter', 'duplicated'] as const)(
  'closed over a line with %s: once there, and taken back',
  (fault) =>
    play({}, async (scene) => {
      await scene.pass(10 * MINUTE_MS);
      const { clientId, localNumber } = await registered(scene);
      await scene.get(scene.grace, 'clients.activate', { formId: scene.newForm(), clientId });
      await scene.untilFinished();
      const { reasons } = await optionsOf(scene, clientId);
      scene.pc.network.arm(fault, 1, 'money');
      await scene.get(scene.grace, 'clients.close', { formId: scene.newForm(), clientId, reasonId: reasons.close[0]!.serverId });
      await scene.untilFinished();
      expect(await scene.openCases()).toEqual([]);
      expect(statusThere(scene, localNumber)).toEqual([600]);
      await scene.get(scene.grace, 'clients.reopen', { formId: scene.newForm(), clientId, from: 'closed' });
      await scene.untilFinished();
      expect(statusThere(scene, localNumber)).toEqual([100]);
    }),
);

test('whoever has an open account is not closed; somebody else closed there is a case', () =>
  play({}, async (scene) => {
    await scene.pass(10 * MINUTE_MS);
    const { savings } = await scene.get(scene.grace, 'savings.show', { savingsId: scene.savings().localId });
    expect(savings.savingsId).toBe(scene.savings().localId);
    const holder = (await scene.get(scene.grace, 'clients.find', { text: savings.accountNo, most: 5 })).found.find(
      (each) => each.kind === 'client',
    );
    if (holder?.kind !== 'client') throw new Error('nobody holds the account');
    const { clientId } = holder.client;
    expect((await whyNots(scene, clientId))['close']).toBe('client.accountsOpen');
    const { reasons } = await optionsOf(scene, clientId);
    const closing = { formId: scene.newForm(), clientId, reasonId: reasons.close[0]!.serverId };
    expect(await scene.refusal(scene.grace, 'clients.close', closing)).toBe('client.accountsOpen');
    expect(await scene.refusal(scene.grace, 'clients.close', { ...closing, formId: scene.newForm(), reasonId: 999_999 })).toBe(
      'client.optionUnknown',
    );

    const fresh = await registered(scene);
    await scene.untilFinished();
    await scene.cutLine();
    const number = await serverIdOf(scene, fresh.localNumber);
    const reason = (await optionsOf(scene, fresh.clientId)).reasons.reject[0]!.serverId;
    scene.control().requestAs('admin', {
      method: 'POST',
      url: `/clients/${String(number)}?command=activate`,
      body: JSON.stringify({ activationDate: scene.control().businessDate(), locale: 'en', dateFormat: 'yyyy-MM-dd' }),
    });
    await scene.get(scene.grace, 'clients.reject', { formId: scene.newForm(), clientId: fresh.clientId, reasonId: reason });
    await scene.restoreLine();
    await scene.pass(10 * MINUTE_MS);
    expect(await scene.openCases(scene.amina)).toMatchObject([{ item: { kind: 'clientTurn', clientId: fresh.clientId } }]);
    // What head office refused changes nothing.
    expect((await scene.get(scene.achieng, 'clients.show', { clientId: fresh.clientId })).client.status).toBe('active');
  }));

function serverIdOf(scene: Scene, localNumber: string): Promise<number> {
  const url = `/clients?externalId=${encodeURIComponent(localNumber)}&limit=5`;
  const { pageItems } = JSON.parse(scene.control().requestAs('admin', { method: 'GET', url, body: '' }).body) as {
    pageItems: readonly { id: number }[];
  };
  return Promise.resolve(pageItems[0]?.id ?? 0);
}

function standingOf(scene: Scene, commandId: string): unknown {
  return scene.pc.database().prepare('SELECT state FROM journal_commands WHERE command_id = ?').pluck().get(commandId);
}

async function windowOpened(scene: Scene): Promise<void> {
  expect((await signIn(scene.world, scene.amina)).kind).toBe('ok');
  await scene.get(scene.amina, 'headOffice.prepare', { window: true });
  await scene.pass(5 * MINUTE_MS);
}

const rowsOfTurns = `SELECT status FROM command_row WHERE entity = 'CLIENT' AND action IN ('REJECT', 'WITHDRAW', 'CLOSE')`;

function waitingThere(scene: Scene): unknown {
  return scene
    .books()
    .prepare(`SELECT id FROM (${rowsOfTurns.replace('status', 'id, status')}) WHERE status = 2`)
    .pluck()
    .all();
}

function decide(scene: Scene, id: unknown, word: 'approve' | 'reject'): void {
  const url = `/makercheckers/${String(id)}?command=${word}`;
  expect(scene.control().requestAs('admin', { method: 'POST', url, body: '{}' }).status).toBe(200);
}

/** Of a client of a minute ago; a checker has to agree, and the answer that says so is lost. */
async function rejectedUnheard(scene: Scene): Promise<{ readonly commandId: string; readonly localNumber: string }> {
  const { clientId, localNumber } = await registered(scene);
  await scene.untilFinished();
  scene.control().setMakerChecker('REJECT_CLIENT', true);
  const { reasons } = await optionsOf(scene, clientId);
  scene.pc.network.arm('replyLost', 1, 'money');
  const input = { formId: scene.newForm(), clientId, reasonId: reasons.reject[0]!.serverId };
  const { commandId } = await scene.get(scene.grace, 'clients.reject', input);
  return { commandId, localNumber };
}

test.each(['approve', 'reject'] as const)(
  'a turn that waits for a checker and lost its answer is found among what waits through the window, once: %s',
  (word) =>
    play({}, async (scene) => {
      await windowOpened(scene);
      const { commandId, localNumber } = await rejectedUnheard(scene);
      await scene.pass(30 * MINUTE_MS);
      const waiting = waitingThere(scene) as number[];
      expect(waiting).toHaveLength(1);
      const desk = await scene.get(scene.grace, 'sync.showDesk', {});
      expect(desk.unfinished).toMatchObject([{ commandId, reason: 'waitingForChecker' }]);
      expect(await scene.openCases()).toEqual([]);
      decide(scene, waiting[0], word);
      await scene.pass(2 * MINUTE_MS);
      expect(standingOf(scene, commandId)).toBe(word === 'approve' ? 'accepted' : 'rejected');
      expect(statusThere(scene, localNumber)).toEqual([word === 'approve' ? 700 : 100]);
      expect(scene.books().prepare(rowsOfTurns).pluck().all()).toHaveLength(1);
    }),
);

test('without the window such a turn waits once however often it is looked for, and is told when the checker agreed', () =>
  play({}, async (scene) => {
    const { commandId, localNumber } = await rejectedUnheard(scene);
    await scene.pass(60 * MINUTE_MS);
    const waiting = waitingThere(scene) as number[];
    expect(waiting).toHaveLength(1);
    expect(await scene.openCases()).toEqual([]);
    decide(scene, waiting[0], 'approve');
    await scene.pass(30 * MINUTE_MS);
    expect(standingOf(scene, commandId)).toBe('accepted');
    expect(statusThere(scene, localNumber)).toEqual([700]);
    expect(scene.books().prepare(rowsOfTurns).pluck().all()).toHaveLength(1);
  }));

test.each([true, false])(
  'head office is put back to before a turn: with the window (%s) that is a case, and without it the client’s row is true',
  (window) =>
    play({}, async (scene) => {
      if (window) await windowOpened(scene);
      const [lost, kept] = [await registered(scene), await registered(scene)];
      await scene.untilFinished();
      const { reasons } = await optionsOf(scene, kept.clientId);
      const reject = (clientId: string) =>
        scene.get(scene.grace, 'clients.reject', { formId: scene.newForm(), clientId, reasonId: reasons.reject[0]!.serverId });
      const before = await reject(kept.clientId);
      await scene.untilFinished();
      // Somebody at head office takes that one back: it was told all the same.
      scene.control().requestAs('admin', {
        method: 'POST',
        url: `/clients/${String(await serverIdOf(scene, kept.localNumber))}?command=undoRejection`,
        body: JSON.stringify({ reopenedDate: scene.control().businessDate(), locale: 'en', dateFormat: 'yyyy-MM-dd' }),
      });
      await scene.pass(5 * MINUTE_MS);
      const backup = scene.world.headOffice.backUp();
      const after = await reject(lost.clientId);
      await scene.untilFinished();
      await scene.cutLine();
      scene.world.headOffice.restore(backup);
      await scene.restoreLine();
      await scene.pass(30 * MINUTE_MS);
      expect(standingOf(scene, before.commandId)).toBe('accepted');
      expect(statusThere(scene, lost.localNumber)).toEqual([100]);
      expect(standingOf(scene, after.commandId)).toBe(window ? 'rejected' : 'accepted');
      await scene.get(scene.grace, 'sync.compare', {});
      await scene.pass(10 * MINUTE_MS);
      expect((await scene.get(scene.achieng, 'clients.show', { clientId: lost.clientId })).client.status).toBe('pending');
      if (!window) return;
      expect(await scene.openCases(scene.amina)).toMatchObject([{ kind: 'vanished', item: { commandId: after.commandId } }]);
    }),
);
