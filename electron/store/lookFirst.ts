// The look at a file before anything may change it: the key fits, it is a branch's store, and not one of a newer program. A refused file is
// left as it was, with whatever log a crash left beside it.

import { copyFileSync, rmSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { refuseForeign } from './migrate.ts';
import type { DatabaseAt } from './openDatabase.ts';
import { openDatabase } from './openDatabase.ts';

function lookAt<T>(at: DatabaseAt, mode: 'readonly' | 'write', see: (database: Database) => T): T {
  const look = openDatabase(at, mode);
  try {
    refuseForeign(look);
    return see(look);
  } finally {
    look.close();
  }
}

/** The power went while the very first page of a store was written: it must be rolled back before it can be read, which a reader may not. */
function needsRollback(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_READONLY_ROLLBACK';
}

/** Answers what `see` saw in a file that is ours. */
export function lookFirst<T>(at: DatabaseAt, see: (database: Database) => T): T {
  try {
    // A connection that may write folds the log of a crash into the file when it closes.
    return lookAt(at, 'readonly', see);
  } catch (error) {
    if (!needsRollback(error)) throw error;
    return lookAtCopy(at, see);
  }
}

/** Rolls back a copy, so that also here nothing is touched before it is known to be ours. */
function lookAtCopy<T>({ file, key }: DatabaseAt, see: (database: Database) => T): T {
  const copy = `${file}.look`;
  const beside = ['', '-journal'];
  try {
    for (const ending of beside) copyFileSync(`${file}${ending}`, `${copy}${ending}`);
    return lookAt({ file: copy, key }, 'write', see);
  } finally {
    for (const ending of beside) rmSync(`${copy}${ending}`, { force: true });
  }
}
