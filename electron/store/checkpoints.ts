// When the log's pages go into the store's file: as soon as some hundreds wait, in another thread (checkpointWorker.ts), so that no commit at
// the counter pays for the pages of others. Safety does not hang on it: a commit is flushed with the log, and where the thread cannot be had,
// SQLite checkpoints within a commit as it always did.

import { Worker } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import type { DatabaseAt } from './openDatabase.ts';

/** What stands in the one number that both threads see. */
export const IDLE = 0;
const BUSY = 1;
/** Pages that wait before the other thread is asked. */
const ORDERED_AT = 500;
/** The log begins anew only when every page of it was moved; when it has become this long, the last ones are chased. */
const CHASED_AT = 1_000;
/** Commits between two looks at the log: a look is a system call or two, which one commit in four may pay. */
const LOOKED_AT_EVERY = 4;
/** Pages in the log at which a commit moves them itself: the thread was too slow, or is none. */
const WITHIN_COMMIT_AT = 4_000;
const END_WITHIN_MS = 5_000;

export interface CheckpointOrder extends DatabaseAt {
  readonly standing: Int32Array<SharedArrayBuffer>;
}

export interface Checkpoints {
  /** To be called after each commit; takes some microseconds at most. */
  afterCommit(): void;
  /** Orders whatever waits, few pages or many: for a quiet moment, so that a log that is lost later takes little with it. */
  settle(): void;
  /** Waits for what the other thread has begun, so that the connection that closes next is the last. */
  end(): void;
}

interface Log {
  readonly log: number;
  readonly checkpointed: number;
}

/** Beside this file as a source, beside the bundle when bundled. */
function workerAddress(): URL {
  const name = import.meta.url.endsWith('.ts') ? './checkpointWorker.ts' : './checkpointWorker.js';
  return new URL(name, import.meta.url);
}

export function keepCheckpoints(database: Database, { file, key }: DatabaseAt): Checkpoints {
  const inCommits = Number(database.pragma('wal_autocheckpoint', { simple: true }));
  database.pragma(`wal_autocheckpoint = ${WITHIN_COMMIT_AT}`);
  // Only tells how long the log is and how much of it was moved.
  const look = database.prepare<[], Log>('PRAGMA wal_checkpoint(NOOP)');
  const standing = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  let worker: Worker | null = null;
  let failed = false;
  let ended = false;
  let commits = 0;

  function isBusy(): boolean {
    return Atomics.load(standing, 0) === BUSY;
  }

  function giveUp(): void {
    failed = true;
    Atomics.store(standing, 0, IDLE);
    void worker?.terminate();
    worker = null;
    if (database.open) database.pragma(`wal_autocheckpoint = ${inCommits}`);
  }

  function start(): Worker {
    const order: CheckpointOrder = { file, key, standing };
    const started = new Worker(workerAddress(), { workerData: order });
    started.on('message', (done: boolean) => {
      if (!done) giveUp();
      else orderIfDue(CHASED_AT);
    });
    started.on('error', giveUp);
    started.unref();
    return started;
  }

  function orderIfDue(restartAt: number, orderedAt = ORDERED_AT): void {
    if (failed || ended || isBusy() || database.inTransaction) return;
    const { log, checkpointed } = look.get() ?? { log: 0, checkpointed: 0 };
    const waiting = log - checkpointed;
    if (waiting < orderedAt && (waiting <= 0 || log < restartAt)) return;
    worker ??= start();
    Atomics.store(standing, 0, BUSY);
    worker.postMessage(null);
  }

  function orderQuietly(orderedAt: number): void {
    try {
      orderIfDue(Number.POSITIVE_INFINITY, orderedAt);
    } catch {
      // What was committed stays committed: whoever wrote it must not hear of this.
      giveUp();
    }
  }

  return {
    afterCommit() {
      commits += 1;
      if (commits % LOOKED_AT_EVERY === 0) orderQuietly(ORDERED_AT);
    },
    settle() {
      orderQuietly(1);
    },
    end() {
      ended = true;
      if (isBusy()) Atomics.wait(standing, 0, BUSY, END_WITHIN_MS);
      void worker?.terminate();
      worker = null;
    },
  };
}
