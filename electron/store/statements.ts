// Typed, cached statements over the drizzle schema: a table's declaration says the columns and their types, better-sqlite3 runs the text.
// A statement is prepared at its first use and kept. Writing statements refuse to run outside Store.write, so that no handle that
// leaked out of a transaction can change anything. Text handed in here is written by us, values are always bound.

import { getTableColumns } from 'drizzle-orm';
import type { InferInsertModel, InferSelectModel } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/sqlite-core';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Database, Statement } from 'better-sqlite3';
import type { PayloadLift } from '../../shared/domain/commands/liftPayload.ts';
import { assert } from '../../shared/kernel/assert.ts';
import { StoreFault } from '../ports/store.ts';
import type { Seal } from './seal.ts';

export type Bound = string | number | bigint | null;

/** What a write transaction added to the journal, for the witness to be told once it is committed. */
export interface Written {
  head: { readonly entry: number; readonly hash: string } | null;
  readonly receipts: { readonly deviceCode: string; readonly businessDate: string; readonly sequence: number }[];
}

/** An open database and whether a write transaction of this store is under way. */
export interface Session {
  readonly database: Database;
  writing: boolean;
  written: Written;
  /** How payloads of older programs are read; the released ones unless a test brings its own. */
  readonly payloadLifts?: readonly PayloadLift[] | undefined;
  /** Null where nobody guards a key for it. */
  readonly seal?: Seal | null;
  /** Whether the rows of these tables are those that were written; left out where nobody guards a key for their sums. */
  addUp?: (tables: readonly string[]) => boolean;
}

export function nothingWritten(): Written {
  return { head: null, receipts: [] };
}

interface Column {
  readonly key: string;
  readonly name: string;
  readonly form: 'plain' | 'json' | 'boolean';
  readonly notNull: boolean;
}

const columnsByTable = new WeakMap<SQLiteTable, readonly Column[]>();

function columnsOf(table: SQLiteTable): readonly Column[] {
  const known = columnsByTable.get(table);
  if (known !== undefined) return known;
  const columns = Object.entries(getTableColumns(table)).map(([key, column]): Column => {
    const form = column.dataType === 'json' ? 'json' : column.dataType === 'boolean' ? 'boolean' : 'plain';
    return { key, name: column.name, form, notNull: column.notNull };
  });
  columnsByTable.set(table, columns);
  return columns;
}

export function parseJson(text: unknown, where: string): unknown {
  if (typeof text !== 'string') throw new StoreFault('corrupt', `${where} does not hold text`);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The parser's message would quote the text, which may be personal: it is left out.
    throw new StoreFault('corrupt', `${where} does not parse`);
  }
}

/** Texts that one such parser keeps; of what changes with every round the old ones go. */
const PARSED_MOST = 64;

