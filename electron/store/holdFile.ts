// Holds a file for this process, by the lock that the operating system gives SQLite on it and takes back when the process ends, however it ends.
// Who cannot write the folder cannot hold it, so nobody else on this PC can keep the branch from opening.

import Database from 'better-sqlite3';
import { closeSync, openSync, truncateSync } from 'node:fs';

export interface HeldFile {
  release(): void;
}

/** 'taken' by another process or another holder in this one. Throws where there is no writing in that place, or no lock to be had. */
export function holdFile(file: string): HeldFile | 'taken' {
  closeSync(openSync(file, 'a', 0o600));
  try {
    return lock(file);
  } catch (error) {
    if (codeOf(error) !== 'SQLITE_NOTADB') throw error;
    // What somebody wrote into it says nothing. It could be read, so nobody holds it now.
    truncateSync(file);
    return lock(file);
  }
}

function lock(file: string): HeldFile | 'taken' {
  const database = new Database(file, { timeout: 0 });
  try {
    // Nothing is ever written to it: no journal beside it either.
    database.pragma('journal_mode = MEMORY');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (codeOf(error).startsWith('SQLITE_BUSY')) return 'taken';
    throw error;
  }
  return { release: () => void database.close() };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
