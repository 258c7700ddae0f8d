// Reads the whole journal and holds every row against its entry in the chain (I13): digests, seals and order of the entries, receipts, commands
// with their cash and their effects, drawers, days, closed cases, and where head office is. Takes time that grows with the books, so it runs in
// the backup's thread, with a connection that cannot write. It says the first thing that does not fit, by its number and never by its content.

import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { isSlipRight, slipHash, type CashSlip } from '../../shared/domain/cash/cashSlip.ts';
import { reportHash, type DayReport } from '../../shared/domain/cash/dayReport.ts';
import { amountOf } from '../../shared/domain/commands/kinds/allKinds.ts';
import { liftPayload, type PayloadLift, type StoredPayload } from '../../shared/domain/commands/liftPayload.ts';
import { misfitOf } from '../../shared/domain/journal/boundFacts.ts';
import { entryHash, receiptHash, type ChainedEntry } from '../../shared/domain/journal/entryWords.ts';
import { judgeCode, wordsToSign, type DeviceKey } from '../../shared/domain/receipts/receiptCode.ts';
import { numberInMark } from '../../shared/domain/receipts/lines.ts';
import type { Receipt } from '../../shared/domain/records.ts';
import { canonicalJson, type Json } from '../../shared/kernel/canonicalJson.ts';
import type { BooksAudit } from '../ports/store.ts';
import { differingRule, isIndexRight } from './ownRules.ts';
import { differingTable, summedTables } from './rowSums.ts';
import { isSealOfEntry, sealWith } from './seal.ts';
import { signatures } from './signatures.ts';

type Finding = NonNullable<BooksAudit['finding']>;
type Body = Readonly<Record<string, Json | undefined>>;

interface Row {
  readonly [column: string]: string | number | null;
}

const AT_ONCE = 500;
const FIRST_HASH = '0'.repeat(64);
const ENTRY = `entry, what, by, business_date AS businessDate, at, body, previous_hash AS previousHash, hash, seal`;

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

class Differs extends Error {
  readonly finding: Finding;

  constructor(what: Finding['what'], where: string | number) {
    super(what);
    this.finding = { what, where: String(where) };
  }
}

function holds(fits: boolean, what: Finding['what'], where: string | number): asserts fits {
  if (!fits) throw new Differs(what, where);
}

function parsed(text: string | number | null | undefined, what: Finding['what'], where: string | number): Json {
  try {
    return JSON.parse(String(text)) as Json;
  } catch {
    throw new Differs(what, where);
  }
}

function entryOf(row: Row): ChainedEntry {
  return { ...(row as unknown as ChainedEntry), body: parsed(row['body'], 'entry', Number(row['entry'])) };
}

function bodyOf({ body }: ChainedEntry): Body {
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Body) : {};
}

/** Every row of a table in the order of its key, a few at a time, so that no cursor stays open. */
function walk(database: Database, sql: string, key: string, see: (row: Row) => void): void {
  const page = database.prepare(sql);
  for (let after = -1; ;) {
    const rows = page.all(after, AT_ONCE) as Row[];
    for (const row of rows) see(row);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = Number(last[key]);
  }
}

/** What no program of ours would have written may not be readable at all: that is a find, not a failure to look. */
function reading<T>(what: Finding['what'], work: () => T): T {
  try {
    return work();
  } catch (error) {
    // The database's own failures carry a code; words that make no sense to us do not.
    if (error instanceof Differs || !(error instanceof Error) || 'code' in error) throw error;
    throw new Differs(what, 'unreadable');
  }
}

