// Before a store is opened for writing: does its journal hold what is remembered of it? Where it does not, the books as they were found are
// copied aside first, byte by byte and with their log, because the next commit would make a log that turns up again useless.

import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { BooksBehind, LostReceipts, MemoryFinding } from '../ports/store.ts';
import { flushFile, flushFolder } from './flushToDisk.ts';
import { isSealOfEntry, sealWith, type Seal } from './seal.ts';
import type { SealStanding, Witnessed } from './witness.ts';
import { readWitness, RECEIPTS_FORGOTTEN_MOST } from './witness.ts';

/** What the journal says of itself, asked with what is remembered in hand. */
interface Standing {
  readonly lastEntry: number;
  readonly holdsRememberedEntry: boolean;
  readonly lost: readonly LostReceipts[];
}

const NOTHING_HERE = { lastEntry: 0, holdsRememberedEntry: false };

function hasJournal(database: Database): boolean {
  const tables = `SELECT count(*) FROM sqlite_schema WHERE name IN ('journal_entries', 'journal_receipts')`;
  return database.prepare(tables).pluck().get() === 2;
}

function lostFrom({ given }: Witnessed, lastSequence: (deviceCode: string, businessDate: string) => number): LostReceipts[] {
  return given.flatMap(({ deviceCode, businessDate, sequence }) => {
    const last = lastSequence(deviceCode, businessDate);
    return last >= sequence ? [] : [{ deviceCode, businessDate, from: last + 1, through: sequence }];
  });
}

function standingOf(database: Database, remembered: Witnessed): Standing {
  if (!hasJournal(database)) return { ...NOTHING_HERE, lost: lostFrom(remembered, () => 0) };
  const last = database.prepare('SELECT max(sequence) FROM journal_receipts WHERE business_date = ? AND device_code = ?').pluck();
  return {
    lastEntry: Number(database.prepare('SELECT coalesce(max(entry), 0) FROM journal_entries').pluck().get()),
    holdsRememberedEntry:
      database.prepare('SELECT hash FROM journal_entries WHERE entry = ?').pluck().get(remembered.entry) === remembered.hash,
    lost: lostFrom(remembered, (deviceCode, businessDate) => Number(last.get(businessDate, deviceCode) ?? 0)),
  };
}

/** Its name; null when there is no room for it: then the branch opens all the same. */
function copyAside(file: string, standing: Standing, remembered: Witnessed): string | null {
  // The same find has the same name: whoever starts twice over it makes one copy.
  const copy = `${file}.behind-${String(standing.lastEntry)}-${String(remembered.entry)}`;
  if (existsSync(copy)) return basename(copy);
  const unfinished = `${copy}.unfinished`;
  try {
    if (existsSync(`${file}-wal`)) {
      copyFileSync(`${file}-wal`, `${copy}-wal`);
      flushFile(`${copy}-wal`);
    }
    copyFileSync(file, unfinished);
    flushFile(unfinished);
    renameSync(unfinished, copy);
    flushFolder(dirname(copy));
    return basename(copy);
  } catch {
    for (const made of [unfinished, `${copy}-wal`]) rmSync(made, { force: true });
    return null;
  }
}

/** What the books themselves carry of this PC's seal. */
interface Head {
  readonly entries: number;
  readonly hash: string;
  readonly seal: string | null;
  readonly isAnySealed: boolean;
}

function headOf(database: Database): Head | null {
  if (!hasJournal(database)) return null;
  const knowsSeals = database.prepare(`SELECT 1 FROM pragma_table_info('journal_entries') WHERE name = 'seal'`).pluck().get() === 1;
  const seal = knowsSeals ? 'seal' : 'NULL';
  const last = database.prepare(`SELECT entry, hash, ${seal} AS seal FROM journal_entries ORDER BY entry DESC LIMIT 1`).get() as
    { entry: number; hash: string; seal: string | null } | undefined;
  if (last === undefined) return null;
  // Asked only of a head without one: of books that were never written since there is a seal.
  const isAnySealed =
    last.seal !== null ||
    (knowsSeals && database.prepare('SELECT 1 FROM journal_entries WHERE seal IS NOT NULL LIMIT 1').get() !== undefined);
  return { entries: last.entry, hash: last.hash, seal: last.seal, isAnySealed };
}

function findingOf(head: Head | null, remembered: { readonly sealed: SealStanding } | null, seal: Seal | null): MemoryFinding | null {
  if (head === null) return null;
  if (remembered === null) return 'missing';
  if (seal === null) return null;
  if (remembered.sealed === 'foreign' || (remembered.sealed === 'none' && head.isAnySealed)) return 'notOurs';
  const isHeadOurs = head.seal === null ? !head.isAnySealed : isSealOfEntry(seal, head.hash, head.seal);
  return isHeadOurs ? null : 'notOurs';
}

export interface Compared {
  readonly behind: BooksBehind | null;
  readonly finding: MemoryFinding | null;
}

/** `look` shows the books to whoever asks, without touching them; null: there are none yet. */
export function compareWithWitness(
  { file, sealKey }: { readonly file: string; readonly sealKey?: Uint8Array | null | undefined },
  look: (<T>(see: (database: Database) => T) => T) | null,
): Compared {
  const seal = sealWith(sealKey);
  const found = readWitness(file, seal);
  const remembered = found?.sealed === 'foreign' ? null : found;
  if (look === null) {
    const lost = remembered === null ? [] : lostFrom(remembered, () => 0);
    return { behind: remembered === null ? null : behindOf(file, { ...NOTHING_HERE, lost }, remembered, false), finding: null };
  }
  // Also without a memory somebody must look first, because the look refuses what is not ours.
  return look((database) => {
    const standing = remembered === null ? null : standingOf(database, remembered);
    const finding = findingOf(headOf(database), found, seal);
    const isBehind = remembered !== null && standing !== null && !standing.holdsRememberedEntry;
    return { behind: isBehind ? behindOf(file, standing, remembered, true) : null, finding };
  });
}

function behindOf(file: string, standing: Standing, remembered: Witnessed, isHere: boolean): BooksBehind {
  return {
    lastEntry: standing.lastEntry,
    rememberedEntry: remembered.entry,
    lost: standing.lost,
    forgottenMost: RECEIPTS_FORGOTTEN_MOST,
    copy: isHere ? copyAside(file, standing, remembered) : null,
  };
}
