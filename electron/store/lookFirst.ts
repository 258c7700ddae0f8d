// The look at a file before anything may change it: the key fits, it is a branch's store, and not one of a newer program. A refused file is
// left as it was, with whatever log a crash left beside it.

import { copyFileSync, rmSync } from 'node:fs';
import { refuseForeign } from './migrate.ts';
import type { DatabaseAt } from './openDatabase.ts';
import { openDatabase } from './openDatabase.ts';

function lookAt(at: DatabaseAt, mode: 'readonly' | 'write'): void {
  const look = openDatabase(at, mode);
  try {
    refuseForeign(look);
  } finally {
    look.close();
  }
}

/** The power went while the very first page of a store was written: it must be rolled back before it can be read, which a reader may not. */
function needsRollback(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_READONLY_ROLLBACK';
}

export function lookFirst(at: DatabaseAt): void {
  try {
    // A connection that may write folds the log of a crash into the file when it closes.
    lookAt(at, 'readonly');
  } catch (error) {
    if (!needsRollback(error)) throw error;
    lookAtCopy(at);
  }
}

/** Rolls back a copy, so that also here nothing is touched before it is known to be ours. */
function lookAtCopy({ file, key }: DatabaseAt): void {
  const copy = `${file}.look`;
  const beside = ['', '-journal'];
  try {
    for (const ending of beside) copyFileSync(`${file}${ending}`, `${copy}${ending}`);
    lookAt({ file: copy, key }, 'write');
  } finally {
    for (const ending of beside) rmSync(`${copy}${ending}`, { force: true });
  }
}
