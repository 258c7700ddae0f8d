// The few reports of head office's own that practice gives an answer for: one list, one choice, and one of those that need a
// program beside the server which is rarely there.
import { type Call, has, reply } from '../call.ts';
import { dateParts } from '../dates.ts';
import { forbidden, integrityIssue, notFound, unavailable } from '../errors.ts';
import type { HeadOfficeReply } from '../headOfficeHttp.ts';
import { scopePattern } from '../lists.ts';
import { type Route, route } from '../router.ts';

const CLIENT_LISTING = 'Client Listing';
/** Of a kind that a plain server cannot run. */
const ELSEWHERE: readonly string[] = ['Loan Transaction Receipt'];

type Cell = string | number | number[] | null;

interface Table {
  columns: readonly (readonly [name: string, type: string, display: string])[];
  rows: Cell[][];
}

const STATUS: Readonly<Record<number, string>> = { 100: 'Pending', 300: 'Active', 600: 'Closed', 700: 'Rejected', 800: 'Withdrawn' };

function clientListing(call: Call): Table {
  const officeId = call.query.get('R_officeId');
  if (officeId === null) {
    const message = 'org.springframework.jdbc.BadSqlGrammarException';
    throw integrityIssue('error.msg.report.unknown.data.integrity.issue', message, null);
  }
  const place = call.office.book.get('SELECT hierarchy FROM office WHERE id = ?', Number(officeId)) as { hierarchy: string } | undefined;
  const rows = call.office.book.all(
    `SELECT o.name, o.hierarchy, c.account_no, c.display_name, c.status, c.activated_on, c.external_id FROM client c JOIN office o ON o.id = c.office_id
     WHERE o.hierarchy LIKE ? ORDER BY o.hierarchy, c.account_no`,
    scopePattern(place?.hierarchy ?? '-'),
  ) as {
    name: string;
    hierarchy: string;
    account_no: string;
    display_name: string;
    status: number;
    activated_on: string | null;
    external_id: string | null;
  }[];
  return {
    columns: [
      ['Office/Branch', 'LONGTEXT', 'TEXT'],
      ['Client Account No.', 'VARCHAR', 'STRING'],
      ['Name', 'VARCHAR', 'STRING'],
      ['Status', 'VARCHAR', 'STRING'],
      ['Activation', 'DATE', 'DATE'],
      ['External Id', 'VARCHAR', 'STRING'],
    ],
    rows: rows.map((row) => [
      '..'.repeat(row.hierarchy.split('.').length - 2) + row.name,
      row.account_no,
      row.display_name,
      STATUS[row.status] ?? 'Invalid',
      row.activated_on === null ? null : dateParts(row.activated_on),
      row.external_id,
    ]),
  };
}

function offices(call: Call): Table {
  const rows = call.office.book.all(
    'SELECT id, name, hierarchy FROM office WHERE hierarchy LIKE ? ORDER BY hierarchy',
    scopePattern(call.caller.scope),
  ) as { id: number; name: string; hierarchy: string }[];
  return {
    columns: [
      ['id', 'BIGINT', 'INTEGER'],
      ['tc', 'VARCHAR', 'STRING'],
    ],
    rows: rows.map((row) => [row.id, '....'.repeat(row.hierarchy.split('.').length - 2) + row.name]),
  };
}

function csvCell(cell: Cell): string {
  if (Array.isArray(cell)) return cell.map((part, index) => String(part).padStart(index === 0 ? 4 : 2, '0')).join('-');
  return cell === null ? '' : String(cell);
}

function give(call: Call, name: string, { columns, rows }: Table): HeadOfficeReply {
  if (call.query.get('exportCSV') === 'true') {
    const lines = [columns.map(([column]) => column).join(','), ...rows.map((row) => row.map(csvCell).join(','))];
    const file = `${name.replaceAll(' ', '_')}(officeId_${call.query.get('R_officeId') ?? ''}).csv`;
    const headers = { 'content-type': 'text/csv', 'content-disposition': `attachment;filename=${file}` };
    return { status: 200, headers, body: `${lines.join('\r\n')}\r\n` };
  }
  if (call.query.get('genericResultSet') === 'false')
    return reply(rows.map((row) => Object.fromEntries(columns.map(([column], index) => [column, row[index] ?? null]))));
  return reply({
    columnHeaders: columns.map(([columnName, columnType, columnDisplayType]) => ({
      columnName,
      columnType,
      columnDisplayType,
      isColumnNullable: false,
      isColumnPrimaryKey: false,
      isColumnUnique: false,
      isColumnIndexed: false,
      columnValues: [],
    })),
    data: rows.map((row) => ({ row })),
  });
}

/** Answers a report of head office's own, or null when the name is none of them. */
export function runCoreReport(call: Call, name: string): HeadOfficeReply | null {
  if (call.query.get('parameterType') === 'true' && name === 'OfficeIdSelectOne') return give(call, name, offices(call));
  if (name !== CLIENT_LISTING && !ELSEWHERE.includes(name)) return null;
  const mayRun = ['ALL_FUNCTIONS_READ', 'REPORTING_SUPER_USER', `READ_${name}`].some((code) => has(call.caller, code));
  if (!mayRun) throw forbidden(`Not authorised to run report: ${name}`);
  if (name === CLIENT_LISTING) return give(call, name, clientListing(call));
  throw unavailable(
    'err.msg.report.service.implementation.missing',
    'There is no ReportingProcessService registered in the ReportingProcessServiceProvider for this report type: Pentaho',
    ['Pentaho'],
  );
}

export const coreReportRoutes: readonly Route[] = [
  route('GET', 'runreports/availableExports/:x', (_call, parts) => {
    if (parts.text(0) !== CLIENT_LISTING)
      throw notFound('error.msg.report.name.not.found', 'Reporting meta-data entry not found.', [`Report Name: ${parts.text(0)}`]);
    return reply([
      { key: 'CSV', queryParameter: 'exportCSV' },
      { key: 'PDF', queryParameter: 'exportPDF' },
      { key: 'JSON', queryParameter: 'exportJSON' },
      { key: 'PRETTY_JSON', queryParameter: 'pretty' },
    ]);
  }),
];
