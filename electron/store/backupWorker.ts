// The thread that makes one backup with a connection of its own, so that the counter goes on working. The copy keeps the key, is
// checked before it gets its name, and is on the disk when the answer is given. An unfinished or doubtful copy never gets a name.

import { renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { StoreFault } from '../ports/store.ts';
import type { StoreFaultKind } from '../ports/store.ts';
import { flushFile, flushFolder, makeFolder } from './flushToDisk.ts';
import { checkIntegrity, isWhole } from './integrity.ts';
import { openDatabase } from './openDatabase.ts';
import { storeFaultOf } from './storeFaultOf.ts';

export interface BackupOrder {
  readonly file: string;
  readonly key: Uint8Array | null;
  readonly copy: string;
}

export type BackupReport =
  { readonly ok: true; readonly bytes: number } | { readonly ok: false; readonly kind: StoreFaultKind; readonly what: string };

function makeCopy({ file, key, copy }: BackupOrder): number {
  const unfinished = `${copy}.unfinished`;
  makeFolder(dirname(copy));
  rmSync(unfinished, { force: true });
  try {
    const source = openDatabase({ file, key }, 'readonly');
    try {
      source.prepare('VACUUM INTO ?').run(unfinished);
    } finally {
      source.close();
    }
    const made = openDatabase({ file: unfinished, key }, 'readonly');
    try {
      if (!isWhole(checkIntegrity(made))) throw new StoreFault('corrupt', 'the copy is not whole');
    } finally {
      made.close();
    }
    flushFile(unfinished);
    renameSync(unfinished, copy);
    flushFolder(dirname(copy));
    return statSync(copy).size;
  } finally {
    rmSync(unfinished, { force: true });
  }
}

function report(order: BackupOrder): BackupReport {
  try {
    return { ok: true, bytes: makeCopy(order) };
  } catch (error) {
    const fault = storeFaultOf(error);
    if (fault instanceof StoreFault) return { ok: false, kind: fault.kind, what: fault.message };
    return { ok: false, kind: 'unknown', what: fault instanceof Error ? fault.message : 'unknown' };
  }
}

parentPort?.postMessage(report(workerData as BackupOrder));
