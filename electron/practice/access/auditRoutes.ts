// The audit trail: the rows of the command layer, newest first when asked so. A row under processing shows early and
// finishes later; rows of another office stay unseen, and so do rows without an office to all but the head office.
import { type Call, reply, requireRead } from '../call.ts';
import { commandStatus } from '../enumerations.ts';
import { notFound } from '../errors.ts';
import type { HeadOfficeReply } from '../headOfficeHttp.ts';
import { readPage, scopePattern } from '../lists.ts';
import { type Route, route } from '../router.ts';

interface AuditRow {
  id: number;
  action: string;
  entity: string;
  status: number;
  json: string;
  url: string;
  maker: string;
  made_by: number;
  made_at: number;
  checker: string | null;
  checked_by: number | null;
  checked_at: number | null;
  office_id: number | null;
  office_name: string | null;
  client_id: number | null;
  client_name: string | null;
  group_id: number | null;
  group_name: string | null;
  loan_id: number | null;
  loan_account_no: string | null;
  savings_account_no: string | null;
  resource_id: number | null;
  sub_resource_id: number | null;
}

const COLUMNS = `r.*, m.username AS maker, k.username AS checker, o.name AS office_name, c.display_name AS client_name, g.name AS group_name, l.account_no AS loan_account_no,
  a.account_no AS savings_account_no`;
const FROM = `FROM command_row r JOIN user_account m ON m.id = r.made_by LEFT JOIN user_account k ON k.id = r.checked_by LEFT JOIN office o ON o.id = r.office_id
  LEFT JOIN client c ON c.id = r.client_id LEFT JOIN client_group g ON g.id = r.group_id LEFT JOIN loan l ON l.id = r.loan_id LEFT JOIN savings_account a ON a.id = r.savings_id`;

/** The address that the head office's own command builder writes, which is not always the one that was called. */
function urlOf(row: AuditRow): string {
  const path = row.url.split('?')[0] ?? '';
  if (row.action === 'CREATE' && TEMPLATED.has(row.entity)) return `${path}/template`;
  if (row.entity === 'LOAN' && row.action !== 'CREATE' && path.endsWith('/transactions'))
    return `${path}/template?command=${row.url.split('command=')[1] ?? ''}`;
  return row.entity === 'SAVINGSACCOUNT' ? path : row.url;
}

const TEMPLATED = new Set(['CLIENT', 'GROUP', 'JOURNALENTRY', 'OFFICE', 'SAVINGSACCOUNT', 'STAFF']);

function auditReply(call: Call, row: AuditRow, json: string | undefined): object {
  const bare = bareReply(row, json);
  if (call.office.manners().audits === 'bare') return bare;
  return {
    ...bare,
    makerId: row.made_by,
    checkerId: row.checked_by ?? undefined,
    processingResult: commandStatus[row.status] ?? 'invalid',
    officeId: row.office_id ?? undefined,
    groupId: row.group_id ?? undefined,
  };
}

/** A row that says neither what became of the command nor whose office or hands it went through, other than by name. */
function bareReply(row: AuditRow, json: string | undefined): object {
  return {
    id: row.id,
    actionName: row.action,
    entityName: row.entity,
    resourceId: row.resource_id ?? undefined,
    subresourceId: row.sub_resource_id ?? undefined,
    maker: row.maker,
    madeOnDate: row.made_at,
    checker: row.checker ?? undefined,
    checkedOnDate: row.checked_at ?? undefined,
    commandAsJson: json,
    officeName: row.office_name ?? undefined,
    groupName: row.group_name ?? undefined,
    clientName: row.client_name ?? undefined,
    loanAccountNo: row.loan_account_no ?? undefined,
    savingsAccountNo: row.savings_account_no ?? undefined,
    clientId: row.client_id ?? undefined,
    loanId: row.loan_id ?? undefined,
    url: urlOf(row),
  };
}

/** Read alone, a row gives its command with names for the ids it knows. */
function namedJson(call: Call, row: AuditRow): string {
  if (call.office.manners().audits === 'whole' || row.json === '***') return row.json;
  const json = JSON.parse(row.json) as Record<string, unknown>;
  const { officeId, ...rest } = json;
  if (typeof officeId !== 'number') return row.json;
  const office = call.office.book.get('SELECT name FROM office WHERE id = ?', officeId) as { name: string } | undefined;
  if (office === undefined)
    throw notFound('error.msg.office.id.invalid', `Office with identifier ${String(officeId)} does not exist`, [officeId]);
  return JSON.stringify({ ...rest, officeName: office.name });
}

function scopeOf(call: Call): { conditions: string[]; values: (string | number)[] } {
  if (call.caller.scope === '.') return { conditions: [], values: [] };
  return { conditions: ['o.hierarchy LIKE ?'], values: [scopePattern(call.caller.scope)] };
}

