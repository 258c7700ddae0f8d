// Each currency by itself, from receipts and head office's books alone: whose money an account is kept in, that no drawer holds two kinds, that
// all drawers of a currency together hold what its receipts say, and that what waits in suspense, or counts against a limit, is of its own.

import type { Database } from 'better-sqlite3';
import type { Receipt } from '../../../shared/domain/records.ts';
import { kindsWhere, PAPERS_OUT } from '../../world/kindsInTheWorld.ts';
import { holds } from './brokenPromise.ts';
import { rows } from './rows.ts';
import { readerOf } from './viewChecker.ts';

/** Written down here once more, apart from practice's own table. */
const PLACES: Readonly<Record<string, number>> = { KES: 2, USD: 2, UGX: 0, TND: 3 };

function receiptsIn(journal: Database): readonly Receipt[] {
  return rows<{ body: string }>(journal, 'SELECT body FROM journal_receipts ORDER BY position').map(
    ({ body }) => JSON.parse(body) as Receipt,
  );
}

export function checkCurrencies(name: string, journal: Database, books: Database): void {
  const bySavings = new Map(
    rows<{ id: number; no: string; code: string }>(
      books,
      `SELECT id, account_no AS no, coalesce(terms ->> '$.currency', 'KES') AS code FROM savings_account`,
    ).map(({ id, no, code }) => [no, { id, code }]),
  );
  // Of one that was opened here its application knows: a head office that was put back gives its number there to another one.
  const openedIn = new Map(
    rows<{ id: string; code: string }>(
      journal,
      `SELECT json_extract(payload, '$.savingsId') AS id, json_extract(payload, '$.currencyCode') AS code FROM journal_commands
       WHERE kind IN ${kindsWhere(({ appliesFor }) => appliesFor === 'savings')}`,
    ).map(({ id, code }) => [id, code]),
  );
  const openedSomewhere = new Set(
    rows<{ no: string }>(books, "SELECT account_no AS no FROM savings_account WHERE external_id LIKE 'S-%'").map(({ no }) => no),
  );
  const receipts = receiptsIn(journal);
  for (const receipt of receipts)
    for (const line of receipt.lines ?? [receipt]) {
      const there = openedSomewhere.has(line.accountNo) ? undefined : bySavings.get(line.accountNo)?.code;
      const code = line.accountKind === 'savings' ? (openedIn.get(line.accountId ?? '') ?? there) : 'KES';
      // What another PC opened, or head office lost, nothing is known of here.
      if (code === undefined) continue;
      holds(
        receipt.currency.code === code && receipt.currency.decimals === PLACES[code],
        'I7 a receipt is of its account’s money',
        `${name}: ${receipt.number} is of ${receipt.currency.code} with ${String(receipt.currency.decimals)} places, ${line.accountNo} is kept in ${code}`,
      );
    }
  const mixed = rows<{ receipt: string }>(
    journal,
    `SELECT r.number AS receipt FROM journal_movements m JOIN journal_drawers d ON d.drawer_id = m.drawer_id
     JOIN journal_receipts r ON r.receipt_id = m.receipt_id
     WHERE m.currency <> d.currency OR m.currency <> json_extract(r.body, '$.currency.code')`,
  );
  holds(mixed.length === 0, 'I7 a drawer holds one currency', `${name}: ${mixed[0]?.receipt ?? ''} went into a drawer of other money`);
  checkSums(name, journal, receipts);
  checkExposure(name, journal, bySavings);
  checkSuspense(name, journal, books, receipts);
}

