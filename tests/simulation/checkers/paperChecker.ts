// What came out of a PC's printers, held against its books: no paper of a receipt that nobody issued, each original once, and nothing is counted as
// printed that did not come out.

import type { Database } from 'better-sqlite3';
import type { PaperTray } from '../../world/paperTray.ts';
import { holds } from './brokenPromise.ts';
import { count, rows } from './rows.ts';

export interface CameOut {
  readonly number: string;
  readonly isCopy: boolean;
}

/** In a row of its own: a paper may also name the one that it undoes. */
const OWN_NUMBER = /^Receipt +([A-Z]\w{2}-\d{2}-\d{6}-\d{4}-\w)$/m;

export function cameOutOf(tray: PaperTray): readonly CameOut[] {
  return tray.papers.map(({ paper }) => {
    const text = paper.rows.join('\n');
    return { number: OWN_NUMBER.exec(text)?.[1] ?? '', isCopy: /COPY \d+/.test(text) };
  });
}

export function checkPapers(name: string, database: Database, tray: PaperTray): void {
  const printed = new Map(
    rows<{ number: string; times: number }>(
      database,
      `SELECT r.number, count(p.receipt_id) AS times FROM journal_receipts r LEFT JOIN journal_prints p ON p.receipt_id = r.receipt_id
       GROUP BY r.receipt_id`,
    ).map(({ number, times }) => [number, times]),
  );
  const papers = new Map<string, { originals: number; all: number }>();
  for (const { number, isCopy } of cameOutOf(tray)) {
    const known = papers.get(number) ?? { originals: 0, all: 0 };
    papers.set(number, { originals: known.originals + (isCopy ? 0 : 1), all: known.all + 1 });
  }
  for (const [number, { originals }] of papers) {
    holds(printed.has(number), 'paper: nothing is invented', `${name}: a paper came out that no receipt stands for: ${number}`);
    holds(originals <= 1, 'paper: an original once', `${name}: the original of ${number} came out ${originals} times`);
  }
  for (const [number, times] of printed)
    holds(
      times <= (papers.get(number)?.all ?? 0),
      'paper: counted is printed',
      `${name}: ${number} counts ${times} papers, and ${papers.get(number)?.all ?? 0} came out`,
    );
}

/** At rest, with printers that print: every receipt came out, and a copy of it where the office keeps them. */
export function checkAllPrinted(name: string, database: Database, tray: PaperTray, officeCopies: boolean): void {
  const left = count(database, 'SELECT count(*) FROM local_print_jobs');
  holds(left === 0, 'paper: every receipt comes out', `${name}: ${left} papers still wait`);
  const [copies, originals] = [true, false].map(
    (wanted) => new Set(cameOutOf(tray).flatMap(({ number, isCopy }) => (isCopy === wanted ? [number] : []))),
  );
  for (const { number } of rows<{ number: string }>(database, 'SELECT number FROM journal_receipts')) {
    holds(originals?.has(number) === true, 'paper: every receipt comes out', `${name}: ${number} never came out`);
    holds(
      !officeCopies || copies?.has(number) === true,
      'paper: every receipt comes out',
      `${name}: no copy of ${number} came out for the office`,
    );
  }
}
