// A client is registered, and what is written of a client is changed. Phones are unique over the whole institution, as
// head office has it; offices are not asked about, as it has not.
import { businessDate, type Call, has, isInScope } from '../call.ts';
import type { CommandResult } from '../commandLayer.ts';
import { type CommandBody, given, type JsonObject, parseObject, readBody } from '../commandBody.ts';
import { keepRow } from '../datatables/datatableRoutes.ts';
import { requireTables } from '../datatables/entityCheckRoutes.ts';
import { forbidden, integrityIssue, notFound, validationError } from '../errors.ts';
import { requireCodeValue } from '../options.ts';
import { openWithClient } from '../savings/savingsStates.ts';
import { findClient } from './clientBook.ts';
import { keepFamily } from './familyRoutes.ts';

const CLIENT_FIELDS = [
  'officeId',
  'legalFormId',
  'fullname',
  'firstname',
  'middlename',
  'lastname',
  'active',
  'activationDate',
  'submittedOnDate',
  'externalId',
  'accountNo',
  'mobileNo',
  'emailAddress',
  'dateOfBirth',
  'genderId',
  'clientTypeId',
  'clientClassificationId',
  'staffId',
  'groupId',
  'savingsProductId',
  'isStaff',
  'address',
  'familyMembers',
  'clientNonPersonDetails',
  'datatables',
];

interface Names {
  fullname: string | undefined;
  firstname: string | undefined;
  middlename: string | undefined;
  lastname: string | undefined;
}

function readNames(body: CommandBody): Names {
  return {
    fullname: body.optionalText('fullname', 160),
    firstname: body.optionalText('firstname', 50),
    middlename: body.optionalText('middlename', 50),
    lastname: body.optionalText('lastname', 50),
  };
}

function requireNames(body: CommandBody, names: Names, asked: JsonObject): void {
  const parts = ['firstname', 'middlename', 'lastname'] as const;
  if (body.has('fullname')) {
    for (const part of parts) {
      if (!body.has(part)) continue;
      body.reject(
        'fullname',
        `cannot.also.be.provided.when.${part}.is.populated`,
        `The parameter \`fullname\` cannot also be provided when \`${part}\` is populated.`,
        [names.fullname, part, asked[part]],
      );
    }
    return;
  }
  if (!parts.some((part) => body.has(part))) {
    body.rejectCode('validation.msg.client.id..no.name.details.passed', 'Failed data validation due to: .no.name.details.passed.', 'id', [
      null,
      [],
    ]);
    return;
  }
  for (const part of ['firstname', 'lastname'] as const)
    if (!body.has(part)) body.reject(part, 'cannot.be.blank', `The parameter \`${part}\` is mandatory.`);
}

function displayNameOf(names: Names | { [Name in keyof Names]: string | null }): string {
  return (
    names.fullname ?? [names.firstname, names.middlename, names.lastname].filter((part) => part !== undefined && part !== null).join(' ')
  );
}

function requireStaffOf(call: Call, staffId: number | undefined, officeId: number): void {
  if (staffId === undefined) return;
  const row = call.office.book.get('SELECT office_id FROM staff WHERE id = ?', staffId) as { office_id: number } | undefined;
  if (row?.office_id === officeId) return;
  throw notFound('error.msg.staff.id.invalid', `Staff with identifier ${String(staffId)} does not exist`, [staffId]);
}

interface FilledTable {
  registeredTableName: string;
  data: JsonObject;
}

/** The rows that are given with a client. */
function filledTables(raw: unknown): FilledTable[] {
  if (!Array.isArray(raw)) return [];
  return (raw as Partial<FilledTable>[]).map(({ registeredTableName = '', data = {} }) => ({ registeredTableName, data }));
}

const ON_CREATION = 100;

