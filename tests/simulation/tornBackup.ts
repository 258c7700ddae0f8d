// A backup that is torn, made and judged by the store's own code on real files: torn pages in what is copied, a copy that a dying process
// left half written, and a finished copy that its disk damaged later. What passes for whole must hold every receipt, entry and command;
// and beside every torn one, a good one must still be made and opened.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { StoreFault } from '../../electron/ports/store.ts';
import { backupsIn } from '../../electron/store/backup.ts';
import { copyWhole, unfinishedCopy } from '../../electron/store/copyWhole.ts';
import { checkIntegrity, isWhole } from '../../electron/store/integrity.ts';
import { lookFirst } from '../../electron/store/lookFirst.ts';
import { openDatabase } from '../../electron/store/openDatabase.ts';
import { openStoreOn } from '../../electron/store/openStore.ts';
import { storeFaultOf } from '../../electron/store/storeFaultOf.ts';
import { canonicalJson } from '../../shared/kernel/canonicalJson.ts';
import { LIFTS_SINCE_LAST_YEAR } from '../world/lastYearsProgram.ts';
import { BrokenPromise, holds } from './checkers/brokenPromise.ts';
import { rows } from './checkers/rows.ts';

export const TEARS = ['what is copied', 'the copy, half written', 'the finished copy'] as const;
export type Tear = (typeof TEARS)[number];

const NAMES = ['tawi-20261120T090000000Z.sqlite', 'tawi-20261120T091500000Z.sqlite'] as const;

/** What was promised and may not be missing from a copy. */
function promisesIn(database: Database): string {
  return canonicalJson([
    rows<{ hash: string }>(database, `SELECT json_extract(body, '$.hash') AS hash FROM journal_receipts ORDER BY position`).map(
      ({ hash }) => hash,
    ),
    rows<{ hash: string }>(database, 'SELECT hash FROM journal_entries ORDER BY entry').map(({ hash }) => hash),
    rows<{ id: string }>(database, `SELECT command_id || ' ' || state AS id FROM journal_commands ORDER BY sequence`).map(({ id }) => id),
  ]);
}

/** Null when the store's own check tells that this is no copy to rely on. */
function promisesAt(file: string): string | null {
  try {
    const copy = openDatabase({ file, key: null }, 'readonly');
    try {
      return isWhole(checkIntegrity(copy)) ? promisesIn(copy) : null;
    } finally {
      copy.close();
    }
  } catch (error) {
    if (storeFaultOf(error) instanceof StoreFault) return null;
    throw error;
  }
}

function tornFile(file: string, from: number, cut: boolean): void {
  const whole = readFileSync(file);
  const pageBytes = whole.readUInt16BE(16) === 1 ? 65_536 : whole.readUInt16BE(16);
  const start = Math.max(1, Math.floor((from * whole.length) / pageBytes)) * pageBytes;
  writeFileSync(file, cut ? whole.subarray(0, start) : Buffer.from(whole).fill(0, start, Math.min(start + 3 * pageBytes, whole.length)));
}

export interface TornWhere {
  readonly tear: Tear;
  /** In [0, 1): where the tear begins. */
  readonly from: number;
  /** The rest is missing; else three pages are empty. */
  readonly cut: boolean;
}

/** `copyIt`: other than the store's own only for a mutant. */
export function tearBackup(name: string, database: Database, { tear, from, cut }: TornWhere, copyIt = copyWhole): void {
  const folder = mkdtempSync(join(tmpdir(), 'tawi-torn-'));
  try {
    const file = join(folder, 'store.sqlite');
    const first = join(folder, NAMES[0]);
    const promised = promisesIn(database);
    // Bytes 18 and 19 say that a log belongs to the file; a database in memory has none.
    writeFileSync(file, database.serialize());
    if (tear === 'what is copied') {
      const source = join(folder, 'torn.sqlite');
      writeFileSync(source, database.serialize());
      tornFile(source, from, cut);
      try {
        copyIt({ file: source, key: null, copy: first });
        holds(promisesAt(first) === promised, 'I3 a torn backup is noticed', `${name}: a copy of torn pages has a name`);
      } catch (error) {
        if (!(storeFaultOf(error) instanceof StoreFault)) throw error;
        holds(backupsIn(folder).length === 0, 'I3 a torn backup is noticed', `${name}: a copy that failed has a name`);
      }
    } else if (tear === 'the copy, half written') {
      writeFileSync(unfinishedCopy(first), database.serialize());
      tornFile(unfinishedCopy(first), from, cut);
      holds(backupsIn(folder).length === 0, 'I3 a torn backup is noticed', `${name}: a half-written copy has a name`);
      copyIt({ file, key: null, copy: first });
      holds(promisesAt(first) === promised, 'I3 a torn backup is noticed', `${name}: the copy after a half-written one is not whole`);
    } else {
      copyIt({ file, key: null, copy: first });
      tornFile(first, from, cut);
      const held = promisesAt(first);
      holds(held === null || held === promised, 'I3 a torn backup is noticed', `${name}: a damaged copy passes for whole`);
    }
    const good = join(folder, NAMES[1]);
    copyIt({ file, key: null, copy: good });
    lookFirst({ file: good, key: null }, () => undefined);
    // Without the thread that openStore gives a file's log: nothing is written here that would need it.
    const restored = openDatabase({ file: good, key: null }, 'write');
    const store = openStoreOn(restored, { now: () => 0, ownerName: 'restored', payloadLifts: LIFTS_SINCE_LAST_YEAR });
    try {
      if (promisesIn(store.database) !== promised) throw new BrokenPromise('I3 a backup holds everything', `${name}: a restored backup`);
      store.read((read) => read.unfinishedCommands(10_000));
    } finally {
      store.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