function checkSums(name: string, journal: Database, receipts: readonly Receipt[]): void {
  const inDrawers = rows<{ code: string; minor: number }>(
    journal,
    `SELECT d.currency AS code, sum(CASE WHEN m.kind IN ('taken', 'allocated') THEN m.amount_minor ELSE -m.amount_minor END) AS minor
     FROM journal_movements m JOIN journal_drawers d ON d.drawer_id = m.drawer_id WHERE m.slip IS NULL GROUP BY d.currency`,
  );
  for (const code of Object.keys(PLACES)) {
    const onPaper = receipts
      .filter((receipt) => receipt.cash && receipt.currency.code === code)
      .reduce((sum, receipt) => sum + (PAPERS_OUT.has(receipt.kind) ? -receipt.amountMinor : receipt.amountMinor), 0);
    const moved = inDrawers.find((each) => each.code === code)?.minor ?? 0;
    holds(
      moved === onPaper,
      'I7 drawers of one currency',
      `${name}: drawers of ${code} moved ${String(moved)}, receipts say ${String(onPaper)}`,
    );
  }
}

function checkExposure(
  name: string,
  journal: Database,
  bySavings: ReadonlyMap<string, { readonly id: number; readonly code: string }>,
): void {
  const codeById = new Map([...bySavings.values()].map(({ id, code }) => [id, code]));
  const read = readerOf(journal);
  for (const { subject, currency } of read.unfinishedPayouts()) {
    const serverId = read.serverIdOf('savings', subject.split(':')[1] ?? '');
    const code = serverId === null ? undefined : codeById.get(serverId);
    holds(
      code === undefined || currency === code,
      'limits: what was paid out counts in its own money',
      `${name}: ${subject} is kept in ${String(code)} and counts as ${String(currency)}`,
    );
  }
}

function checkSuspense(name: string, journal: Database, books: Database, receipts: readonly Receipt[]): void {
  for (const { id, note, code } of rows<{ id: string; note: string; code: string }>(
    journal,
    `SELECT command_id AS id, json_extract(payload, '$.note') AS note, json_extract(payload, '$.currency') AS code FROM journal_commands
     WHERE json_extract(payload, '$.referenceNumber') IS NOT NULL`,
  )) {
    const receipt = receipts.find(({ number }) => note === number || note.startsWith(`${number}/`));
    holds(
      receipt === undefined || receipt.currency.code === code,
      'suspense is of the money that it carries',
      `${name}: ${note} is of ${String(receipt?.currency.code)}, its posting of ${code}`,
    );
    const there = rows<{ code: string }>(books, 'SELECT DISTINCT currency AS code FROM journal_line WHERE reference_number = ?', id);
    holds(
      there.every((line) => line.code === code),
      'suspense is of the money that it carries',
      `${name}: ${note} stands there in other money`,
    );
  }
}

/** The day's figures as a screen is told them, against the papers: a row for each kind and currency, and none that adds two. */
export function checkDay(
  name: string,
  journal: Database,
  day: {
    readonly businessDate: string | null;
    readonly byKind: readonly {
      readonly kind: string;
      readonly currency?: { readonly code: string } | undefined;
      readonly amountMinor: number | null;
    }[];
    readonly withheld?: boolean | undefined;
  },
): void {
  // Whoever has not counted their drawer out is told no sum at all.
  if (day.withheld === true) {
    holds(
      day.byKind.every(({ amountMinor }) => amountMinor === null),
      'the count is blind',
      `${name}: sums of the day were told to somebody who had not counted`,
    );
    return;
  }
  const wanted = new Map<string, number>();
  for (const receipt of receiptsIn(journal)) {
    if (receipt.businessDate !== day.businessDate) continue;
    for (const line of receipt.lines ?? [receipt]) {
      const key = `${line.kind} ${receipt.currency.code}`;
      wanted.set(key, (wanted.get(key) ?? 0) + (PAPERS_OUT.has(line.kind) ? -line.amountMinor : line.amountMinor));
    }
  }
  const told = new Map(day.byKind.map(({ kind, currency, amountMinor }) => [`${kind} ${currency?.code ?? 'KES'}`, amountMinor]));
  for (const key of new Set([...wanted.keys(), ...told.keys()]))
    holds(
      (wanted.get(key) ?? 0) === (told.get(key) ?? 0),
      'the day is told in each money by itself',
      `${name}: ${key} is told as ${String(told.get(key))}, the papers say ${String(wanted.get(key))}`,
    );
}
