// Opening a store: what is refused, under which word, and that a refused file is left exactly as it was.

import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  cpSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { StoreFault } from '../../electron/ports/store.ts';
import { checkIntegrity, isWhole, quickCheck } from '../../electron/store/integrity.ts';
import { newestVersion } from '../../electron/store/migrate.ts';
import { openDatabase } from '../../electron/store/openDatabase.ts';
import type { OpenedStore } from '../../electron/store/openStore.ts';
import { AT, KEY, aClient, aCommand, anEntry, faultKind, newId, openAt, tempFolder } from './storeWorld.ts';

const OTHER_KEY = new Uint8Array(32).fill(8);

/** A closed, encrypted store with some hundred pages. */
function filledFile(): string {
  const file = join(tempFolder(), 'store.sqlite');
  const store = openAt(file);
  store.write((write) => {
    for (let entry = 1; entry <= 300; entry += 1) write.insertEntry(anEntry(entry, { body: { note: `entry ${entry} `.repeat(30) } }));
    write.saveClients([aClient(1, 'Mary Nekesa Wafula')], AT, newId);
  });
  store.close();
  return file;
}

function fingerprint(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function expectRefused(file: string, kind: string, key: Uint8Array | null = KEY): void {
  const before = fingerprint(file);
  expect(faultKind(() => openAt(file, key))).toBe(kind);
  expect(fingerprint(file), 'the file is as it was').toBe(before);
}

test('a new file is encrypted, in WAL mode, fully flushed, with references on', () => {
  const file = join(tempFolder(), 'store.sqlite');
  const store = openAt(file);
  const pragma = (name: string) => store.database.pragma(name, { simple: true });
  expect(['journal_mode', 'synchronous', 'foreign_keys', 'wal_autocheckpoint', 'temp_store'].map(pragma)).toEqual(['wal', 2, 1, 4000, 2]);
  store.write((write) => write.saveClients([aClient(1, 'Mary Nekesa Wafula', { mobileNo: '+254712345678' })], AT, newId));
  const folder = join(file, '..');
  for (const name of readdirSync(folder)) {
    const bytes = readFileSync(join(folder, name)).toString('latin1');
    for (const secret of ['Nekesa', 'nekesa', '254712345678', 'SQLite format', 'journal_commands'])
      expect(bytes.includes(secret), `${secret} in ${name}`).toBe(false);
  }
  store.close();
  expect(readdirSync(folder)).toEqual(['store.sqlite', 'store.sqlite-witness']);
  expect(openAt(file).read((read) => read.accountServerIds('client'))).toEqual([1]);
});

/** As after a power cut: the file as it was when the log was emptied last, its first sector spoilt, and the log of what came since. */
function spoiltAtItsFirstSector(sinceThen: (store: OpenedStore) => void): string {
  const file = filledFile();
  const store = openAt(file);
  store.database.pragma('wal_checkpoint(TRUNCATE)');
  sinceThen(store);
  const cut = join(tempFolder(), 'store.sqlite');
  for (const ending of ['', '-wal']) writeFileSync(`${cut}${ending}`, readFileSync(`${file}${ending}`));
  const handle = openSync(cut, 'r+');
  writeSync(handle, Buffer.alloc(512, 0x5a), 0, 512, 0);
  closeSync(handle);
  return cut;
}

function copiesBeside(file: string): readonly string[] {
  return readdirSync(join(file, '..')).filter((name) => name.includes('.look'));
}

function recordUntilItGrows(store: OpenedStore): void {
  for (let entry = 301; entry <= 400; entry += 1)
    store.write((write) => write.insertEntry(anEntry(entry, { body: { note: `entry ${entry} `.repeat(30) } })));
}

test('a first sector that a power cut spoilt while pages were moved is mended from the log', () => {
  const file = spoiltAtItsFirstSector(recordUntilItGrows);
  const store = openAt(file);
  expect(store.read((read) => [read.countEntries(), read.accountServerIds('client')])).toEqual([400, [1]]);
  expect(isWhole(checkIntegrity(store.database))).toBe(true);
  expect(copiesBeside(file)).toEqual([]);
});

test('a spoilt first sector is left as it is under a wrong key, and where the log does not hold the page', () => {
  expectRefused(spoiltAtItsFirstSector(recordUntilItGrows), 'corrupt', OTHER_KEY);
  const withoutPage = spoiltAtItsFirstSector((store) => store.database.exec('UPDATE local_owner SET taken_at = taken_at + 1'));
  expectRefused(withoutPage, 'corrupt');
  expect(copiesBeside(withoutPage)).toEqual([]);
});

test('any SQLCipher 4 tool could open the file: raw key, default parameters', () => {
  const file = filledFile();
  const plain = new Database(file, { readonly: true });
  plain.pragma(`cipher = 'sqlcipher'`);
  plain.pragma('legacy = 4');
  plain.pragma(`key = "x'${Buffer.from(KEY).toString('hex')}'"`);
  expect(plain.prepare('SELECT count(*) FROM journal_entries').pluck().get()).toBe(300);
  plain.close();
});

test('a wrong key is corrupt', () => expectRefused(filledFile(), 'corrupt', OTHER_KEY));
test('no key on an encrypted file is corrupt', () => expectRefused(filledFile(), 'corrupt', null));

test('a wrong key on a file that a crash left with a log harms neither', () => {
  const file = filledFile();
  const store = openAt(file);
  store.write((write) => write.insertEntry(anEntry(301)));
  const crashed = join(tempFolder(), 'store.sqlite');
  cpSync(file, crashed);
  cpSync(`${file}-wal`, `${crashed}-wal`);
  expect(statSync(`${crashed}-wal`).size).toBeGreaterThan(0);
  const before = [fingerprint(crashed), fingerprint(`${crashed}-wal`)];
  expect(faultKind(() => openAt(crashed, OTHER_KEY))).toBe('corrupt');
  expect([fingerprint(crashed), fingerprint(`${crashed}-wal`)]).toEqual(before);
  const recovered = openAt(crashed);
  expect(recovered.read((read) => read.countEntries())).toBe(301);
  expect(isWhole(checkIntegrity(recovered.database))).toBe(true);
});

/** A file whose transaction was cut by the power, its first or a later one: some pages are written, and a journal says how to undo them. */
function halfMadeFile(which: 'first' | 'later'): string {
  const file = join(tempFolder(), 'making.sqlite');
  const making = openDatabase({ file, key: KEY }, 'write');
  making.pragma('cache_size = 1');
  if (which === 'later') making.exec('CREATE TABLE earlier (words TEXT)');
  making.exec('BEGIN; CREATE TABLE anything (words TEXT)');
  const insert = making.prepare('INSERT INTO anything VALUES (?)');
  for (let row = 0; row < 400; row += 1) insert.run('x'.repeat(500));
  const cut = join(tempFolder(), 'store.sqlite');
  for (const ending of ['', '-journal']) cpSync(`${file}${ending}`, `${cut}${ending}`);
  making.close();
  return cut;
}

test('a store whose making was cut off is made anew', () => {
  const cut = halfMadeFile('first');
  expect(statSync(cut).size).toBeGreaterThan(0);
  const store = openAt(cut);
  store.write((write) => write.insertEntry(anEntry(1)));
  expect(isWhole(checkIntegrity(store.database))).toBe(true);
  expect(readdirSync(join(cut, '..')).filter((name) => name.includes('look'))).toEqual([]);
});

test.each([KEY, OTHER_KEY])('what waits to be rolled back and is no store of ours is refused as it was, with its journal', (key) => {
  const cut = halfMadeFile('later');
  const before = [fingerprint(cut), fingerprint(`${cut}-journal`)];
  expect(faultKind(() => openAt(cut, key))).toBe('corrupt');
  expect([fingerprint(cut), fingerprint(`${cut}-journal`)]).toEqual(before);
});

test('a file that is no database is corrupt', () => {
  const file = join(tempFolder(), 'store.sqlite');
  writeFileSync(file, 'Dear manager, '.repeat(1_000));
  expectRefused(file, 'corrupt');
  expectRefused(file, 'corrupt', null);
});

test('a database of another program is corrupt', () => {
  const file = join(tempFolder(), 'other.sqlite');
  const other = new Database(file);
  other.exec('CREATE TABLE clients (name TEXT)');
  other.close();
  expectRefused(file, 'corrupt', null);
});

test('a store of a newer program is newer', () => {
  const file = filledFile();
  const database = openDatabase({ file, key: KEY }, 'write');
  database.pragma(`user_version = ${newestVersion() + 1}`);
  database.close();
  expectRefused(file, 'newer');
});

test('a newer store that a crash left with a log keeps both untouched, for the newer program', () => {
  const file = filledFile();
  const newer = openDatabase({ file, key: KEY }, 'write');
  newer.pragma('journal_mode = WAL');
  newer.pragma(`user_version = ${newestVersion() + 1}`);
  const crashed = join(tempFolder(), 'store.sqlite');
  for (const ending of ['', '-wal']) cpSync(`${file}${ending}`, `${crashed}${ending}`);
  newer.close();
  const before = [fingerprint(crashed), fingerprint(`${crashed}-wal`)];
  expect(statSync(`${crashed}-wal`).size).toBeGreaterThan(0);
  expect(faultKind(() => openAt(crashed))).toBe('newer');
  expect([fingerprint(crashed), fingerprint(`${crashed}-wal`)]).toEqual(before);
});

/** How a damaged file shows: at its opening, when its entries are read, or at the latest in the quick check. */
function damageShown(file: string): string {
  let store: OpenedStore | undefined;
  const kind = faultKindOrNone(() => {
    store = openAt(file);
    store.read((read) => read.entries(0, 1_000));
  });
  if (kind !== 'none' || store === undefined) return kind;
  return quickCheck(store.database).length > 0 ? 'found by quick check' : 'none';
}

function faultKindOrNone(work: () => void): string {
  try {
    work();
    return 'none';
  } catch (error) {
    if (error instanceof StoreFault) return error.kind;
    throw error;
  }
}

test.each([0.1, 0.3, 0.5, 0.7, 0.99])('a flipped bit at %f of the file is noticed', (part) => {
  const file = filledFile();
  expect(damageShown(file)).toBe('none');
  const damaged = join(tempFolder(), 'store.sqlite');
  cpSync(file, damaged);
  const handle = openSync(damaged, 'r+');
  const at = Math.floor(statSync(file).size * part);
  writeSync(handle, new Uint8Array([(readFileSync(file)[at] ?? 0) ^ 1]), 0, 1, at);
  closeSync(handle);
  expect(['corrupt', 'found by quick check']).toContain(damageShown(damaged));
});

test('a truncated file is noticed', () => {
  const file = filledFile();
  truncateSync(file, 10 * 4096 + 100);
  expect(['corrupt', 'found by quick check']).toContain(damageShown(file));
});

test('a file that may not be written is read-only', () => {
  // Root may write anything, so an ordinary person tries: the answer comes from a process of nobody's.
  const folder = mkdtempSync(join(tmpdir(), 'tawi-store-ro-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'store.sqlite');
  openAt(file).close();
  chmodSync(folder, 0o777);
  chmodSync(file, 0o444);
  const isRoot = process.getuid?.() === 0;
  const said = execFileSync(process.execPath, [join(import.meta.dirname, 'openingProcess.ts'), file], {
    encoding: 'utf8',
    ...(isRoot ? { uid: 65_534, gid: 65_534 } : {}),
  });
  expect(said.trim()).toBe('readOnly');
});

test('a medium that turns read-only while open is told at the next write', () => {
  const store = openAt(join(tempFolder(), 'store.sqlite'));
  store.database.pragma('query_only = ON');
  expect(faultKind(() => store.write((write) => write.insertCommand(aCommand(1))))).toBe('readOnly');
  store.database.pragma('query_only = OFF');
  store.write((write) => write.insertCommand(aCommand(1)));
});

test('a file that another process is writing is busy, not broken', () => {
  const file = join(tempFolder(), 'store.sqlite');
  openAt(file).close();
  const other = openDatabase({ file, key: KEY }, 'write');
  onTestFinished(() => void other.close());
  other.exec('BEGIN IMMEDIATE');
  expect(faultKind(() => openAt(file))).toBe('busy');
  other.exec('ROLLBACK');
  openAt(file);
});

test('a key of another length is a bug, not a file', () => {
  expect(() => openAt(join(tempFolder(), 'store.sqlite'), new Uint8Array(16))).toThrow(/32 raw bytes/);
});