export function register(call: Call): CommandResult {
  const asked = parseObject(call.body);
  const body = readBody(asked, 'client', CLIENT_FIELDS);
  const officeId = body.identifier('officeId');
  const submittedOn = body.optionalDate('submittedOnDate');
  const legalForm = body.integer('legalFormId');
  if (legalForm !== undefined && legalForm !== 1 && legalForm !== 2)
    body.reject('legalFormId', 'is.not.within.expected.range', 'The parameter `legalFormId` must be between 1 and 2.', [legalForm, 1, 2]);
  const names = readNames(body);
  requireNames(body, names, asked);
  const isActive = body.flag('active') === true;
  // Whoever registers somebody as active needs both rights.
  if (isActive && call.approving === null && !has(call.caller, 'ACTIVATE_CLIENT'))
    throw forbidden('User has no authority to: ACTIVATE_CLIENT');
  const activatedOn = isActive ? body.date('activationDate') : undefined;
  const externalId = body.optionalText('externalId', 100);
  const accountNo = body.optionalText('accountNo', 20);
  const mobileNo = body.optionalText('mobileNo', 50);
  const email = body.optionalText('emailAddress', 150);
  const bornOn = body.optionalDate('dateOfBirth');
  const genderId = body.optionalIdentifier('genderId');
  const clientTypeId = body.optionalIdentifier('clientTypeId');
  const classificationId = body.optionalIdentifier('clientClassificationId');
  const staffId = body.optionalIdentifier('staffId');
  const groupId = body.optionalIdentifier('groupId');
  const savingsProductId = body.optionalIdentifier('savingsProductId');
  const today = businessDate(call.office);
  if (bornOn !== undefined && bornOn > today)
    body.reject('dateOfBirth', 'is.greater.than.date', `The parameter \`dateOfBirth\` must be less than the provided date${today}`, [
      bornOn,
      today,
    ]);
  body.check();
  const { book } = call.office;
  const office = book.get('SELECT opened_on FROM office WHERE id = ?', given(officeId)) as { opened_on: string } | undefined;
  if (office === undefined)
    throw notFound('error.msg.office.id.invalid', `Office with identifier ${String(officeId)} does not exist`, [given(officeId)]);
  if (groupId !== undefined && book.get('SELECT id FROM client_group WHERE id = ?', groupId) === undefined)
    throw notFound('error.msg.group.id.invalid', `Group with identifier ${String(groupId)} does not exist`, [groupId]);
  requireStaffOf(call, staffId, given(officeId));
  requireCodeValue(call, 'Gender', genderId);
  requireCodeValue(call, 'ClientType', clientTypeId);
  requireCodeValue(call, 'ClientClassification', classificationId);
  const details = asked['clientNonPersonDetails'] as JsonObject | undefined;
  if (typeof details?.['constitutionId'] === 'number') requireCodeValue(call, 'Constitution', details['constitutionId']);
  if (activatedOn !== undefined && activatedOn > today)
    throw validationError('error.msg.clients.activationDate.in.the.future', 'Activation date cannot be in the future.', 'activationDate', [
      activatedOn,
    ]);
  if (submittedOn !== undefined && submittedOn > today)
    throw validationError('error.msg.clients.submittedOnDate.in.the.future', 'submitted date cannot be in the future.', 'submittedOnDate', [
      submittedOn,
    ]);
  if (activatedOn !== undefined && activatedOn < office.opened_on)
    throw validationError(
      'error.msg.clients.activationDate.cannot.be.before.office.activation.date',
      'Client activation date cannot be a date before the office opening date',
      'activationDate',
      [activatedOn],
    );
  const tables = filledTables(asked['datatables']);
  const tableNames = tables.map((each) => each.registeredTableName);
  requireTables(call, 'm_client', ON_CREATION, tableNames);
  requireFree(call, 'external_id', externalId, 'externalId');
  requireFree(call, 'mobile_no', mobileNo, 'mobileNo');
  requireFree(call, 'account_no', accountNo, 'accountNo');
  const id = book.run(
    `INSERT INTO client (account_no, external_id, status, firstname, middlename, lastname, fullname, display_name, mobile_no, email, date_of_birth, gender_id, office_id, staff_id,
     legal_form, submitted_on, submitted_by, activated_on, activated_by, client_type_id, classification_id) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
    accountNo ?? 'pending',
    externalId ?? null,
    isActive ? 300 : 100,
    names.firstname ?? null,
    names.middlename ?? null,
    names.lastname ?? null,
    names.fullname ?? null,
    displayNameOf(names),
    mobileNo ?? null,
    email ?? null,
    bornOn ?? null,
    genderId ?? null,
    given(officeId),
    staffId ?? null,
    given(legalForm),
    submittedOn ?? activatedOn ?? today,
    call.caller.id,
    activatedOn ?? null,
    isActive ? call.caller.id : null,
    clientTypeId ?? null,
    classificationId ?? null,
  );
  if (accountNo === undefined) book.run('UPDATE client SET account_no = ? WHERE id = ?', String(id).padStart(9, '0'), id);
  if (groupId !== undefined) book.run('INSERT INTO group_member (group_id, client_id) VALUES (?, ?)', groupId, id);
  for (const { registeredTableName, data } of tables) keepRow(call, registeredTableName, id, data);
  keepFamily(call, id, asked['familyMembers']);
  const savingsId =
    savingsProductId === undefined
      ? undefined
      : openWithClient(call, id, given(officeId), savingsProductId, activatedOn ?? submittedOn ?? today, isActive);
  return { officeId: given(officeId), clientId: id, groupId, savingsId, resourceId: id, resourceExternalId: externalId };
}

function requireFree(
  call: Call,
  column: 'external_id' | 'mobile_no' | 'account_no',
  value: string | undefined,
  name: string,
  exceptId = 0,
): void {
  if (value === undefined) return;
  if (call.office.book.get(`SELECT id FROM client WHERE ${column} = ? AND id <> ?`, value, exceptId) === undefined) return;
  if (column === 'account_no')
    throw integrityIssue('error.msg.client.unknown.data.integrity.issue', 'Unknown data integrity issue with resource.', null);
  throw integrityIssue(`error.msg.client.duplicate.${name}`, `Client with ${name} \`${value}\` already exists`, name, [value]);
}

