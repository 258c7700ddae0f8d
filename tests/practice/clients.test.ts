// Clients, their papers and their groups at the practice head office, with the refusals that a registration can meet.
// No test here may depend on a particular seed beyond the first client, who is always Mary.
import { expect, test } from 'vitest';
import { at, DATED, json, listAt, practiceWorld, refusalOf, TODAY } from './practiceWorld.ts';

const client = (more: object = {}): object => ({
  ...DATED,
  officeId: 2,
  legalFormId: 1,
  firstname: 'Asha',
  lastname: 'Wekulo',
  active: false,
  submittedOnDate: TODAY,
  ...more,
});

test('a client is registered, activated by the manager, and found by external id', () => {
  const world = practiceWorld();
  const id = at(json(world.post('/clients', client({ externalId: 'c-1', mobileNo: '0700000001' }))), 'clientId');
  expect(world.read('/clients/external-id/c-1')).toMatchObject({ id, displayName: 'Asha Wekulo', status: { id: 100 }, active: false });
  const activation = { ...DATED, activationDate: TODAY };
  expect(refusalOf(world.post('/clients/external-id/c-1?command=activate', activation))).toBe('403 error.msg.not.authorized');
  expect(world.post('/clients/external-id/c-1?command=activate', activation, { as: 'grace' }).status).toBe(200);
  expect(refusalOf(world.post('/clients/external-id/c-1?command=activate', activation, { as: 'grace' }))).toBe(
    '400 error.msg.clients.already.active',
  );
});

test('duplicates and names', () => {
  const world = practiceWorld();
  world.post('/clients', client({ externalId: 'c-1', mobileNo: '0700000001' }));
  expect(refusalOf(world.post('/clients', client({ externalId: 'c-1' })))).toBe('403 error.msg.client.duplicate.externalId');
  expect(refusalOf(world.post('/clients', client({ mobileNo: '0700000001' })))).toBe('403 error.msg.client.duplicate.mobileNo');
  expect(refusalOf(world.post('/clients', client({ firstname: undefined, lastname: undefined })))).toBe(
    '400 validation.msg.client.id..no.name.details.passed',
  );
  expect(refusalOf(world.post('/clients', client({ fullname: 'Asha Wekulo' })))).toBe(
    '400 validation.msg.client.fullname.cannot.also.be.provided.when.firstname.is.populated',
  );
  expect(refusalOf(world.post('/clients', client({ submittedOnDate: '2026-12-01' })))).toBe(
    '400 error.msg.clients.submittedOnDate.in.the.future',
  );
});

test('identity papers are unique by type and key', () => {
  const world = practiceWorld();
  const paper = { documentTypeId: 1, documentKey: '12345678', status: 'Active', locale: 'en' };
  expect(world.post('/clients/1/identifiers', paper).status).toBe(200);
  expect(refusalOf(world.post('/clients/1/identifiers', { ...paper, documentKey: '9' }))).toBe(
    '403 error.msg.clientIdentifier.type.duplicate',
  );
  expect(refusalOf(world.post('/clients/2/identifiers', paper))).toBe('403 error.msg.clientIdentifier.identityKey.duplicate');
  expect(listAt(world.read('/clients/1/identifiers')).length).toBe(1);
});

test('a photo replaces the former one; a document is added each time', () => {
  const world = practiceWorld();
  expect(world.send('GET', '/clients/1/images').status).toBe(404);
  for (const picture of ['data:image/jpeg;base64,AAAA', 'data:image/jpeg;base64,BBBB'])
    expect(world.post('/clients/1/images', picture).status).toBe(200);
  expect(world.send('GET', '/clients/1/images').body).toBe('data:image/jpeg;base64,BBBB');
  expect(at(world.read('/clients/1'), 'imagePresent')).toBe(true);
});

test('a group wants its name with every change, and nobody else’s; a role is held once', () => {
  const world = practiceWorld();
  const as = { as: 'admin' } as const;
  expect(world.post('/groups', { ...DATED, name: 'Nyota', officeId: 2, active: false, submittedOnDate: TODAY }, as).status).toBe(200);
  const change = (body: object) => world.send('PUT', '/groups/1', body, as);
  const blank = '400 validation.msg.group.name.cannot.be.blank';
  expect([refusalOf(change({ externalId: 'G-3' })), refusalOf(change({ name: '' }))]).toEqual([blank, blank]);
  expect(refusalOf(change({ name: 'NYOTA' }))).toBe('403 error.msg.group.duplicate.name');
  expect(json(change({ name: 'Soko Mjinga' }))).toMatchObject({ groupId: 1, changes: {} });
  expect(json(change({ name: 'Soko Kuu' }))).toMatchObject({ groupId: 1, resourceId: 1, changes: { name: 'Soko Kuu' } });
  const role = { clientId: 1, role: 13 };
  expect(world.post('/groups/1?command=assignRole', role, as).status).toBe(200);
  expect(refusalOf(world.post('/groups/1?command=assignRole', role, as))).toBe('403 error.msg.group.role.already.exists');
  // Its own row is the resource, and the trail names no office: nobody at a branch is shown who gave it (observed).
  const given = (as: string) =>
    (world.read('/audits', as) as readonly { readonly actionName: string }[]).filter(({ actionName }) => actionName === 'ASSIGNROLE');
  expect(given('admin').map((row) => [at(row, 'resourceId'), at(row, 'officeName'), at(row, 'url')])).toEqual([
    [undefined, undefined, '/groups/1?command=assignRole'],
    [1, undefined, '/groups/1?command=assignRole'],
  ]);
  expect(given('grace')).toEqual([]);
  expect(at(world.read('/groups/template', 'grace'), 'availableRoles')).toMatchObject([
    { name: 'Leader' },
    { name: 'Secretary' },
    { name: 'Treasurer' },
  ]);
  expect(refusalOf(world.post('/groups/1?command=unassignRole&roleId=9', {}, as))).toBe('404 error.msg.group.role.id.invalid');
  // Whoever leaves keeps it (observed).
  expect(world.post('/groups/1?command=disassociateClients', { clientMembers: [1] }, as).status).toBe(200);
  expect(listAt(world.read('/groups/1?associations=groupRoles'), 'groupRoles')).toHaveLength(1);
});

test('groups: a bare list, members on request, joining and leaving', () => {
  const world = practiceWorld();
  expect(listAt(world.read('/groups')).map((group) => at(group, 'name'))).toEqual(['Soko Mjinga']);
  expect(at(world.read('/groups?paged=true&limit=1'), 'totalFilteredRecords')).toBe(1);
  const members = (): unknown[] => listAt(world.read('/groups/1?associations=all'), 'clientMembers').map((member) => at(member, 'id'));
  expect(members()).toContain(1);
  expect(world.post('/groups/1?command=disassociateClients', { clientMembers: [1] }, { as: 'admin' }).status).toBe(200);
  expect(members()).not.toContain(1);
  expect(world.post('/groups/1?command=associateClients', { clientMembers: [9] }, { as: 'admin' }).status).toBe(403);
});

test('a deleted client is gone and the deed is audited', () => {
  const world = practiceWorld();
  expect(world.office.control.deleteClient(7).status).toBe(200);
  expect(refusalOf(world.send('GET', '/clients/7'))).toBe('404 error.msg.client.not.found.with.client.id');
  expect(at(world.read('/audits', 'admin'), '0')).toMatchObject({
    actionName: 'DELETE',
    entityName: 'CLIENT',
    resourceId: 7,
    maker: 'admin',
  });
});
