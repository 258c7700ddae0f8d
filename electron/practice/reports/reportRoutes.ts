// Prepared reports: kept by name with their statement, run by those who hold the right on them. Practice plays the reports of the window and
// no others; the statement is kept and given back, never run.
import { type Call, has, reply, requireRead } from '../call.ts';
import { type CommandResult, runCommand } from '../commandLayer.ts';
import { parseObject } from '../commandBody.ts';
import type { Book } from '../book.ts';
import { domainRule, forbidden, integrityIssue, notFound, Refusal, unsupportedParameters, validationError } from '../errors.ts';
import type { HeadOfficeReply } from '../headOfficeHttp.ts';
import { type Route, route } from '../router.ts';
import { coreReportRoutes, runCoreReport } from './coreReports.ts';
import { PLAYED } from './playedReports.ts';
import type { Asked } from './windowRows.ts';
import { WINDOW_ROWS } from './windowRows.ts';

interface ReportRow {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly category: string | null;
  readonly description: string | null;
  readonly sql: string;
}

/** To be called at every opening: a file of before does not know the table. */
export function keepReports(book: Book): void {
  book.database.exec(
    `CREATE TABLE IF NOT EXISTS report (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, type TEXT NOT NULL, category TEXT, description TEXT, sql TEXT NOT NULL);`,
  );
}

const MEMBERS = [
  'reportName',
  'reportType',
  'reportSubType',
  'reportCategory',
  'description',
  'useReport',
  'reportSql',
  'reportParameters',
];
const COLUMN_OF: Readonly<Record<string, string>> = {
  reportName: 'name',
  reportType: 'type',
  reportCategory: 'category',
  description: 'description',
  reportSql: 'sql',
};

function reportReply(row: ReportRow, isWhole: boolean): object {
  return {
    id: row.id,
    reportName: row.name,
    reportType: row.type,
    reportCategory: row.category ?? undefined,
    description: row.description ?? undefined,
    ...(isWhole ? { reportSql: row.sql } : {}),
    coreReport: false,
    useReport: true,
  };
}

function findReport(call: Call, id: number): ReportRow {
  const row = call.office.book.get('SELECT * FROM report WHERE id = ?', id) as ReportRow | undefined;
  if (row === undefined) throw notFound('error.msg.report.id.invalid', `Report with identifier ${String(id)} does not exist`, [id]);
  return row;
}

function textsOf(call: Call): Map<string, string> {
  const asked = parseObject(call.body);
  const unknown = Object.keys(asked).filter((name) => !MEMBERS.includes(name));
  if (unknown.length > 0) throw unsupportedParameters(unknown);
  return new Map(Object.entries(asked).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])));
}

function create(call: Call): CommandResult {
  const texts = textsOf(call);
  for (const name of ['reportName', 'reportType', 'reportSql']) {
    if ((texts.get(name) ?? '').trim() === '')
      throw validationError(`validation.msg.report.${name}.cannot.be.blank`, `The parameter \`${name}\` is mandatory.`, name);
  }
  const { book } = call.office;
  const name = texts.get('reportName') ?? '';
  if (book.get('SELECT id FROM report WHERE name = ?', name) !== undefined)
    throw integrityIssue('error.msg.report.unknown.data.integrity.issue', `Duplicate entry '${name}' for key 'report_name_UNIQUE'`, null);
  const id = book.run(
    'INSERT INTO report (name, type, category, description, sql) VALUES (?,?,?,?,?)',
    name,
    texts.get('reportType') ?? '',
    texts.get('reportCategory') ?? null,
    texts.get('description') ?? null,
    texts.get('reportSql') ?? '',
  );
  book.run(`INSERT INTO permission (code, grouping_name, action, entity) VALUES (?, 'report', 'READ', ?)`, `READ_${name}`, name);
  return { resourceId: id };
}

function change(call: Call, id: number): CommandResult {
  const row = findReport(call, id);
  const changes: Record<string, string> = {};
  for (const [name, value] of textsOf(call)) {
    const column = COLUMN_OF[name];
    if (column === undefined || row[column as keyof ReportRow] === value) continue;
    call.office.book.run(`UPDATE report SET ${column} = ? WHERE id = ?`, value, id);
    changes[name] = value;
  }
  return { resourceId: id, changes };
}

