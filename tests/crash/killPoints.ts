// Loaded with --import before the branch itself: stands around every statement that writes and every flush, rename and removal of a file,
// and kills its own process with SIGKILL at the one that was ordered. The program knows nothing of it and is not changed by it.
// It also makes a backup when the watching process asks for one, because no screen can.

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { KILL_SETTING } from './killOrder.ts';
import type { BackupAnswer, BackupRequest, KillSetting } from './killOrder.ts';

const FRAMES_MOST = 60;

const setting = JSON.parse(process.env[KILL_SETTING] ?? 'null') as KillSetting | null;
const notes = setting === null ? null : fs.openSync(setting.notes, 'a');
const timesAt = new Map<string, number>();

/** 'INSERT journal_receipts' out of a statement's text; null for one that writes nothing. */
function writingOf(sql: string): string | null {
  const text = sql.trim();
  const found =
    /^(INSERT)(?: OR \w+)? INTO (\w+)/i.exec(text) ??
    /^(UPDATE) (\w+)/i.exec(text) ??
    /^(DELETE) FROM (\w+)/i.exec(text) ??
    /^(VACUUM) (INTO)/i.exec(text) ??
    /^(BEGIN)/i.exec(text) ??
    /^(COMMIT)/i.exec(text) ??
    /^(ROLLBACK)/i.exec(text) ??
    /^(CREATE) (\w+)/i.exec(text) ??
    /^(user_version|application_id|journal_mode) =/.exec(text);
  if (found === null) return null;
  const [, verb = '', noun = ''] = found;
  return noun === '' ? verb : `${verb} ${noun}`;
}

/** Files that write for somebody else: the point is named after whoever called them. */
const GO_BETWEENS = [
  '/electron/store/statements.ts',
  '/electron/store/tables/',
  '/electron/host/writeWhole.ts',
  '/electron/store/flushToDisk.ts',
  '/electron/store/openDatabase.ts',
];

function framesOf(): NodeJS.CallSite[] {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = FRAMES_MOST;
    Error.prepareStackTrace = (_error, frames) => frames;
    return new Error().stack as unknown as NodeJS.CallSite[];
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** The witness of the store writes for itself, whoever committed. */
const WRITES_FOR_ITSELF = '/electron/store/witness.ts';

/**
 * Which function of the program writes: the one that began the write transaction, or else the nearest one. Null when it is not the program.
 */
function writerNow(): string | null {
  const frames = framesOf().filter((frame) => frame.getFileName()?.includes('/electron/') === true);
  const began = frames.findLastIndex(
    (frame) => frame.getFileName()?.endsWith('/electron/store/openStore.ts') === true && frame.getFunctionName() === 'write',
  );
  const itself = frames.findLast((each) => each.getFileName()?.endsWith(WRITES_FOR_ITSELF) === true);
  const frame = itself ?? frames.slice(began + 1).find((each) => !GO_BETWEENS.some((file) => each.getFileName()?.includes(file)));
  if (frame === undefined) return null;
  return `${basename(frame.getFileName() ?? '', '.ts')}.${frame.getFunctionName() ?? 'anonymous'}:${String(frame.getLineNumber() ?? 0)}`;
}

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  // The signal ends the process at the latest when this thread would go on.
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

function around<T>(what: string, work: () => T): T {
  const writer = setting === null ? null : writerNow();
  if (setting === null || notes === null || writer === null) return work();
  const point = `${writer} ${what}`;
  const times = (timesAt.get(point) ?? 0) + 1;
  timesAt.set(point, times);
  if (times === 1) fs.writeSync(notes, `seen ${point}\n`);
  const { order } = setting;
  const dies = order !== null && order.point === point && order.nth === times;
  if (dies && order.when === 'before') {
    fs.writeSync(notes, `killed ${point}\n`);
    die();
  }
  const result = work();
  if (dies) {
    fs.writeSync(notes, `killed ${point}\n`);
    die();
  }
  return result;
}

function isBelowRoot(file: string): boolean {
  return setting !== null && file.startsWith(setting.root);
}

interface Handle {
  readonly name: string;
}
type Verb = (this: unknown, ...values: unknown[]) => unknown;
type Prototype = Record<'prepare' | 'exec' | 'pragma', (this: Handle, text: string, ...more: unknown[]) => unknown>;

function watchDatabase(): void {
  const prototype = (Database as unknown as { prototype: Prototype }).prototype;
  const { prepare, exec, pragma } = prototype;
  prototype.prepare = function (text) {
    const statement = prepare.call(this, text) as Record<string, Verb>;
    const what = writingOf(text);
    if (what === null || !isBelowRoot(this.name)) return statement;
    for (const verb of ['run', 'get', 'all']) {
      const real = statement[verb];
      if (real === undefined) continue;
      Object.defineProperty(statement, verb, { value: (...values: unknown[]) => around(what, () => real.apply(statement, values)) });
    }
    return statement;
  };
  prototype.exec = function (text) {
    const what = writingOf(text);
    if (what === null || !isBelowRoot(this.name)) return exec.call(this, text);
    return around(what, () => exec.call(this, text));
  };
  prototype.pragma = function (text, ...more) {
    const what = writingOf(text);
    if (what === null || !isBelowRoot(this.name)) return pragma.call(this, text, ...more);
    return around(what, () => pragma.call(this, text, ...more));
  };
}

function watchFiles(): void {
  const { renameSync, rmSync, fsyncSync, openSync, closeSync, writeSync } = fs;
  const ours = new Set<number>();
  fs.renameSync = (from, to) => (isBelowRoot(String(from)) ? around('rename', () => renameSync(from, to)) : renameSync(from, to));
  fs.rmSync = (path, options) => (isBelowRoot(String(path)) ? around('remove', () => rmSync(path, options)) : rmSync(path, options));
  fs.openSync = (path, flags, mode) => {
    const handle = openSync(path, flags, mode);
    if (isBelowRoot(String(path))) ours.add(handle);
    return handle;
  };
  fs.closeSync = (handle) => {
    ours.delete(handle);
    closeSync(handle);
  };
  fs.writeSync = (handle: number, ...rest: unknown[]) => {
    const write = (): number => (writeSync as (...values: unknown[]) => number)(handle, ...rest);
    return ours.has(handle) ? around('write', write) : write();
  };
  fs.fsyncSync = (handle) => around('flush', () => fsyncSync(handle));
  syncBuiltinESMExports();
}

async function backUpInto(folder: string): Promise<BackupAnswer> {
  if (setting === null) return { trouble: 'no folder was named' };
  try {
    // Only now, so that a start is not slower than the program's own.
    const { keyOfBranch } = await import('./keyOfBranch.ts');
    const { backUp } = await import('../../electron/store/backup.ts');
    const branch = await keyOfBranch(setting.root);
    const made = await backUp({ ...branch, folder, at: Date.now() });
    return { path: made.path };
  } catch (error) {
    return { trouble: error instanceof Error ? error.message : String(error) };
  }
}

watchDatabase();
watchFiles();

if (isMainThread && process.send !== undefined) {
  process.on('message', (request: BackupRequest) => {
    void backUpInto(request.backUpInto).then((answer) => process.send?.(answer));
  });
  // A branch whose watcher is gone would run for ever.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  process.channel?.unref();
}