function frozen(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

/** For what is asked again and again and says the same: each text is parsed once. What it says is shared, so nobody can change it. */
export function parsingOnce(): typeof parseJson {
  const parsed = new Map<unknown, unknown>();
  return (text, where) => {
    if (parsed.has(text)) return parsed.get(text);
    const value = frozen(parseJson(text, where));
    if (parsed.size >= PARSED_MOST) parsed.clear();
    parsed.set(text, value);
    return value;
  };
}

function encode(column: Column, value: unknown): Bound {
  if (column.form === 'json') return (value === null || value === undefined) && !column.notNull ? null : JSON.stringify(value);
  if (value === undefined || value === null) return null;
  return column.form === 'boolean' ? (value === true ? 1 : 0) : (value as Bound);
}

function lazily(session: Session, sql: string): () => Statement<Bound[]> {
  let statement: Statement<Bound[]> | undefined;
  return () => (statement ??= session.database.prepare<Bound[]>(sql));
}

export interface Selection<Row> {
  one(...values: Bound[]): Row | null;
  all(...values: Bound[]): Row[];
}

/** Whole rows of a table. `rest` follows `SELECT … FROM table`. */
export function selectFrom<Table extends SQLiteTable>(
  session: Session,
  table: Table,
  rest: string,
  parse = parseJson,
): Selection<InferSelectModel<Table>> {
  const name = getTableConfig(table).name;
  const columns = columnsOf(table);
  const decoded = columns.filter((column) => column.form !== 'plain');
  const list = columns.map((column) => `${name}.${column.name} AS "${column.key}"`).join(', ');
  const statement = lazily(session, `SELECT ${list} FROM ${name} ${rest}`);

  function decode(row: Record<string, unknown>): InferSelectModel<Table> {
    for (const column of decoded) {
      const value = row[column.key];
      if (value === null) continue;
      row[column.key] = column.form === 'boolean' ? value === 1 : parse(value, `${name}.${column.name}`);
    }
    return row as InferSelectModel<Table>;
  }

  return {
    one: (...values) => {
      const row = statement().get(...values) as Record<string, unknown> | undefined;
      return row === undefined ? null : decode(row);
    },
    all: (...values) => (statement().all(...values) as Record<string, unknown>[]).map(decode),
  };
}

/** Inserts one row; `conflict` may say what to do with one that exists (replica and local tables only). */
export function insertInto<Table extends SQLiteTable>(
  session: Session,
  table: Table,
  conflict = '',
): (row: InferInsertModel<Table>) => void {
  const columns = columnsOf(table);
  const { name } = getTableConfig(table);
  const marks = columns.map(() => '?').join(', ');
  const statement = lazily(
    session,
    `INSERT INTO ${name} (${columns.map((column) => column.name).join(', ')}) VALUES (${marks}) ${conflict}`,
  );
  return (row) => {
    assert(session.writing, `${name} is written inside a write transaction`);
    const given = row as Record<string, unknown>;
    statement().run(...columns.map((column) => encode(column, given[column.key])));
  };
}

/** `ON CONFLICT` clause that replaces every column except the named ones. */
export function replacing(table: SQLiteTable, by: string, ...kept: string[]): string {
  const changed = columnsOf(table).filter((column) => !by.split(', ').includes(column.name) && !kept.includes(column.name));
  return `ON CONFLICT (${by}) DO UPDATE SET ${changed.map((column) => `${column.name} = excluded.${column.name}`).join(', ')}`;
}

/** A statement that changes rows; answers how many. */
export function change(session: Session, sql: string): (...values: Bound[]) => number {
  const statement = lazily(session, sql);
  return (...values) => {
    assert(session.writing, 'rows change inside a write transaction');
    return statement().run(...values).changes;
  };
}

function plucked(session: Session, sql: string): () => Statement<Bound[]> {
  let statement: Statement<Bound[]> | undefined;
  return () => (statement ??= session.database.prepare<Bound[]>(sql).pluck());
}

/** The number in the first column of the first row, or null. */
export function numberOf(session: Session, sql: string): (...values: Bound[]) => number | null {
  const statement = plucked(session, sql);
  return (...values) => (statement().get(...values) as number | null | undefined) ?? null;
}

/** The text in the first column of the first row, or null. */
export function textOf(session: Session, sql: string): (...values: Bound[]) => string | null {
  const statement = plucked(session, sql);
  return (...values) => (statement().get(...values) as string | null | undefined) ?? null;
}

/** The text in the first column of every row. */
export function textsOf(session: Session, sql: string): (...values: Bound[]) => string[] {
  const statement = plucked(session, sql);
  return (...values) => statement().all(...values) as string[];
}

/** The number in the first column of every row. */
export function numbersOf(session: Session, sql: string): (...values: Bound[]) => number[] {
  const statement = plucked(session, sql);
  return (...values) => statement().all(...values) as number[];
}

/** Rows of a query that is not one table's; its columns are plain values. */
export function rowsOf<Row extends Record<keyof Row, Bound>>(session: Session, sql: string): (...values: Bound[]) => Row[] {
  const statement = lazily(session, sql);
  return (...values) => statement().all(...values) as Row[];
}
