// Who of a group is its leader or its treasurer is said at the branch, line or no line, and told to head office once. Head office leaves a role with
// whoever goes, and its trail names the group of no role to a branch: so roles are taken with the leaving, and the group is read when somebody looks.

import { expect, test } from 'vitest';
import type { LocalId } from '../../shared/kernel/ids.ts';
import { signIn } from '../world/people.ts';
import { play, type Scene } from './scene.ts';

const MINUTE_MS = 60_000;

interface Meeting {
  readonly groupId: LocalId;
  readonly members: readonly LocalId[];
  readonly leader: number;
  readonly treasurer: number;
}

/** A group with two members at least, and what its members may be. */
async function meeting(scene: Scene): Promise<Meeting> {
  await scene.pass(10 * MINUTE_MS);
  const { rows } = await scene.get(scene.achieng, 'groups.list', {});
  const { groupId } = rows.find((each) => each.members > 1)!;
  const { members, roleOptions, roles } = await scene.get(scene.achieng, 'groups.show', { groupId });
  expect(roleOptions.map(({ name }) => name)).toEqual(['Leader', 'Secretary', 'Treasurer']);
  expect(roles).toEqual([]);
  const [leader, , treasurer] = roleOptions;
  return { groupId, members: members.map(({ clientId }) => clientId), leader: leader!.serverId, treasurer: treasurer!.serverId };
}

function give(scene: Scene, { groupId, members }: Meeting, roleId: number, member = 0) {
  return scene.get(scene.grace, 'groups.giveRole', { formId: scene.newForm(), groupId, clientId: members[member]!, roleId });
}

function take(scene: Scene, { groupId, members }: Meeting, role: string, member = 0) {
  return scene.get(scene.grace, 'groups.takeRole', { formId: scene.newForm(), groupId, clientId: members[member]!, role });
}

async function rolesHere(scene: Scene, { groupId, members }: Meeting): Promise<readonly string[]> {
  const { roles } = await scene.get(scene.achieng, 'groups.show', { groupId });
  return roles.map(({ clientId, role, standing }) => `${role} ${String(members.indexOf(clientId))} ${standing ?? 'there'}`);
}

interface GroupThere {
  readonly id: number;
  readonly members: readonly number[];
  readonly roles: readonly { readonly id: number; readonly clientId: number; readonly name: string }[];
}

async function there(scene: Scene, { groupId }: Meeting): Promise<GroupThere> {
  const { name } = await scene.get(scene.achieng, 'groups.show', { groupId });
  const ask = (url: string): unknown => JSON.parse(scene.control().requestAs('admin', { method: 'GET', url, body: '' }).body);
  const { id } = (ask('/groups') as readonly { readonly id: number; readonly name: string }[]).find((each) => each.name === name)!;
  const group = ask(`/groups/${String(id)}?associations=all`) as {
    readonly clientMembers?: readonly { readonly id: number }[];
    readonly groupRoles?: readonly { readonly id: number; readonly clientId: number; readonly role: { readonly name: string } }[];
  };
  return {
    id,
    members: (group.clientMembers ?? []).map((each) => each.id),
    roles: (group.groupRoles ?? []).map(({ id: row, clientId, role }) => ({ id: row, clientId, name: role.name })),
  };
}

const names = ({ roles }: GroupThere): readonly string[] => roles.map(({ name }) => name);

function sayThere(scene: Scene, group: number, command: string, body: object): void {
  const url = `/groups/${String(group)}?command=${command}`;
  expect(scene.control().requestAs('admin', { method: 'POST', url, body: JSON.stringify(body) })).toMatchObject({ status: 200 });
}

test('given and taken without a line: shown at once with its standing, told in order, there once', () =>
  play({}, async (scene) => {
    const group = await meeting(scene);
    const { groupId, members } = group;
    await scene.cutLine();
    const asked = { formId: scene.newForm(), groupId, clientId: members[0]!, roleId: group.leader };
    expect(await scene.refusal(scene.achieng, 'groups.giveRole', asked)).toBe('session.notPermitted');
    const given = await scene.get(scene.grace, 'groups.giveRole', asked);
    expect(await scene.get(scene.grace, 'groups.giveRole', asked)).toEqual({ ...given, replayed: true });
    await give(scene, group, group.treasurer, 1);
    expect(await rolesHere(scene, group)).toEqual(['Leader 0 savedHere', 'Treasurer 1 savedHere']);
    const again = { ...asked, formId: scene.newForm() };
    expect(await scene.refusal(scene.grace, 'groups.giveRole', again)).toBe('group.roleHeld');
    expect(await scene.refusal(scene.grace, 'groups.giveRole', { ...again, roleId: 999 })).toBe('client.optionUnknown');
    const stranger = (await scene.get(scene.grace, 'clients.list', { show: 'all' })).rows.find(
      ({ clientId }) => !members.includes(clientId),
    );
    expect(await scene.refusal(scene.grace, 'groups.giveRole', { ...again, clientId: stranger!.clientId })).toBe('group.notMember');
    expect(
      await scene.refusal(scene.grace, 'groups.takeRole', { formId: scene.newForm(), groupId, clientId: members[1]!, role: 'Leader' }),
    ).toBe('group.roleNotHeld');
    await take(scene, group, 'Treasurer', 1);
    expect(await rolesHere(scene, group)).toEqual(['Leader 0 savedHere']);
    const { changes } = await scene.get(scene.achieng, 'groups.show', { groupId });
    expect(changes.slice(0, 3)).toMatchObject([
      { what: 'takeRole', role: 'Treasurer', standing: 'savedHere' },
      { what: 'giveRole', role: 'Treasurer' },
      { what: 'giveRole', role: 'Leader' },
    ]);
    await scene.restoreLine();
    await scene.untilFinished();
    await scene.pass(10 * MINUTE_MS);
    expect(await scene.openCases()).toEqual([]);
    expect(names(await there(scene, group))).toEqual(['Leader']);
    expect(await rolesHere(scene, group)).toEqual(['Leader 0 there']);
  }));

