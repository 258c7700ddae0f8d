// Clients: list, detail, accounts, registration and states. A client of another office is as unknown as one that
// does not exist. Phones are unique over the whole institution, as head office has it.
import { type Call, businessDate, isInScope, reply, requireRead } from '../call.ts';
import { jsonAmount } from '../amounts.ts';
import { type CommandResult, runCommand } from '../commandLayer.ts';
import { given, parseObject, readBody } from '../commandBody.ts';
import { dateArray } from '../dates.ts';
import { clientStatus, loanStatus, loanType, savingsStatus, savingsSubStatus } from '../enumerations.ts';
import { domainRule, integrityIssue, notFound, unsupportedCommand, validationError } from '../errors.ts';
import type { HeadOfficeReply } from '../headOfficeHttp.ts';
import { readPage, scopePattern } from '../lists.ts';
import { type PathParts, type Route, route } from '../router.ts';

export interface ClientRow {
  id: number;
  account_no: string;
  external_id: string | null;
  status: number;
  firstname: string | null;
  middlename: string | null;
  lastname: string | null;
  fullname: string | null;
  display_name: string;
  mobile_no: string | null;
  email: string | null;
  date_of_birth: string | null;
  gender_id: number | null;
  office_id: number;
  staff_id: number | null;
  legal_form: number;
  submitted_on: string;
  submitted_by: number;
  activated_on: string | null;
  closed_on: string | null;
}

interface ClientLine extends ClientRow {
  office_name: string;
  staff_name: string | null;
  gender_name: string | null;
  has_image: number;
}

export const CLIENT_COLUMNS = `c.*, o.name AS office_name, s.lastname || ', ' || s.firstname AS staff_name, v.name AS gender_name,
  EXISTS (SELECT 1 FROM image i WHERE i.entity = 'clients' AND i.entity_id = c.id) AS has_image`;
export const CLIENT_FROM =
  'FROM client c JOIN office o ON o.id = c.office_id LEFT JOIN staff s ON s.id = c.staff_id LEFT JOIN code_value v ON v.id = c.gender_id';

export function clientReply(row: ClientLine): Record<string, unknown> {
  return {
    id: row.id,
    accountNo: row.account_no,
    externalId: row.external_id ?? undefined,
    status: clientStatus(row.status),
    subStatus: { active: false, mandatory: false },
    active: row.status === 300,
    activationDate: dateArray(row.activated_on),
    firstname: row.firstname ?? undefined,
    middlename: row.middlename ?? undefined,
    lastname: row.lastname ?? undefined,
    fullname: row.fullname ?? undefined,
    displayName: row.display_name,
    mobileNo: row.mobile_no ?? undefined,
    emailAddress: row.email ?? undefined,
    dateOfBirth: dateArray(row.date_of_birth),
    gender:
      row.gender_id === null
        ? { active: false, mandatory: false }
        : { id: row.gender_id, name: row.gender_name, active: false, mandatory: false },
    isStaff: false,
    officeId: row.office_id,
    officeName: row.office_name,
    imagePresent: row.has_image === 1,
    imageId: row.has_image === 1 ? row.id : undefined,
    staffId: row.staff_id ?? undefined,
    staffName: row.staff_name ?? undefined,
    timeline: {
      submittedOnDate: dateArray(row.submitted_on),
      activatedOnDate: dateArray(row.activated_on),
      closedOnDate: dateArray(row.closed_on),
    },
    legalForm: {
      id: row.legal_form,
      code: row.legal_form === 1 ? 'legalFormType.person' : 'legalFormType.entity',
      value: row.legal_form === 1 ? 'PERSON' : 'ENTITY',
    },
    clientNonPersonDetails: { constitution: { active: false, mandatory: false }, mainBusinessLine: { active: false, mandatory: false } },
  };
}

function unknownClient(id: number | string): Error {
  return notFound('error.msg.client.id.invalid', `Client with identifier ${String(id)} does not exist`, [id]);
}

export function findClient(call: Call, id: number): ClientRow {
  const row = call.office.book.get('SELECT * FROM client WHERE id = ?', id) as ClientRow | undefined;
  if (row === undefined) throw unknownClient(id);
  return row;
}

