// Every row of the journal and of this PC's own tables, also those that no entry of the chain speaks of. Of each table a sum of keyed digests of
// its rows is kept, moved on with each row that is written, removed or changed, and written in the same transaction. Whoever has the key of the
// books can change a row, take one away, slip one in or exchange two, and cannot reckon the sums (I13). They are enciphered: somebody who saw
// them grow would learn what a row adds to them.

import { createCipheriv, createDecipheriv, createSecretKey, hash, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { isIndexRight } from './ownRules.ts';
import { saysSums, sealWith } from './seal.ts';

/** Of one opening that may write. */
export interface RowSums {
  /** Writes what the transaction that ends now did to them. */
  keep(): void;
  committed(): void;
  /** The transaction was rolled back. */
  forget(): void;
  /** Whether the rows of these tables are those that were written; takes time that grows with them. */
  addUp(tables: readonly string[]): boolean;
}

interface Sum {
  readonly rows: number;
  readonly sum: bigint;
}

type Sums = ReadonlyMap<string, Sum>;
type Value = string | number | bigint | null | Uint8Array;

const DIGEST_CHARACTERS = 32;
const MODULUS = 1n << 128n;
const NONE: Sum = { rows: 0, sum: 0n };
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Of another hand, or gone. */
const THE_SUMS = 'local_row_sums';

/** Rows that are added up together. */
interface Summed {
  readonly name: string;
  readonly table: string;
  readonly columns: readonly string[];
  /** Which rows of the table; asked of NEW, OLD or the table itself. */
  readonly of: (row: string) => string;
}

/**
 * What decides how a command goes and is in no entry: its state, its key, its marks, whose sign-in. Of those that are under way alone, so that
 * they can be added up before a send however many years have ended; one that ended and is made to wait again is among them too many.
 */
export const UNDER_WAY = 'journal_commands_under_way';
const UNDER_WAY_COLUMNS = [
  ...['sequence', 'command_id', 'kind', 'subject', 'entry', 'state', 'submission', 'idempotency_key', 'attempts', 'next_attempt_at'],
  ...['sent_at', 'sent_as', 'post_singly', 'last_outcome', 'server_resource_id', 'replaces', 'hold', 'anew'],
];
const isUnderWay = (row: string): string => `${row}.state NOT IN ('accepted', 'withdrawn', 'resolved')`;

/** Head office's records come anew from head office; who owns the file is written by whoever opens it. */
export function summedTables(database: Database): readonly string[] {
  return database
    .prepare(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND (name LIKE 'journal\\_%' ESCAPE '\\' OR name LIKE 'local\\_%' ESCAPE '\\')
         AND name NOT IN ('local_owner', 'local_row_sums') ORDER BY name`,
    )
    .pluck()
    .all() as string[];
}

function summedOf(database: Database): readonly Summed[] {
  const tables = summedTables(database).map((table) => ({ name: table, table, columns: columnsOf(database, table), of: () => 'true' }));
  // Books on their way through an update may not have all of them yet.
  const commands = tables.find(({ table }) => table === 'journal_commands')?.columns ?? [];
  const columns = commands.filter((column) => UNDER_WAY_COLUMNS.includes(column));
  return columns.length === 0 ? tables : [...tables, { name: UNDER_WAY, table: 'journal_commands', columns, of: isUnderWay }];
}

function columnsOf(database: Database, table: string): readonly string[] {
  return database.prepare('SELECT name FROM pragma_table_info(?) ORDER BY cid').pluck().all(table) as string[];
}

/** Of one purpose each, from the key that seals. */
function keyFor(sealKey: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', sealKey, new Uint8Array(0), `tawi ${purpose}`, 32));
}

function plain(value: Value): string | number | null {
  if (typeof value === 'bigint') return `${String(value)}n`;
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
}

type Digest = (table: string, values: readonly Value[]) => bigint;

/** Called for each row that is written: half of a digest under a key that nobody knows is more than enough, and one call is the quickest. */
function digestWith(sealKey: Uint8Array): Digest {
  const key = keyFor(sealKey, 'rows').toString('base64');
  return (table, values) =>
    BigInt(`0x${hash('sha256', `${key}${JSON.stringify([table, ...values.map(plain)])}${key}`).slice(0, DIGEST_CHARACTERS)}`);
}

function plus(sum: Sum | undefined, digest: bigint, sign: 1 | -1): Sum {
  const { rows, sum: before } = sum ?? NONE;
  return { rows: rows + sign, sum: (before + (sign === 1 ? digest : MODULUS - digest)) % MODULUS };
}

/** Takes time that grows with the books: for a beginning, an update, and a thread of its own. */
function reckon(database: Database, digest: Digest, names: readonly string[] | null = null): Sums {
  return new Map(
    summedOf(database)
      .filter(({ name }) => names === null || names.includes(name))
      .map(({ name, table, columns, of }) => {
        let sum = NONE;
        // Left alone the planner walks years of what has ended. Of all books every row is read anyway, whatever became of an index.
        const by = name === UNDER_WAY && names !== null ? 'INDEXED BY journal_commands_unfinished' : '';
        const rows = database
          .prepare(`SELECT ${columns.map((column) => `"${column}"`).join(', ')} FROM "${table}" ${by} WHERE ${of(`"${table}"`)}`)
          .raw()
          .iterate() as Iterable<Value[]>;
        for (const values of rows) sum = plus(sum, digest(name, values), 1);
        return [name, sum];
      }),
  );
}

function sealed(key: KeyObject, sums: Sums): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const text = JSON.stringify([...sums].map(([table, { rows, sum }]) => [table, rows, sum.toString(16)]));
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64');
}

function unsealed(sealKey: Uint8Array, text: string): Sums | null {
  try {
    const bytes = Buffer.from(text, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', keyFor(sealKey, 'row sums'), bytes.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    const words = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
    const sums = JSON.parse(words) as [string, number, string][];
    return new Map(sums.map(([table, rows, sum]) => [table, { rows, sum: BigInt(`0x${sum}`) }]));
  } catch {
    return null;
  }
}

function keptText(database: Database): string | null {
  const isThere = database.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(THE_SUMS) !== undefined;
  return isThere ? ((database.prepare('SELECT sealed FROM local_row_sums').pluck().get() as string | undefined) ?? null) : null;
}

/** The newest entry was sealed by a program that keeps sums: where there are none, somebody took them away. */
function isTakenAway(database: Database, sealKey: Uint8Array): boolean {
  if (!columnsOf(database, 'journal_entries').includes('seal')) return false;
  const head = database.prepare('SELECT hash, seal FROM journal_entries ORDER BY entry DESC LIMIT 1').get() as
    { hash: string; seal: string | null } | undefined;
  return head !== undefined && head.seal !== null && saysSums(sealWith(sealKey), head.hash, head.seal);
}

/** The first table whose rows are not those that were written; null when all are, and where nobody has begun to add them up. */
export function differingTable(database: Database, sealKey: Uint8Array): string | null {
  const text = keptText(database);
  if (text === null) return isTakenAway(database, sealKey) ? THE_SUMS : null;
  const kept = unsealed(sealKey, text);
  if (kept === null) return THE_SUMS;
  const found = new Map(reckon(database, digestWith(sealKey)));
  // A program from before these were added up apart; whoever opens the books with today's begins it.
  if (!kept.has(UNDER_WAY)) found.delete(UNDER_WAY);
  return [...new Set([...found.keys(), ...kept.keys()])].sort().find((table) => differs(table, found, kept)) ?? null;
}

function differs(table: string, found: Sums, kept: Sums): boolean {
  const [one, other] = [found.get(table) ?? NONE, kept.get(table) ?? NONE];
  return one.rows !== other.rows || one.sum !== other.sum;
}

function begin(database: Database, sealKey: Uint8Array): void {
  writerOf(database)(sealed(createSecretKey(keyFor(sealKey, 'row sums')), reckon(database, digestWith(sealKey))));
}

function writerOf(database: Database): (text: string) => void {
  const statement = database.prepare(
    'INSERT INTO local_row_sums (only, sealed) VALUES (1, ?) ON CONFLICT (only) DO UPDATE SET sealed = excluded.sealed',
  );
  return (text) => void statement.run(text);
}

/**
 * Around the steps that change the rows' shape, in their transaction: asked before them, and told what to do after them. Where the rows were not
 * those that were written, the sums are left as they are, so that no update hides a change.
 */
export function sumsOverUpdate(database: Database, sealKey: Uint8Array): () => void {
  const before = differingTable(database, sealKey);
  return () => {
    if (before === null) begin(database, sealKey);
  };
}

interface Said {
  readonly subject: string;
  readonly sequence: number;
  readonly fits: number;
}

function isInOrder(one: Said, other: Said | undefined): boolean {
  return other === undefined || one.subject < other.subject || (one.subject === other.subject && one.sequence < other.sequence);
}

/**
 * Whether the indexes by which commands under way are found say what their rows say, in order, so that whoever seeks in them finds; that none is
 * missing the sums tell. What ended is not walked, but for what something under way needs.
 */
function isUnderWayFound(database: Database): boolean {
  const under = `journal_commands AS said INDEXED BY journal_commands_unfinished`;
  const said = database
    .prepare(
      `SELECT said.subject, said.sequence, row.subject = said.subject AND row.state = said.state AND row.sent_as = said.sent_as
         AND row.next_attempt_at IS said.next_attempt_at
         AND (SELECT sequence FROM journal_commands WHERE command_id = row.command_id) IS row.sequence AS fits
       FROM ${under} LEFT JOIN journal_commands AS row NOT INDEXED ON row.sequence = said.sequence WHERE ${isUnderWay('said')}`,
    )
    .all() as Said[];
  if (!said.every((each, place) => each.fits === 1 && isInOrder(each, said[place + 1]))) return false;
  const astray = database
    .prepare(
      `SELECT 1 FROM ${under} JOIN journal_commands AS row NOT INDEXED ON row.sequence = said.sequence
         JOIN journal_prerequisites AS link ON link.command_id = row.command_id
       WHERE ${isUnderWay('said')} AND NOT EXISTS (
         SELECT 1 FROM journal_commands AS needed NOT INDEXED WHERE needed.command_id = link.needs
           AND needed.sequence = (SELECT sequence FROM journal_commands WHERE command_id = link.needs)
       ) LIMIT 1`,
    )
    .get();
  return astray === undefined;
}

/** Null where they are gone or another hand's: that stays so, for whoever looks. On a handle that owns the file. */
export function openRowSums(database: Database, sealKey: Uint8Array): RowSums | null {
  // Books that were made where nobody guarded a key for a seal.
  if (keptText(database) === null && !isTakenAway(database, sealKey)) begin(database, sealKey);
  const kept = unsealed(sealKey, keptText(database) ?? '');
  if (kept === null) return null;
  const digest = digestWith(sealKey);
  const key = createSecretKey(keyFor(sealKey, 'row sums'));
  const write = writerOf(database);
  let committed: Sums = kept.has(UNDER_WAY) ? kept : new Map([...kept, ...reckon(database, digest, [UNDER_WAY])]);
  let current = new Map(committed);
  let changed = false;

  database.function('tawi_row', { varargs: true }, (...given: unknown[]) => {
    const [table, sign, ...values] = given as [string, 1 | -1, ...Value[]];
    current.set(table, plus(current.get(table), digest(table, values), sign));
    changed = true;
    return null;
  });
  // Of this connection alone: nothing of it stands in the file, and no program that only reads needs the function.
  for (const { name, table, columns, of } of summedOf(database)) {
    const row = (which: 'NEW' | 'OLD'): string => columns.map((column) => `${which}."${column}"`).join(', ');
    const added = `SELECT tawi_row('${name}', 1, ${row('NEW')}) WHERE ${of('NEW')};`;
    const removed = `SELECT tawi_row('${name}', -1, ${row('OLD')}) WHERE ${of('OLD')};`;
    for (const when of ['in', 'out', 'anew']) database.exec(`DROP TRIGGER IF EXISTS temp.summed_${when}_${name}`);
    database.exec(`
      CREATE TEMP TRIGGER summed_in_${name} AFTER INSERT ON main."${table}" BEGIN ${added} END;
      CREATE TEMP TRIGGER summed_out_${name} AFTER DELETE ON main."${table}" BEGIN ${removed} END;
      CREATE TEMP TRIGGER summed_anew_${name} AFTER UPDATE ON main."${table}" BEGIN ${removed} ${added} END;
    `);
  }

  return {
    keep() {
      if (changed) write(sealed(key, current));
    },
    committed() {
      committed = new Map(current);
      changed = false;
    },
    forget() {
      current = new Map(committed);
      changed = false;
    },
    addUp(tables) {
      if (!tables.every((table) => (table === UNDER_WAY ? isUnderWayFound(database) : isIndexRight(database, table)))) return false;
      const found = reckon(database, digest, tables);
      return !tables.some((table) => differs(table, found, current));
    },
  };
}
