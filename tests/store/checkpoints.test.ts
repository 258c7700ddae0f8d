// The log's pages go into the file beside the counter: in another thread while commits go on, never lost, never left behind by a close, and
// within the commits again where that thread cannot do it.

import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { keepCheckpoints } from '../../electron/store/checkpoints.ts';
import { checkIntegrity, isWhole } from '../../electron/store/integrity.ts';
import { configure, openDatabase } from '../../electron/store/openDatabase.ts';
import type { OpenedStore } from '../../electron/store/openStore.ts';
import { anEntry, KEY, openAt, tempFolder } from './storeWorld.ts';

const PAGES_PER_ENTRY = 5;
/** More than are waited for, fewer than SQLite itself would move within a commit. */
const ENTRIES = 130;
/** Of ten milliseconds each. */
const TURNS_MOST = 1_500;

function record(store: OpenedStore, from: number, to: number): void {
  for (let entry = from; entry <= to; entry += 1) {
    store.write((write) => write.insertEntry(anEntry(entry, { body: { note: `entry ${entry} `.padEnd(PAGES_PER_ENTRY * 4_096, '.') } })));
  }
}

function logOf(store: OpenedStore): { log: number; checkpointed: number } {
  return (store.database.pragma('wal_checkpoint(NOOP)') as [{ log: number; checkpointed: number }])[0];
}

function pagesIn(file: string): number {
  return statSync(file).size / 4_096;
}

test('pages are moved while the counter goes on, without a commit that moves them', async () => {
  const file = join(tempFolder(), 'store.sqlite');
  const store = openAt(file);
  record(store, 1, ENTRIES);
  let entries = ENTRIES;
  let longest = logOf(store).log;
  // Another thread needs its time to begin, on a busy machine a good deal of it; the counter does not write for ever meanwhile.
  // The file tells, not the log: one that was moved whole begins anew with the next commit.
  for (let turns = 0; pagesIn(file) <= 500 && turns < TURNS_MOST; turns += 1) {
    await pause(10);
    if (turns >= 500) continue;
    entries += 1;
    store.write((write) => write.insertEntry(anEntry(entries)));
    longest = Math.max(longest, logOf(store).log);
  }
  expect(longest).toBeLessThan(4_000);
  expect(pagesIn(file)).toBeGreaterThan(500);
  store.close();
  const again = openAt(file);
  expect(again.read((read) => read.countEntries())).toBe(entries);
  expect(isWhole(checkIntegrity(again.database))).toBe(true);
});

test('a log that has become long begins anew as soon as the counter draws breath', async () => {
  const store = openAt(join(tempFolder(), 'store.sqlite'));
  record(store, 1, 2 * ENTRIES);
  let entries = 2 * ENTRIES;
  for (let turns = 0; logOf(store).log > 100 && turns < 1_000; turns += 1) {
    await pause(20);
    entries += 1;
    store.write((write) => write.insertEntry(anEntry(entries)));
  }
  expect(logOf(store).log).toBeLessThan(100);
});

test('a close in the middle of it waits, and leaves one file with everything in it', async () => {
  for (let round = 0; round < 3; round += 1) {
    const folder = tempFolder();
    const file = join(folder, 'store.sqlite');
    const store = openAt(file);
    record(store, 1, ENTRIES);
    // The other thread is there and begins at once.
    for (let turns = 0; logOf(store).checkpointed === 0 && turns < TURNS_MOST; turns += 1) await pause(10);
    let entries = ENTRIES;
    for (let waiting = 0; waiting < 500; entries += 1) {
      record(store, entries + 1, entries + 1);
      waiting = logOf(store).log - logOf(store).checkpointed;
    }
    // Not every commit looks at the log.
    for (const end = entries + 4; entries < end; entries += 1) record(store, entries + 1, entries + 1);
    store.close();
    expect(readdirSync(folder)).toEqual(['store.sqlite', 'store.sqlite-witness']);
    expect(openAt(file).read((read) => read.countEntries())).toBe(entries);
  }
});

test('where the other thread cannot open the file, commits move the pages themselves', async () => {
  const file = join(tempFolder(), 'store.sqlite');
  const database = openDatabase({ file, key: KEY }, 'write');
  configure(database);
  const within = (): unknown => database.pragma('wal_autocheckpoint', { simple: true });
  const checkpoints = keepCheckpoints(database, { file, key: new Uint8Array(32).fill(8) });
  expect(within()).toBe(4_000);
  database.exec('CREATE TABLE filled (body BLOB)');
  const fill = database.prepare('INSERT INTO filled (body) VALUES (zeroblob(40000))');
  for (let turns = 0; within() !== 1_000 && turns < 500; turns += 1) {
    fill.run();
    checkpoints.afterCommit();
    await pause(5);
  }
  expect(within()).toBe(1_000);
  checkpoints.end();
  database.close();
});
