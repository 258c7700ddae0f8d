// The one place where SQLite's errors become the store's words. What is not SQLite's (a failed assertion, a bug in a use case)
// passes through untouched. Messages name tables and columns at most, never a value.

import { StoreFault } from '../ports/store.ts';
import type { StoreFaultKind } from '../ports/store.ts';

/** Primary result codes; extended ones begin with these. The first match wins, so the longer names stand first. */
const kindByCode: readonly (readonly [code: string, kind: StoreFaultKind])[] = [
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_LOCKED', 'busy'],
  ['SQLITE_FULL', 'full'],
  ['SQLITE_IOERR_CORRUPTFS', 'corrupt'],
  ['SQLITE_IOERR_DATA', 'corrupt'],
  ['SQLITE_IOERR_SHORT_READ', 'corrupt'],
  ['SQLITE_READONLY', 'readOnly'],
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_NOTADB', 'corrupt'],
];

interface SqliteFailure {
  readonly code: string;
  readonly message: string;
}

function isSqliteFailure(error: unknown): error is Error & SqliteFailure {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('SQLITE_');
}

/** The fault that this error means, or the error itself when it is not the store's. */
export function storeFaultOf(error: unknown): unknown {
  if (error instanceof StoreFault || !isSqliteFailure(error)) return error;
  const kind = kindByCode.find(([code]) => error.code.startsWith(code))?.[1] ?? 'unknown';
  return new StoreFault(kind, `${error.code}: ${error.message}`, { cause: error });
}