/** `payloadLifts`: the released ones, unless a test brings its own. */
export function auditBooks(database: Database, sealKey: Uint8Array | null, payloadLifts?: readonly PayloadLift[]): BooksAudit {
  let entries = 0;
  try {
    database.exec('BEGIN');
    const told: ToldByEntries = { papers: new Map(), deviceKeys: [] };
    entries = reading('entry', () => auditEntries(database, sealKey, told));
    reading('payload', () => auditCommands(database, payloadLifts));
    reading('receipt', () => auditReceipts(database, told));
    reading('movement', () => auditMovements(database));
    reading('report', () => auditReports(database));
    reading('slip', () => auditSlips(database));
    auditCounts(database);
    auditSums(database, sealKey);
    auditRules(database);
    return { entries, finding: null };
  } catch (error) {
    if (error instanceof Differs) return { entries, finding: error.finding };
    throw error;
  } finally {
    if (database.inTransaction) database.exec('ROLLBACK');
  }
}

/** What the walk over the entries learns for those that follow. */
interface ToldByEntries {
  /** The receipts without a command, of a case or of a void, with the hash where the entry gives it. */
  readonly papers: Map<string, string | null>;
  readonly deviceKeys: (DeviceKey & { readonly since: number; readonly broughtBy: string })[];
}

