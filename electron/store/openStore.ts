// Opens the branch's store: looks first without touching (wrong key, foreign file, newer schema), then migrates, then takes ownership.
// A write is one immediate transaction that checks the fencing number inside itself, so a process that lost the file to another can
// commit nothing more (I12). Nothing here may wait: reads and writes are synchronous.

import { statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import type { PayloadLift } from '../../shared/domain/commands/liftPayload.ts';
import { assert } from '../../shared/kernel/assert.ts';
import { StoreFault } from '../ports/store.ts';
import type { BooksBehind, MemoryFinding, ReadStore, Store, WriteStore } from '../ports/store.ts';
import { keepCheckpoints } from './checkpoints.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { Compared } from './compareWithWitness.ts';
import { compareWithWitness } from './compareWithWitness.ts';
import { lookFirst } from './lookFirst.ts';
import { migrate, refuseForeign } from './migrate.ts';
import { configure, openDatabase } from './openDatabase.ts';
import { putRulesRight, ruleWatch } from './ownRules.ts';
import { readStoreOn } from './readStore.ts';
import { openRowSums, sumsOverUpdate } from './rowSums.ts';
import { searchIndex } from './search/searchIndex.ts';
import type { Seal } from './seal.ts';
import { sealWith } from './seal.ts';
import { similarWords } from './search/similarWords.ts';
import type { Session } from './statements.ts';
import { nothingWritten, numberOf } from './statements.ts';
import { storeFaultOf } from './storeFaultOf.ts';
import type { Witness } from './witness.ts';
import { openWitness } from './witness.ts';
import { writeStoreOn } from './writeStore.ts';

export interface OwnerOptions {
  readonly now: () => number;
  /** Who opens: shown when two programs quarrel over one file. */
  readonly ownerName: string;
  /** How payloads of older programs are read; the released ones unless a test brings its own. */
  readonly payloadLifts?: readonly PayloadLift[] | undefined;
  /** What entries, the sums of the rows and the memory beside the books are sealed with; none where nobody guards one. */
  readonly sealKey?: Uint8Array | null | undefined;
}

export interface OpenOptions extends OwnerOptions {
  /** A path, or ':memory:'. */
  readonly file: string;
  /** 32 raw bytes; null leaves the file unencrypted, for tests and the simulator only. */
  readonly key: Uint8Array | null;
}

export type OpenedStore = Store & {
  readonly database: Database;
  /** Null when the journal holds all that is remembered of it. */
  readonly behind: BooksBehind | null;
  /** What was wrong with the memory beside the books, or laid into them, when they were opened. */
  readonly memoryFinding: MemoryFinding | null;
  /** For a quiet moment: what stands in the log alone goes into the file, in another thread. */
  settle(): void;
};

function bytesIn(file: string): number {
  if (file === ':memory:') return 0;
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

export function openStore(options: OpenOptions): OpenedStore {
  try {
    const bytes = bytesIn(options.file);
    // SQLite takes a file of a single byte for a new one and would write empty books over it.
    if (bytes === 1) throw new StoreFault('corrupt', 'the file is cut to one byte');
    const compared: Compared =
      options.file === ':memory:'
        ? { behind: null, finding: null }
        : compareWithWitness(options, bytes === 0 ? null : (see) => lookFirst(options, see));
    const database = openDatabase(options, 'write');
    try {
      return openStoreOn(database, options, options.file === ':memory:' ? IN_MEMORY : onDisk(database, options, compared));
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    throw storeFaultOf(error);
  }
}

/** Books without a second memory are better than none: whatever keeps it from opening is no fault of theirs. */
function witnessOf(file: string, seal: Seal | null): Witness | null {
  try {
    return openWitness(file, seal);
  } catch {
    return null;
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
  return { afterCommit: () => undefined, settle: () => undefined, end: () => undefined };
}

/** What a store on a disk has, and one in memory has not. */
interface BesideTheStore {
  readonly behind: BooksBehind | null;
  readonly finding: MemoryFinding | null;
  readonly witness: Witness | null;
  readonly checkpoints: () => Checkpoints;
}

const IN_MEMORY: BesideTheStore = { behind: null, finding: null, witness: null, checkpoints: noCheckpoints };

function onDisk(database: Database, options: OpenOptions, { behind, finding }: Compared): BesideTheStore {
  return {
    behind,
    finding,
    witness: witnessOf(options.file, sealWith(options.sealKey)),
    checkpoints: () => keepCheckpoints(database, options),
  };
}

/** On a ready, keyed handle, such as one that the simulator made from a snapshot. */
export function openStoreOn(database: Database, options: OwnerOptions, beside: BesideTheStore = IN_MEMORY): OpenedStore {
  try {
    refuseForeign(database);
    configure(database);
    const sealKey = options.sealKey ?? null;
    const putRight: boolean[] = [];
    // In the transaction of an update, so that books which are refused there stay as they were.
    migrate(database, undefined, () => {
      putRight.push(putRulesRight(database).any);
      return sealKey === null ? () => undefined : sumsOverUpdate(database, sealKey);
    });
    const { any, isAsMade } = putRulesRight(database);
    putRight.push(any);
    const fencing = takeOwnership(database, options);
    const told = putRight.includes(true) ? { ...beside, finding: 'otherRules' as const } : beside;
    return storeOn(database, fencing, isAsMade, told, options);
  } catch (error) {
    throw storeFaultOf(error);
  }
}

function storeOn(
  database: Database,
  fencing: number,
  isAsMade: boolean,
  { behind, finding, witness, checkpoints: begun }: BesideTheStore,
  { payloadLifts, sealKey = null }: OwnerOptions,
): OpenedStore {
  const session: Session = { database, writing: false, written: nothingWritten(), payloadLifts, seal: sealWith(sealKey) };
  // As they are once nobody else may write.
  const sums = sealKey === null ? null : openRowSums(database, sealKey);
  if (sealKey !== null) session.addUp = (tables) => isAsMade && (sums?.addUp(tables) ?? false);
  const checkpoints = begun();
  const similar = similarWords(session);
  const index = searchIndex(session);
  const reads: ReadStore = readStoreOn(session, similar, index);
  const writes: WriteStore = writeStoreOn(session, reads, similar, index);
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const rollback = database.prepare('ROLLBACK');
  const owner = numberOf(session, 'SELECT fencing FROM local_owner');
  const isLaidOver = ruleWatch(database);

  function isBusy(): boolean {
    return session.writing || database.inTransaction;
  }

  function tellWitness(): void {
    const { head, receipts } = session.written;
    if (head !== null) witness?.tell(head, receipts);
  }

  /** What the last process could not tell any more. What is remembered beyond these books is kept until somebody writes that down. */
  function bringWitnessUp(): void {
    if (behind !== null) return;
    try {
      const newest = reads.lastEntry();
      if (newest !== null && witness?.remembered()?.hash !== newest.hash) witness?.tell(newest, givenLast(reads));
      witness?.settle();
    } catch {
      // Broken pages speak up when somebody asks for what stands on them; an opening refuses nothing after it has written.
    }
  }

  bringWitnessUp();

  const store: OpenedStore = {
    database,
    behind,
    memoryFinding: finding,
    settle: () => checkpoints.settle(),
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
        session.written = nothingWritten();
        if (isLaidOver() || owner() !== fencing) throw new StoreFault('notOwner', 'I12: another process has taken over this store');
        const result = work(writes);
        assert(!isThenable(result), 'a write is synchronous: nothing may be awaited inside it');
        sums?.keep();
        commit.run();
        sums?.committed();
        tellWitness();
        checkpoints.afterCommit();
        return result;
      } catch (error) {
        // After a full disk SQLite may have rolled back already.
        if (database.inTransaction) rollback.run();
        sums?.forget();
        similar.forget();
        throw storeFaultOf(error);
      } finally {
        session.writing = false;
      }
    },
    close: () => {
      witness?.settle();
      witness?.close();
      checkpoints.end();
      database.close();
    },
  };
  try {
    if (index.isBehind()) store.write(() => void index.bringUp());
  } catch {
    // As above; the next opening tries again.
  }
  return store;
}

/** The highest number of the newest receipt's date: what a witness that is new must know. */
function givenLast(reads: ReadStore): { deviceCode: string; businessDate: string; sequence: number }[] {
  const receipt = reads.lastReceipt();
  if (receipt === null) return [];
  const { deviceCode, businessDate } = receipt;
  return [{ deviceCode, businessDate, sequence: reads.lastReceiptSequence(deviceCode, businessDate) }];
}

function isThenable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value;
}