const UPDATABLE: readonly (readonly [name: string, column: keyof Awaited<ReturnType<typeof findClient>>])[] = [
  ['fullname', 'fullname'],
  ['firstname', 'firstname'],
  ['middlename', 'middlename'],
  ['lastname', 'lastname'],
  ['mobileNo', 'mobile_no'],
  ['emailAddress', 'email'],
  ['externalId', 'external_id'],
  ['dateOfBirth', 'date_of_birth'],
  ['genderId', 'gender_id'],
  ['clientTypeId', 'client_type_id'],
  ['clientClassificationId', 'classification_id'],
  ['staffId', 'staff_id'],
  ['submittedOnDate', 'submitted_on'],
  ['activationDate', 'activated_on'],
];

const LENGTHS: Readonly<Record<string, number>> = { fullname: 160, emailAddress: 150, externalId: 100 };

export function update(call: Call, id: number): CommandResult {
  const asked = parseObject(call.body);
  const body = readBody(asked, 'client', CLIENT_FIELDS);
  const said = Object.keys(asked).filter((name) => name !== 'locale' && name !== 'dateFormat');
  if (said.length === 0) throw validationError('validation.msg.client.no.parameters.for.update', 'No parameters passed for update.');
  if (['firstname', 'middlename', 'lastname'].some((name) => said.includes(name)))
    for (const part of ['firstname', 'lastname'])
      if (!body.has(part)) body.reject(part, 'cannot.be.blank', `The parameter \`${part}\` is mandatory.`);
  const client = findClient(call, id);
  const changes: Record<string, unknown> = {};
  const values: Partial<Record<string, string | number | null>> = {};
  let hasDate = false;
  for (const [name, column] of UPDATABLE) {
    if (!(name in asked)) continue;
    const isDate = name.endsWith('Date') || name === 'dateOfBirth';
    const value = isDate
      ? body.optionalDate(name)
      : name.endsWith('Id') && name !== 'externalId'
        ? body.optionalIdentifier(name)
        : body.optionalText(name, LENGTHS[name] ?? 50);
    if (name === 'dateOfBirth' && value === undefined) body.reject(name, 'cannot.be.blank', `The parameter \`${name}\` is mandatory.`);
    if ((value ?? null) === client[column]) continue;
    values[column] = value ?? null;
    changes[name] = asked[name];
    hasDate ||= isDate;
  }
  body.check();
  // Of all that is written to a client only this looks at its office.
  if (!isInScope(call, client.office_id)) throw forbidden("The user doesn't have enough permissions to access the resource.");
  requireFree(call, 'external_id', (values['external_id'] ?? undefined) as string | undefined, 'externalId', id);
  requireFree(call, 'mobile_no', (values['mobile_no'] ?? undefined) as string | undefined, 'mobileNo', id);
  requireCodeValue(call, 'Gender', (values['gender_id'] ?? undefined) as number | undefined);
  requireCodeValue(call, 'ClientType', (values['client_type_id'] ?? undefined) as number | undefined);
  requireCodeValue(call, 'ClientClassification', (values['classification_id'] ?? undefined) as number | undefined);
  const { book } = call.office;
  for (const [column, value] of Object.entries(values)) book.run(`UPDATE client SET ${column} = ? WHERE id = ?`, value ?? null, id);
  const now = findClient(call, id);
  book.run('UPDATE client SET display_name = ? WHERE id = ?', displayNameOf(now), id);
  return {
    officeId: client.office_id,
    clientId: id,
    resourceId: id,
    changes: { ...changes, ...(hasDate ? { dateFormat: asked['dateFormat'], locale: asked['locale'] } : {}) },
    resourceExternalId: now.external_id ?? undefined,
  };
}