/** Answers how many there are. */
function auditEntries(database: Database, sealKey: Uint8Array | null, { papers, deviceKeys }: ToldByEntries): number {
  const seal = sealWith(sealKey);
  const command = database.prepare('SELECT entry FROM journal_commands WHERE command_id = ?').pluck();
  const receipt = database.prepare('SELECT 1 FROM journal_receipts WHERE number = ?').pluck();
  const drawer = database.prepare('SELECT * FROM journal_drawers WHERE drawer_id = ?');
  const count = database.prepare(
    'SELECT counted_minor, expected_minor, pieces FROM journal_drawer_counts WHERE drawer_id = ? ORDER BY position LIMIT 1 OFFSET ?',
  );
  const report = database.prepare('SELECT hash FROM journal_reports WHERE number = ?').pluck();
  const slip = database.prepare('SELECT hash FROM journal_cash_slips WHERE number = ?').pluck();
  const day = database.prepare('SELECT * FROM journal_days WHERE business_date = ?');
  const reopening = database.prepare('SELECT * FROM journal_day_reopenings WHERE report = ?');
  const exception = database.prepare('SELECT * FROM journal_exceptions WHERE exception_id = ?');
  /** Who closed each day last; null while it is open. */
  const closers = new Map<string, string | null>();
  let previous: ChainedEntry | null = null;
  let isSealed = false;
  let address: Json | undefined;

  function seeFacts(entry: ChainedEntry): void {
    const body = bodyOf(entry);
    const at = entry.entry;
    if (typeof body['commandId'] === 'string' && (body['payloadHash'] !== undefined || body['receiptHash'] !== undefined))
      holds(command.get(body['commandId']) === at, 'command', at);
    if (typeof body['receipt'] === 'string') holds(receipt.get(numberInMark(body['receipt'])) === 1, 'receipt', body['receipt']);
    if (typeof body['report'] === 'string') holds(report.get(body['report']) === body['reportHash'], 'report', body['report']);
    if (typeof body['slip'] === 'string') holds(slip.get(body['slip']) === body['slipHash'], 'slip', body['slip']);
    switch (entry.what) {
      case 'branch.founded':
      case 'headOffice.moved':
        address = body['address'];
        return;
      case 'signature.key':
        deviceKeys.push({ ...(body as unknown as DeviceKey), since: entry.at, broughtBy: entry.by });
        return;
      case 'drawer.opened': {
        const row = drawer.get(body['drawer']) as Row | undefined;
        holds(row !== undefined && row['opening_minor'] === body['openingMinor'] && row['username'] === entry.by, 'drawer', at);
        holds(samePieces(row['opening_pieces'], body['pieces']), 'drawer', at);
        return;
      }
      case 'drawer.counted': {
        const row = count.get(body['drawer'], Number(body['count']) - 1) as Row | undefined;
        holds(
          row !== undefined && row['counted_minor'] === body['countedMinor'] && row['expected_minor'] === body['expectedMinor'],
          'drawer',
          at,
        );
        holds(samePieces(row['pieces'], body['pieces']), 'drawer', at);
        return;
      }
      case 'drawer.closed': {
        const row = drawer.get(body['drawer']) as Row | undefined;
        holds(
          row !== undefined && row['counted_minor'] === body['countedMinor'] && row['difference_minor'] === body['differenceMinor'],
          'drawer',
          at,
        );
        return;
      }
      case 'businessDay.opened': {
        const row = day.get(entry.businessDate) as Row | undefined;
        // Opened again, it stays the day that it was.
        if (body['again'] === true) holds(row !== undefined, 'day', at);
        else holds(row !== undefined && row['opened_by'] === entry.by && row['opened_at'] === entry.at, 'day', at);
        closers.set(entry.businessDate, null);
        return;
      }
      case 'businessDay.reopened': {
        const row = reopening.get(body['takesBack']) as Row | undefined;
        const fits = row !== undefined && row['reopened_by'] === entry.by && row['reason'] === body['reason'];
        holds(fits && row['business_date'] === entry.businessDate && report.get(body['takesBack']) === body['takesBackHash'], 'day', at);
        closers.set(entry.businessDate, null);
        return;
      }
      case 'businessDay.closed':
        closers.set(entry.businessDate, entry.by);
        return;
      case 'businessDay.closedInError':
        if (body['wasOpen'] === true) closers.set(entry.businessDate, entry.by);
        return;
      case 'exception.closed': {
        const row = exception.get(body['exception']) as Row | undefined;
        holds(
          row !== undefined &&
            row['resolution'] === body['resolution'] &&
            row['closed_by'] === entry.by &&
            row['reason'] === body['reason'],
          'case',
          at,
        );
        if (typeof body['receipt'] === 'string')
          papers.set(body['receipt'], typeof body['receiptHash'] === 'string' ? body['receiptHash'] : null);
        return;
      }
      case 'receipt.voided':
        // The paper of money that went back has no command either.
        if (typeof body['paper'] === 'string') papers.set(body['paper'], typeof body['paperHash'] === 'string' ? body['paperHash'] : null);
        return;
      default:
    }
  }

  let last = 0;
  walk(database, `SELECT ${ENTRY} FROM journal_entries WHERE entry > ? ORDER BY entry LIMIT ?`, 'entry', (row) => {
    const entry = entryOf(row);
    const fits = previous === null ? entry.entry === 1 : entry.entry === previous.entry + 1;
    holds(fits && entry.previousHash === (previous?.hash ?? FIRST_HASH) && entryHash(entry, sha256) === entry.hash, 'entry', entry.entry);
    const given = row['seal'] ?? null;
    if (seal !== null && (isSealed || given !== null)) holds(isSealOfEntry(seal, entry.hash, String(given)), 'seal', entry.entry);
    isSealed ||= given !== null;
    seeFacts(entry);
    previous = entry;
    last = entry.entry;
  });
  for (const [date, closer] of closers) holds((day.get(date) as Row | undefined)?.['closed_by'] === closer, 'day', date);
  auditDeviceKeys(database, deviceKeys);
  const identity = database.prepare(`SELECT value FROM local_settings WHERE name = 'identity'`).pluck().get() as string | undefined;
  if (address !== undefined && identity !== undefined) {
    const kept = (parsed(identity, 'address', last) as Body)['address'];
    holds(kept !== undefined && canonicalJson(kept) === canonicalJson(address), 'address', last);
  }
  return last;
}

/** A key that no entry brought would make whatever it signed real. */
function auditDeviceKeys(database: Database, brought: ToldByEntries['deviceKeys']): void {
  const text = database.prepare(`SELECT value FROM local_settings WHERE name = 'deviceKeys'`).pluck().get() as string | undefined;
  const kept = text === undefined ? { keys: [] } : (parsed(text, 'deviceKey', 'keys') as { readonly keys?: readonly Body[] });
  const named = (kept.keys ?? []).map((key) => ({ ...key, broughtBy: key['broughtBy'] ?? 'tawi' }));
  holds(canonicalJson(named) === canonicalJson(brought as unknown as Json), 'deviceKey', named.length);
}

