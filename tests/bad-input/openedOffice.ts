// A whole Tawi as people open it, on a folder of its own with the practice head office behind a real line: real books, real key, real
// diagnostics. What happens to its input is the test's business; what is in its books afterwards is read past the program.

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { branchKey } from '../../electron/composition/branchKey.ts';
import { dataFolder } from '../../electron/composition/dataFolder.ts';
import type { Tawi } from '../../electron/composition/openTawi.ts';
import { openTawi } from '../../electron/composition/openTawi.ts';
import type { Reply } from '../../electron/host/doorway.ts';
import { inProcess } from '../../electron/host/inProcess.ts';
import { keyFileWrap } from '../../electron/host/ports/keyFileWrap.ts';
import { openDatabase } from '../../electron/store/openDatabase.ts';
import { reveal } from '../../shared/kernel/redacted.ts';

export const PASSWORD = 'practice';

export function openAt(root: string, clients = 24): Promise<Tawi> {
  return openTawi({ dataFolder: root, keyWraps: [keyFileWrap(root)], practice: { clients, seed: 7 }, answers: 'strict' });
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'tawi-bad-input-'));
}

export function removeFolder(root: string): void {
  rmSync(root, { recursive: true, force: true });
}

/** The value of a reply that has to be good, for setting a scene. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller names what the contract promises
export function good<T>(reply: unknown): T {
  const given = reply as Reply;
  if (!given.ok) throw new Error(`refused while the scene was set: ${JSON.stringify(given.refusal)}`);
  return given.value as T;
}

export async function eventually(holds: () => boolean | Promise<boolean>, what: string, withinMs = 15_000): Promise<void> {
  for (let waited = 0; waited < withinMs; waited += 25) {
    if (await holds()) return;
    await sleep(25);
  }
  throw new Error(`it never came true: ${what}`);
}

/** Founds the practice branch in this folder and waits until everything was pulled. */
export async function openedOffice(root: string, clients = 24): Promise<Tawi> {
  const tawi = await openAt(root, clients);
  const { call } = inProcess(tawi.doorway, 'founder');
  good(await call('session.openPractice', {}));
  await eventually(async () => good<{ state: string }>(await call('session.showStart', {})).state === 'ready', 'the first pull ends');
  return tawi;
}

/** The books as an auditor reads them: another connection that cannot write. */
export async function readBooks<T>(root: string, work: (database: Database) => T): Promise<T> {
  const folder = dataFolder(root).of('practice');
  const key = await branchKey(folder, [keyFileWrap(root)]);
  if (key === null) throw new Error('the key of the books is there');
  const database = openDatabase({ file: folder.store, key: reveal(key) }, 'readonly');
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/** Everything that was written for whoever helps the branch. */
export function diagnosticsOf(root: string): string {
  const { diagnostics } = dataFolder(root);
  if (statSync(diagnostics, { throwIfNoEntry: false }) === undefined) return '';
  return readdirSync(diagnostics)
    .map((name) => readFileSync(join(diagnostics, name), 'utf8'))
    .join('\n');
}
