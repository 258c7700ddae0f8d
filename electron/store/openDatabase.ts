// A connection with the branch's cipher and its promises to the disk. Every connection to a store's file is opened here, so that none
// forgets the key's form (raw, SQLCipher 4: any SQLCipher tool can open the file for recovery) or the full flush at each commit.

import Database from 'better-sqlite3';
import type { Database as Handle } from 'better-sqlite3';
import { assert } from '../../shared/kernel/assert.ts';
import { StoreFault } from '../ports/store.ts';

const KEY_BYTES = 32;
const BUSY_TIMEOUT_MS = 250;
const CACHE_KIB = 48 * 1024;

export interface DatabaseAt {
  readonly file: string;
  /** 32 raw bytes, or null for a plain file: tests and the simulator only. */
  readonly key: Uint8Array | null;
}

function setKey(database: Handle, key: Uint8Array): void {
  assert(key.length === KEY_BYTES, 'a store key is 32 raw bytes');
  database.pragma(`cipher = 'sqlcipher'`);
  database.pragma('legacy = 4');
  database.pragma(`key = "x'${Buffer.from(key).toString('hex')}'"`);
}

/** `readonly` never changes the file, not even by tidying up after a crash. Throws as SQLite does. */
export function openDatabase({ file, key }: DatabaseAt, mode: 'write' | 'readonly'): Handle {
  // On an older runtime the native binding does not throw: the process dies without a word.
  if (Number(process.versions['napi']) < 10) {
    throw new StoreFault('unknown', `a store needs Node-API 10 (Node 22.14 or newer), this is Node ${process.version}`);
  }
  const database = new Database(file, { readonly: mode === 'readonly', timeout: BUSY_TIMEOUT_MS });
  try {
    if (key !== null) setKey(database, key);
    // The first read decides whether the key fits; nothing may be written before it.
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** How a store's own connection works. In memory the journal mode stays 'memory', which is as it should be. */
export function configure(database: Handle): void {
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.pragma('wal_autocheckpoint = 1000');
  database.pragma(`cache_size = -${CACHE_KIB}`);
  // Sorting may spill: never to a plain file beside an encrypted one.
  database.pragma('temp_store = MEMORY');
  database.pragma('trusted_schema = OFF');
}
