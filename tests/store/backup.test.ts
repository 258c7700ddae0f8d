// Backups: whole, under the same key, made while the counter works, checked before they get a name, fourteen kept.

import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backUp, backupsIn } from '../../electron/store/backup.ts';
import { checkIntegrity, isWhole, quickCheck } from '../../electron/store/integrity.ts';
import { AT, KEY, aClient, aCommand, aReceipt, anEntry, faultKind, newId, openAt, openInMemory, tempFolder } from './storeWorld.ts';
import { forge } from '../world/forged.ts';

function storeWithEntries(count: number) {
  const folder = tempFolder();
  const file = join(folder, 'store.sqlite');
  const store = openAt(file);
  store.write((write) => {
    for (let entry = 1; entry <= count; entry += 1) write.insertEntry(anEntry(entry));
    write.saveClients([aClient(1, 'Mary Nekesa Wafula')], AT, newId);
  });
  return { store, file, folder: join(folder, 'backups') };
}

test('a backup holds everything, opens under the same key, and shows nothing without it', async () => {
  const { store, file, folder } = storeWithEntries(50);
  const made = await backUp({ file, key: KEY, folder, at: AT });
  expect(made.bytes).toBe(readFileSync(made.path).length);
  expect(readFileSync(made.path).toString('latin1')).not.toMatch(/SQLite format|Nekesa/);
  const restored = openAt(made.path);
  expect(restored.read((read) => [read.countEntries(), read.lastEntry()?.hash, read.findClients('wafula', 9).length])).toEqual([
    50,
    anEntry(50).hash,
    1,
  ]);
  expect(faultKind(() => openAt(made.path, new Uint8Array(32)))).toBe('corrupt');
  restored.write((write) => write.insertEntry(anEntry(51)));
  expect(
    store.read((read) => read.countEntries()),
    'the original is another file',
  ).toBe(50);
});

test('the counter goes on writing while a backup is made, and the copy is one moment of it', async () => {
  const { store, file, folder } = storeWithEntries(20);
  const going = backUp({ file, key: KEY, folder, at: AT });
  const progress = { done: false };
  void going.finally(() => (progress.done = true));
  let entry = 20;
  let receipts = 0;
  // Yields to the event loop after each write, as the branch does between two calls.
  while (!progress.done) {
    entry += 1;
    receipts += 1;
    store.write((write) => {
      write.insertEntry(anEntry(entry));
      write.insertCommand(aCommand(receipts));
      write.insertReceipt(aReceipt(receipts), receipts, 'amina');
    });
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { path } = await going;
  expect(receipts).toBeGreaterThan(0);
  const copy = openAt(path);
  expect(isWhole(checkIntegrity(copy.database))).toBe(true);
  const [entries, commands, lastReceipt] = copy.read((read) => [
    read.countEntries(),
    read.lastSequence(),
    read.lastReceiptSequence('01', '2026-11-18'),
  ]);
  expect([entries - 20, lastReceipt]).toEqual([commands, commands]);
  expect(entries).toBeLessThanOrEqual(entry);
});

test('fourteen are kept; other files in the folder are nobody else to delete', async () => {
  const { file, folder } = storeWithEntries(0);
  mkdirSync(folder);
  writeFileSync(join(folder, 'notes.txt'), 'keep me');
  for (let day = 1; day <= 14; day += 1) writeFileSync(join(folder, `tawi-202601${String(day).padStart(2, '0')}T080000000Z.sqlite`), 'old');
  const made = await backUp({ file, key: KEY, folder, at: AT });
  expect(made.removed).toEqual(['tawi-20260101T080000000Z.sqlite']);
  expect(backupsIn(folder)).toHaveLength(14);
  expect(join(folder, backupsIn(folder)[0]!)).toBe(made.path);
  expect(existsSync(join(folder, 'notes.txt'))).toBe(true);
});

test('a store whose chain is broken gets no backup, and the older ones stay', async () => {
  const { store, file, folder } = storeWithEntries(10);
  const first = await backUp({ file, key: KEY, folder, at: AT });
  forge(store.database, `UPDATE journal_entries SET hash = 'forged' WHERE entry = 5`);
  await expect(backUp({ file, key: KEY, folder, at: AT + 1 })).rejects.toMatchObject({ kind: 'corrupt' });
  expect(readdirSync(folder)).toEqual([first.path.split('/').at(-1)]);
});

test('a wrong key, a missing file and a store in memory are told, not thrown about', async () => {
  const { file, folder } = storeWithEntries(3);
  await expect(backUp({ file, key: new Uint8Array(32), folder, at: AT })).rejects.toMatchObject({ kind: 'corrupt' });
  await expect(backUp({ file: `${file}.missing`, key: KEY, folder, at: AT })).rejects.toMatchObject({ name: 'StoreFault' });
  await expect(backUp({ file: ':memory:', key: null, folder, at: AT })).rejects.toMatchObject({ name: 'StoreFault' });
  expect(readdirSync(folder)).toEqual([]);
});

test('integrity names the first entry that does not continue, broken references and missing receipts', () => {
  const store = openInMemory();
  store.write((write) => {
    for (let entry = 1; entry <= 5; entry += 1) write.insertEntry(anEntry(entry));
    write.insertReceipt(aReceipt(1), 1, 'amina');
  });
  expect(checkIntegrity(store.database)).toEqual({ pages: [], brokenReferences: 0, brokenEntry: null, receiptGaps: [] });
  store.write((write) => write.insertReceipt(aReceipt(3, { commandId: newId() }), 3, 'amina'));
  store.database.pragma('foreign_keys = OFF');
  forge(
    store.database,
    `DELETE FROM journal_entries WHERE entry = 3;
    INSERT INTO journal_prints VALUES (1, 'no such receipt', 0, 'amina', 1);`,
  );
  expect(quickCheck(store.database)).toEqual([]);
  expect(checkIntegrity(store.database)).toEqual({
    pages: [],
    brokenReferences: 2,
    brokenEntry: 4,
    receiptGaps: [{ deviceCode: '01', businessDate: '2026-11-18' }],
  });
});
