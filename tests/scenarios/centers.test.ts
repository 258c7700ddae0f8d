// Centers of the branch's own office come in as head office lists them, with their groups, and follow what is changed there.

import { expect, test } from 'vitest';
import { play, type Scene } from './scene.ts';

const MINUTE_MS = 60_000;
const WRITES = { locale: 'en', dateFormat: 'yyyy-MM-dd' };
const NAME = 'Soko Kuu';

function say(scene: Scene, method: 'POST' | 'PUT', url: string, body: object): number {
  const reply = scene.control().requestAs('admin', { method, url, body: JSON.stringify(body) });
  expect(reply, url).toMatchObject({ status: 200 });
  return (JSON.parse(reply.body) as { readonly resourceId: number }).resourceId;
}

/** An office's groups, as head office lists them. */
function groupsThere(scene: Scene): readonly { readonly id: number; readonly name: string; readonly officeId: number }[] {
  return JSON.parse(scene.control().requestAs('admin', { method: 'GET', url: '/groups', body: '' }).body) as never;
}

function madeThere(scene: Scene, name: string, officeId: number, groupMembers: readonly number[]): number {
  const said = { name, officeId, groupMembers, active: true, activationDate: '2026-11-20', submittedOnDate: '2026-11-20', ...WRITES };
  return say(scene, 'POST', '/centers', said);
}

const listed = async (scene: Scene) => (await scene.get(scene.achieng, 'centers.list', {})).rows;

test('made there with two groups, it comes in by the trail with their members; a group that leaves it and its new name follow', () =>
  play({}, async (scene) => {
    await scene.pass(10 * MINUTE_MS);
    expect(await listed(scene)).toEqual([]);
    const [first, second] = groupsThere(scene);
    const center = madeThere(scene, NAME, first!.officeId, [first!.id, second!.id]);
    await scene.pass(20 * MINUTE_MS);
    const [row] = await listed(scene);
    expect(row).toMatchObject({ name: NAME, groups: 2, status: 'active' });
    const page = await scene.get(scene.achieng, 'centers.show', { centerId: row!.centerId });
    expect(page.groups.map(({ name }) => name).toSorted()).toEqual([first!.name, second!.name].toSorted());
    expect(page.groups.flatMap(({ members }) => members)).toHaveLength(row!.members);
    const group = await scene.get(scene.achieng, 'groups.show', { groupId: page.groups[0]!.groupId });
    expect(group.center).toEqual({ centerId: row!.centerId, name: NAME });
    expect(page.groups[0]!.members).toEqual(group.members);

    say(scene, 'POST', `/centers/${String(center)}?command=disassociateGroups`, { groupMembers: [second!.id] });
    say(scene, 'PUT', `/centers/${String(center)}`, { name: 'Soko Dogo', externalId: 'KITUO-1' });
    await scene.pass(20 * MINUTE_MS);
    expect(await scene.get(scene.achieng, 'centers.show', { centerId: row!.centerId })).toMatchObject({
      name: 'Soko Dogo',
      externalId: 'KITUO-1',
      groups: [{ name: first!.name }],
    });
  }));

test('a center of another office is none of this branch', () =>
  play({}, async (scene) => {
    const ours = groupsThere(scene)[0]!.officeId;
    madeThere(scene, NAME, ours === 1 ? 2 : 1, []);
    await scene.pass(20 * MINUTE_MS);
    expect(await listed(scene)).toEqual([]);
  }));

test('a center that head office closed is shown as closed, and one that it has no more is unknown', () =>
  play({}, async (scene) => {
    const ours = groupsThere(scene)[0]!.officeId;
    const center = madeThere(scene, NAME, ours, []);
    await scene.pass(20 * MINUTE_MS);
    const [row] = await listed(scene);
    scene.world.headOffice.database().prepare('UPDATE client_group SET status = 600 WHERE id = ?').run(center);
    await scene.pass(26 * 60 * MINUTE_MS);
    expect(await listed(scene)).toMatchObject([{ centerId: row!.centerId, status: 'closed' }]);
    expect(await scene.refusal(scene.achieng, 'centers.show', { centerId: scene.newForm() })).toBe('center.unknown');
  }));

async function founding(scene: Scene, groups: string[] = [], name = NAME) {
  const { today } = await scene.get(scene.grace, 'centers.registrationOptions', {});
  return { formId: scene.newForm(), name, submittedOn: today, activationDate: today, groups };
}

function centersThere(scene: Scene): readonly { readonly id: number; readonly name: string; readonly externalId?: string }[] {
  return JSON.parse(scene.control().requestAs('admin', { method: 'GET', url: '/centers', body: '' }).body) as never;
}

