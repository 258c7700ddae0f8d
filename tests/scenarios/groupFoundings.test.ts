// Groups are founded at the branch: known at once under a number that holds, with members whom head office does not have yet.

import { expect, test } from 'vitest';
import { row } from '../simulation/checkers/rows.ts';
import { play, type Scene } from './scene.ts';

async function registered(scene: Scene, lastname: string) {
  const { today } = await scene.get(scene.achieng, 'clients.registrationOptions', {});
  return scene.get(scene.achieng, 'clients.register', {
    formId: scene.newForm(),
    legalForm: 'person',
    firstname: 'Merceline',
    lastname,
    submittedOn: today,
    activationDate: null,
  });
}

async function founding(scene: Scene, name: string, members: readonly string[] = []) {
  const { today, nextNumber } = await scene.get(scene.grace, 'groups.registrationOptions', {});
  return { nextNumber, input: { formId: scene.newForm(), name, submittedOn: today, activationDate: today, members: [...members] } };
}

function groupsThere(scene: Scene, name: string) {
  const url = `/groups?paged=true&offset=0&limit=20&name=${encodeURIComponent(name)}`;
  const { pageItems } = JSON.parse(scene.control().requestAs('admin', { method: 'GET', url, body: '' }).body) as {
    pageItems: readonly { id: number; externalId?: string }[];
  };
  return pageItems;
}

test('a group is founded without a line by who was registered a minute ago: known at once, found by its number, changed, and there once', () =>
  play({}, async (scene) => {
    await scene.cutLine();
    const first = await registered(scene, 'Kwamboka');
    const second = await registered(scene, 'Nekesa');
    const { nextNumber, input } = await founding(scene, '  Tumaini   women ', [first.clientId]);
    const { groupId, localNumber } = await scene.get(scene.grace, 'groups.register', input);
    expect(localNumber).toBe(nextNumber);
    expect(await scene.get(scene.grace, 'groups.register', input)).toMatchObject({ groupId, replayed: true });
    await scene.get(scene.grace, 'groups.addMember', { formId: scene.newForm(), groupId, clientId: second.clientId });
    const shown = await scene.get(scene.achieng, 'groups.show', { groupId });
    expect(shown).toMatchObject({
      name: 'Tumaini women',
      accountNo: localNumber,
      status: 'active',
      registration: 'savedHere',
      numbers: { local: localNumber, headOffice: null },
    });
    expect(shown.members.map(({ clientId }) => clientId).toSorted()).toEqual([first.clientId, second.clientId].toSorted());
    expect(shown.joining).toHaveLength(2);
    expect(shown.changes.map(({ what }) => what)).toEqual(['join', 'register']);
    const { found } = await scene.get(scene.achieng, 'clients.find', { text: localNumber });
    expect(found).toContainEqual(expect.objectContaining({ kind: 'group', groupId }));
    expect((await scene.get(scene.achieng, 'clients.scan', { codes: [localNumber] })).found).toContainEqual(
      expect.objectContaining({ kind: 'group', groupId }),
    );
    // Its name is taken from now on, however it is written.
    const again = await founding(scene, 'TUMAINI WOMEN');
    expect(await scene.refusal(scene.grace, 'groups.register', again.input)).toBe('group.nameTaken');
    await scene.restoreLine();
    await scene.untilFinished();
    await scene.pass(10 * 60_000);
    const confirmed = await scene.get(scene.achieng, 'groups.show', { groupId });
    expect(confirmed.registration).toBeNull();
    expect(confirmed.joining).toEqual([]);
    expect(confirmed.numbers).toEqual({ local: localNumber, headOffice: confirmed.accountNo });
    expect(confirmed.members).toHaveLength(2);
    expect(groupsThere(scene, 'Tumaini women')).toMatchObject([{ externalId: localNumber }]);
    expect((await scene.get(scene.achieng, 'clients.find', { text: localNumber })).found).toContainEqual(
      expect.objectContaining({ kind: 'group', groupId, accountNo: confirmed.accountNo }),
    );
  }));

