// Backups of the store: made and checked in a thread of their own (backupWorker.ts), fourteen kept, the oldest let go only after a new
// one is whole. A backup holds everything, under the same key.

import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { StoreFault } from '../ports/store.ts';
import type { BackupOrder, BackupReport } from './backupWorker.ts';
import type { DatabaseAt } from './openDatabase.ts';

const KEPT = 14;
const BACKUP_NAME = /^tawi-\d{8}T\d{9}Z\.sqlite$/;

export interface BackupMade {
  readonly path: string;
  readonly bytes: number;
  /** Names of older backups that were let go. */
  readonly removed: readonly string[];
}

/** Beside this file as a source, beside the bundle when bundled. */
function workerAddress(): URL {
  const name = import.meta.url.endsWith('.ts') ? './backupWorker.ts' : './backupWorker.js';
  return new URL(name, import.meta.url);
}

function nameAt(instant: number): string {
  return `tawi-${new Date(instant).toISOString().replace(/[-:.]/g, '')}.sqlite`;
}

/** Names of the backups in a folder, newest first. */
export function backupsIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => BACKUP_NAME.test(name))
    .sort()
    .reverse();
}

function runWorker(order: BackupOrder): Promise<BackupReport> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerAddress(), { workerData: order });
    worker.once('message', (report: BackupReport) => resolve(report));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new StoreFault('unknown', `the backup ended without an answer (${code})`)));
  });
}

/** `at` is the instant in its name, epoch milliseconds. Throws StoreFault, and then every older backup is still there. */
export async function backUp({
  file,
  key,
  folder,
  at,
}: DatabaseAt & { readonly folder: string; readonly at: number }): Promise<BackupMade> {
  if (file === ':memory:') throw new StoreFault('unknown', 'a store in memory has no backup');
  const path = join(folder, nameAt(at));
  const report = await runWorker({ file, key, copy: path });
  if (!report.ok) throw new StoreFault(report.kind, `backup: ${report.what}`);
  const removed = backupsIn(folder).slice(KEPT);
  for (const name of removed) rmSync(join(folder, name), { force: true });
  return { path, bytes: report.bytes, removed };
}
