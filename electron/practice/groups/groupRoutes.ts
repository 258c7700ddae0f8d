// Groups: a bare list unless paged, detail with members, registration, membership and roles.
import { type Call, reply, requireRead } from '../call.ts';
import { accountsReply, CLIENT_COLUMNS, CLIENT_FROM, type ClientLine, clientReply } from '../clients/clientReplies.ts';
import { type CommandResult, runCommand } from '../commandLayer.ts';
import { given, parseObject, readBody } from '../commandBody.ts';
import { domainRule, integrityIssue, notFound, unsupportedCommand } from '../errors.ts';
import type { HeadOfficeReply } from '../headOfficeHttp.ts';
import { codeValueOptions } from '../options.ts';
import { type Route, route } from '../router.ts';
import { generateIndividualSheet, generateSheet } from './collectionSheets.ts';
import {
  activate,
  assignStaff,
  close,
  findGroup,
  PENDING,
  readIds,
  register,
  requireClient,
  requireClientOf,
  update,
  visibleGroup,
} from './groupBook.ts';
import { listGroups } from './groupLists.ts';
import { groupReply, LEVEL_GROUP } from './groupReplies.ts';
import { saveSheet } from './sheetSaving.ts';

interface RoleRow {
  id: number;
  client_id: number;
  client_name: string;
  role_id: number;
  role_name: string;
}

function rolesOf(call: Call, groupId: number): object[] {
  const rows = call.office.book.all(
    `SELECT r.id, r.client_id, c.display_name AS client_name, r.role_id, v.name AS role_name FROM group_role r JOIN client c ON c.id = r.client_id
     JOIN code_value v ON v.id = r.role_id WHERE r.group_id = ? ORDER BY r.id`,
    groupId,
  ) as RoleRow[];
  return rows.map((row) => ({
    id: row.id,
    role: { id: row.role_id, name: row.role_name, active: false, mandatory: false },
    clientId: row.client_id,
    clientName: row.client_name,
  }));
}

function readGroup(call: Call, id: number): HeadOfficeReply {
  requireRead(call, 'GROUP');
  const row = visibleGroup(call, id, LEVEL_GROUP);
  const asked = (call.query.get('associations') ?? '').split(',');
  const wants = (name: string): boolean => asked.includes('all') || asked.includes(name);
  const members = call.office.book.all(
    `SELECT ${CLIENT_COLUMNS} ${CLIENT_FROM} JOIN group_member m ON m.client_id = c.id WHERE m.group_id = ? ORDER BY c.id`,
    id,
  ) as ClientLine[];
  const roles = rolesOf(call, id);
  return reply({
    ...groupReply(call, row),
    clientMembers: wants('clientMembers') ? members.map((member) => clientReply(call, member)) : undefined,
    activeClientMembers: wants('activeClientMembers')
      ? members.filter((member) => member.status === 300).map((member) => clientReply(call, member))
      : undefined,
    groupRoles: wants('groupRoles') && roles.length > 0 ? roles : undefined,
    availableRoles: call.query.get('template') === 'true' ? codeValueOptions(call, 'GROUPROLE') : undefined,
  });
}

function changeMembers(call: Call, id: number, isJoining: boolean): CommandResult {
  const members = readIds(readBody(parseObject(call.body), 'group', ['clientMembers']), 'clientMembers', true);
  const { book } = call.office;
  const group = findGroup(call, id, LEVEL_GROUP);
  for (const member of members) {
    requireClient(call, member);
    const isIn = book.get('SELECT client_id FROM group_member WHERE group_id = ? AND client_id = ?', id, member) !== undefined;
    if (isJoining && isIn) {
      throw domainRule(
        'error.msg.group.client.exist.in.group',
        `Client with identifier ${String(member)} is already exists in Group with identifier ${String(id)}`,
        [member, id],
      );
    }
    if (isJoining) requireClientOf(call, member, group.office_id);
    if (!isJoining && !isIn) {
      throw domainRule(
        'error.msg.group.client.not.in.group',
        `Client with identifier ${String(member)} is not in Group with identifier ${String(id)}`,
        [member, id],
      );
    }
    if (isJoining) book.run('INSERT INTO group_member (group_id, client_id) VALUES (?, ?)', id, member);
    else book.run('DELETE FROM group_member WHERE group_id = ? AND client_id = ?', id, member);
  }
  return { officeId: group.office_id, groupId: id, resourceId: id, changes: { clientMembers: members.map(String) } };
}

function assignRole(call: Call, id: number): CommandResult {
  const body = readBody(parseObject(call.body), 'group', ['clientId', 'role']);
  const clientId = body.identifier('clientId');
  const role = body.identifier('role');
  body.check();
  findGroup(call, id, LEVEL_GROUP);
  const { book } = call.office;
  if (book.get('SELECT client_id FROM group_member WHERE group_id = ? AND client_id = ?', id, given(clientId)) === undefined) {
    throw domainRule(
      'error.msg.group.client.not.in.group',
      `Client with identifier ${String(clientId)} is not in Group with identifier ${String(id)}`,
      [given(clientId), id],
    );
  }
  const isHeld = book.get(
    'SELECT id FROM group_role WHERE group_id = ? AND client_id = ? AND role_id = ?',
    id,
    given(clientId),
    given(role),
  );
  if (isHeld !== undefined) {
    throw integrityIssue(
      'error.msg.group.role.already.exists',
      `Group Role with roleId \`${String(role)}\`, clientId \`${String(clientId)}\`, groupId \`${String(id)}\` already exists.`,
      'clientId',
      [String(role), String(clientId), id],
    );
  }
  const roleId = book.run('INSERT INTO group_role (group_id, client_id, role_id) VALUES (?,?,?)', id, given(clientId), given(role));
  return { groupId: id, clientId: given(clientId), resourceId: roleId };
}

