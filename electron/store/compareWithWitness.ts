// Before a store is opened for writing: does its journal hold what is remembered of it? Where it does not, the books as they were found are
// copied aside first, byte by byte and with their log, because the next commit would make a log that turns up again useless.

import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { BooksBehind, LostReceipts } from '../ports/store.ts';
import { flushFile, flushFolder } from './flushToDisk.ts';
import type { Witnessed } from './witness.ts';
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

/** `look` shows the books to whoever asks, without touching them; null: there are none yet. */
export function compareWithWitness(
  { file }: { readonly file: string },
  look: (<T>(see: (database: Database) => T) => T) | null,
): BooksBehind | null {
  const remembered = readWitness(file);
  // Also without a memory somebody must look first, because the look refuses what is not ours.
  const standing =
    look === null
      ? { ...NOTHING_HERE, lost: remembered === null ? [] : lostFrom(remembered, () => 0) }
      : look((database) => (remembered === null ? null : standingOf(database, remembered)));
  if (remembered === null || standing === null || standing.holdsRememberedEntry) return null;
  return {
    lastEntry: standing.lastEntry,
    rememberedEntry: remembered.entry,
    lost: standing.lost,
    forgottenMost: RECEIPTS_FORGOTTEN_MOST,
    copy: look === null ? null : copyAside(file, standing, remembered),
  };
}
