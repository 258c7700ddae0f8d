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

function auditReply(row: AuditRow, withJson: boolean): object {
  return {
    id: row.id,
    actionName: row.action,
    entityName: row.entity,
    resourceId: row.resource_id ?? undefined,
    subresourceId: row.sub_resource_id ?? undefined,
    maker: row.maker,
    makerId: row.made_by,
    madeOnDate: row.made_at,
    checker: row.checker ?? undefined,
    checkerId: row.checked_by ?? undefined,
    checkedOnDate: row.checked_at ?? undefined,
    processingResult: commandStatus[row.status] ?? 'invalid',
    officeId: row.office_id ?? undefined,
    officeName: row.office_name ?? undefined,
    groupId: row.group_id ?? undefined,
    groupName: row.group_name ?? undefined,
    clientId: row.client_id ?? undefined,
    clientName: row.client_name ?? undefined,
    loanId: row.loan_id ?? undefined,
    loanAccountNo: row.loan_account_no ?? undefined,
    savingsAccountNo: row.savings_account_no ?? undefined,
    url: row.url,
    commandAsJson: withJson ? row.json : undefined,
  };
}

function scopeOf(call: Call): { conditions: string[]; values: (string | number)[] } {
  if (call.caller.scope === '.') return { conditions: [], values: [] };
  return { conditions: ['o.hierarchy LIKE ?'], values: [scopePattern(call.caller.scope)] };
}

export function listAudits(call: Call, extra: readonly string[] = []): HeadOfficeReply {
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
  const page = readPage(call.office.book, call.query, {
    columns: COLUMNS,
    from: `${FROM}${conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`}`,
    values,
    orders: { id: 'r.id', madeOnDate: 'r.made_at' },
    defaultOrder: 'r.id DESC',
  });
  const withJson = call.query.get('includeJson') === 'true';
  const items = (page.rows as AuditRow[]).map((row) => auditReply(row, withJson));
  return reply(call.query.get('paged') === 'true' ? { totalFilteredRecords: page.totalFilteredRecords, pageItems: items } : items);
}

export const auditRoutes: readonly Route[] = [
  route('GET', 'audits', (call) => {
    requireRead(call, 'AUDIT');
    return listAudits(call);
  }),
  route('GET', 'audits/:n', (call, parts) => {
    requireRead(call, 'AUDIT');
    const { conditions, values } = scopeOf(call);
    const row = call.office.book.get(
      `SELECT ${COLUMNS} ${FROM} WHERE ${['r.id = ?', ...conditions].join(' AND ')}`,
      parts.number(0),
      ...values,
    ) as AuditRow | undefined;
    if (row === undefined)
      throw notFound('error.msg.audit.id.invalid', `Audit with identifier ${String(parts.number(0))} does not exist`, [parts.number(0)]);
    return reply(auditReply(row, true));
  }),
];