function auditCommands(database: Database, payloadLifts?: readonly PayloadLift[]): void {
  const entry = database.prepare(`SELECT ${ENTRY} FROM journal_entries WHERE entry = ?`);
  const receipt = database.prepare('SELECT body FROM journal_receipts WHERE receipt_id = ?').pluck();
  const movement = database.prepare(
    'SELECT drawer_id AS drawerId, kind, amount_minor AS amountMinor FROM journal_movements WHERE command_id = ?',
  );
  const effects = database.prepare(
    'SELECT account_kind AS accountKind, account_id AS accountId, delta_minor AS deltaMinor FROM journal_effects WHERE command_id = ? ORDER BY position',
  );
  let sequence = 0;
  walk(
    database,
    `SELECT sequence, command_id AS commandId, payload, payload_version AS payloadVersion, amount_minor AS amountMinor, recorded_by AS recordedBy,
       business_date AS businessDate, recorded_at AS recordedAt, receipt_id AS receiptId, entry
     FROM journal_commands WHERE sequence > ? ORDER BY sequence LIMIT ?`,
    'sequence',
    (row) => {
      sequence += 1;
      holds(row['sequence'] === sequence, 'command', sequence);
      const written = parsed(row['payload'], 'payload', sequence);
      const payload = liftPayload(written as unknown as StoredPayload, Number(row['payloadVersion']), payloadLifts);
      holds(payload !== null, 'payload', sequence);
      holds((amountOf(payload)?.amountMinor ?? null) === row['amountMinor'], 'amount', sequence);
      const bound = entry.get(row['entry']) as Row | undefined;
      const paper = row['receiptId'] === null ? undefined : receipt.get(row['receiptId']);
      const moved = movement.all(row['commandId']) as { drawerId: string; kind: string; amountMinor: number }[];
      holds(moved.length < 2, 'movement', sequence);
      const misfit = misfitOf(
        {
          command: {
            commandId: String(row['commandId']),
            recordedBy: String(row['recordedBy']),
            businessDate: String(row['businessDate']),
            recordedAt: Number(row['recordedAt']),
            receiptId: row['receiptId'] === null ? null : String(row['receiptId']),
            payload,
          },
          written,
          entry: bound === undefined ? null : entryOf(bound),
          receipt: paper === undefined ? null : (parsed(paper as string, 'receipt', sequence) as unknown as Receipt),
          movement: moved[0] ?? null,
          effects: effects.all(row['commandId']) as { accountKind: string; accountId: string; deltaMinor: number }[],
        },
        sha256,
      );
      if (misfit !== null) throw new Differs(misfit === 'entry' ? 'command' : misfit, sequence);
    },
  );
}

function auditReceipts(database: Database, { papers, deviceKeys }: ToldByEntries): void {
  const fits = signatures();
  const maker = database.prepare('SELECT recorded_by, receipt_id FROM journal_commands WHERE command_id = ?');
  const isProof = (proof: string, words: string | null): boolean =>
    proof.startsWith(`${words ?? ''}:`) && judgeCode(proof, deviceKeys, fits).verdict === 'real';
  let previousHash: string | null = null;
  let isSigned = false;
  walk(
    database,
    `SELECT position, receipt_id, number, kind, command_id, business_date, device_code, username, client_id, amount_minor, body
     FROM journal_receipts WHERE position > ? ORDER BY position LIMIT ?`,
    'position',
    (row) => {
      const number = String(row['number']);
      const receipt = parsed(row['body'], 'receipt', number) as unknown as Receipt;
      const columns =
        receipt.receiptId === row['receipt_id'] &&
        receipt.number === row['number'] &&
        receipt.kind === row['kind'] &&
        receipt.commandId === row['command_id'] &&
        receipt.businessDate === row['business_date'] &&
        receipt.deviceCode === row['device_code'] &&
        receipt.clientId === row['client_id'] &&
        receipt.amountMinor === row['amount_minor'];
      holds(columns && receiptHash(receipt, sha256) === receipt.hash, 'receipt', number);
      // The signature is not under the hash. Once receipts are signed, one without it would pass for a paper of before.
      const words = wordsToSign(receipt);
      holds(receipt.proof === undefined ? words === null || !isSigned : isProof(receipt.proof, words), 'proof', number);
      isSigned ||= receipt.proof !== undefined;
      holds(previousHash === null || receipt.previousHash === previousHash, 'receiptOrder', number);
      previousHash = receipt.hash;
      const promised = receipt.commandId ?? receipt.lines?.find(({ commandId }) => commandId !== null)?.commandId ?? null;
      if (promised === null) {
        const named = papers.get(number);
        holds(named !== undefined && (named === null || named === receipt.hash), 'receipt', number);
      } else {
        const command = maker.get(promised) as Row | undefined;
        holds(
          command !== undefined && command['receipt_id'] === receipt.receiptId && command['recorded_by'] === row['username'],
          'receipt',
          number,
        );
      }
    },
  );
}

