// What this PC remembers outside of SQLite's log: a lost, cut or damaged log and an older copy in the books' place are noticed at the next
// start, with the numbers that were given; an honest crash is not taken for a loss.

import { cpSync, existsSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { backUp } from '../../electron/store/backup.ts';
import { checkIntegrity, isWhole } from '../../electron/store/integrity.ts';
import type { OpenedStore } from '../../electron/store/openStore.ts';
import { openWitness, readWitness, witnessFileOf } from '../../electron/store/witness.ts';
import { AT, DATE, KEY, aReceipt, anEntry, openAt, tempFolder } from './storeWorld.ts';

function give(store: OpenedStore, ...sequences: readonly number[]): void {
  for (const sequence of sequences)
    store.write((write) => {
      write.insertEntry(anEntry(sequence));
      write.insertReceipt(aReceipt(sequence), sequence, 'amina');
    });
}

function unsettled(store: OpenedStore): number {
  const [{ log, checkpointed }] = store.database.pragma('wal_checkpoint(NOOP)') as [{ log: number; checkpointed: number }];
  return log - checkpointed;
}

/** The files as they lie there when the process is killed. */
function killed(file: string): string {
  const left = join(tempFolder(), 'store.sqlite');
  for (const ending of ['', '-wal', '-witness']) if (existsSync(`${file}${ending}`)) cpSync(`${file}${ending}`, `${left}${ending}`);
  return left;
}

/** Receipts 1 to 3 are in the file, 4 to 6 in its log only. */
function crashed(): string {
  const file = join(tempFolder(), 'store.sqlite');
  const store = openAt(file);
  give(store, 1, 2, 3);
  store.database.pragma('wal_checkpoint(TRUNCATE)');
  give(store, 4, 5, 6);
  return killed(file);
}

/** Where a page of SQLite's log begins: it was emptied, so the newest pages are its first ones. */
function placeInLog(page: number): number {
  return 32 + page * (24 + 4_096);
}

const LOST = { deviceCode: '01', businessDate: DATE };

test('a crash that left its log is no loss', async () => {
  const file = crashed();
  const store = openAt(file);
  expect(store.behind).toBeNull();
  expect(store.read((read) => read.lastReceiptSequence('01', DATE))).toBe(6);
  expect(readdirSync(join(file, '..')).filter((name) => name.includes('behind'))).toEqual([]);
});

test('a good end is no loss, and what was remembered goes on', () => {
  const file = join(tempFolder(), 'store.sqlite');
  const store = openAt(file);
  give(store, 1, 2);
  store.close();
  const again = openAt(file);
  expect(again.behind).toBeNull();
  give(again, 3);
  again.close();
  expect(readWitness(file)).toMatchObject({ entry: 3, hash: 'hash-3', given: [{ ...LOST, sequence: 3 }] });
});

test('a log that is gone is noticed, with the numbers that were given, and the books are kept as they were found', async () => {
  const file = crashed();
  rmSync(`${file}-wal`);
  const found = readFileSync(file);
  const store = openAt(file);
  expect(store.behind).toMatchObject({ lastEntry: 3, rememberedEntry: 6, lost: [{ ...LOST, from: 4, through: 6 }] });
  expect(readFileSync(join(file, '..', store.behind?.copy ?? '')).equals(found)).toBe(true);
});

test('a log with a broken page in its middle is noticed, and kept beside the copy', async () => {
  const file = crashed();
  const log = readFileSync(`${file}-wal`);
  log.fill(0x5a, placeInLog(8), placeInLog(8) + 512);
  writeFileSync(`${file}-wal`, log);
  const store = openAt(file);
  expect(store.behind?.lost).toMatchObject([{ ...LOST, through: 6 }]);
  expect(readFileSync(join(file, '..', `${store.behind?.copy ?? ''}-wal`)).equals(log)).toBe(true);
});

test('a log that is cut short is noticed', async () => {
  const file = crashed();
  truncateSync(`${file}-wal`, placeInLog(8));
  expect(openAt(file).behind).toMatchObject({ rememberedEntry: 6, lost: [{ ...LOST, through: 6 }] });
});

test('a log that turns up again completes the copy that was kept', async () => {
  const file = crashed();
  const log = readFileSync(`${file}-wal`);
  rmSync(`${file}-wal`);
  const store = openAt(file);
  give(store, 4);
  const kept = join(file, '..', store.behind?.copy ?? '');
  writeFileSync(`${kept}-wal`, log);
  expect(openAt(kept).read((read) => read.lastReceiptSequence('01', DATE))).toBe(6);
});

test('an older copy in the place of the books is noticed', async () => {
  const file = join(tempFolder(), 'store.sqlite');
  const store = openAt(file);
  give(store, 1, 2);
  const { path } = await backUp({ file, key: KEY, folder: join(file, '..', 'backups'), at: AT });
  give(store, 3, 4);
  store.close();
  cpSync(path, file);
  expect(openAt(file).behind).toMatchObject({ lastEntry: 2, lost: [{ ...LOST, from: 3, through: 4 }] });
});

test('books that went another way after the loss are noticed, though they are as long', async () => {
  const file = crashed();
  rmSync(`${file}-wal`);
  rmSync(witnessFileOf(file));
  const astray = openAt(file);
  for (const entry of [4, 5, 6, 7]) {
    const before = entry === 4 ? 'hash-3' : `other-${entry - 1}`;
    astray.write((write) => write.insertEntry(anEntry(entry, { previousHash: before, hash: `other-${entry}` })));
  }
  astray.close();
  const witness = openWitness(file);
  witness.tell({ entry: 6, hash: 'hash-6' }, [{ ...LOST, sequence: 6 }]);
  witness.settle();
  witness.close();
  expect(openAt(file).behind).toMatchObject({ lastEntry: 7, rememberedEntry: 6, lost: [{ ...LOST, from: 4, through: 6 }] });
});

test('it is found again until somebody writes it down, with one copy for one find', async () => {
  const file = crashed();
  rmSync(`${file}-wal`);
  const first = openAt(file);
  const { behind } = first;
  first.close();
  const second = openAt(file);
  expect(second.behind).toEqual(behind);
  expect(readdirSync(join(file, '..')).filter((name) => /behind-[\d-]+$/.test(name))).toHaveLength(1);
  second.write((write) => write.insertEntry(anEntry(4, { hash: 'written down' })));
  second.close();
  const third = openAt(file);
  expect(third.behind).toBeNull();
  expect(readWitness(file)?.given, 'numbers that were given stay known').toEqual([{ ...LOST, sequence: 6 }]);
});

test('what was flushed is still known when everything since is torn', async () => {
  const file = crashed();
  rmSync(`${file}-wal`);
  const bytes = readFileSync(witnessFileOf(file));
  const witness = openWitness(file);
  witness.tell({ entry: 6, hash: 'hash-6' }, [{ ...LOST, sequence: 6 }]);
  witness.settle();
  witness.close();
  const settled = readFileSync(witnessFileOf(file));
  // The places of what was not flushed lie in the second half.
  settled.fill(0xee, settled.length / 2);
  writeFileSync(witnessFileOf(file), settled);
  expect(openAt(file).behind?.lost).toEqual([{ ...LOST, from: 4, through: 6 }]);
  // And with the flush torn as well, what was there before it.
  bytes.fill(0xee, 0, 3_000);
  writeFileSync(witnessFileOf(file), bytes);
  expect(readWitness(file)?.entry).toBe(6);
});

test.each([
  ['empty', Buffer.alloc(0)],
  ['noise', Buffer.alloc(16_384, 0xa5)],
  ['half', null],
])('a memory that is %s counts for nothing', async (_what, noise) => {
  const file = crashed();
  const witness = witnessFileOf(file);
  if (noise === null) truncateSync(witness, 10);
  else writeFileSync(witness, noise);
  const store = openAt(file);
  expect(store.behind).toBeNull();
  give(store, 7);
  store.close();
  expect(readWitness(file)).toMatchObject({ entry: 7, given: [{ ...LOST, sequence: 7 }] });
});

test('settling brings the log into the file while the counter works, and a reader without the log sees it', async () => {
  const file = join(tempFolder(), 'store.sqlite');
  const store = openAt(file);
  give(store, 1, 2, 3);
  store.settle();
  for (let turns = 0; unsettled(store) > 0 && turns < 500; turns += 1) await pause(10);
  const left = join(tempFolder(), 'store.sqlite');
  cpSync(file, left);
  const alone = openAt(left);
  expect(alone.read((read) => read.lastReceiptSequence('01', DATE))).toBe(3);
  expect(isWhole(checkIntegrity(alone.database))).toBe(true);
});

test('numbers that were left out with their reason are no gap, and others are (I8)', () => {
  const store = openAt(join(tempFolder(), 'store.sqlite'));
  const skipped = (entry: number, from: number, through: number) =>
    store.write((write) =>
      write.insertEntry(anEntry(entry, { what: 'receipts.skipped', body: { deviceCode: '01', from, through, why: 'booksBehind' } })),
    );
  const receipt = (sequence: number) => store.write((write) => write.insertReceipt(aReceipt(sequence), sequence, 'amina'));
  receipt(1);
  skipped(1, 2, 101);
  expect(isWhole(checkIntegrity(store.database))).toBe(true);
  skipped(2, 102, 150);
  receipt(151);
  expect(isWhole(checkIntegrity(store.database))).toBe(true);
  receipt(153);
  expect(checkIntegrity(store.database).receiptGaps).toEqual([{ deviceCode: '01', businessDate: DATE }]);
});
