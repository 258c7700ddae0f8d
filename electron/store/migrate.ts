// Takes a file from the schema it has to the newest one, in one transaction: a power cut in the middle leaves the old schema whole.
// A file that already holds rows is copied beside itself first. A file from a newer program is never touched.

import { renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database } from 'better-sqlite3';
import { StoreFault } from '../ports/store.ts';
import { flushFile, flushFolder } from './flushToDisk.ts';
import type { Migration } from './migrations/allMigrations.ts';
import { allMigrations } from './migrations/allMigrations.ts';

/** 'Tawi' in ASCII: how a file says that it is a branch's store and nothing else. */
export const APPLICATION_ID = 0x54617769;

export function newestVersion(migrations: readonly Migration[] = allMigrations): number {
  return migrations.at(-1)?.version ?? 0;
}

export function schemaVersion(database: Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}

function hasTables(database: Database): boolean {
  return database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() !== 0;
}

/** Throws when this is not a store that this program may open: foreign, or from a newer program. Reads only. */
export function refuseForeign(database: Database, migrations: readonly Migration[] = allMigrations): void {
  const version = schemaVersion(database);
  const isOurs = database.pragma('application_id', { simple: true }) === APPLICATION_ID;
  if (hasTables(database) && !isOurs) throw new StoreFault('corrupt', 'the file is a database, but not a store of a branch');
  if (version > newestVersion(migrations)) {
    throw new StoreFault('newer', `the store has schema ${version}, this program knows up to ${newestVersion(migrations)}`);
  }
}

/** Where the copy goes that is made before a file leaves schema `version`. */
export function copyBeforeMigration(file: string, version: number): string {
  return `${file}.schema-${version}`;
}

function copyAside(database: Database, version: number): void {
  const copy = copyBeforeMigration(database.name, version);
  const unfinished = `${copy}.unfinished`;
  rmSync(unfinished, { force: true });
  database.prepare('VACUUM INTO ?').run(unfinished);
  flushFile(unfinished);
  renameSync(unfinished, copy);
  // The copy has its name on the disk before the file changes.
  flushFolder(dirname(copy));
}

/** Answers the version that the file had. `around` is called before the first step, and what it answers after the last one. */
export function migrate(
  database: Database,
  migrations: readonly Migration[] = allMigrations,
  around: () => () => void = () => () => undefined,
): number {
  refuseForeign(database, migrations);
  const before = schemaVersion(database);
  const missing = migrations.filter((migration) => migration.version > before);
  if (missing.length === 0) return before;
  if (before > 0 && !database.memory) copyAside(database, before);
  database.exec('BEGIN IMMEDIATE');
  try {
    const afterwards = around();
    for (const migration of missing) database.exec(migration.sql);
    afterwards();
    database.pragma(`application_id = ${APPLICATION_ID}`);
    database.pragma(`user_version = ${newestVersion(migrations)}`);
    database.exec('COMMIT');
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK');
    throw error;
  }
  return before;
}
