// Backups of the store: made and checked in a thread of their own (backupWorker.ts), fourteen kept, the oldest let go only after a new
// one is whole. A backup holds everything, under the same key.

import { readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { StoreFault } from '../ports/store.ts';
import type { BooksAudit } from '../ports/store.ts';
import type { BackupOrder, BackupReport } from './backupWorker.ts';
import type { DatabaseAt } from './openDatabase.ts';

const KEPT = 14;
/** Ends the name of a copy whose rows do not say what its chain says. */
const DIFFERS = '.differs';
const BACKUP_NAME = /^tawi-\d{8}T\d{9}Z\.sqlite$/;

export interface BackupMade {
  readonly path: string;
  readonly bytes: number;
  /** Names of older backups that were let go. */
  readonly removed: readonly string[];
  /** Whether the copy says in every row what its chain says. */
  readonly audit: BooksAudit;
}

/** Beside this file as a source, beside the bundle when bundled. */
function workerAddress(): URL {
  const name = import.meta.url.endsWith('.ts') ? './backupWorker.ts' : './backupWorker.js';
  return new URL(name, import.meta.url);
}

function nameAt(instant: number): string {
  return `tawi-${new Date(instant).toISOString().replace(/[-:.]/g, '')}.sqlite`;
}

function differingIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(DIFFERS) && BACKUP_NAME.test(name.slice(0, -DIFFERS.length)))
    .sort()
    .reverse();
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

export interface BooksAt extends DatabaseAt {
  readonly sealKey?: Uint8Array | null | undefined;
}

/** `at` is the instant in its name, epoch milliseconds. Throws StoreFault, and then every older backup is still there. */
export async function backUp({
  file,
  key,
  sealKey = null,
  folder,
  at,
}: BooksAt & { readonly folder: string; readonly at: number }): Promise<BackupMade> {
  if (file === ':memory:') throw new StoreFault('unknown', 'a store in memory has no backup');
  const made = join(folder, nameAt(at));
  const { bytes, audit } = await ran({ file, key, sealKey, copy: made });
  // A copy of books that somebody changed is kept under a name of its own, and pushes none out that was whole.
  const path = audit.finding === null ? made : `${made}${DIFFERS}`;
  if (audit.finding !== null) renameSync(made, path);
  const removed = (audit.finding === null ? backupsIn(folder) : differingIn(folder)).slice(KEPT);
  for (const name of removed) rmSync(join(folder, name), { force: true });
  return { path, bytes, removed, audit };
}

/** Holds every row of the books against their chain, in the backup's thread and beside the running branch. */
export async function auditWhole({ file, key, sealKey = null }: BooksAt): Promise<BooksAudit> {
  const { audit } = await ran({ file, key, sealKey, copy: null });
  return audit;
}

async function ran(order: BackupOrder): Promise<Extract<BackupReport, { ok: true }>> {
  const report = await runWorker(order);
  if (!report.ok) throw new StoreFault(report.kind, `backup: ${report.what}`);
  return report;
}
