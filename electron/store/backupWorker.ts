// The thread that makes one backup with a connection of its own, so that the counter goes on working. The copy keeps the key.

import { parentPort, workerData } from 'node:worker_threads';
import { StoreFault } from '../ports/store.ts';
import type { StoreFaultKind } from '../ports/store.ts';
import { copyWhole } from './copyWhole.ts';
import { storeFaultOf } from './storeFaultOf.ts';

export interface BackupOrder {
  readonly file: string;
  readonly key: Uint8Array | null;
  readonly copy: string;
}

export type BackupReport =
  { readonly ok: true; readonly bytes: number } | { readonly ok: false; readonly kind: StoreFaultKind; readonly what: string };

function report(order: BackupOrder): BackupReport {
  try {
    return { ok: true, bytes: copyWhole(order) };
  } catch (error) {
    const fault = storeFaultOf(error);
    if (fault instanceof StoreFault) return { ok: false, kind: fault.kind, what: fault.message };
    return { ok: false, kind: 'unknown', what: fault instanceof Error ? fault.message : 'unknown' };
  }
}

parentPort?.postMessage(report(workerData as BackupOrder));