function visibleClient(call: Call, id: number): ClientLine {
  const row = call.office.book.get(`SELECT ${CLIENT_COLUMNS} ${CLIENT_FROM} WHERE c.id = ?`, id) as ClientLine | undefined;
  if (row === undefined || !isInScope(call, row.office_id)) throw unknownClient(id);
  return row;
}

function idOfExternal(call: Call, externalId: string): number {
  const row = call.office.book.get('SELECT id FROM client WHERE external_id = ?', externalId) as { id: number } | undefined;
  if (row === undefined) throw unknownClient(externalId);
  return row.id;
}

function listClients(call: Call): HeadOfficeReply {
  requireRead(call, 'CLIENT');
  const conditions = ['o.hierarchy LIKE ?'];
  const values: (string | number)[] = [scopePattern(call.caller.scope)];
  const like = (name: string, column: string): void => {
    const asked = call.query.get(name);
    if (asked === null || asked === '') return;
    conditions.push(`${column} LIKE ?`);
    values.push(`%${asked}%`);
  };
  like('displayName', 'c.display_name');
  like('externalId', 'c.external_id');
  like('firstName', 'c.firstname');
  like('lastName', 'c.lastname');
  const officeId = call.query.get('officeId');
  if (officeId !== null && officeId !== '') {
    conditions.push('c.office_id = ?');
    values.push(Number(officeId));
  }
  const status = call.query.get('status');
  if (status !== null && status !== '') {
    const id = { pending: 100, active: 300, closed: 600, rejected: 700, withdrawn: 800 }[status.toLowerCase()];
    if (id === undefined) throw validationError('error.msg.query.parameter.value.unsupported', 'Unknown status.', 'status', [status]);
    conditions.push('c.status = ?');
    values.push(id);
  }
  const page = readPage(call.office.book, call.query, {
    columns: CLIENT_COLUMNS,
    from: `${CLIENT_FROM} WHERE ${conditions.join(' AND ')}`,
    values,
    orders: { id: 'c.id', accountNo: 'c.account_no', displayName: 'c.display_name', officeId: 'c.office_id', 'c.id': 'c.id' },
    defaultOrder: 'c.display_name ASC',
  });
  return reply({ totalFilteredRecords: page.totalFilteredRecords, pageItems: (page.rows as ClientLine[]).map(clientReply) });
}

function clientDetail(call: Call, id: number): HeadOfficeReply {
  requireRead(call, 'CLIENT');
  const client = visibleClient(call, id);
  const groups = call.office.book.all(
    'SELECT g.id, g.account_no AS accountNo, g.name FROM group_member m JOIN client_group g ON g.id = m.group_id WHERE m.client_id = ? ORDER BY g.id',
    id,
  ) as object[];
  return reply({ ...clientReply(client), groups, clientCollateralManagements: [] });
}

