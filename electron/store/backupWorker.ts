// The thread that makes one backup with a connection of its own, so that the counter goes on working, and holds every row of it against the
// chain. The copy keeps the key.

import { parentPort, workerData } from 'node:worker_threads';
import { StoreFault } from '../ports/store.ts';
import type { BooksAudit, StoreFaultKind } from '../ports/store.ts';
import { auditBooks } from './auditBooks.ts';
import { copyWhole } from './copyWhole.ts';
import { openDatabase } from './openDatabase.ts';
import { storeFaultOf } from './storeFaultOf.ts';

export interface BackupOrder {
  readonly file: string;
  readonly key: Uint8Array | null;
  readonly sealKey: Uint8Array | null;
  /** Null: the books themselves are read, and no copy is made. */
  readonly copy: string | null;
}

export type BackupReport =
  | { readonly ok: true; readonly bytes: number; readonly audit: BooksAudit }
  | { readonly ok: false; readonly kind: StoreFaultKind; readonly what: string };

function report(order: BackupOrder): BackupReport {
  try {
    const { file, key, sealKey, copy } = order;
    const bytes = copy === null ? 0 : copyWhole({ file, key, copy });
    const database = openDatabase({ file: copy ?? file, key }, 'readonly');
    try {
      return { ok: true, bytes, audit: auditBooks(database, sealKey) };
    } finally {
      database.close();
    }
  } catch (error) {
    const fault = storeFaultOf(error);
    if (fault instanceof StoreFault) return { ok: false, kind: fault.kind, what: fault.message };
    return { ok: false, kind: 'unknown', what: fault instanceof Error ? fault.message : 'unknown' };
  }
}

parentPort?.postMessage(report(workerData as BackupOrder));