/** Cash of a command is compared with the command, and that of a slip with the slip; what is left belongs to a paper of a case. */
function auditMovements(database: Database): void {
  const body = database.prepare('SELECT body FROM journal_receipts WHERE receipt_id = ?').pluck();
  const sums = new Map<string, number>();
  walk(
    database,
    `SELECT position, receipt_id, amount_minor FROM journal_movements WHERE command_id IS NULL AND slip IS NULL AND position > ? ORDER BY position LIMIT ?`,
    'position',
    (row) => {
      holds(row['receipt_id'] !== null, 'movement', Number(row['position']));
      const receiptId = String(row['receipt_id']);
      sums.set(receiptId, (sums.get(receiptId) ?? 0) + Number(row['amount_minor']));
    },
  );
  for (const [receiptId, sum] of sums) {
    const text = body.get(receiptId);
    const receipt = text === undefined ? null : (parsed(text as string, 'movement', receiptId) as unknown as Receipt);
    holds(receipt !== null && receipt.commandId === null && receipt.amountMinor === sum, 'movement', receipt?.number ?? receiptId);
  }
}

/** The number that follows one, over those that an entry of that name left out. */
function numbersAfter(database: Database, what: 'reports.skipped' | 'slips.skipped'): (sequence: number) => number {
  const skipped = database
    .prepare(
      `SELECT json_extract(body, '$.from') AS "from", json_extract(body, '$.through') AS through FROM journal_entries
       WHERE what = ? ORDER BY entry`,
    )
    .all(what) as { from: number; through: number }[];
  return (sequence) => skipped.reduce((next, { from, through }) => (from === next ? through + 1 : next), sequence + 1);
}

/** Without a gap but for numbers left out by an entry, each over the one before it, and each as it was hashed. */
function auditReports(database: Database): void {
  const after = numbersAfter(database, 'reports.skipped');
  let sequence = 0;
  let previousHash = FIRST_HASH;
  walk(
    database,
    'SELECT sequence, number, drawer_id, business_date, body, hash FROM journal_reports WHERE sequence > ? ORDER BY sequence LIMIT ?',
    'sequence',
    (row) => {
      sequence = after(sequence);
      const number = String(row['number']);
      const body = parsed(row['body'], 'report', number) as unknown as DayReport;
      holds(
        row['sequence'] === sequence &&
          body.number === number &&
          body.businessDate === row['business_date'] &&
          (body.of === 'drawer' ? body.drawers[0]?.drawerId : null) === row['drawer_id'] &&
          body.previousHash === previousHash &&
          body.hash === row['hash'] &&
          reportHash(body, sha256) === body.hash,
        'report',
        number,
      );
      previousHash = String(row['hash']);
    },
  );
}

