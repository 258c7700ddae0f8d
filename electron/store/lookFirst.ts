// The look at a file before anything may change it: the key fits, it is a branch's store, and not one of a newer program. A refused file is
// left as it was, with whatever log a crash left beside it. What a power cut spoilt and can be undone is undone on a copy first.

import { copyFileSync, rmSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { refuseForeign } from './migrate.ts';
import type { DatabaseAt } from './openDatabase.ts';
import { openDatabase } from './openDatabase.ts';
import { layBackSalt, saltInLog } from './saltInLog.ts';

function lookAt<T>(at: DatabaseAt, mode: 'readonly' | 'write', see: (database: Database) => T): T {
  const look = openDatabase(at, mode);
  try {
    refuseForeign(look);
    return see(look);
  } finally {
    look.close();
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** Answers what `see` saw in a file that is ours. */
export function lookFirst<T>(at: DatabaseAt, see: (database: Database) => T): T {
  try {
    // A connection that may write folds the log of a crash into the file when it closes.
    return lookAt(at, 'readonly', see);
  } catch (error) {
    // The power went while the very first page of a store was written: it must be rolled back before it can be read, which a reader may not.
    if (hasCode(error, 'SQLITE_READONLY_ROLLBACK')) return lookAtCopy(at, '-journal', () => undefined, see);
    // Or while its first page was written anew: then the file has lost its salt, and the log still holds it.
    const salt = hasCode(error, 'SQLITE_NOTADB') ? saltInLog(at.file) : null;
    if (salt === null) throw error;
    const seen = lookAtCopy(at, '-wal', (copy) => layBackSalt(copy, salt), see);
    layBackSalt(at.file, salt);
    return seen;
  }
}

/** Looks at a copy that may be changed, so that nothing is touched before it is known to be ours. */
function lookAtCopy<T>(
  { file, key }: DatabaseAt,
  log: '-journal' | '-wal',
  mend: (copy: string) => void,
  see: (database: Database) => T,
): T {
  const copy = `${file}.look`;
  const made = ['', log];
  try {
    for (const ending of made) copyFileSync(`${file}${ending}`, `${copy}${ending}`);
    mend(copy);
    return lookAt({ file: copy, key }, 'write', see);
  } finally {
    for (const ending of [...made, '-shm']) rmSync(`${copy}${ending}`, { force: true });
  }
}
