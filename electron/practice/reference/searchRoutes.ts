// The search over everything: by number, outer id or name, within the caller's offices, and only what the caller may read.
import { type Call, has, reply } from '../call.ts';
import { clientStatus, groupStatus, loanStatus } from '../enumerations.ts';
import { scopePattern } from '../lists.ts';
import { type Route, route } from '../router.ts';

interface Found {
  id: number;
  account_no: string;
  external_id: string | null;
  name: string;
  parent_id: number;
  parent_name: string;
  status: number;
  by_client: number;
}

interface Place {
  type: string;
  permission: string;
  sql: string;
  /** 'client' where what hangs above is one. */
  parentType: boolean;
  statusOf: (status: number) => object;
  subType: string;
}

const NONE = 'depositAccountType.invalid';

function onlyStatus(status: object): object {
  const { id, code, value } = status as { id: number; code: string; value: string };
  return { id, code, value };
}

function nobodyOr(prefix: string, table: string, columns: string): string {
  return `SELECT ${columns} FROM ${table} JOIN office o ON o.id = ${prefix}.office_id
    WHERE o.hierarchy LIKE ? AND (${prefix}.account_no LIKE ? OR ${prefix}.external_id LIKE ? OR NAME LIKE ?) ORDER BY ${prefix}.id`;
}

const PLACES: Readonly<Record<string, Place>> = {
  clients: {
    type: 'CLIENT',
    permission: 'READ_CLIENT',
    sql: nobodyOr(
      'c',
      'client c',
      'c.id, c.account_no, c.external_id, c.display_name AS name, o.id AS parent_id, o.name AS parent_name, c.status, 0 AS by_client',
    ).replace('NAME', 'c.display_name'),
    parentType: false,
    statusOf: (status) => onlyStatus(clientStatus(status)),
    subType: NONE,
  },
  loans: {
    type: 'LOAN',
    permission: 'READ_LOAN',
    sql: nobodyOr(
      'l',
      'loan l JOIN loan_product p ON p.id = l.product_id JOIN client c ON c.id = l.client_id',
      'l.id, l.account_no, l.external_id, p.name, c.id AS parent_id, c.display_name AS parent_name, l.status, 1 AS by_client',
    ).replace('NAME', 'p.name'),
    parentType: true,
    statusOf: (status) => onlyStatus(loanStatus(status)),
    subType: NONE,
  },
  savings: {
    type: 'SAVING',
    permission: 'READ_SAVINGSACCOUNT',
    sql: nobodyOr(
      's',
      'savings_account s JOIN savings_product p ON p.id = s.product_id JOIN client c ON c.id = s.client_id',
      's.id, s.account_no, s.external_id, p.name, c.id AS parent_id, c.display_name AS parent_name, s.status, 1 AS by_client',
    ).replace('NAME', 'p.name'),
    parentType: true,
    statusOf: () => ({ id: 0, code: '', value: '' }),
    subType: 'depositAccountType.savingsDeposit',
  },
  groups: {
    type: 'GROUP',
    permission: 'READ_GROUP',
    sql: nobodyOr(
      'g',
      'client_group g',
      'g.id, g.account_no, g.external_id, g.name, o.id AS parent_id, o.name AS parent_name, g.status, 0 AS by_client',
    ).replace('NAME', 'g.name'),
    parentType: false,
    // The only place where groups have states of their own; everywhere else they borrow those of clients.
    statusOf: (status) => onlyStatus({ ...groupStatus(status), code: groupStatus(status).code.replace(/^[^.]+/, 'groupingStatusType') }),
    subType: NONE,
  },
};

const ORDER = ['clients', 'loans', 'savings', 'groups'] as const;

function search(call: Call): object[] {
  const asked = (call.query.get('resource') ?? '').split(',');
  const text = call.query.get('query') ?? '';
  const pattern = call.query.get('exactMatch') === 'true' ? text : `%${text}%`;
  return ORDER.filter((name) => asked.includes(name)).flatMap((name) => {
    const place = PLACES[name];
    if (place === undefined || !(has(call.caller, place.permission) || call.caller.permissions.has('ALL_FUNCTIONS_READ'))) return [];
    const rows = call.office.book.all(place.sql, scopePattern(call.caller.scope), pattern, pattern, pattern) as Found[];
    return rows.map((row) => ({
      entityId: row.id,
      entityAccountNo: row.account_no,
      entityExternalId: row.external_id ?? undefined,
      entityName: row.name,
      entityType: place.type,
      parentId: row.parent_id,
      parentName: row.parent_name,
      entityStatus: place.statusOf(row.status),
      ...(place.parentType ? { parentType: 'client' } : {}),
      subEntityType: place.subType,
    }));
  });
}

export const searchRoutes: readonly Route[] = [route('GET', 'search', (call) => reply(search(call)))];
