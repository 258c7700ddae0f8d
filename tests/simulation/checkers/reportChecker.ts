// What each close said, from the rows alone: every drawer and every day that this program closed has one report, the reports have no gap and each
// holds the hash of the one before it, a drawer's says what its movements say, and the notes and coins of a count make its sum.

import type { Database } from 'better-sqlite3';
import type { DayReport } from '../../../shared/domain/cash/dayReport.ts';
import { holds } from './brokenPromise.ts';
import { rows } from './rows.ts';

interface PieceRow {
  readonly faceMinor: number;
  readonly count: number;
}

const FIRST = '0'.repeat(64);

function made(pieces: readonly PieceRow[]): number {
  return pieces.reduce((sum, { faceMinor, count }) => sum + faceMinor * count, 0);
}

export function checkReports(name: string, journal: Database): void {
  const reports = rows<{ sequence: number; number: string; drawer: string | null; date: string; body: string; hash: string }>(
    journal,
    'SELECT sequence, number, drawer_id AS drawer, business_date AS date, body, hash FROM journal_reports ORDER BY sequence',
  ).map(({ body, ...row }) => ({ ...row, body: JSON.parse(body) as DayReport }));
  const skipped = rows<{ from: number; through: number }>(
    journal,
    `SELECT json_extract(body, '$.from') AS "from", json_extract(body, '$.through') AS through FROM journal_entries WHERE what = 'reports.skipped'`,
  );
  let previous = FIRST;
  reports.forEach(({ sequence, number, body, hash }, at) => {
    const isNext =
      sequence === (reports[at - 1]?.sequence ?? 0) + 1 ||
      skipped.some(({ from, through }) => from <= sequence - 1 && sequence - 1 <= through);
    const follows = isNext && body.previousHash === previous && body.hash === hash && body.number === number;
    holds(follows, 'I7 reports have no gap', `${name}: ${number} does not follow the one before it`);
    previous = hash;
  });
  const silent = rows<{ id: string }>(
    journal,
    `SELECT d.drawer_id AS id FROM journal_drawers d WHERE d.closed_at IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM journal_reports r WHERE r.drawer_id = d.drawer_id)
     UNION ALL SELECT d.business_date FROM journal_days d WHERE d.closed_at IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM journal_reports r WHERE r.business_date = d.business_date AND r.drawer_id IS NULL)`,
  );
  holds(silent.length === 0, 'I7 what is closed has its report', `${name}: ${silent[0]?.id ?? ''} has none`);
  const takenBack = new Set(rows<{ report: string }>(journal, 'SELECT report FROM journal_day_reopenings').map(({ report }) => report));
  // A date that a wrong clock opened, and that opened again when it came, is two days.
  const cameTrue = new Map(
    rows<{ date: string; at: number }>(
      journal,
      'SELECT business_date AS date, opened_again_at AS at FROM journal_days_in_error WHERE opened_again_at IS NOT NULL',
    ).map(({ date, at }): [string, number] => [date, at]),
  );
  const isInError = ({ date, body }: (typeof reports)[number]): boolean => body.madeAt < (cameTrue.get(date) ?? 0);
  for (const [day, ofDay] of Map.groupBy(
    reports.filter(({ drawer }) => drawer === null),
    (report) => `${report.date}${isInError(report) ? ', opened in error' : ''}`,
  )) {
    const date = day.slice(0, 10);
    const isClosed =
      day !== date || rows(journal, `SELECT 1 FROM journal_days WHERE business_date = '${date}' AND closed_at IS NOT NULL`).length > 0;
    // Each but the last word of a closed day was taken back, and the next one says which it takes the place of.
    const inTurn = ofDay.every(({ number, body }, at) => {
      const isLastWord = isClosed && at === ofDay.length - 1;
      return takenBack.has(number) !== isLastWord && (body.replaces?.number ?? null) === (ofDay[at - 1]?.number ?? null);
    });
    holds(inTurn, 'I7 a close is taken back by its own reversal', `${name}: ${day}`);
  }
  const late = rows(
    journal,
    `SELECT 1 FROM journal_receipts WHERE json_extract(body, '$.afterHoursOf') >= json_extract(body, '$.businessDate')`,
  );
  holds(late.length === 0, 'I8 late work goes on a later date', name);
  for (const { number, drawer, body } of reports) {
    if (drawer === null) continue;
    const [row] = rows<{ opening: number; counted: number; difference: number; into: number; out: number }>(
      journal,
      `SELECT d.opening_minor AS opening, d.counted_minor AS counted, d.difference_minor AS difference,
         coalesce(sum(CASE WHEN m.kind IN ('taken', 'allocated') THEN m.amount_minor END), 0) AS "into",
         coalesce(sum(CASE WHEN m.kind IN ('paid', 'settled') THEN m.amount_minor END), 0) AS out
       FROM journal_drawers d LEFT JOIN journal_movements m ON m.drawer_id = d.drawer_id WHERE d.drawer_id = ? GROUP BY d.drawer_id`,
      drawer,
    );
    const said = body.drawers[0];
    const fits =
      row !== undefined &&
      said !== undefined &&
      said.openingMinor === row.opening &&
      said.takenMinor + said.allocatedMinor === row.into &&
      said.paidMinor + said.settledMinor === row.out &&
      said.expectedMinor === row.opening + row.into - row.out &&
      said.countedMinor === row.counted &&
      said.differenceMinor === row.difference;
    holds(fits, 'I7 a report says what its drawer says', `${name}: ${number}`);
    if (said === undefined) continue;
    const byKind = body.byKind.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    holds(byKind === said.takenMinor - said.paidMinor, 'I7 a report says what its drawer says', `${name}: ${number} by kind`);
  }
  const counts = rows<{ minor: number; pieces: string }>(
    journal,
    `SELECT opening_minor AS minor, opening_pieces AS pieces FROM journal_drawers WHERE opening_pieces IS NOT NULL
     UNION ALL SELECT counted_minor, pieces FROM journal_drawer_counts WHERE pieces IS NOT NULL`,
  );
  for (const { minor, pieces } of counts)
    holds(made(JSON.parse(pieces) as PieceRow[]) === minor, 'I7 notes and coins make the sum', `${name}: ${String(minor)}`);
}
