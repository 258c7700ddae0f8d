// Opens the branch's store: looks first without touching (wrong key, foreign file, newer schema), then migrates, then takes ownership.
// A write is one immediate transaction that checks the fencing number inside itself, so a process that lost the file to another can
// commit nothing more (I12). Nothing here may wait: reads and writes are synchronous.

import { statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { assert } from '../../shared/kernel/assert.ts';
import { StoreFault } from '../ports/store.ts';
import type { ReadStore, Store, WriteStore } from '../ports/store.ts';
import { keepCheckpoints } from './checkpoints.ts';
import type { Checkpoints } from './checkpoints.ts';
import { lookFirst } from './lookFirst.ts';
import { migrate, refuseForeign } from './migrate.ts';
import { configure, openDatabase } from './openDatabase.ts';
import { readStoreOn } from './readStore.ts';
import { similarWords } from './search/similarWords.ts';
import type { Session } from './statements.ts';
import { numberOf } from './statements.ts';
import { storeFaultOf } from './storeFaultOf.ts';
import { writeStoreOn } from './writeStore.ts';

export interface OwnerOptions {
  readonly now: () => number;
  /** Who opens: shown when two programs quarrel over one file. */
  readonly ownerName: string;
}

export interface OpenOptions extends OwnerOptions {
  /** A path, or ':memory:'. */
  readonly file: string;
  /** 32 raw bytes; null leaves the file unencrypted, for tests and the simulator only. */
  readonly key: Uint8Array | null;
}

export type OpenedStore = Store & { readonly database: Database };

function bytesIn(file: string): number {
  if (file === ':memory:') return 0;
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

export function openStore(options: OpenOptions): OpenedStore {
  try {
    const bytes = bytesIn(options.file);
    // SQLite takes a file of a single byte for a new one and would write empty books over it.
    if (bytes === 1) throw new StoreFault('corrupt', 'the file is cut to one byte');
    if (bytes > 0) lookFirst(options);
    const database = openDatabase(options, 'write');
    try {
      return openStoreOn(database, options, options.file === ':memory:' ? noCheckpoints : () => keepCheckpoints(database, options));
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    throw storeFaultOf(error);
  }
}

function takeOwnership(database: Database, { now, ownerName }: OwnerOptions): number {
  return Number(
    database
      .prepare(
        `INSERT INTO local_owner (only, fencing, owner_name, taken_at) VALUES (1, 1, ?, ?)
         ON CONFLICT (only) DO UPDATE SET fencing = fencing + 1, owner_name = excluded.owner_name, taken_at = excluded.taken_at
         RETURNING fencing`,
      )
      .pluck()
      .get(ownerName, now()),
  );
}

/** A store in memory has no log. */
function noCheckpoints(): Checkpoints {
  return { afterCommit: () => undefined, end: () => undefined };
}

/** On a ready, keyed handle, such as one that the simulator made from a snapshot. */
export function openStoreOn(database: Database, options: OwnerOptions, checkpoints: () => Checkpoints = noCheckpoints): OpenedStore {
  try {
    refuseForeign(database);
    configure(database);
    migrate(database);
    const fencing = takeOwnership(database, options);
    return storeOn(database, fencing, checkpoints());
  } catch (error) {
    throw storeFaultOf(error);
  }
}

function storeOn(database: Database, fencing: number, checkpoints: Checkpoints): OpenedStore {
  const session: Session = { database, writing: false };
  const similar = similarWords(session);
  const reads: ReadStore = readStoreOn(session, similar);
  const writes: WriteStore = writeStoreOn(session, reads, similar);
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const rollback = database.prepare('ROLLBACK');
  const owner = numberOf(session, 'SELECT fencing FROM local_owner');

  function isBusy(): boolean {
    return session.writing || database.inTransaction;
  }

  return {
    database,
    read: (work) => {
      try {
        return work(reads);
      } catch (error) {
        throw storeFaultOf(error);
      }
    },
    write: (work) => {
      assert(!isBusy(), 'a write is not begun inside another');
      try {
        begin.run();
        session.writing = true;
        if (owner() !== fencing) throw new StoreFault('notOwner', 'I12: another process has taken over this store');
        const result = work(writes);
        assert(!isThenable(result), 'a write is synchronous: nothing may be awaited inside it');
        commit.run();
        checkpoints.afterCommit();
        return result;
      } catch (error) {
        // After a full disk SQLite may have rolled back already.
        if (database.inTransaction) rollback.run();
        similar.forget();
        throw storeFaultOf(error);
      } finally {
        session.writing = false;
      }
    },
    close: () => {
      checkpoints.end();
      database.close();
    },
  };
}

function isThenable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value;
}
