// Finding and founding groups and centers. A name is taken whichever of the two has it.
import { businessDate, type Call, has, isInScope } from '../call.ts';
import { type CommandBody, given, parseObject, readBody } from '../commandBody.ts';
import type { CommandResult } from '../commandLayer.ts';
import { domainRule, integrityIssue, notAuthorized, notFound, validationError } from '../errors.ts';
import { requireCodeValue } from '../options.ts';
import { GROUP_COLUMNS, GROUP_FROM, type GroupRow, LEVEL_CENTER, LEVEL_GROUP } from './groupReplies.ts';

type Level = typeof LEVEL_CENTER | typeof LEVEL_GROUP;

export const PENDING = 100;
export const ACTIVE = 300;
export const CLOSED = 600;

function nounOf(level: Level): 'center' | 'group' {
  return level === LEVEL_CENTER ? 'center' : 'group';
}

export function findGroup(call: Call, id: number, level: Level): GroupRow {
  const row = call.office.book.get(`SELECT ${GROUP_COLUMNS} ${GROUP_FROM} WHERE g.id = ? AND g.level = ?`, id, level) as
    GroupRow | undefined;
  if (row !== undefined) return row;
  const noun = level === LEVEL_CENTER ? 'Center' : 'Group';
  throw notFound(`error.msg.${nounOf(level)}.id.invalid`, `${noun} with identifier ${String(id)} does not exist`, [id]);
}

/** What another office has is as unknown as what nobody has. */
export function visibleGroup(call: Call, id: number, level: Level): GroupRow {
  const row = findGroup(call, id, level);
  return isInScope(call, row.office_id) ? row : findGroup(call, id, -1 as Level);
}

function requireStaff(call: Call, id: number | undefined, officeId: number): void {
  if (id === undefined || call.office.book.get('SELECT id FROM staff WHERE id = ? AND office_id = ?', id, officeId) !== undefined) return;
  throw notFound('error.msg.staff.id.invalid', `Staff with identifier ${String(id)} does not exist`, [id]);
}

/** Ids in numbers or in text; a list must have one at least where somebody is to be moved. */
export function readIds(body: CommandBody, name: 'clientMembers' | 'groupMembers', mustHave: boolean): number[] {
  const raw = body.raw(name);
  const ids = Array.isArray(raw) ? raw.map(Number).filter((id) => Number.isSafeInteger(id)) : [];
  if (mustHave && ids.length === 0) {
    throw validationError(
      `validation.msg.group.${name}.cannot.be.empty`,
      `The parameter \`${name}\` cannot be empty. You must select at least one.`,
      name,
    );
  }
  return ids;
}

/** One office for a group and its members. */
export function requireClientOf(call: Call, id: number, officeId: number): void {
  if (requireClient(call, id).office_id === officeId) return;
  throw domainRule(
    'error.msg.client.attach.to.group.invalid.office',
    `Client with identifier ${String(id)} must have the same office as group.`,
    [String(id), officeId],
  );
}

function requireAlso(call: Call, permission: string): void {
  if (call.approving === null && !has(call.caller, permission)) throw notAuthorized(permission);
}

function requireOpened(call: Call, level: Level, officeId: number, on: string): void {
  const office = call.office.book.get('SELECT opened_on FROM office WHERE id = ?', officeId) as { opened_on: string } | undefined;
  if (office === undefined || on >= office.opened_on) return;
  const noun = level === LEVEL_CENTER ? 'Center' : 'Group';
  throw domainRule(
    `error.msg.${nounOf(level)}.activate.date.cannot.be.before.office.activation.date`,
    `${noun} activation date should be greater than or equal to the parent Office's creation date ${on}`,
    [on, office.opened_on],
  );
}

export function requireClient(call: Call, id: number): { office_id: number } {
  const client = call.office.book.get('SELECT office_id FROM client WHERE id = ?', id) as { office_id: number } | undefined;
  if (client === undefined) throw notFound('error.msg.client.id.invalid', `Client with identifier ${String(id)} does not exist`, [id]);
  return client;
}

function requireFreshName(call: Call, level: Level, name: string): void {
  if (call.office.book.get('SELECT id FROM client_group WHERE name = ? COLLATE NOCASE', name) === undefined) return;
  const noun = level === LEVEL_CENTER ? 'Center' : 'Group';
  throw integrityIssue(`error.msg.${nounOf(level)}.duplicate.name`, `${noun} with name \`${name}\` already exists.`, 'name', [name]);
}

