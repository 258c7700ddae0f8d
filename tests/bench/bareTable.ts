// The bare limit of whatever the branch writes: one table in a file of the same cipher with the same promises to the disk, and nothing else.
import type { Database } from 'better-sqlite3';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { configure, openDatabase } from '../../electron/store/openDatabase.ts';

export interface BareTable {
  /** One transaction, flushed. */
  commit(body: Buffer): void;
  readonly database: Database;
  readonly file: string;
  close(): void;
}

export function openBareTable(folder: string, key: Uint8Array, name = 'bare'): BareTable {
  const file = join(folder, `${name}.sqlite`);
  const database = openDatabase({ file, key }, 'write');
  configure(database);
  database.exec('CREATE TABLE bare (id INTEGER PRIMARY KEY, body BLOB NOT NULL)');
  const insert = database.prepare('INSERT INTO bare (body) VALUES (?)');
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  return {
    commit(body) {
      begin.run();
      insert.run(body);
      commit.run();
    },
    database,
    file,
    close() {
      database.close();
    },
  };
}

/** Everything into the file, nothing left in the log; waits for another thread that is at it. */
export function emptyLog(database: Database): void {
  const pause = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  for (let tries = 0; tries < 500; tries += 1) {
    const [outcome] = database.pragma('wal_checkpoint(TRUNCATE)') as [{ readonly busy: number }];
    if (outcome.busy === 0) return;
    Atomics.wait(pause, 0, 0, 20);
  }
  throw new Error('the log could not be emptied');
}

/** How many bytes of write-ahead log one of `times` deeds leaves on average; so few of them that nothing is moved meanwhile. */
export function logBytesOf(database: Database, file: string, times: number, deed: () => void): number {
  emptyLog(database);
  for (let at = 0; at < times; at += 1) deed();
  return Math.round(statSync(`${file}-wal`).size / times);
}