test.each(['replyLost', 'requestLost', 'answers5xxAfter', 'duplicated'] as const)(
  'given, then taken over a line with %s: once there',
  (fault) =>
    play({}, async (scene) => {
      const group = await meeting(scene);
      scene.pc.network.arm(fault, 1, 'money');
      await give(scene, group, group.leader);
      await scene.untilFinished();
      expect(names(await there(scene, group))).toEqual(['Leader']);
      expect(await rolesHere(scene, group)).toEqual(['Leader 0 there']);
      scene.pc.network.arm(fault, 1, 'money');
      await take(scene, group, 'Leader');
      await scene.untilFinished();
      expect(names(await there(scene, group))).toEqual([]);
      expect(await scene.openCases()).toEqual([]);
      expect(await rolesHere(scene, group)).toEqual([]);
    }),
);

test('what head office gave or took meanwhile as it is wanted was told: no case', () =>
  play({}, async (scene) => {
    const group = await meeting(scene);
    const before = await there(scene, group);
    const client = { clientId: before.members[0]!, role: group.leader };
    await scene.cutLine();
    const place = await placeOf(scene, group, client.clientId);
    await give(scene, group, group.leader, place);
    sayThere(scene, before.id, 'assignRole', client);
    await scene.restoreLine();
    await scene.untilFinished();
    expect(names(await there(scene, group))).toEqual(['Leader']);
    await scene.cutLine();
    await take(scene, group, 'Leader', place);
    sayThere(scene, before.id, `unassignRole&roleId=${String((await there(scene, group)).roles[0]!.id)}`, {});
    await scene.restoreLine();
    await scene.untilFinished();
    expect(await scene.openCases()).toEqual([]);
    expect(await rolesHere(scene, group)).toEqual([]);
  }));

/** Which of the members head office knows under that number. */
async function placeOf(scene: Scene, { members }: Meeting, serverId: number): Promise<number> {
  const numbers = await Promise.all(
    members.map(async (clientId) => (await scene.get(scene.achieng, 'clients.show', { clientId })).client.accountNo),
  );
  return numbers.indexOf(String(serverId).padStart(9, '0'));
}

test('a role given there to nobody’s knowledge is seen when the group is asked for, and when every record is read again', () =>
  play({}, async (scene) => {
    const group = await meeting(scene);
    const { id, members } = await there(scene, group);
    sayThere(scene, id, 'assignRole', { clientId: members[0], role: group.leader });
    await scene.pass(30 * MINUTE_MS);
    expect(await rolesHere(scene, group)).toEqual([]);
    await scene.get(scene.achieng, 'groups.refresh', { groupId: group.groupId });
    const place = await placeOf(scene, group, members[0]!);
    expect(await rolesHere(scene, group)).toEqual([`Leader ${String(place)} there`]);
    sayThere(scene, id, 'assignRole', { clientId: members[0], role: group.treasurer });
    await scene.get(scene.grace, 'sync.compare', {});
    await scene.pass(30 * MINUTE_MS);
    expect(await rolesHere(scene, group)).toEqual([`Leader ${String(place)} there`, `Treasurer ${String(place)} there`]);
  }));