function requireFreshExternalId(call: Call, level: Level, externalId: string): void {
  if (call.office.book.get('SELECT id FROM client_group WHERE external_id = ? COLLATE NOCASE', externalId) === undefined) return;
  const noun = nounOf(level);
  throw integrityIssue(
    `error.msg.${noun}.duplicate.externalId`,
    `${noun} with externalId \`${externalId}\` already exists.`,
    'externalId',
    [externalId],
  );
}

export function register(call: Call, level: Level): CommandResult {
  const noun = nounOf(level);
  const membersName = level === LEVEL_CENTER ? 'groupMembers' : 'clientMembers';
  const body = readBody(parseObject(call.body), noun, [
    'name',
    'officeId',
    'active',
    'activationDate',
    'submittedOnDate',
    'externalId',
    'staffId',
    membersName,
    'datatables',
    ...(level === LEVEL_GROUP ? ['centerId'] : []),
  ]);
  const name = body.text('name', 100);
  const officeId = body.identifier('officeId');
  const isActive = body.flag('active') === true;
  const activatedOn = isActive ? body.date('activationDate') : undefined;
  const submittedOn = body.optionalDate('submittedOnDate');
  const externalId = body.optionalText('externalId', 100);
  const staffId = body.optionalIdentifier('staffId');
  const centerId = level === LEVEL_GROUP ? body.optionalIdentifier('centerId') : undefined;
  const today = businessDate(call.office);
  if (activatedOn !== undefined && activatedOn > today)
    body.rejectCode(`error.msg.${noun}.activationDate.in.the.future`, 'Activation date cannot be in the future.', 'activationDate', [
      activatedOn,
    ]);
  if (submittedOn !== undefined && submittedOn > today)
    body.rejectCode(`error.msg.${noun}.submittedOnDate.in.the.future`, 'Submitted on date cannot be in the future.', 'submittedOnDate', [
      submittedOn,
    ]);
  if (submittedOn !== undefined && activatedOn !== undefined && submittedOn > activatedOn)
    body.rejectCode(
      `error.msg.${noun}.submittedOnDate.after.activation.date`,
      'Submitted on date cannot be after the activation date',
      'submittedOnDate',
      [submittedOn],
    );
  body.check();
  const { book } = call.office;
  const members = readIds(body, membersName, false);
  // Of whoever founds it as active, or with members, head office asks for the rights of those deeds too.
  if (isActive) requireAlso(call, `ACTIVATE_${noun.toUpperCase()}`);
  if (level === LEVEL_GROUP && members.length > 0) requireAlso(call, 'ASSOCIATECLIENTS_GROUP');
  requireStaff(call, staffId, given(officeId));
  if (level === LEVEL_CENTER) for (const member of members) findGroup(call, member, LEVEL_GROUP);
  else for (const member of members) requireClientOf(call, member, given(officeId));
  if (activatedOn !== undefined) requireOpened(call, level, given(officeId), activatedOn);
  requireFreshName(call, level, given(name));
  if (externalId !== undefined) requireFreshExternalId(call, level, externalId);
  const id = book.run(
    `INSERT INTO client_group (account_no, external_id, name, status, office_id, staff_id, submitted_on, activated_on, level, parent_id, submitted_by, activated_by)
     VALUES ('', ?,?,?,?,?,?,?,?,?,?,?)`,
    externalId ?? null,
    given(name),
    isActive ? ACTIVE : PENDING,
    given(officeId),
    staffId ?? null,
    submittedOn ?? activatedOn ?? today,
    activatedOn ?? null,
    level,
    centerId ?? null,
    call.caller.id,
    isActive ? call.caller.id : null,
  );
  book.run('UPDATE client_group SET account_no = ? WHERE id = ?', String(id).padStart(9, '0'), id);
  for (const member of members) {
    if (level === LEVEL_CENTER) book.run('UPDATE client_group SET parent_id = ? WHERE id = ?', id, member);
    else book.run('INSERT INTO group_member (group_id, client_id) VALUES (?, ?)', id, member);
  }
  return { officeId: given(officeId), groupId: id, resourceId: id };
}

