// Runs one of our prepared reports and reads its answer by the names of its columns. The answer is always asked for as a generic result set:
// the plain form escapes nothing but the quotation mark, so a name with a backslash would break it.

import type { Answer, Credential } from '../../ports/headOffice.ts';
import { nonsense } from '../classifyTrouble.ts';
import { decoding, failed, query } from '../line.ts';
import type { Line } from '../line.ts';
import { Members, Unreadable } from '../members.ts';
import { REPORTS } from './reports.ts';
import type { Report, ReportKey } from './reports.ts';

/** What one run asks for; a parameter that is left out is sent as 0, for a missing one leaves its placeholder in head office's statement. */
export type Parameters = Readonly<Record<string, string | number>>;

const GROUP = 'genericResultSet';

export function reportUrl(report: Report, parameters: Parameters): string {
  const given = report.parameters.map((name) => [`R_${name}`, parameters[name] ?? 0] as const);
  return query(`/runreports/${encodeURIComponent(report.name)}`, { ...Object.fromEntries(given), [GROUP]: true });
}

/** The rows, in no promised order: head office wraps the statement, and an order inside decides only which rows come. */
export async function runReport(
  line: Line,
  key: ReportKey,
  parameters: Parameters,
  credential: Credential,
): Promise<Answer<readonly Members[]>> {
  const report: Report = REPORTS[key];
  const answer = await line.ask({ method: 'GET', url: reportUrl(report, parameters) }, credential);
  if (!answer.ok) return answer;
  if (Array.isArray(answer.value)) return failed(nonsense(`${report.name}: a list`));
  return decoding(() => rowsOf(new Members(answer.value, report.name), report));
}

function rowsOf(answer: Members, report: Report): readonly Members[] {
  const headers = answer.children('columnHeaders').map((header) => header.text('columnName'));
  for (const column of report.columns) {
    if (!headers.includes(column)) throw new Unreadable(`${report.name}: column ${column}`);
  }
  const data = answer.raw['data'];
  if (!Array.isArray(data)) throw new Unreadable(`${report.name}: data`);
  return (data as readonly unknown[]).map((each) => {
    const values = new Members(each, report.name).raw['row'];
    if (!Array.isArray(values) || values.length !== headers.length) throw new Unreadable(`${report.name}: a row without its columns`);
    const row: Record<string, unknown> = {};
    for (const [at, name] of headers.entries()) if (name !== null) row[name] = (values as readonly unknown[])[at];
    return new Members(row, report.name);
  });
}
