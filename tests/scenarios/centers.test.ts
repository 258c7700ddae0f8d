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
