// Groups: a bare list unless paged, detail with members, registration and membership.
import { businessDate, type Call, isInScope, reply, requireRead } from '../call.ts';
import { type CommandResult, runCommand } from '../commandLayer.ts';
import { given, parseObject, readBody } from '../commandBody.ts';
import { dateArray } from '../dates.ts';
import { groupStatus } from '../enumerations.ts';
import { integrityIssue, notFound, unsupportedCommand, validationError } from '../errors.ts';
import type { HeadOfficeReply } from '../headOfficeHttp.ts';
import { readPage, scopePattern } from '../lists.ts';
import { type Route, route } from '../router.ts';
import { CLIENT_COLUMNS, CLIENT_FROM, type ClientLine, clientReply } from './clientReplies.ts';

interface GroupRow {
  id: number;
  account_no: string;
  external_id: string | null;
  name: string;
  status: number;
  office_id: number;
  office_name: string;
  staff_id: number | null;
  staff_name: string | null;
  submitted_on: string;
  activated_on: string | null;
}

const GROUP_COLUMNS = `g.*, o.name AS office_name, s.lastname || ', ' || s.firstname AS staff_name`;
const GROUP_FROM = 'FROM client_group g JOIN office o ON o.id = g.office_id LEFT JOIN staff s ON s.id = g.staff_id';

function groupReply(row: GroupRow): Record<string, unknown> {
  return {
    id: row.id,
    accountNo: row.account_no,
    name: row.name,
    externalId: row.external_id ?? undefined,
    status: groupStatus(row.status),
    active: row.status === 300,
    activationDate: dateArray(row.activated_on),
    officeId: row.office_id,
    officeName: row.office_name,
    staffId: row.staff_id ?? undefined,
    staffName: row.staff_name ?? undefined,
    hierarchy: `.${String(row.id)}.`,
    groupLevel: '2',
    timeline: { submittedOnDate: dateArray(row.submitted_on), activatedOnDate: dateArray(row.activated_on) },
  };
}

function listGroups(call: Call): HeadOfficeReply {
  requireRead(call, 'GROUP');
  const conditions = ['o.hierarchy LIKE ?'];
  const values: (string | number)[] = [scopePattern(call.caller.scope)];
  for (const [name, condition] of [
    ['officeId', 'g.office_id = ?'],
    ['staffId', 'g.staff_id = ?'],
    ['externalId', 'g.external_id = ?'],
  ] as const) {
    const asked = call.query.get(name);
    if (asked === null || asked === '') continue;
    conditions.push(condition);
    values.push(name === 'externalId' ? asked : Number(asked));
  }
  const named = call.query.get('name');
  if (named !== null && named !== '') {
    conditions.push('g.name LIKE ?');
    values.push(`%${named}%`);
  }
  const page = readPage(call.office.book, call.query, {
    columns: GROUP_COLUMNS,
    from: `${GROUP_FROM} WHERE ${conditions.join(' AND ')}`,
    values,
    orders: { id: 'g.id', name: 'g.name' },
    defaultOrder: 'g.name ASC',
  });
  const items = (page.rows as GroupRow[]).map(groupReply);
  return reply(call.query.get('paged') === 'true' ? { totalFilteredRecords: page.totalFilteredRecords, pageItems: items } : items);
}

function readGroup(call: Call, id: number): HeadOfficeReply {
  requireRead(call, 'GROUP');
  const row = call.office.book.get(`SELECT ${GROUP_COLUMNS} ${GROUP_FROM} WHERE g.id = ?`, id) as GroupRow | undefined;
  if (row === undefined || !isInScope(call, row.office_id))
    throw notFound('error.msg.group.id.invalid', `Group with identifier ${String(id)} does not exist`, [id]);
  const asked = (call.query.get('associations') ?? '').split(',');
  const wants = (name: string): boolean => asked.includes('all') || asked.includes(name);
  const members = call.office.book.all(
    `SELECT ${CLIENT_COLUMNS} ${CLIENT_FROM} JOIN group_member m ON m.client_id = c.id WHERE m.group_id = ? ORDER BY c.id`,
    id,
  ) as ClientLine[];
  return reply({
    ...groupReply(row),
    clientMembers: wants('clientMembers') ? members.map((row) => clientReply(call, row)) : undefined,
    activeClientMembers: wants('activeClientMembers')
      ? members.filter((member) => member.status === 300).map((row) => clientReply(call, row))
      : undefined,
    groupRoles: wants('groupRoles') ? [] : undefined,
  });
}

