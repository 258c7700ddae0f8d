// A write commits whole or leaves nothing (I1), belongs to the present owner (I12), and survives the power going at any line.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkIntegrity, isWhole } from '../../electron/store/integrity.ts';
import { openStoreOn } from '../../electron/store/openStore.ts';
import Database from 'better-sqlite3';
import { StoreFault } from '../../electron/ports/store.ts';
import type { WriteStore } from '../../electron/ports/store.ts';
import { AT, KEY, aCommand, aReceipt, anEntry, faultKind, openAt, openInMemory, tempFolder } from './storeWorld.ts';
import { forge } from '../world/forged.ts';

test('I1: a throw in the middle of a write leaves nothing of it', () => {
  const store = openInMemory();
  const boom = new Error('in the middle');
  expect(() =>
    store.write((write) => {
      write.insertEntry(anEntry(1));
      write.insertCommand(aCommand(1));
      throw boom;
    }),
  ).toThrow(boom);
  expect(store.read((read) => [read.countEntries(), read.lastSequence()])).toEqual([0, 0]);
  store.write((write) => write.insertEntry(anEntry(1)));
  expect(store.read((read) => read.countEntries())).toBe(1);
});

test('I1: a reference to what is not there takes everything back', () => {
  const store = openInMemory();
  const receipt = aReceipt(1);
  const command = aCommand(1, { receiptId: receipt.receiptId });
  const record = (first: 'receipt' | 'command') =>
    store.write((write) => {
      write.insertEntry(anEntry(1));
      if (first === 'receipt') write.insertReceipt({ ...receipt, commandId: command.commandId }, 1, 'amina');
      write.insertCommand(command);
    });
  expect(faultKind(() => record('command'))).toBe('unknown');
  expect(store.read((read) => [read.countEntries(), read.lastSequence()])).toEqual([0, 0]);
  record('receipt');
  expect(store.read((read) => [read.countEntries(), read.lastSequence()])).toEqual([1, 1]);
});

test('a write sees what it wrote, and is not begun inside another', () => {
  const store = openInMemory();
  store.write((write) => {
    write.insertEntry(anEntry(1));
    expect(write.lastEntry()?.hash).toEqual(anEntry(1).hash);
    expect(() => store.write(() => undefined)).toThrow(/inside another/);
  });
  expect(store.read((read) => read.countEntries())).toBe(1);
});

test('nothing can be awaited inside a write, and a handle that leaks out of it is dead', () => {
  const store = openInMemory();
  expect(() => store.write(async (write) => write.insertEntry(anEntry(1)))).toThrow(/synchronous/);
  let leaked: WriteStore | undefined;
  store.write((write) => (leaked = write));
  expect(() => leaked?.insertEntry(anEntry(1))).toThrow(/inside a write transaction/);
  expect(() => leaked?.saveSetting('policy', 1)).toThrow(/inside a write transaction/);
  expect(store.read((read) => read.countEntries())).toBe(0);
});

test('a reader holds no writing member', () => {
  const store = openInMemory();
  const members = store.read((read) => Object.keys(read));
  expect(members.filter((name) => /^(?:insert|save|close|mark|drop|delete|learn)/.test(name))).toEqual([]);
});

test('I12: whoever opens last owns the file; the one before can read but commits nothing more', () => {
  const file = join(tempFolder(), 'store.sqlite');
  const first = openAt(file, KEY, 'first');
  first.write((write) => write.insertEntry(anEntry(1)));
  const second = openAt(file, KEY, 'second');
  expect(faultKind(() => first.write((write) => write.insertEntry(anEntry(2))))).toBe('notOwner');
  second.write((write) => write.insertEntry(anEntry(2)));
  expect(faultKind(() => first.write(() => undefined))).toBe('notOwner');
  expect(first.read((read) => read.countEntries())).toBe(2);
  expect(second.database.prepare('SELECT owner_name, fencing FROM local_owner').get()).toEqual({ owner_name: 'second', fencing: 2 });
});

test('I12: ownership that is lost between two writes of one handle is noticed inside the transaction', () => {
  const file = join(tempFolder(), 'store.sqlite');
  const first = openAt(file);
  let second: ReturnType<typeof openAt> | undefined;
  first.write((write) => {
    write.insertEntry(anEntry(1));
    // The file is ours while we write: another process has to wait, and is refused as busy.
    expect(faultKind(() => (second = openAt(file, KEY, 'second')))).toBe('busy');
  });
  expect(second).toBeUndefined();
  expect(first.read((read) => read.countEntries())).toBe(1);
});

test('a snapshot of a store in memory opens again, under a new owner', () => {
  const store = openInMemory();
  store.write((write) => write.insertEntry(anEntry(1)));
  const snapshot = store.database.serialize();
  store.write((write) => write.insertEntry(anEntry(2)));
  const restored = openStoreOn(new Database(snapshot), { now: () => AT, ownerName: 'restored' });
  expect(restored.read((read) => read.entries(1, 2))).toEqual([anEntry(1)]);
  restored.write((write) => write.insertEntry(anEntry(2)));
  expect(restored.database.prepare('SELECT fencing FROM local_owner').pluck().get()).toBe(2);
  restored.close();
});

test('a full disk is told as full; nothing of the write stays, and room again lets the next one through', () => {
  const store = openAt(join(tempFolder(), 'store.sqlite'));
  store.write((write) => write.insertEntry(anEntry(1)));
  const pages = Number(store.database.pragma('page_count', { simple: true }));
  store.database.pragma(`max_page_count = ${pages}`);
  const fill = () =>
    store.write((write) => {
      for (let entry = 2; entry <= 400; entry += 1) write.insertEntry(anEntry(entry, { body: { note: 'x'.repeat(900) } }));
    });
  expect(faultKind(fill)).toBe('full');
  expect(store.database.inTransaction).toBe(false);
  expect(store.read((read) => read.countEntries())).toBe(1);
  store.database.pragma(`max_page_count = ${pages + 1_000}`);
  fill();
  expect(store.read((read) => read.countEntries())).toBe(400);
});

test('a text that does not parse is a corrupt store, never a row left out', () => {
  const store = openInMemory();
  store.write((write) => write.insertEntry(anEntry(1)));
  store.database.pragma('ignore_check_constraints = ON');
  forge(store.database, `UPDATE journal_entries SET body = '{"half":'`);
  expect(faultKind(() => store.read((read) => read.entries(1, 9)))).toBe('corrupt');
  expect(() => store.read((read) => read.entries(1, 9))).toThrow(StoreFault);
});

/** Starts a process that commits pairs and says each number after its commit; kills it without warning at that number. */
function killedAfter(file: string, number: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'committingProcess.ts'), file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (text: string) => {
      said += text;
      if (said.split('\n').length > number) child.kill('SIGKILL');
    });
    child.once('error', reject);
    child.once('exit', () => resolve(said.split('\n').length - 1));
  });
}

test('I1, I3: a process killed between statements loses nothing that it had said was done', async () => {
  const file = join(tempFolder(), 'store.sqlite');
  let acknowledged = 0;
  for (const number of [1, 7, 30]) acknowledged += await killedAfter(file, number);
  const store = openAt(file);
  const [entries, commands] = store.read((read) => [read.countEntries(), read.lastSequence()]);
  expect(acknowledged).toBeGreaterThanOrEqual(38);
  expect(entries).toBeGreaterThanOrEqual(acknowledged);
  expect(commands, 'an entry and its command come together').toBe(entries);
  expect(isWhole(checkIntegrity(store.database))).toBe(true);
}, 60_000);
