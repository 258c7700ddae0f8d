// What is known of a client is changed in the branch: provisional at once, told once, beside what somebody else changes; and where both changed the
// same, a person decides over both truths.

import { describe, expect, test } from 'vitest';
import { row } from '../simulation/checkers/rows.ts';
import { MINUTE_MS, play, type Scene } from './scene.ts';

interface There {
  readonly id: number;
  readonly firstname: string;
  readonly lastname: string;
  readonly mobile: string | null;
}

function there(scene: Scene): There {
  const found = row<There>(
    scene.books(),
    `SELECT c.id, c.firstname, c.lastname, c.mobile_no AS mobile FROM client c JOIN savings_account s ON s.client_id = c.id WHERE s.id = ?`,
    scene.savings().serverId,
  );
  if (found === null) throw new Error('the account has no client there');
  return found;
}

function changeThere(scene: Scene, fields: Readonly<Record<string, string>>): void {
  const url = `/clients/${String(there(scene).id)}`;
  expect(scene.control().requestAs('admin', { method: 'PUT', url, body: JSON.stringify(fields) }).status).toBe(200);
}

function page(scene: Scene) {
  return scene.get(scene.achieng, 'clients.show', { clientId: scene.savings().clientId });
}

async function edit(scene: Scene, after: { readonly mobileNo?: string | null; readonly lastname?: string }) {
  const shown = await page(scene);
  const fields = {
    ...(after.mobileNo === undefined ? {} : { mobileNo: { before: shown.client.mobileNo, after: after.mobileNo } }),
    ...(after.lastname === undefined ? {} : { lastname: { before: shown.lastname, after: after.lastname } }),
  };
  return { formId: scene.newForm(), clientId: scene.savings().clientId, fields };
}

/** The phone is one here and another there, and head office was asked: a case. */
async function changedOnBothSides(scene: Scene): Promise<void> {
  await scene.cutLine();
  await scene.get(scene.achieng, 'clients.edit', await edit(scene, { mobileNo: '0799 000 001' }));
  changeThere(scene, { mobileNo: '0788 111 222' });
  await scene.restoreLine();
  await scene.pass(20 * MINUTE_MS);
}