function memberIds(raw: unknown): number[] {
  if (raw === undefined) return [];
  if (!Array.isArray(raw))
    throw validationError('validation.msg.group.clientMembers.cannot.be.blank', 'Members must be a list.', 'clientMembers');
  return raw.map(Number).filter((id) => Number.isSafeInteger(id));
}

function register(call: Call): CommandResult {
  const body = readBody(parseObject(call.body), 'group', [
    'name',
    'officeId',
    'active',
    'activationDate',
    'submittedOnDate',
    'externalId',
    'staffId',
    'centerId',
    'clientMembers',
    'datatables',
  ]);
  const name = body.text('name', 100);
  const officeId = body.integer('officeId');
  const isActive = body.flag('active');
  const activatedOn = isActive === true ? body.date('activationDate') : undefined;
  const submittedOn = body.optionalDate('submittedOnDate');
  const externalId = body.optionalText('externalId', 100);
  const staffId = body.optionalInteger('staffId');
  if (isActive === undefined) body.reject('active', 'cannot.be.blank', 'The parameter `active` is mandatory.');
  body.check();
  const { book } = call.office;
  if (book.get('SELECT id FROM client_group WHERE name = ?', given(name)) !== undefined)
    throw integrityIssue('error.msg.group.duplicate.name', 'A group of this name exists.', 'name', [given(name)]);
  if (externalId !== undefined && book.get('SELECT id FROM client_group WHERE external_id = ?', externalId) !== undefined) {
    throw integrityIssue('error.msg.group.duplicate.externalId', 'A group with this external id exists.', 'externalId', [externalId]);
  }
  const id = book.run(
    `INSERT INTO client_group (account_no, external_id, name, status, office_id, staff_id, submitted_on, activated_on) VALUES ('', ?,?,?,?,?,?,?)`,
    externalId ?? null,
    given(name),
    isActive === true ? 300 : 100,
    given(officeId),
    staffId ?? null,
    submittedOn ?? activatedOn ?? businessDate(call.office),
    activatedOn ?? null,
  );
  book.run('UPDATE client_group SET account_no = ? WHERE id = ?', String(id).padStart(9, '0'), id);
  for (const member of memberIds(body.raw('clientMembers')))
    book.run('INSERT INTO group_member (group_id, client_id) VALUES (?, ?)', id, member);
  return { officeId: given(officeId), groupId: id, resourceId: id, resourceExternalId: externalId };
}

function changeMembers(call: Call, id: number, isJoining: boolean): CommandResult {
  const body = readBody(parseObject(call.body), 'group', ['clientMembers']);
  const { book } = call.office;
  const group = book.get('SELECT office_id FROM client_group WHERE id = ?', id) as { office_id: number } | undefined;
  if (group === undefined) throw notFound('error.msg.group.id.invalid', 'Group does not exist', [id]);
  const members = memberIds(body.raw('clientMembers'));
  if (members.length === 0)
    throw validationError('validation.msg.group.clientMembers.cannot.be.empty', 'No members given.', 'clientMembers');
  for (const member of members) {
    const client = book.get('SELECT office_id FROM client WHERE id = ?', member) as { office_id: number } | undefined;
    if (client === undefined) throw notFound('error.msg.client.id.invalid', 'Client does not exist', [member]);
    if (isJoining && client.office_id !== group.office_id)
      throw integrityIssue('error.msg.client.attach.to.group.invalid.office', 'Client of another office.', 'clientMembers', [member]);
    if (isJoining) book.run('INSERT OR IGNORE INTO group_member (group_id, client_id) VALUES (?, ?)', id, member);
    else book.run('DELETE FROM group_member WHERE group_id = ? AND client_id = ?', id, member);
  }
  return { officeId: group.office_id, groupId: id, resourceId: id, changes: { clientMembers: members.map(String) } };
}

function command(call: Call, id: number): HeadOfficeReply {
  const asked = call.query.get('command') ?? '';
  if (asked !== 'associateClients' && asked !== 'disassociateClients') throw unsupportedCommand(asked);
  const group = call.office.book.get('SELECT office_id FROM client_group WHERE id = ?', id) as { office_id: number } | undefined;
  return runCommand(call, {
    action: asked.toUpperCase(),
    entity: 'GROUP',
    officeId: group?.office_id,
    groupId: id,
    resourceId: id,
    perform: () => changeMembers(call, id, asked === 'associateClients'),
  });
}

export const groupRoutes: readonly Route[] = [
  route('GET', 'groups', listGroups),
  route('POST', 'groups', (call) => runCommand(call, { action: 'CREATE', entity: 'GROUP', perform: () => register(call) })),
  route('GET', 'groups/:n', (call, parts) => readGroup(call, parts.number(0))),
  route('POST', 'groups/:n', (call, parts) => command(call, parts.number(0))),
];
