// Whether a store is whole: its pages, its references, the chain of its entries and the numbers of its receipts. Reads only, and takes
// time that grows with the file: for the start after a crash and for copies, never for a counter operation.
// That each entry's hash fits its words is electron/journal's to say, where the hash is made.

import type { Database } from 'better-sqlite3';
import { StoreFault } from '../ports/store.ts';
import { storeFaultOf } from './storeFaultOf.ts';

export interface Integrity {
  /** What SQLite found wrong with the pages; empty when all is well. Nothing else is looked for on broken pages. */
  readonly pages: readonly string[];
  readonly brokenReferences: number;
  /** The first entry that does not continue the one before it, or null. */
  readonly brokenEntry: number | null;
  /** Device and business date whose receipts have a gap that no entry gives a reason for (I8). */
  readonly receiptGaps: readonly { readonly deviceCode: string; readonly businessDate: string }[];
}

export function quickCheck(database: Database): readonly string[] {
  try {
    const found = database.prepare('PRAGMA quick_check(20)').pluck().all() as string[];
    return found.filter((line) => line !== 'ok');
  } catch (error) {
    // A page whose seal is broken cannot be read at all: that is a finding, not a failure to look.
    const fault = storeFaultOf(error);
    if (fault instanceof StoreFault && fault.kind === 'corrupt') return [fault.message];
    throw fault;
  }
}

function brokenEntry(database: Database): number | null {
  const first = database
    .prepare(
      `SELECT entry FROM journal_entries AS later
       WHERE entry > (SELECT min(entry) FROM journal_entries)
         AND NOT EXISTS (SELECT 1 FROM journal_entries AS earlier WHERE earlier.entry = later.entry - 1 AND earlier.hash = later.previous_hash)
       ORDER BY entry LIMIT 1`,
    )
    .pluck()
    .get() as number | undefined;
  return first ?? null;
}

function receiptsWithoutCommand(database: Database): number {
  return Number(
    database
      .prepare(
        `SELECT count(*) FROM (
           SELECT command_id FROM journal_receipts
           UNION ALL
           SELECT json_extract(line.value, '$.commandId') FROM journal_receipts AS receipt, json_each(receipt.body, '$.lines') AS line
           WHERE receipt.command_id IS NULL
         ) AS promised WHERE promised.command_id IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM journal_commands AS command WHERE command.command_id = promised.command_id)`,
      )
      .pluck()
      .get(),
  );
}

export function checkIntegrity(database: Database): Integrity {
  const pages = quickCheck(database);
  if (pages.length > 0) return { pages, brokenReferences: 0, brokenEntry: null, receiptGaps: [] };
  return {
    pages,
    brokenReferences: (database.pragma('foreign_key_check') as unknown[]).length + receiptsWithoutCommand(database),
    brokenEntry: brokenEntry(database),
    receiptGaps: database
      .prepare(
        `WITH given AS (
           SELECT device_code, business_date, max(sequence) AS last, count(*) AS receipts FROM journal_receipts GROUP BY business_date, device_code
         ), skipped AS (
           SELECT business_date, json_extract(body, '$.deviceCode') AS device_code, json_extract(body, '$.from') AS first,
             json_extract(body, '$.through') AS last FROM journal_entries WHERE what = 'receipts.skipped'
         )
         SELECT device_code AS deviceCode, business_date AS businessDate FROM given
         WHERE last <> receipts + (
           SELECT coalesce(sum(skipped.last - skipped.first + 1), 0) FROM skipped
           WHERE skipped.device_code = given.device_code AND skipped.business_date = given.business_date AND skipped.last < given.last
         ) ORDER BY business_date, device_code`,
      )
      .all() as Integrity['receiptGaps'],
  };
}

export function isWhole(integrity: Integrity): boolean {
  return (
    integrity.pages.length === 0 && integrity.brokenReferences === 0 && integrity.brokenEntry === null && integrity.receiptGaps.length === 0
  );
}
