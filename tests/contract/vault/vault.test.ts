// The vault on a disk that loses power, fills up and is tampered with: what was kept is read back or said to be lost, never something else.

import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { StoreFault } from '../../../electron/ports/store.ts';
import { openVault, type OpenedVault } from '../../../electron/vault/openVault.ts';
import { diskInMemory, PowerGone, type DiskInMemory } from './diskInMemory.ts';

const KEY = new Uint8Array(32).fill(7);
const WORDS = 'The identity card of Mary Wafula, number 23456789. ';
const CARD = new TextEncoder().encode(WORDS.repeat(40));
const DAY_MS = 24 * 3_600_000;
const nobodyWaits = (): Promise<void> => Promise.resolve();

function onMemory(disk: DiskInMemory): OpenedVault {
  return openVault({ folder: '/v', backups: '/b', key: KEY, disk });
}

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
function onDisk(): { readonly root: string; readonly vault: OpenedVault } {
  const root = mkdtempSync(join(tmpdir(), 'tawi-vault-'));
  folders.push(root);
  return { root, vault: openVault({ folder: join(root, 'vault'), backups: join(root, 'backups', 'vault'), key: KEY }) };
}

function filesBelow(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

describe('a file in the vault', () => {
  test('is read back as it was kept, under the hash of its content, and once however often it is kept', () => {
    const { root, vault } = onDisk();
    expect(vault.keep(CARD)).toBe(sha256(CARD));
    expect(vault.keep(CARD)).toBe(sha256(CARD));
    const read = vault.read(sha256(CARD));
    expect(read.ok && Buffer.from(read.content).equals(CARD)).toBe(true);
    expect(filesBelow(root)).toHaveLength(1);
  });

  test('stands nowhere in clear: neither its content nor its hash, neither in the folder nor in that of temporary files', () => {
    const before = new Set(readdirSync(tmpdir()));
    const { root, vault } = onDisk();
    vault.keep(CARD);
    for (const file of filesBelow(root)) {
      expect(file).not.toContain(sha256(CARD));
      const bytes = readFileSync(file).toString('latin1');
      expect(bytes).not.toContain('Mary');
      expect(bytes).not.toContain(sha256(CARD));
    }
    const mine = readdirSync(tmpdir()).filter((name) => !before.has(name) && name.includes('vault') && join(tmpdir(), name) !== root);
    expect(mine).toEqual([]);
  });

  test('opens for nobody with another key', () => {
    const { root, vault } = onDisk();
    vault.keep(CARD);
    const stranger = openVault({ folder: join(root, 'vault'), backups: join(root, 'none'), key: new Uint8Array(32).fill(8) });
    expect(stranger.read(sha256(CARD))).toEqual({ ok: false, why: 'missing' });
  });

  test.each([
    ['a byte of it', (bytes: Buffer) => bytes.fill(0x55, 40, 41)],
    ['the first byte', (bytes: Buffer) => bytes.fill(9, 0, 1)],
    ['its end', (bytes: Buffer) => bytes.subarray(0, bytes.length - 9)],
    ['everything', () => Buffer.alloc(0)],
  ])('that somebody changed on the disk, %s, is noticed', (_what, change) => {
    const { root, vault } = onDisk();
    vault.keep(CARD);
    const [file = ''] = filesBelow(root);
    writeFileSync(file, change(readFileSync(file)));
    expect(vault.read(sha256(CARD))).toEqual({ ok: false, why: 'changed' });
    // Kept once more it is whole again.
    vault.keep(CARD);
    expect(vault.read(sha256(CARD)).ok).toBe(true);
  });

  test('laid under the name of another one is not taken for it', () => {
    const { root, vault } = onDisk();
    const other = new Uint8Array(CARD).fill(65);
    vault.keep(CARD);
    const [first = ''] = filesBelow(root);
    vault.keep(other);
    const second = filesBelow(root).find((file) => file !== first) ?? '';
    writeFileSync(first, readFileSync(second));
    expect(vault.read(sha256(CARD))).toEqual({ ok: false, why: 'changed' });
  });
});

describe('when the power goes', () => {
  const deedsOfKeeping = ((): number => {
    const disk = diskInMemory();
    onMemory(disk).keep(CARD);
    return disk.deeds.length;
  })();

  test.each(Array.from({ length: deedsOfKeeping }, (_none, deed) => [deed, deed % 2 === 0] as const))(
    'before deed %i, there is nothing or the whole file, and keeping again keeps it',
    (deed) => {
      for (const torn of [true, false]) {
        const disk = diskInMemory();
        disk.cutBefore(deed);
        expect(() => onMemory(disk).keep(CARD)).toThrow(PowerGone);
        disk.powerBack(torn);
        const vault = onMemory(disk);
        const read = vault.read(sha256(CARD));
        expect(read.ok ? Buffer.from(read.content).equals(CARD) : read.why).toSatisfy((it: unknown) => it === true || it === 'missing');
        vault.keep(CARD);
        disk.powerBack(torn);
        expect(onMemory(disk).read(sha256(CARD)).ok).toBe(true);
      }
    },
  );

  test.each([true, false])('after it was kept, it is there (torn: %s)', (torn) => {
    const disk = diskInMemory();
    onMemory(disk).keep(CARD);
    disk.powerBack(torn);
    expect(onMemory(disk).read(sha256(CARD)).ok).toBe(true);
  });

  test('what was never finished is cleared away', () => {
    const disk = diskInMemory();
    disk.put('/v/ab/abcdef.unfinished', CARD);
    expect(onMemory(disk).sweep([], 0)).toBe(1);
    expect(disk.paths()).toEqual([]);
  });
});

describe('a disk that is full', () => {
  test('is said, loses nothing that was there, and leaves nothing behind', () => {
    const disk = diskInMemory();
    const vault = onMemory(disk);
    vault.keep(CARD);
    disk.fill();
    const other = new Uint8Array(CARD).fill(66);
    expect(() => vault.keep(other)).toThrow(StoreFault);
    expect(() => vault.keep(other)).toThrow(expect.objectContaining({ kind: 'full' }) as Error);
    expect(disk.paths()).toHaveLength(1);
    expect(vault.read(sha256(CARD)).ok).toBe(true);
    disk.free();
    expect(vault.keep(other)).toBe(sha256(other));
  });
});

describe('what no row names', () => {
  test('is cleared away when it is old, and what a row names never', () => {
    const disk = diskInMemory(0);
    const vault = onMemory(disk);
    const orphan = new Uint8Array(CARD).fill(67);
    vault.keep(CARD);
    vault.keep(orphan);
    expect(vault.sweep([sha256(CARD)], 2 * DAY_MS)).toBe(0);
    expect(vault.sweep([sha256(CARD)], 30 * DAY_MS)).toBe(1);
    expect(vault.read(sha256(CARD)).ok).toBe(true);
    expect(vault.read(sha256(orphan))).toEqual({ ok: false, why: 'missing' });
  });
});

describe('the backups', () => {
  test('have every file that a row names, and give back what the vault lost', async () => {
    const disk = diskInMemory();
    const vault = onMemory(disk);
    vault.keep(CARD);
    expect(await vault.backUp([sha256(CARD)], nobodyWaits)).toEqual({ copied: 1, lost: 0 });
    expect(await vault.backUp([sha256(CARD)], nobodyWaits)).toEqual({ copied: 0, lost: 0 });
    for (const path of disk.paths()) if (path.startsWith('/v/')) disk.put(path, new Uint8Array([1, 2, 3]));
    expect(vault.read(sha256(CARD)).ok).toBe(true);
    for (const path of disk.paths()) if (path.startsWith('/b/')) disk.remove(path);
    expect(vault.read(sha256(CARD)).ok).toBe(true);
  });

  test('say what cannot be copied any more, and copy the rest', async () => {
    const disk = diskInMemory();
    const vault = onMemory(disk);
    const other = new Uint8Array(CARD).fill(68);
    vault.keep(CARD);
    const [path = ''] = disk.paths();
    vault.keep(other);
    disk.put(path, new Uint8Array([1]));
    expect(await vault.backUp([sha256(CARD), sha256(other)], nobodyWaits)).toEqual({ copied: 1, lost: 1 });
  });
});