describe('a change to a client', () => {
  test('without a line stands on the page at once as provisional, and at head office once the line is back', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      const before = await page(scene);
      await scene.get(scene.achieng, 'clients.edit', await edit(scene, { mobileNo: '0799 000 001', lastname: 'Barasa-Otieno' }));
      const shown = await page(scene);
      expect(shown).toMatchObject({ client: { mobileNo: '0799 000 001' }, lastname: 'Barasa-Otieno' });
      expect(shown.client.displayName.endsWith('Barasa-Otieno')).toBe(true);
      expect(shown.changes[0]).toMatchObject({ kind: 'clientEdit', standing: 'savedHere' });
      await scene.restoreLine();
      await scene.untilFinished();
      expect(there(scene)).toMatchObject({ mobile: '0799 000 001', lastname: 'Barasa-Otieno', firstname: before.firstname });
      await scene.pass(10 * MINUTE_MS);
      expect(await page(scene)).toMatchObject({ client: { mobileNo: '0799 000 001' }, lastname: 'Barasa-Otieno' });
    }));

  test.each(['replyLost', 'requestLost', 'replyTorn', 'answers5xxAfter'] as const)('over a line with %s is there', (fault) =>
    play({}, async (scene) => {
      scene.pc.network.arm(fault, 1, 'money');
      await scene.get(scene.achieng, 'clients.edit', await edit(scene, { mobileNo: '0799 000 001' }));
      await scene.untilFinished();
      expect(there(scene).mobile).toBe('0799 000 001');
    }),
  );

  test('and one that somebody made there to another field both survive', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      await scene.get(scene.achieng, 'clients.edit', await edit(scene, { mobileNo: '0799 000 001' }));
      const { firstname } = there(scene);
      changeThere(scene, { firstname, lastname: 'Changed-There' });
      await scene.restoreLine();
      await scene.untilFinished();
      expect(there(scene)).toMatchObject({ mobile: '0799 000 001', lastname: 'Changed-There' });
    }));

  test('to the same field that somebody changed there is a case with both; sent once more it takes that place', () =>
    play({}, async (scene) => {
      await changedOnBothSides(scene);
      expect(there(scene).mobile).toBe('0788 111 222');
      const open = await scene.openCase(scene.grace);
      const view = await scene.get(scene.grace, 'exceptions.show', { exceptionId: open.exceptionId });
      expect(view.changedThere?.at).not.toBeNull();
      expect(view).toMatchObject({
        serverCode: 'client.changedThere',
        fields: [{ name: 'mobileNo', after: '0799 000 001', there: '0788 111 222', isKnownThere: true }],
        changedThere: { by: 'admin' },
        item: { kind: 'clientEdit', editable: { mobileNo: '0799 000 001' } },
      });
      // A refused change is shown to nobody as if it stood.
      expect((await page(scene)).client.mobileNo).toBe('0788 111 222');
      await scene.resolve(scene.grace, open, 'resubmit');
      await scene.untilFinished();
      expect(there(scene).mobile).toBe('0799 000 001');
    }));

  test('to a phone that somebody got at head office meanwhile is a case with head office’s own word for it', () =>
    play({ incidentsExpected: true }, async (scene) => {
      await scene.cutLine();
      await scene.get(scene.achieng, 'clients.edit', await edit(scene, { mobileNo: '0799 000 001' }));
      const body = JSON.stringify({
        officeId: 1,
        legalFormId: 1,
        firstname: 'Wanjiru',
        lastname: 'Otieno',
        mobileNo: '0799 000 001',
        active: false,
        locale: 'en',
        dateFormat: 'yyyy-MM-dd',
      });
      expect(scene.control().requestAs('admin', { method: 'POST', url: '/clients', body })).toMatchObject({ status: 200 });
      await scene.restoreLine();
      await scene.pass(20 * MINUTE_MS);
      expect(await scene.openCase(scene.grace)).toMatchObject({ serverCode: 'error.msg.client.duplicate.mobileNo' });
    }));

  test('corrected goes over what stands there now, which the manager saw', () =>
    play({}, async (scene) => {
      await changedOnBothSides(scene);
      const { exceptionId } = await scene.openCase(scene.grace);
      await scene.get(scene.grace, 'exceptions.resolve', {
        exceptionId,
        resolution: 'correct',
        reason: 'asked once more',
        edits: { mobileNo: '0799 000 003' },
      });
      await scene.untilFinished();
      expect(there(scene).mobile).toBe('0799 000 003');
    }));

  test('that was written over since is not lost, and one that head office lost with its books is a case', () =>
    play({}, async (scene) => {
      await scene.get(scene.achieng, 'clients.edit', await edit(scene, { mobileNo: '0799 000 001' }));
      await scene.untilFinished();
      changeThere(scene, { mobileNo: '0788 111 222' });
      await scene.pass(10 * MINUTE_MS);
      const backup = scene.world.headOffice.backUp();
      await scene.get(scene.achieng, 'clients.edit', await edit(scene, { lastname: 'Barasa-Otieno' }));
      await scene.untilFinished();
      await scene.pass(10 * MINUTE_MS);
      scene.world.headOffice.restore(backup);
      await scene.pass(30 * MINUTE_MS);
      const open = await scene.openCase(scene.grace);
      expect(open).toMatchObject({ kind: 'vanished', item: { kind: 'clientEdit', editable: { lastname: 'Barasa-Otieno' } } });
      expect(await scene.openCases()).toHaveLength(1);
      await scene.resolve(scene.grace, open, 'resubmit');
      await scene.untilFinished();
      expect(there(scene)).toMatchObject({ mobile: '0788 111 222', lastname: 'Barasa-Otieno' });
    }));

  test('given up leaves what stands there', () =>
    play({}, async (scene) => {
      await changedOnBothSides(scene);
      await scene.resolve(scene.grace, await scene.openCase(scene.grace), 'withdraw');
      await scene.untilFinished();
      expect(there(scene).mobile).toBe('0788 111 222');
    }));

  test('by two people here to the same field: the second one is told', () =>
    play({}, async (scene) => {
      const late = await edit(scene, { mobileNo: '0799 000 002' });
      await scene.get(scene.achieng, 'clients.edit', await edit(scene, { mobileNo: '0799 000 001' }));
      expect(await scene.refusal(scene.achieng, 'clients.edit', late)).toBe('client.changedMeanwhile');
      expect(await scene.refusal(scene.achieng, 'clients.edit', await edit(scene, { mobileNo: '0799 000 001' }))).toBe(
        'client.nothingChanged',
      );
      expect(await scene.refusal(scene.achieng, 'clients.edit', await edit(scene, { lastname: ' ' }))).toBe('client.nameNeeded');
    }));
});