function accounts(call: Call, id: number): HeadOfficeReply {
  requireRead(call, 'CLIENT');
  visibleClient(call, id);
  const { book } = call.office;
  const loans = book.all(
    `SELECT l.id, l.account_no, l.external_id, l.product_id, p.name AS product_name, p.short_name, l.status, l.loan_type, l.principal,
     l.principal + l.interest_charged + l.fee_charged + l.penalty_charged - l.principal_paid - l.interest_paid - l.fee_paid - l.penalty_paid
     - l.principal_written_off - l.interest_written_off - l.fee_written_off - l.penalty_written_off AS outstanding
     FROM loan l JOIN loan_product p ON p.id = l.product_id WHERE l.client_id = ? ORDER BY l.id`,
    id,
  ) as {
    id: number;
    account_no: string;
    external_id: string | null;
    product_id: number;
    product_name: string;
    short_name: string;
    status: number;
    loan_type: number;
    principal: number;
    outstanding: number;
  }[];
  const savings = book.all(
    `SELECT a.id, a.account_no, a.external_id, a.product_id, p.name AS product_name, p.short_name, a.status, a.sub_status, a.balance, a.last_transaction_on
     FROM savings_account a JOIN savings_product p ON p.id = a.product_id WHERE a.client_id = ? ORDER BY a.id`,
    id,
  ) as {
    id: number;
    account_no: string;
    external_id: string | null;
    product_id: number;
    product_name: string;
    short_name: string;
    status: number;
    sub_status: number;
    balance: number;
    last_transaction_on: string | null;
  }[];
  return reply({
    loanAccounts: loans.map((row) => ({
      id: row.id,
      accountNo: row.account_no,
      externalId: row.external_id ?? undefined,
      productId: row.product_id,
      productName: row.product_name,
      shortProductName: row.short_name,
      status: loanStatus(row.status),
      loanType: loanType(row.loan_type),
      originalLoan: jsonAmount(row.principal),
      loanBalance: row.status === 300 ? jsonAmount(row.outstanding) : undefined,
    })),
    savingsAccounts: savings.map((row) => ({
      id: row.id,
      accountNo: row.account_no,
      externalId: row.external_id ?? undefined,
      productId: row.product_id,
      productName: row.product_name,
      shortProductName: row.short_name,
      status: savingsStatus(row.status),
      subStatus: savingsSubStatus(row.sub_status),
      accountBalance: jsonAmount(row.balance),
      lastActiveTransactionDate: dateArray(row.last_transaction_on),
      depositType: { id: 100, code: 'depositAccountType.savingsDeposit', value: 'Savings' },
    })),
  });
}