test('founded without a line with a group that was founded a minute ago: known at once under its number, told in order, and the same center there', () =>
  play({}, async (scene) => {
    await scene.pass(10 * MINUTE_MS);
    await scene.cutLine();
    const { today } = await scene.get(scene.grace, 'groups.registrationOptions', {});
    const group = { formId: scene.newForm(), name: 'Wema wa Soko', submittedOn: today, activationDate: today };
    const { groupId } = await scene.get(scene.grace, 'groups.register', group);
    const asked = await founding(scene, [groupId]);
    expect(await scene.refusal(scene.achieng, 'centers.register', asked)).toBe('session.notPermitted');
    const made = await scene.get(scene.grace, 'centers.register', asked);
    expect(made.localNumber).toMatch(/^C-/);
    expect(await scene.get(scene.grace, 'centers.register', asked)).toEqual({ ...made, replayed: true });
    expect(await listed(scene)).toMatchObject([{ centerId: made.centerId, name: NAME, groups: 1, registration: 'savedHere' }]);
    expect(await scene.get(scene.achieng, 'groups.show', { groupId })).toMatchObject({ center: { centerId: made.centerId } });
    await scene.restoreLine();
    await scene.untilFinished();
    await scene.pass(20 * MINUTE_MS);
    expect(await scene.openCases()).toEqual([]);
    expect(centersThere(scene)).toMatchObject([{ name: NAME, externalId: made.localNumber }]);
    expect(await listed(scene)).toMatchObject([{ centerId: made.centerId, groups: 1, registration: null, status: 'active' }]);
    expect(await scene.get(scene.achieng, 'centers.show', { centerId: made.centerId })).toMatchObject({
      numbers: { local: made.localNumber },
      groups: [{ groupId, name: 'Wema wa Soko' }],
      externalId: null,
    });
  }));

interface Other {
  readonly submittedOn?: string;
  readonly staffId?: number;
  readonly groups?: string[];
}

const REFUSED: readonly (readonly [name: string, other: Other, code: string])[] = [
  [' ', {}, 'center.nameNeeded'],
  ['SOKO KUU', {}, 'center.nameTaken'],
  ['Soko Dogo', { submittedOn: '2039-01-01' }, 'center.dateAhead'],
  ['Soko Dogo', { staffId: 999 }, 'client.optionUnknown'],
  ['Soko Dogo', { groups: ['01980000-0000-7000-8000-000000000001'] }, 'group.unknown'],
];

test.each(REFUSED)('a center %j with %o is refused and told nobody', (name, other, code) =>
  play({}, async (scene) => {
    await scene.get(scene.grace, 'centers.register', await founding(scene));
    expect(await scene.refusal(scene.grace, 'centers.register', { ...(await founding(scene, [], name)), ...other })).toBe(code);
  }),
);

test('neither a group nor a center takes the name or number of the other, and a group meets in one center', () =>
  play({}, async (scene) => {
    await scene.pass(10 * MINUTE_MS);
    const { rows } = await scene.get(scene.grace, 'groups.list', {});
    const groupId = rows[0]!.groupId;
    await scene.get(scene.grace, 'centers.register', { ...(await founding(scene, [groupId])), externalId: 'KITUO-1' });
    const other = await founding(scene, [], rows[0]!.name.toUpperCase());
    expect(await scene.refusal(scene.grace, 'centers.register', other)).toBe('center.nameTaken');
    const elsewhere = await founding(scene, [groupId], 'Soko Dogo');
    expect(await scene.refusal(scene.grace, 'centers.register', elsewhere)).toBe('center.groupElsewhere');
    const group = { formId: scene.newForm(), name: 'Wema wa Soko', submittedOn: other.submittedOn };
    expect(await scene.refusal(scene.grace, 'groups.register', { ...group, name: 'soko kuu' })).toBe('group.nameTaken');
    expect(await scene.refusal(scene.grace, 'groups.register', { ...group, externalId: 'kituo-1' })).toBe('group.externalIdTaken');
  }));

test.each(['replyLost', 'requestLost', 'answers5xxAfter', 'duplicated'] as const)('founded over a line with %s: there once', (fault) =>
  play({}, async (scene) => {
    await scene.pass(10 * MINUTE_MS);
    scene.pc.network.arm(fault, 1, 'money');
    const { centerId } = await scene.get(scene.grace, 'centers.register', await founding(scene));
    await scene.untilFinished();
    await scene.pass(20 * MINUTE_MS);
    expect(centersThere(scene).filter(({ name }) => name === NAME)).toHaveLength(1);
    expect(await listed(scene)).toMatchObject([{ centerId, registration: null }]);
    expect(await scene.openCases()).toEqual([]);
  }),
);
