// The second book: the journal, read from the branch's encrypted file after the end by a connection that cannot write. It is read with SQL of
// its own, so that a mistake in the program's reading cannot hide one in its writing.

import { createHash } from 'node:crypto';
import type { CommandKindName } from '../../shared/domain/commands/kinds/allKinds.ts';
import type { Receipt } from '../../shared/domain/records.ts';
import { canonicalJson } from '../../shared/kernel/canonicalJson.ts';
import type { Json } from '../../shared/kernel/canonicalJson.ts';
import { checkIntegrity } from '../../electron/store/integrity.ts';
import type { DatabaseAt } from '../../electron/store/openDatabase.ts';
import { openDatabase } from '../../electron/store/openDatabase.ts';

export interface JournalCommand {
  readonly commandId: string;
  readonly kind: CommandKindName;
  readonly amountMinor: number;
  readonly subject: string;
  readonly receiptId: string | null;
  readonly formId: string | null;
  readonly state: string;
  readonly serverResourceId: number | null;
  readonly businessDate: string;
}

export interface JournalReceipt {
  readonly receiptId: string;
  readonly number: string;
  readonly commandId: string | null;
  readonly businessDate: string;
  readonly deviceCode: string;
  readonly sequence: number;
  readonly body: Receipt;
}

export interface JournalMovement {
  readonly drawerId: string;
  readonly kind: 'taken' | 'paid' | 'allocated' | 'settled';
  readonly amountMinor: number;
  readonly commandId: string | null;
  readonly receiptId: string | null;
}

export interface JournalDrawer {
  readonly drawerId: string;
  readonly openingMinor: number;
  readonly countedMinor: number | null;
  readonly differenceMinor: number | null;
}

export interface JournalCase {
  readonly exceptionId: string;
  readonly commandId: string;
  readonly resolution: string | null;
  readonly resolutionReceiptId: string | null;
  readonly suspenseCommandId: string | null;
}

export interface JournalBook {
  readonly commands: readonly JournalCommand[];
  /** In order of issue. */
  readonly receipts: readonly JournalReceipt[];
  readonly movements: readonly JournalMovement[];
  readonly drawers: readonly JournalDrawer[];
  readonly cases: readonly JournalCase[];
  readonly prints: readonly { readonly receiptId: string; readonly copy: number }[];
  readonly entries: number;
  /** Head office's id of an account, by 'loan:<local id>' or 'savings:<local id>'. */
  readonly serverIdBySubject: Readonly<Record<string, number>>;
  /** The number of the first entry whose hash does not fit its words or the entry before, or null. */
  readonly brokenEntry: number | null;
  /** What is wrong with the pages, references and numbers. */
  readonly damage: readonly string[];
}

interface EntryRow {
  readonly entry: number;
  readonly what: string;
  readonly by: string;
  readonly businessDate: string;
  readonly at: number;
  readonly body: string;
  readonly previousHash: string;
  readonly hash: string;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function firstBroken(rows: readonly EntryRow[]): number | null {
  let previousHash = '0'.repeat(64);
  for (const [index, { hash, previousHash: said, body, ...row }] of rows.entries()) {
    const words = canonicalJson({ ...row, body: JSON.parse(body) as Json });
    if (row.entry !== index + 1 || said !== previousHash || sha256(`${previousHash}\n${words}`) !== hash) return row.entry;
    previousHash = hash;
  }
  return null;
}

export function readJournal(at: DatabaseAt): JournalBook {
  const database = openDatabase(at, 'readonly');
  const rows = <Row>(sql: string): Row[] => database.prepare(sql).all() as Row[];
  try {
    const integrity = checkIntegrity(database);
    const entries = rows<EntryRow>(
      `SELECT entry, what, by, business_date AS businessDate, at, body, previous_hash AS previousHash, hash FROM journal_entries ORDER BY entry`,
    );
    const serverIds = rows<{ kind: string; serverId: number; localId: string }>(
      `SELECT kind, server_id AS serverId, local_id AS localId FROM journal_server_ids WHERE kind IN ('loan', 'savings')`,
    );
    return {
      commands: rows(
        `SELECT command_id AS commandId, kind, amount_minor AS amountMinor, subject, receipt_id AS receiptId, form_id AS formId, state,
           server_resource_id AS serverResourceId, business_date AS businessDate FROM journal_commands ORDER BY sequence`,
      ),
      receipts: rows<Omit<JournalReceipt, 'body'> & { body: string }>(
        `SELECT receipt_id AS receiptId, number, command_id AS commandId, business_date AS businessDate, device_code AS deviceCode, sequence, body
         FROM journal_receipts ORDER BY position`,
      ).map((row) => ({ ...row, body: JSON.parse(row.body) as Receipt })),
      movements: rows(
        `SELECT drawer_id AS drawerId, kind, amount_minor AS amountMinor, command_id AS commandId, receipt_id AS receiptId FROM journal_movements`,
      ),
      drawers: rows(
        `SELECT drawer_id AS drawerId, opening_minor AS openingMinor, counted_minor AS countedMinor, difference_minor AS differenceMinor FROM journal_drawers`,
      ),
      cases: rows(
        `SELECT exception_id AS exceptionId, command_id AS commandId, resolution, resolution_receipt_id AS resolutionReceiptId,
           suspense_command_id AS suspenseCommandId FROM journal_exceptions`,
      ),
      prints: rows(`SELECT receipt_id AS receiptId, copy FROM journal_prints`),
      entries: entries.length,
      serverIdBySubject: Object.fromEntries(serverIds.map(({ kind, localId, serverId }) => [`${kind}:${localId}`, serverId])),
      brokenEntry: firstBroken(entries),
      damage: [
        ...integrity.pages,
        ...(integrity.brokenReferences > 0 ? [`${integrity.brokenReferences} broken references`] : []),
        ...(integrity.brokenEntry === null ? [] : [`entry ${integrity.brokenEntry} does not continue the one before`]),
        ...integrity.receiptGaps.map((gap) => `receipt numbers of ${gap.deviceCode} on ${gap.businessDate} have a gap`),
      ],
    };
  } finally {
    database.close();
  }
}