export function activate(call: Call, id: number, level: Level): CommandResult {
  const noun = nounOf(level);
  const body = readBody(parseObject(call.body), noun, ['activationDate']);
  const on = body.date('activationDate');
  body.check();
  const group = findGroup(call, id, level);
  if (group.status === ACTIVE)
    throw validationError(
      `error.msg.${noun}.already.active`,
      `Cannot activate ${noun}. ${level === LEVEL_CENTER ? 'Center' : 'Group'} is already active.`,
      'active',
      [true],
    );
  if (given(on) > businessDate(call.office))
    throw validationError(`error.msg.${noun}.activationDate.in.the.future`, 'Activation date cannot be in the future.', 'activationDate', [
      given(on),
    ]);
  call.office.book.run(
    'UPDATE client_group SET status = ?, activated_on = ?, activated_by = ? WHERE id = ?',
    ACTIVE,
    given(on),
    call.caller.id,
    id,
  );
  return { officeId: group.office_id, groupId: id, resourceId: id };
}

/** Observed: no word is said about its accounts, nor about a day that has not come. */
function requireClosable(call: Call, { id, status, activated_on: activatedOn }: GroupRow, on: string): void {
  if (status === CLOSED)
    throw domainRule('error.msg.Group.close.already.closed', `Group with identifier ${String(id)} is alread closed.`, [id]);
  if (activatedOn !== null && on < activatedOn)
    throw domainRule(
      'error.msg.Group.close.date.cannot.before.group.actvation.date',
      `The Group closure Date ${on} cannot be before the group Activation Date ${activatedOn}.`,
      [on, activatedOn],
    );
  if (call.office.book.get('SELECT client_id FROM group_member WHERE group_id = ?', id) !== undefined)
    throw domainRule('error.msg.Group.close.active.clients.exist', 'Group cannot be closed because of active clients associated with it.');
}

export function close(call: Call, id: number, level: Level): CommandResult {
  const body = readBody(parseObject(call.body), nounOf(level), ['closureDate', 'closureReasonId']);
  const on = body.date('closureDate');
  const reason = body.identifier('closureReasonId');
  body.check();
  const group = findGroup(call, id, level);
  requireCodeValue(call, level === LEVEL_CENTER ? 'CenterClosureReason' : 'GroupClosureReason', given(reason));
  if (level === LEVEL_GROUP) requireClosable(call, group, given(on));
  call.office.book.run(
    'UPDATE client_group SET status = ?, closed_on = ?, closed_by = ? WHERE id = ?',
    CLOSED,
    given(on),
    call.caller.id,
    id,
  );
  return { groupId: id, resourceId: id };
}

export function update(call: Call, id: number, level: Level): CommandResult {
  const asked = parseObject(call.body);
  const body = readBody(asked, nounOf(level), ['name', 'externalId', 'staffId', 'submittedOnDate', 'activationDate']);
  // A group wants its name with every change (observed).
  const name = level === LEVEL_GROUP || body.has('name') ? body.text('name', 100) : undefined;
  const externalId = body.optionalText('externalId', 100);
  const staffId = body.optionalIdentifier('staffId');
  body.check();
  const group = findGroup(call, id, level);
  requireStaff(call, staffId, group.office_id);
  const changes: Record<string, unknown> = {};
  const { book } = call.office;
  if (name !== undefined && name !== group.name) {
    requireFreshName(call, level, name);
    book.run('UPDATE client_group SET name = ? WHERE id = ?', name, id);
    changes['name'] = name;
  }
  // Written empty, it is taken away.
  const isTaken = typeof asked['externalId'] === 'string' && externalId === undefined && group.external_id !== null;
  if (isTaken || (externalId !== undefined && externalId !== group.external_id)) {
    if (externalId !== undefined && externalId.toLowerCase() !== group.external_id?.toLowerCase())
      requireFreshExternalId(call, level, externalId);
    book.run('UPDATE client_group SET external_id = ? WHERE id = ?', externalId ?? null, id);
    changes['externalId'] = externalId ?? '';
  }
  if (staffId !== undefined && staffId !== group.staff_id) {
    book.run('UPDATE client_group SET staff_id = ? WHERE id = ?', staffId, id);
    changes['staffId'] = staffId;
  }
  return { officeId: group.office_id, groupId: id, resourceId: id, changes };
}

export function assignStaff(call: Call, id: number, isLeaving: boolean): CommandResult {
  const body = readBody(parseObject(call.body), 'group', ['staffId', 'inheritStaffForClientAccounts']);
  const staffId = body.identifier('staffId');
  body.check();
  const group = findGroup(call, id, LEVEL_GROUP);
  requireStaff(call, given(staffId), group.office_id);
  call.office.book.run('UPDATE client_group SET staff_id = ? WHERE id = ?', isLeaving ? null : given(staffId), id);
  return { officeId: group.office_id, groupId: id, resourceId: id, changes: { staffId: given(staffId) } };
}