function remove(call: Call, id: number): CommandResult {
  const row = findReport(call, id);
  const { book } = call.office;
  book.run('DELETE FROM role_permission WHERE code = ?', `READ_${row.name}`);
  book.run('DELETE FROM permission WHERE code = ?', `READ_${row.name}`);
  book.run('DELETE FROM report WHERE id = ?', id);
  return { resourceId: id };
}

/** What the database says to a statement that it cannot read, whatever the reason. */
function badStatement(): Refusal {
  const message = 'org.springframework.jdbc.BadSqlGrammarException';
  const refusal = integrityIssue('error.msg.report.unknown.data.integrity.issue', message, null);
  return new Refusal(refusal.status, {
    ...(JSON.parse(refusal.body) as object),
    defaultUserMessage: message,
  });
}

function askedOf(call: Call, parameters: readonly string[]): Asked {
  const given = new Map(parameters.map((name) => [name, call.query.get(`R_${name}`)]));
  for (const [name, value] of given) {
    if (/\b(or|and)\s+(\w+)\s*=\s*\2/i.test(value ?? ''))
      throw domainRule('error.msg.sql.validation', "SQL validation error: invalid SQL statement (detected 'inject-blind' pattern)");
    const shape = ['action', 'entity', 'key'].includes(name) ? /^[^'\\]*$/ : name === 'ids' ? /^\d+(,\d+)*$/ : /^\d+$/;
    if (value === null || !shape.test(value)) throw badStatement();
  }
  const number = (name: string): number => Number(given.get(name) ?? 0);
  return {
    after: number('after'),
    most: number('most'),
    mode: number('mode'),
    ids: (given.get('ids') ?? '0').split(',').map(Number),
    since: number('since'),
    tx: number('tx'),
    action: given.get('action') ?? '',
    entity: given.get('entity') ?? '',
    key: given.get('key') ?? '',
  };
}

const DISPLAY: Readonly<Record<string, string>> = { BIGINT: 'INTEGER', SMALLINT: 'INTEGER', VARCHAR: 'STRING' };

function run(call: Call, name: string): HeadOfficeReply {
  const core = runCoreReport(call, name);
  if (core !== null) return core;
  const mayRun = ['ALL_FUNCTIONS_READ', 'REPORTING_SUPER_USER', `READ_${name}`].some((code) => has(call.caller, code));
  if (!mayRun) throw forbidden(`Not authorised to run report: ${name}`);
  const report = PLAYED[name];
  const rowsOf = WINDOW_ROWS[name];
  if (call.office.book.get('SELECT id FROM report WHERE name = ?', name) === undefined || report === undefined || rowsOf === undefined)
    throw notFound('error.msg.report.name.not.found', 'Reporting meta-data entry not found.', [
      `Report Name: ${name.replaceAll('-', '\\-')}`,
    ]);
  const rows = rowsOf(call, askedOf(call, report.parameters));
  return reply({
    columnHeaders: report.columns.map(({ name: columnName, kind }) => ({
      columnName,
      columnType: kind,
      columnDisplayType: DISPLAY[kind] ?? kind,
      isColumnNullable: false,
      isColumnPrimaryKey: false,
      isColumnUnique: false,
      isColumnIndexed: false,
      columnValues: [],
    })),
    data: rows.map((row) => ({ row: report.columns.map((column) => row[column.name] ?? null) })),
  });
}

const command = (call: Call, action: string, id: number | undefined, perform: () => CommandResult): HeadOfficeReply =>
  runCommand(call, { action, entity: 'REPORT', ...(id === undefined ? {} : { resourceId: id }), perform });

export const reportRoutes: readonly Route[] = [
  route('GET', 'reports', (call) => {
    requireRead(call, 'REPORT');
    return reply((call.office.book.all('SELECT * FROM report ORDER BY id') as ReportRow[]).map((row) => reportReply(row, false)));
  }),
  route('GET', 'reports/:n', (call, parts) => {
    requireRead(call, 'REPORT');
    return reply(reportReply(findReport(call, parts.number(0)), true));
  }),
  route('POST', 'reports', (call) => command(call, 'CREATE', undefined, () => create(call))),
  route('PUT', 'reports/:n', (call, parts) => command(call, 'UPDATE', parts.number(0), () => change(call, parts.number(0)))),
  route('DELETE', 'reports/:n', (call, parts) => command(call, 'DELETE', parts.number(0), () => remove(call, parts.number(0)))),
  ...coreReportRoutes,
  route('GET', 'runreports/:x', (call, parts) => run(call, parts.text(0))),
];
