// What a comparison of the three books says of books that nobody changed: no receipt differs from what was recorded for it, nothing that was
// confirmed is missed where head office undid and lost nothing, and once all is at rest the three books are one, in all that they hold.

import type { Database } from 'better-sqlite3';
import type { LastProof } from '../../../electron/journal/settings.ts';
import { holds } from './brokenPromise.ts';
import { count, row } from './rows.ts';

/** What head office has: not what was applied for here and given up before it was sent. */
const THERE = 'gone = 0 AND server_id IS NOT NULL';

function lastComparison(database: Database): LastProof | null {
  const kept = row<{ value: string }>(database, "SELECT value FROM local_settings WHERE name = 'lastProof'");
  return kept === null ? null : (JSON.parse(kept.value) as LastProof);
}

export function isComparisonAsked(database: Database): boolean {
  const sql = "SELECT json_extract(value, '$.comparisonAsked') IS NOT NULL FROM local_settings WHERE name = 'syncState'";
  return count(database, sql) === 1;
}

/**
 * `nothingLost`: head office has neither been put back nor undone anything, and still has its trail. `honest`: nobody writes into the books; where
 * somebody does, a comparison in that moment says so rightly.
 */
export function checkComparison(
  name: string,
  database: Database,
  { nothingLost, honest }: { readonly nothingLost: boolean; readonly honest: boolean },
): void {
  const found = lastComparison(database);
  if (found?.receipts === undefined) return;
  const { differ, compared, named } = found.receipts;
  const papers = count(database, 'SELECT count(*) FROM journal_receipts');
  const title = 'I13 a comparison finds no fault in honest books';
  holds(!honest || (differ === 0 && named.length === 0), title, `${name}: ${String(differ)} receipts differ: ${named.join(', ')}`);
  holds(compared <= papers, title, `${name}: ${String(compared)} receipts compared of ${String(papers)}`);
  holds(!nothingLost || (found.lost ?? []).length === 0, title, `${name}: ${(found.lost ?? []).join(', ')} is missed`);
}

/** At rest, and what the one before brought in: it is over, everything was compared, and nothing differs. */
export function checkCompared(name: string, database: Database, askedAt: number): void {
  const found = lastComparison(database);
  const title = 'liveness: a comparison ends, and the three books are one';
  holds(!isComparisonAsked(database) && found !== null && found.at >= askedAt, title, `${name}: it has no end`);
  const papers = count(database, 'SELECT count(*) FROM journal_receipts');
  const accounts = count(
    database,
    `SELECT (SELECT count(*) FROM replica_loans WHERE ${THERE}) + (SELECT count(*) FROM replica_savings WHERE ${THERE})`,
  );
  const says = JSON.stringify(found);
  holds(found?.equal === true && found.unanswered === 0, title, `${name}: ${says}`);
  holds(found?.receipts?.compared === papers, title, `${name}: ${String(papers)} receipts, ${says}`);
  holds((found?.compared ?? 0) >= accounts, title, `${name}: ${String(accounts)} accounts, ${says}`);
}