/** Likewise; and what it did to the vault and to the drawers is what it says. */
function auditSlips(database: Database): void {
  const after = numbersAfter(database, 'slips.skipped');
  const moves = database.prepare(
    'SELECT drawer_id AS drawerId, kind, amount_minor AS amountMinor, currency FROM journal_movements WHERE slip = ? ORDER BY drawer_id',
  );
  let sequence = 0;
  let moved = 0;
  let previousHash = FIRST_HASH;
  walk(
    database,
    `SELECT sequence, number, form_id, kind, business_date, currency, vault_minor, body, hash FROM journal_cash_slips
     WHERE sequence > ? ORDER BY sequence LIMIT ?`,
    'sequence',
    (row) => {
      sequence = after(sequence);
      const number = String(row['number']);
      const body = parsed(row['body'], 'slip', number) as unknown as CashSlip;
      holds(
        row['sequence'] === sequence &&
          body.number === number &&
          body.formId === row['form_id'] &&
          body.kind === row['kind'] &&
          body.businessDate === row['business_date'] &&
          body.currency.code === row['currency'] &&
          body.vaultMinor === row['vault_minor'] &&
          body.previousHash === previousHash &&
          body.hash === row['hash'] &&
          isSlipRight(body) &&
          slipHash(body, sha256) === body.hash,
        'slip',
        number,
      );
      const said = body.drawers
        .flatMap(({ drawerId, move }) =>
          move === null ? [] : [{ drawerId, kind: move, amountMinor: body.amountMinor, currency: body.currency.code }],
        )
        .sort((one, other) => (one.drawerId < other.drawerId ? -1 : 1));
      holds(canonicalJson(moves.all(number) as Json) === canonicalJson(said), 'slip', number);
      moved += said.length;
      previousHash = row['hash'];
    },
  );
  const ofSlips = Number(database.prepare('SELECT count(*) FROM journal_movements WHERE slip IS NOT NULL').pluck().get());
  holds(ofSlips === moved, 'slip', 'count');
}

function samePieces(kept: string | number | null | undefined, told: Json | undefined): boolean {
  return told === undefined ? kept == null : kept != null && canonicalJson(parsed(kept, 'drawer', 'pieces')) === canonicalJson(told);
}

/** Every row, also of what no entry speaks of: events, prints, server ids, order, people, settings. Last, because the others say which row it is. */
function auditSums(database: Database, sealKey: Uint8Array | null): void {
  const table = sealKey === null ? null : differingTable(database, sealKey);
  if (table !== null) throw new Differs('row', table);
}

/** What would write by itself, or read otherwise than it was made to. */
function auditRules(database: Database): void {
  const rule = differingRule(database);
  if (rule !== null) throw new Differs('rule', rule);
  const misled = summedTables(database).find((table) => !isIndexRight(database, table));
  if (misled !== undefined) throw new Differs('rule', `index of ${misled}`);
}

/** Rows that no entry speaks of: as many as the chain tells, and no more. */
function auditCounts(database: Database): void {
  const number = (sql: string): number => Number(database.prepare(sql).pluck().get());
  const told = (what: string): number => number(`SELECT count(*) FROM journal_entries WHERE what = '${what}'`);
  holds(number('SELECT count(*) FROM journal_drawers') === told('drawer.opened'), 'drawer', 'count');
  holds(
    number('SELECT count(*) FROM journal_reports') ===
      number(`SELECT count(*) FROM journal_entries WHERE json_extract(body, '$.reportHash') IS NOT NULL`),
    'report',
    'count',
  );
  holds(
    number('SELECT count(*) FROM journal_cash_slips') ===
      number(`SELECT count(*) FROM journal_entries WHERE json_extract(body, '$.slipHash') IS NOT NULL`),
    'slip',
    'count',
  );
  holds(
    number('SELECT count(*) FROM journal_days') ===
      number(`SELECT count(*) FROM journal_entries WHERE what = 'businessDay.opened' AND coalesce(json_extract(body, '$.again'), 0) = 0`),
    'day',
    'count',
  );
  holds(number('SELECT count(*) FROM journal_day_reopenings') === told('businessDay.reopened'), 'day', 'count');
  holds(number('SELECT count(*) FROM journal_exceptions WHERE closed_at IS NOT NULL') === told('exception.closed'), 'case', 'count');
}
