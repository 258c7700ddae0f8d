// The schema only grows: what a released migration made keeps its name, type and rules, because an older program may open the file
// again. The committed snapshot is the memory; `npx vitest run tests/store/schemaGuard.test.ts -u` writes a new version into it, and the
// diff is what a reviewer looks at.

import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { getTableColumns, is } from 'drizzle-orm';
import { SQLiteTable, getTableConfig } from 'drizzle-orm/sqlite-core';
import { expect, test } from 'vitest';
import { migrate } from '../../electron/store/migrate.ts';
import { allMigrations } from '../../electron/store/migrations/allMigrations.ts';

const STORE = join(import.meta.dirname, '../../electron/store');
const SNAPSHOT = join(STORE, 'schema-snapshot.json');

interface Column {
  readonly type: string;
  readonly notNull: boolean;
  readonly default: string | null;
  readonly key: number;
}
type Tables = Record<string, { readonly strict: boolean; readonly columns: Record<string, Column> }>;
interface Version {
  readonly version: number;
  /** Of the migration's text: a released migration is frozen. */
  readonly sha256: string;
  readonly tables: Tables;
  /** Indexes, triggers and virtual tables by name, with the digest of their text. */
  readonly rules: Record<string, string>;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function tablesOf(database: Database.Database): Tables {
  const rows = database
    .prepare(
      `SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`,
    )
    .all() as { name: string; strict: number }[];
  return Object.fromEntries(
    rows.map(({ name, strict }) => {
      const columns = database.prepare('SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(?)').all(name) as {
        name: string;
        type: string;
        notnull: number;
        dflt_value: string | null;
        pk: number;
      }[];
      const named = columns.map((column) => [
        column.name,
        { type: column.type, notNull: column.notnull === 1, default: column.dflt_value, key: column.pk },
      ]);
      return [name, { strict: strict === 1, columns: Object.fromEntries(named) as Record<string, Column> }];
    }),
  );
}

function rulesOf(database: Database.Database): Record<string, string> {
  const rows = database
    .prepare(
      `SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND (type IN ('index', 'trigger', 'view') OR sql LIKE 'CREATE VIRTUAL%') ORDER BY name`,
    )
    .all() as { name: string; sql: string }[];
  return Object.fromEntries(rows.map(({ name, sql }) => [name, sha256(sql.replace(/\s+/g, ' '))]));
}

function builtVersions(): Version[] {
  return allMigrations.map((migration, at) => {
    const database = new Database(':memory:');
    migrate(database, allMigrations.slice(0, at + 1));
    const version = { version: migration.version, sha256: sha256(migration.sql), tables: tablesOf(database), rules: rulesOf(database) };
    database.close();
    return version;
  });
}

function committedVersions(): Version[] {
  return JSON.parse(readFileSync(SNAPSHOT, 'utf8')) as Version[];
}

const retired = JSON.parse(readFileSync(join(STORE, 'retired-names.json'), 'utf8')) as string[];

async function declaredTables(): Promise<SQLiteTable[]> {
  const tables: SQLiteTable[] = [];
  for (const folder of ['journal', 'replica', 'local']) {
    for (const name of readdirSync(join(STORE, 'schema', folder))) {
      const module = (await import(join(STORE, 'schema', folder, name))) as Record<string, unknown>;
      for (const value of Object.values(module)) if (is(value, SQLiteTable)) tables.push(value);
    }
  }
  return tables;
}

test('what the migrations build is what was committed', async () => {
  await expect(`${JSON.stringify(builtVersions(), null, 2)}\n`).toMatchFileSnapshot(SNAPSHOT);
});

test('versions count up without a gap, and migrations import nothing', () => {
  expect(allMigrations.map((migration) => migration.version)).toEqual(allMigrations.map((_, at) => at + 1));
  const files = readdirSync(join(STORE, 'migrations')).filter((name) => /^\d/.test(name));
  expect(files).toHaveLength(allMigrations.length);
  for (const name of files)
    expect(readFileSync(join(STORE, 'migrations', name), 'utf8'), name).not.toMatch(/^\s*import\b|\bfrom '|require\(/m);
});

test('each version only adds: no table or column goes, changes its type, or is demanded without a default', () => {
  const versions = committedVersions();
  for (const [at, later] of versions.entries()) {
    const earlier = versions[at - 1];
    for (const [table, { strict, columns }] of Object.entries(earlier?.tables ?? {})) {
      expect(later.tables[table]?.strict, table).toBe(strict);
      for (const [name, column] of Object.entries(columns)) {
        const now = later.tables[table]?.columns[name];
        expect({ ...now, notNull: column.notNull }, `${table}.${name}`).toEqual(column);
        // A rule is only ever loosened: what had to be there may come to be left out, never the other way round.
        expect(now?.notNull === true && !column.notNull, `${table}.${name} is demanded now`).toBe(false);
      }
      for (const [name, column] of Object.entries(later.tables[table]?.columns ?? {})) {
        if (columns[name] === undefined)
          expect(column.notNull && column.default === null, `${table}.${name} is new and needs a default`).toBe(false);
      }
    }
    // A trigger or index may be made anew in a later version, but a protection may not silently vanish.
    for (const name of Object.keys(earlier?.rules ?? {})) expect(Object.keys(later.rules), name).toContain(name);
  }
});

test('every table says by its prefix how precious it is, and refuses a value of the wrong type', () => {
  const newest = builtVersions().at(-1)!;
  const shadows = /^replica_(?:client|group)_(?:names|phones)_(?:data|idx|docsize|config|content)$/;
  for (const [name, table] of Object.entries(newest.tables)) {
    expect(name).toMatch(/^(?:journal|replica|local)_/);
    if (!shadows.test(name)) expect(table.strict, name).toBe(true);
  }
});

test('the code reads exactly the columns that are there; what it reads no more is named as retired, and never used again', async () => {
  const newest = builtVersions().at(-1)!;
  const declared = new Map<string, string[]>();
  for (const table of await declaredTables()) {
    declared.set(
      getTableConfig(table).name,
      Object.values(getTableColumns(table)).map((column) => column.name),
    );
  }
  expect(declared.size).toBeGreaterThanOrEqual(25);
  const here = new Set<string>();
  for (const [table, columns] of declared) {
    expect(Object.keys(newest.tables), `${table} is declared`).toContain(table);
    for (const column of columns) here.add(`${table}.${column}`);
  }
  const built = Object.entries(newest.tables)
    .filter(([table]) => declared.has(table) || retired.some((name) => name === table || name.startsWith(`${table}.`)))
    .flatMap(([table, { columns }]) => Object.keys(columns).map((column) => `${table}.${column}`));
  for (const name of retired) {
    expect(here.has(name), `${name} is retired and read`).toBe(false);
    expect(built, `${name} is retired but still in the file`).toContain(name);
  }
  expect([...here, ...retired].sort()).toEqual(built.sort());
});

test('every journal table refuses deletion by a trigger of its own', () => {
  const newest = builtVersions().at(-1)!;
  const journals = Object.keys(newest.tables).filter((name) => name.startsWith('journal_'));
  expect(journals.length).toBeGreaterThanOrEqual(11);
  for (const table of journals) expect(Object.keys(newest.rules)).toContain(`${table}_kept`);
});
