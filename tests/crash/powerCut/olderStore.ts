// Takes a store back to the schema of the program before, with every row that schema has room for: what an update finds on the PC of a branch
// that has worked for a while.

import { copyFileSync, rmSync } from 'node:fs';
import type { Database as Handle } from 'better-sqlite3';
import { allMigrations } from '../../../electron/store/migrations/allMigrations.ts';
import { migrate } from '../../../electron/store/migrate.ts';
import type { DatabaseAt } from '../../../electron/store/openDatabase.ts';
import { configure, openDatabase } from '../../../electron/store/openDatabase.ts';
import { forge } from '../../world/forged.ts';

type Row = Readonly<Record<string, string | number | null>>;

function columnsOf(database: Handle, table: string): string[] {
  return database.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[];
}

function copyRows(from: Handle, to: Handle, table: string): void {
  const kept = new Set(columnsOf(from, table));
  const columns = columnsOf(to, table).filter((column) => kept.has(column));
  if (columns.length === 0) return;
  const insert = to.prepare(`INSERT OR REPLACE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`);
  for (const row of from.prepare(`SELECT ${columns.join(', ')} FROM ${table}`).all() as Row[])
    insert.run(columns.map((column) => row[column]));
}

/** Answers the version that the store has now. */
export function takeBackOneSchema(at: DatabaseAt): number {
  const older = allMigrations.slice(0, -1);
  const version = older.at(-1)?.version ?? 0;
  const file = `${at.file}.older`;
  const from = openDatabase(at, 'write');
  const to = openDatabase({ file, key: at.key }, 'write');
  configure(to);
  // The program before is never given the time to bring its log into the file: all that it recorded is in the log.
  to.pragma('wal_autocheckpoint = 0');
  to.pragma('foreign_keys = OFF');
  // The search words have no rows of their own that could be read: their tables are copied as they are.
  to.unsafeMode(true);
  migrate(to, older);
  const tables = to
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite_%'`)
    .pluck()
    .all() as string[];
  // The triggers guard how rows come to be; these rows have come to be already.
  forge(
    to,
    to.transaction(() => {
      for (const table of tables) copyRows(from, to, table);
    }),
  );
  from.close();
  // The program before ended badly, so its log still lies beside the store.
  for (const ending of ['', '-wal', '-shm']) rmSync(`${at.file}${ending}`, { force: true });
  for (const ending of ['', '-wal']) copyFileSync(`${file}${ending}`, `${at.file}${ending}`);
  to.close();
  for (const ending of ['', '-wal', '-shm']) rmSync(`${file}${ending}`, { force: true });
  return version;
}