function unassignRole(call: Call, id: number): CommandResult {
  const roleId = Number(call.query.get('roleId') ?? '0');
  const { book } = call.office;
  if (book.get('SELECT id FROM group_role WHERE id = ? AND group_id = ?', roleId, id) === undefined)
    throw notFound('error.msg.group.role.id.invalid', `Group Role with identifier ${String(roleId)} does not exist`, [roleId]);
  book.run('DELETE FROM group_role WHERE id = ?', roleId);
  return { resourceId: roleId };
}

function remove(call: Call, id: number): CommandResult {
  const group = findGroup(call, id, LEVEL_GROUP);
  if (group.status !== PENDING) {
    throw domainRule(
      'error.msg.group.cannot.be.deleted',
      `Group with identifier ${String(id)} cannot be deleted as it is not in \`Pending\` state.`,
      [id],
    );
  }
  call.office.book.run('DELETE FROM group_member WHERE group_id = ?', id);
  call.office.book.run('DELETE FROM client_group WHERE id = ?', id);
  return { officeId: group.office_id, groupId: id, resourceId: id };
}

type Deed = readonly [action: string, perform: (call: Call, id: number) => CommandResult];

const DEEDS: Readonly<Record<string, Deed>> = {
  activate: ['ACTIVATE', (call, id) => activate(call, id, LEVEL_GROUP)],
  close: ['CLOSE', (call, id) => close(call, id, LEVEL_GROUP)],
  associateClients: ['ASSOCIATECLIENTS', (call, id) => changeMembers(call, id, true)],
  disassociateClients: ['DISASSOCIATECLIENTS', (call, id) => changeMembers(call, id, false)],
  assignStaff: ['ASSIGNSTAFF', (call, id) => assignStaff(call, id, false)],
  unassignStaff: ['UNASSIGNSTAFF', (call, id) => assignStaff(call, id, true)],
  assignRole: ['ASSIGNROLE', assignRole],
  unassignRole: ['UNASSIGNROLE', unassignRole],
  saveCollectionSheet: ['SAVECOLLECTIONSHEET', saveSheet],
};

const ROLE_DEEDS: ReadonlySet<string> = new Set(['assignRole', 'unassignRole']);

/** As head office lists what it knows; it knows more. */
const LISTED = [
  'activate',
  'generateCollectionSheet',
  'saveCollectionSheet',
  'unassignStaff',
  'assignRole',
  'unassignRole',
  'updateassignRole',
];

function command(call: Call, id: number): HeadOfficeReply {
  const asked = call.query.get('command');
  if (asked === 'generateCollectionSheet') {
    requireRead(call, 'GROUP');
    return reply(generateSheet(call, [findGroup(call, id, LEVEL_GROUP)]));
  }
  const deed = asked !== null && Object.hasOwn(DEEDS, asked) ? DEEDS[asked] : undefined;
  if (deed === undefined) throw unsupportedCommand(asked, LISTED);
  const perform = () => deed[1](call, id);
  // Of a role its trail knows neither the office nor, once it is taken, the group; under the number stands that of the role's own row (observed).
  if (ROLE_DEEDS.has(asked ?? '')) return runCommand(call, { action: deed[0], entity: 'GROUP', perform });
  return groupCommand(call, id, deed[0], perform);
}

function groupCommand(call: Call, id: number, action: string, perform: () => CommandResult): HeadOfficeReply {
  const group = call.office.book.get('SELECT office_id FROM client_group WHERE id = ?', id) as { office_id: number } | undefined;
  return runCommand(call, { action, entity: 'GROUP', officeId: group?.office_id, groupId: id, resourceId: id, perform });
}

export const groupRoutes: readonly Route[] = [
  route('GET', 'groups', (call) => listGroups(call, LEVEL_GROUP)),
  route('POST', 'groups', (call) => runCommand(call, { action: 'CREATE', entity: 'GROUP', perform: () => register(call, LEVEL_GROUP) })),
  route('GET', 'groups/template', (call) => {
    requireRead(call, 'GROUP');
    return reply(
      call.query.get('command') === 'close'
        ? { closureReasons: codeValueOptions(call, 'GroupClosureReason') }
        : { availableRoles: codeValueOptions(call, 'GROUPROLE') },
    );
  }),
  route('GET', 'groups/:n', (call, parts) => readGroup(call, parts.number(0))),
  route('GET', 'groups/:n/accounts', (call, parts) => {
    requireRead(call, 'GROUP');
    const group = visibleGroup(call, parts.number(0), LEVEL_GROUP);
    return reply(accountsReply(call, 'group_id', group.id));
  }),
  route('POST', 'groups/:n', (call, parts) => command(call, parts.number(0))),
  route('PUT', 'groups/:n', (call, parts) =>
    groupCommand(call, parts.number(0), 'UPDATE', () => update(call, parts.number(0), LEVEL_GROUP)),
  ),
  route('POST', 'collectionsheet', (call) => {
    const asked = call.query.get('command');
    if (asked !== 'generateCollectionSheet') throw unsupportedCommand(asked, ['generateCollectionSheet', 'saveCollectionSheet']);
    requireRead(call, 'COLLECTIONSHEET');
    return reply(generateIndividualSheet(call));
  }),
  route('DELETE', 'groups/:n', (call, parts) => groupCommand(call, parts.number(0), 'DELETE', () => remove(call, parts.number(0)))),
];