export function listAudits(call: Call, extra: readonly string[] = [], defaultOrder = 'r.id DESC'): HeadOfficeReply {
  const { conditions, values } = scopeOf(call);
  conditions.push(...extra);
  const filters: readonly (readonly [string, string, 'text' | 'number'])[] = [
    ['actionName', 'r.action = ?', 'text'],
    ['entityName', `r.entity LIKE ? || '%'`, 'text'],
    ['resourceId', 'r.resource_id = ?', 'number'],
    ['makerId', 'r.made_by = ?', 'number'],
    ['checkerId', 'r.checked_by = ?', 'number'],
    ['officeId', 'r.office_id = ?', 'number'],
    ['groupId', 'r.group_id = ?', 'number'],
    ['clientId', 'r.client_id = ?', 'number'],
    ['loanid', 'r.loan_id = ?', 'number'],
    ['savingsAccountId', 'r.savings_id = ?', 'number'],
    ['processingResult', 'r.status = ?', 'number'],
  ];
  for (const [name, condition, kind] of filters) {
    const asked = call.query.get(name);
    if (asked === null || asked === '') continue;
    conditions.push(condition);
    values.push(kind === 'number' ? Number(asked) : asked);
  }
  // The date filter compares a column that newer rows leave empty, so it finds nothing: the real fault is kept.
  if (call.query.has('makerDateTimeFrom') || call.query.has('makerDateTimeTo')) conditions.push('0 = 1');
  const page = readPage(call.office.book, pageAsked(call.query), {
    columns: COLUMNS,
    from: `${FROM}${conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`}`,
    values,
    orders: { id: 'r.id', madeOnDate: 'r.made_at', resourceId: 'r.resource_id', clientId: 'r.client_id', loanId: 'r.loan_id' },
    defaultOrder,
    supportedOrders: ORDERS,
  });
  const withJson = call.query.get('includeJson') === 'true';
  const items = (page.rows as AuditRow[]).map((row) => auditReply(call, row, withJson ? row.json : undefined));
  if (call.query.get('paged') === 'true') return reply({ totalFilteredRecords: page.totalFilteredRecords, pageItems: items });
  return reply(items);
}

const UNPAGED_MOST = 200;
const ORDERS = [
  'checkedOnDate',
  'officeName',
  'resourceId',
  'clientId',
  'processingResult',
  'clientName',
  'maker',
  'subresourceId',
  'checker',
  'savingsAccountNo',
  'loanAccountNo',
  'groupName',
  'entityName',
  'madeOnDate',
  'id',
  'loanId',
  'actionName',
];

/** Without `paged=true` a list is the newest 200, whatever limit and offset say. */
function pageAsked(query: URLSearchParams): URLSearchParams {
  if (query.get('paged') === 'true') return query;
  const whole = new URLSearchParams(query);
  whole.set('limit', String(UNPAGED_MOST));
  whole.set('offset', '0');
  return whole;
}

export const auditRoutes: readonly Route[] = [
  route('GET', 'audits', (call) => {
    requireRead(call, 'AUDIT');
    return listAudits(call);
  }),
  route('GET', 'audits/searchtemplate', (call) => {
    requireRead(call, 'AUDIT');
    const { book } = call.office;
    const names = (column: 'action' | 'entity'): string[] =>
      (book.all(`SELECT DISTINCT ${column} AS name FROM permission WHERE ${column} <> '' ORDER BY ${column}`) as { name: string }[]).map(
        ({ name }) => name,
      );
    const first = ['CREATE', 'DELETE', 'UPDATE'];
    return reply({
      appUsers: book.all('SELECT id, username FROM user_account WHERE disabled = 0 ORDER BY username'),
      actionNames: [...first, ...names('action').filter((name) => !first.includes(name))],
      entityNames: names('entity'),
      statuses: [],
    });
  }),
  route('GET', 'audits/:n', (call, parts) => {
    requireRead(call, 'AUDIT');
    const { conditions, values } = scopeOf(call);
    const row = call.office.book.get(
      `SELECT ${COLUMNS} ${FROM} WHERE ${['r.id = ?', ...conditions].join(' AND ')}`,
      parts.number(0),
      ...values,
    ) as AuditRow | undefined;
    const isBare = call.office.manners().audits === 'bare';
    if (row === undefined && !isBare)
      throw notFound('error.msg.audit.id.invalid', `Audit with identifier ${String(parts.number(0))} does not exist`, [parts.number(0)]);
    // The row of nobody's office, of another office and of a command without content are all the same unforeseen thing.
    if (row === undefined || (isBare && row.json === '')) throw new Error('no such row');
    return reply(auditReply(call, row, namedJson(call, row)));
  }),
];