const CREATE_FIELDS = [
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

function register(call: Call): CommandResult {
  const body = readBody(parseObject(call.body), 'client', CREATE_FIELDS);
  const officeId = body.integer('officeId');
  const legalForm = body.integer('legalFormId');
  const fullname = body.optionalText('fullname', 160);
  const firstname = body.optionalText('firstname', 50);
  const middlename = body.optionalText('middlename', 50);
  const lastname = body.optionalText('lastname', 50);
  const isActive = body.flag('active');
  const activatedOn = isActive === true ? body.date('activationDate') : undefined;
  const submittedOn = body.optionalDate('submittedOnDate');
  const externalId = body.optionalText('externalId', 100);
  const accountNo = body.optionalText('accountNo', 20);
  const mobileNo = body.optionalText('mobileNo', 50);
  const email = body.optionalText('emailAddress', 150);
  const bornOn = body.optionalDate('dateOfBirth');
  const genderId = body.optionalInteger('genderId');
  const staffId = body.optionalInteger('staffId');
  const groupId = body.optionalInteger('groupId');
  if (isActive === undefined) body.reject('active', 'cannot.be.blank', 'The parameter `active` is mandatory.');
  if (
    (fullname !== undefined) === (firstname !== undefined || lastname !== undefined) ||
    (fullname === undefined && (firstname === undefined || lastname === undefined))
  ) {
    body.rejectCode('validation.msg.client.id..no.name.details.passed', 'Either fullname or firstname and lastname.', 'id');
  }
  body.check();
  const { book } = call.office;
  const today = businessDate(call.office);
  const office = book.get('SELECT opened_on FROM office WHERE id = ?', given(officeId)) as { opened_on: string } | undefined;
  if (office === undefined || !isInScope(call, given(officeId)))
    throw notFound('error.msg.office.id.invalid', 'Office does not exist', [given(officeId)]);
  const submitted = submittedOn ?? activatedOn ?? today;
  if (submitted > today)
    throw validationError('error.msg.clients.submittedOnDate.in.the.future', 'The submittal date cannot be in the future.');
  if (activatedOn !== undefined && activatedOn > today)
    throw validationError('error.msg.clients.activationDate.in.the.future', 'The activation date cannot be in the future.');
  if (activatedOn !== undefined && submitted > activatedOn)
    throw validationError('error.msg.clients.submittedOnDate.after.activation.date', 'Submittal after activation.');
  if (activatedOn !== undefined && activatedOn < office.opened_on) {
    throw validationError('error.msg.clients.activationDate.cannot.be.before.office.activation.date', 'Before the office opened.');
  }
  if (bornOn !== undefined && bornOn >= submitted)
    throw validationError('validation.msg.client.dateOfBirth.is.greater.than.date', 'The date of birth is too late.', 'dateOfBirth');
  requireFree(call, 'external_id', externalId, 'externalId');
  requireFree(call, 'mobile_no', mobileNo, 'mobileNo');
  requireFree(call, 'account_no', accountNo, 'accountNo');
  const displayName = fullname ?? [firstname, middlename, lastname].filter((part) => part !== undefined).join(' ');
  const id = book.run(
    `INSERT INTO client (account_no, external_id, status, firstname, middlename, lastname, fullname, display_name, mobile_no, email, date_of_birth, gender_id, office_id, staff_id,
     legal_form, submitted_on, submitted_by, activated_on) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
    accountNo ?? 'pending',
    externalId ?? null,
    isActive === true ? 300 : 100,
    firstname ?? null,
    middlename ?? null,
    lastname ?? null,
    fullname ?? null,
    displayName,
    mobileNo ?? null,
    email ?? null,
    bornOn ?? null,
    genderId ?? null,
    given(officeId),
    staffId ?? null,
    given(legalForm),
    submitted,
    call.caller.id,
    activatedOn ?? null,
  );
  if (accountNo === undefined) book.run('UPDATE client SET account_no = ? WHERE id = ?', String(id).padStart(9, '0'), id);
  if (groupId !== undefined) {
    if (book.get('SELECT id FROM client_group WHERE id = ?', groupId) === undefined)
      throw notFound('error.msg.group.id.invalid', 'Group does not exist', [groupId]);
    book.run('INSERT INTO group_member (group_id, client_id) VALUES (?, ?)', groupId, id);
  }
  return { officeId: given(officeId), clientId: id, groupId, resourceId: id, resourceExternalId: externalId };
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
  throw integrityIssue(`error.msg.client.duplicate.${name}`, `Client with ${name} \`${value}\` already exists`, name, [value]);
}

function update(call: Call, id: number): CommandResult {
  const asked = parseObject(call.body);
  const body = readBody(asked, 'client', CREATE_FIELDS);
  const client = findClient(call, id);
  const read = (name: string, most: number, old: string | null): string | null =>
    name in asked ? (body.optionalText(name, most) ?? null) : old;
  const firstname = read('firstname', 50, client.firstname);
  const middlename = read('middlename', 50, client.middlename);
  const lastname = read('lastname', 50, client.lastname);
  const fullname = read('fullname', 160, client.fullname);
  const mobileNo = read('mobileNo', 50, client.mobile_no);
  const externalId = read('externalId', 100, client.external_id);
  const email = read('emailAddress', 150, client.email);
  const bornOn = 'dateOfBirth' in asked ? (body.optionalDate('dateOfBirth') ?? null) : client.date_of_birth;
  const genderId = 'genderId' in asked ? (body.optionalInteger('genderId') ?? null) : client.gender_id;
  const staffId = 'staffId' in asked ? (body.optionalInteger('staffId') ?? null) : client.staff_id;
  body.check();
  requireFree(call, 'external_id', externalId ?? undefined, 'externalId', id);
  requireFree(call, 'mobile_no', mobileNo ?? undefined, 'mobileNo', id);
  call.office.book.run(
    `UPDATE client SET firstname = ?, middlename = ?, lastname = ?, fullname = ?, display_name = ?, mobile_no = ?, external_id = ?, email = ?, date_of_birth = ?, gender_id = ?, staff_id = ?
     WHERE id = ?`,
    firstname,
    middlename,
    lastname,
    fullname,
    fullname ?? [firstname, middlename, lastname].filter((part) => part !== null).join(' '),
    mobileNo,
    externalId,
    email,
    bornOn,
    genderId,
    staffId,
    id,
  );
  const changes = Object.fromEntries(Object.entries(asked).filter(([name]) => name !== 'locale' && name !== 'dateFormat'));
  return { officeId: client.office_id, clientId: id, resourceId: id, resourceExternalId: externalId ?? undefined, changes };
}

function changeState(call: Call, id: number, command: 'activate' | 'close' | 'reactivate'): CommandResult {
  const field = { activate: 'activationDate', close: 'closureDate', reactivate: 'reactivationDate' }[command];
  const body = readBody(parseObject(call.body), 'client', command === 'close' ? [field, 'closureReasonId'] : [field]);
  const on = body.date(field);
  if (command === 'close') body.integer('closureReasonId');
  body.check();
  const { book } = call.office;
  const client = findClient(call, id);
  const date = given(on);
  if (date > businessDate(call.office)) throw validationError(`error.msg.clients.${field}.in.the.future`, 'The date is in the future.');
  if (command === 'activate') {
    if (client.status === 300)
      throw validationError('error.msg.clients.already.active', 'Cannot activate client. Client is already active.');
    if (date < client.submitted_on)
      throw validationError('error.msg.clients.submittedOnDate.after.activation.date', 'Submittal after activation.');
    book.run('UPDATE client SET status = 300, activated_on = ? WHERE id = ?', date, id);
  } else if (command === 'close') {
    const open = book.get(
      'SELECT (SELECT COUNT(*) FROM loan WHERE client_id = ? AND status IN (100, 200, 300, 700)) + (SELECT COUNT(*) FROM savings_account WHERE client_id = ? AND status IN (100, 200, 300)) AS total',
      id,
      id,
    ) as { total: number };
    if (open.total > 0) throw domainRule('error.msg.client.cannot.be.closed.active.accounts', 'Client has open accounts.', [id]);
    book.run('UPDATE client SET status = 600, closed_on = ? WHERE id = ?', date, id);
  } else book.run('UPDATE client SET status = 100, closed_on = NULL, activated_on = NULL WHERE id = ?', id);
  return { officeId: client.office_id, clientId: id, resourceId: id, resourceExternalId: client.external_id ?? undefined };
}

export function clientCommand(call: Call, id: number, action: string, perform: () => CommandResult, entity = 'CLIENT'): HeadOfficeReply {
  const client = call.office.book.get('SELECT office_id FROM client WHERE id = ?', id) as { office_id: number } | undefined;
  return runCommand(call, { action, entity, officeId: client?.office_id, clientId: id, resourceId: id, perform });
}

function stateCommand(call: Call, id: number): HeadOfficeReply {
  const command = call.query.get('command') ?? '';
  if (command === 'activate' || command === 'close' || command === 'reactivate') {
    return clientCommand(call, id, command.toUpperCase(), () => changeState(call, id, command));
  }
  throw unsupportedCommand(command);
}

function remove(call: Call, id: number): CommandResult {
  const client = findClient(call, id);
  if (client.status !== 100) throw domainRule('error.msg.clients.cannot.be.deleted', 'Only a pending client can be deleted.', [id]);
  call.office.book.run('DELETE FROM group_member WHERE client_id = ?', id);
  call.office.book.run('DELETE FROM client WHERE id = ?', id);
  return { officeId: client.office_id, clientId: id, resourceId: id };
}

function perClient(prefix: string, find: (call: Call, parts: PathParts) => number): Route[] {
  return [
    route('GET', `clients/${prefix}`, (call, parts) => clientDetail(call, find(call, parts))),
    route('GET', `clients/${prefix}/accounts`, (call, parts) => accounts(call, find(call, parts))),
    route('PUT', `clients/${prefix}`, (call, parts) => {
      const id = find(call, parts);
      return clientCommand(call, id, 'UPDATE', () => update(call, id));
    }),
    route('POST', `clients/${prefix}`, (call, parts) => stateCommand(call, find(call, parts))),
    route('DELETE', `clients/${prefix}`, (call, parts) => {
      const id = find(call, parts);
      return clientCommand(call, id, 'DELETE', () => remove(call, id));
    }),
  ];
}

export const clientRoutes: readonly Route[] = [
  route('GET', 'clients', listClients),
  route('POST', 'clients', (call) => runCommand(call, { action: 'CREATE', entity: 'CLIENT', perform: () => register(call) })),
  ...perClient(':n', (_call, parts) => parts.number(0)),
  ...perClient('external-id/:x', (call, parts) => idOfExternal(call, parts.text(0))),
];
