// Clients: list, search, detail, accounts, registration and states, by id and by external id.
import { type Call, reply, requireRead } from '../call.ts';
import { runCommand } from '../commandLayer.ts';
import { type JsonObject, parseObject } from '../commandBody.ts';
import { clientStatus } from '../enumerations.ts';
import { validationError } from '../errors.ts';
import type { HeadOfficeReply } from '../headOfficeHttp.ts';
import { readPage, scopePattern } from '../lists.ts';
import { staffReplies } from '../options.ts';
import { type PathParts, type Route, route } from '../router.ts';
import { clientCommand, idOfExternal, visibleClient } from './clientBook.ts';
import { register, update } from './clientRegistration.ts';
import { accountsReply, CLIENT_COLUMNS, CLIENT_FROM, clientDetailReply, type ClientLine, clientReply } from './clientReplies.ts';
import { deedOf, remove } from './clientStates.ts';
import { clientChoices, clientTemplate, officeOptions } from './clientTemplates.ts';

const STATUS_IDS: Readonly<Record<string, number>> = { pending: 100, active: 300, closed: 600, rejected: 700, withdrawn: 800 };

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
    const id = STATUS_IDS[status.toLowerCase()];
    if (id === undefined)
      throw validationError(
        'validation.msg.client.status.value.is.not.supported',
        `The Status value '${status}' is not supported.`,
        'status',
        [status],
      );
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
  return reply({
    totalFilteredRecords: page.totalFilteredRecords,
    pageItems: (page.rows as ClientLine[]).map((row) => clientReply(call, row)),
  });
}

function clientDetail(call: Call, id: number): HeadOfficeReply {
  requireRead(call, 'CLIENT');
  const client = visibleClient(call, id);
  const detail = clientDetailReply(call, client);
  if (call.query.get('template') !== 'true') return reply(detail);
  const { clientCollateralManagements: _collateral, ...known } = detail;
  return reply({
    ...known,
    officeOptions: officeOptions(call),
    staffOptions: staffReplies(call, client.office_id),
    ...clientChoices(call),
  });
}

/** The newer search: by text over names, numbers and phones. */
function searchClients(call: Call): HeadOfficeReply {
  requireRead(call, 'CLIENT');
  const asked = parseObject(call.body);
  const text = (asked['request'] as JsonObject | undefined)?.['text'];
  const size = Number(asked['size'] ?? 50);
  const page = Number(asked['page'] ?? 0);
  const wanted = `%${typeof text === 'string' ? text : ''}%`;
  const rows = call.office.book.all(
    `SELECT ${CLIENT_COLUMNS} ${CLIENT_FROM} WHERE o.hierarchy LIKE ? AND (c.display_name LIKE ? OR c.external_id LIKE ? OR c.account_no LIKE ? OR c.mobile_no LIKE ?) ORDER BY c.id`,
    scopePattern(call.caller.scope),
    wanted,
    wanted,
    wanted,
    wanted,
  ) as ClientLine[];
  const shown = rows.slice(page * size, (page + 1) * size);
  const pages = Math.ceil(rows.length / size);
  const sort = { sorted: false, empty: true, unsorted: true };
  return reply({
    content: shown.map((row) => ({
      id: row.id,
      displayName: row.display_name,
      externalId: row.external_id ?? undefined,
      accountNumber: row.account_no,
      officeId: row.office_id,
      officeName: row.office_name,
      mobileNo: row.mobile_no ?? undefined,
      status: clientStatus(row.status),
      activationDate: row.activated_on ?? undefined,
      createdDate: `${row.submitted_on}T00:00:00.000000Z`,
    })),
    pageable: { pageNumber: page, pageSize: size, sort, offset: page * size, paged: true, unpaged: false },
    totalPages: pages,
    totalElements: rows.length,
    last: page + 1 >= pages,
    size,
    number: page,
    sort,
    numberOfElements: shown.length,
    first: page === 0,
    empty: shown.length === 0,
  });
}

function perClient(prefix: string, find: (call: Call, parts: PathParts) => number): Route[] {
  return [
    route('GET', `clients/${prefix}`, (call, parts) => clientDetail(call, find(call, parts))),
    route('GET', `clients/${prefix}/accounts`, (call, parts) => {
      requireRead(call, 'CLIENT');
      return reply(accountsReply(call, 'client_id', visibleClient(call, find(call, parts)).id));
    }),
    route('PUT', `clients/${prefix}`, (call, parts) => {
      const id = find(call, parts);
      return clientCommand(call, id, 'UPDATE', () => update(call, id));
    }),
    route('POST', `clients/${prefix}`, (call, parts) => {
      const id = find(call, parts);
      const [action, perform] = deedOf(call.query.get('command'));
      return clientCommand(call, id, action, () => perform(call, id));
    }),
    route('DELETE', `clients/${prefix}`, (call, parts) => {
      const id = find(call, parts);
      return clientCommand(call, id, 'DELETE', () => remove(call, id));
    }),
  ];
}

export const clientRoutes: readonly Route[] = [
  route('GET', 'clients', listClients),
  route('POST', 'clients', (call) => runCommand(call, { action: 'CREATE', entity: 'CLIENT', perform: () => register(call) })),
  route('GET', 'clients/template', clientTemplate),
  // The newer paths stand beside those of version 1.
  route('POST', '../v2/clients/search', searchClients),
  ...perClient(':n', (_call, parts) => parts.number(0)),
  ...perClient('external-id/:x', (call, parts) => idOfExternal(call, parts.text(0))),
];