test('whoever goes gives the role back first, and keeps it where that is given up', () =>
  play({}, async (scene) => {
    const group = await meeting(scene);
    const { groupId, members } = group;
    await give(scene, group, group.leader);
    await scene.untilFinished();
    await scene.cutLine();
    const leaving = { formId: scene.newForm(), groupId, clientId: members[0]! };
    const gone = await scene.get(scene.grace, 'groups.removeMember', leaving);
    expect(await scene.get(scene.grace, 'groups.removeMember', leaving)).toEqual({ ...gone, replayed: true });
    const page = await scene.get(scene.achieng, 'groups.show', { groupId });
    expect(page.changes.slice(0, 2)).toMatchObject([{ what: 'leave' }, { what: 'takeRole', role: 'Leader' }]);
    expect(page).toMatchObject({ roles: [], members: page.members.filter(({ clientId }) => clientId !== members[0]) });
    const { unfinished } = await scene.get(scene.grace, 'sync.showDesk', {});
    const taking = unfinished.find(({ commandId }) => commandId === page.changes[1]!.commandId)!;
    await scene.get(scene.grace, 'sync.withdrawCommand', { commandId: taking.commandId, reason: 'she stays', withChildren: true });
    const stays = await scene.get(scene.achieng, 'groups.show', { groupId });
    expect(stays.members.map(({ clientId }) => clientId)).toContain(members[0]);
    expect(await rolesHere(scene, group)).toEqual(['Leader 0 there']);
    await scene.get(scene.grace, 'groups.removeMember', { ...leaving, formId: scene.newForm() });
    await scene.restoreLine();
    await scene.untilFinished();
    const after = await there(scene, group);
    expect(after.members).toHaveLength(members.length - 1);
    expect(after.roles).toEqual([]);
    expect(await scene.openCases()).toEqual([]);
  }));

test('whoever was given a role there meanwhile is not let go with it: a case, and the next leaving takes it along', () =>
  play({ incidentsExpected: true }, async (scene) => {
    const group = await meeting(scene);
    const { groupId } = group;
    const before = await there(scene, group);
    const place = await placeOf(scene, group, before.members[0]!);
    const leaving = { groupId, clientId: group.members[place]! };
    await scene.cutLine();
    await scene.get(scene.grace, 'groups.removeMember', { ...leaving, formId: scene.newForm() });
    sayThere(scene, before.id, 'assignRole', { clientId: before.members[0], role: group.leader });
    await scene.restoreLine();
    await scene.pass(20 * MINUTE_MS);
    const open = await scene.openCase(scene.grace);
    expect(open.serverCode).toBe('group.roleHeldThere');
    expect(await there(scene, group)).toMatchObject({ members: before.members });
    await signIn(scene.world, scene.amina);
    await scene.resolve(scene.amina, open, 'withdraw');
    expect(await rolesHere(scene, group)).toEqual([`Leader ${String(place)} there`]);
    await scene.get(scene.grace, 'groups.removeMember', { ...leaving, formId: scene.newForm() });
    await scene.untilFinished();
    expect(await there(scene, group)).toMatchObject({ members: before.members.slice(1), roles: [] });
  }));

test('whom head office let go meanwhile is given no role: a case that says so', () =>
  play({ incidentsExpected: true }, async (scene) => {
    const group = await meeting(scene);
    const before = await there(scene, group);
    const place = await placeOf(scene, group, before.members[0]!);
    await scene.cutLine();
    await give(scene, group, group.leader, place);
    sayThere(scene, before.id, 'disassociateClients', { clientMembers: [before.members[0]] });
    await scene.restoreLine();
    await scene.pass(20 * MINUTE_MS);
    const open = await scene.openCase(scene.grace);
    expect(await scene.get(scene.grace, 'exceptions.show', { exceptionId: open.exceptionId })).toMatchObject({
      serverCode: 'error.msg.group.client.not.in.group',
      fields: [
        { name: 'holder', before: open.fields[0]!.after },
        { name: 'role', before: null, after: 'Leader' },
      ],
    });
    expect(await rolesHere(scene, group)).toEqual([]);
    await signIn(scene.world, scene.amina);
    await scene.resolve(scene.amina, open, 'withdraw');
    expect(await there(scene, group)).toMatchObject({ roles: [] });
  }));

test('a client of a minute ago who joins is given a role in one stretch: given up with the joining', () =>
  play({}, async (scene) => {
    const group = await meeting(scene);
    await scene.cutLine();
    const { today } = await scene.get(scene.grace, 'clients.registrationOptions', {});
    const fresh = await scene.get(scene.grace, 'clients.register', {
      formId: scene.newForm(),
      legalForm: 'person',
      firstname: 'Makena',
      lastname: 'Wanjiru',
      submittedOn: today,
      activationDate: today,
    });
    const joining = { groupId: group.groupId, clientId: fresh.clientId };
    const joined = await scene.get(scene.grace, 'groups.addMember', { ...joining, formId: scene.newForm() });
    await scene.get(scene.grace, 'groups.giveRole', { ...joining, formId: scene.newForm(), roleId: group.leader });
    await scene.get(scene.grace, 'sync.withdrawCommand', { commandId: joined.commandId, reason: 'not yet', withChildren: true });
    expect(await rolesHere(scene, group)).toEqual([]);
    await scene.get(scene.grace, 'groups.addMember', { ...joining, formId: scene.newForm() });
    await scene.get(scene.grace, 'groups.giveRole', { ...joining, formId: scene.newForm(), roleId: group.leader });
    await scene.restoreLine();
    await scene.untilFinished();
    expect(await scene.openCases()).toEqual([]);
    expect(names(await there(scene, group))).toEqual(['Leader']);
  }));