test.each(['replyLost', 'requestLost', 'answers5xxAfter', 'duplicated'] as const)(
  'a group founded over a line with %s is there once',
  (fault) =>
    play({}, async (scene) => {
      scene.pc.network.arm(fault, 1, 'money');
      const { input } = await founding(scene, 'Umoja wetu');
      await scene.get(scene.grace, 'groups.register', input);
      await scene.untilFinished();
      expect(await scene.openCases()).toEqual([]);
      expect(groupsThere(scene, 'Umoja wetu')).toHaveLength(1);
    }),
);

test.each(['correct', 'merge'] as const)('a name that head office has by now is a case, and %s closes it', (way) =>
  play({}, async (scene) => {
    const peter = scene.at(0, 'peter');
    // Known at this PC before the line goes.
    await scene.get(peter, 'groups.list', {});
    await scene.cutLine();
    const fresh = await registered(scene, 'Chebet');
    const { input } = await founding(scene, 'Amani', [fresh.clientId]);
    const { groupId, localNumber } = await scene.get(peter, 'groups.register', { ...input, activationDate: null });
    await scene.get(scene.grace, 'groups.activate', { formId: scene.newForm(), groupId });
    const { officeServerId } = row<{ officeServerId: number }>(
      scene.pc.database(),
      "SELECT json_extract(value, '$.officeServerId') AS officeServerId FROM local_settings WHERE name = 'identity'",
    )!;
    const made = scene.control().requestAs('admin', {
      method: 'POST',
      url: '/groups',
      body: JSON.stringify({ name: 'AMANI', officeId: officeServerId, active: false, locale: 'en', dateFormat: 'yyyy-MM-dd' }),
    });
    expect(made.status).toBe(200);
    await scene.restoreLine();
    await scene.pass(10 * 60_000);
    const [view, ...more] = await scene.openCases();
    expect(more).toEqual([]);
    expect(view).toMatchObject({
      serverCode: 'error.msg.group.duplicate.name',
      existing: [{ displayName: 'AMANI', why: ['sameName'] }],
      waitingBehind: [{ kind: 'groupChange' }],
    });
    const theirs = view!.existing[0]!.localId;
    await scene.get(scene.grace, 'exceptions.resolve', {
      exceptionId: view!.exceptionId,
      resolution: way,
      reason: 'looked at with the officer',
      ...(way === 'merge' ? { mergeInto: theirs } : { edits: { name: 'Amani na upendo' } }),
    });
    await scene.untilFinished();
    await scene.pass(10 * 60_000);
    // What waited for it flowed, and its number finds it.
    const page = await scene.get(scene.achieng, 'groups.show', { groupId });
    expect(page).toMatchObject({
      groupId: way === 'merge' ? theirs : groupId,
      name: way === 'merge' ? 'AMANI' : 'Amani na upendo',
      status: 'active',
    });
    const { found } = await scene.get(scene.achieng, 'clients.scan', { codes: [localNumber] });
    expect(found).toContainEqual(expect.objectContaining({ kind: 'group', groupId: page.groupId }));
    const { rows } = await scene.get(scene.achieng, 'groups.list', {});
    expect(rows.filter(({ name }) => /amani/i.test(name))).toHaveLength(way === 'merge' ? 1 : 2);
    expect(groupsThere(scene, 'Amani')).toHaveLength(way === 'merge' ? 1 : 2);
  }),
);

test('what head office would refuse is refused here: days, names, and rights that it asks for along with it', () =>
  play({}, async (scene) => {
    const { input, nextNumber } = await founding(scene, 'Neema');
    const refusal = (more: object) => scene.refusal(scene.grace, 'groups.register', { ...input, formId: scene.newForm(), ...more });
    expect(await refusal({ name: '  ' })).toBe('group.nameNeeded');
    expect(await refusal({ submittedOn: '2099-01-01' })).toBe('group.dateAhead');
    expect(await refusal({ activationDate: '2001-01-01', submittedOn: '2001-01-02' })).toBe('group.activeBeforeSubmitted');
    expect(await refusal({ activationDate: '1999-01-01', submittedOn: '1999-01-01' })).toBe('group.dateBeforeOffice');
    expect(await refusal({ externalId: nextNumber })).toBe('group.externalIdTaken');
    expect(await refusal({ staffId: 999_999 })).toBe('client.optionUnknown');
    expect(await refusal({ members: ['00000000-0000-7000-8000-000000000000'] })).toBe('client.unknown');
  }));
