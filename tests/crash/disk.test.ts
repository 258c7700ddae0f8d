// The disk of the power cuts must be no kinder than a real one: what was not flushed may go in every way, what was flushed never does, and a
// file whose name was not flushed is gone.

import { expect, test } from 'vitest';
import { seeded } from '../world/seed.ts';
import type { Disk, DiskImage } from './powerCut/disk.ts';
import { createDisk, FATES } from './powerCut/disk.ts';

const ROOT = '/books';
const FILE = '/books/store';
const chance = seeded('disk');

function diskWith(content: string): Disk {
  const disk = createDisk(ROOT, new Map([[FILE, Buffer.from(content)]]));
  disk.take({ kind: 'opened', descriptor: 5, path: FILE, isNew: false, isEmptied: false });
  return disk;
}

function write(disk: Disk, position: number, text: string): void {
  disk.take({ kind: 'written', descriptor: 5, position, bytes: Buffer.from(text) });
}

function textIn(image: DiskImage, path = FILE): string | undefined {
  return image.get(path)?.toString();
}

test('what was flushed is there whatever becomes of the rest', () => {
  const disk = diskWith('aaaa');
  write(disk, 2, 'BB');
  disk.take({ kind: 'flushed', descriptor: 5 });
  write(disk, 4, 'c'.repeat(2_000));
  for (const fate of FATES) expect(textIn(disk.image(fate, chance.fork(fate)))?.slice(0, 4)).toBe('aaBB');
});

test('what was not flushed is dropped, kept or anything between', () => {
  const disk = diskWith('');
  write(disk, 0, 'x'.repeat(4_096));
  expect(textIn(disk.image('dropped', chance))).toBe('');
  expect(textIn(disk.image('kept', chance))).toHaveLength(4_096);
  const torn = new Set(Array.from({ length: 40 }, (_none, turn) => disk.image('torn', chance.fork(`${turn}`)).get(FILE)?.length));
  expect(torn.size).toBeGreaterThan(3);
  const scrambled = Array.from({ length: 40 }, (_none, turn) => textIn(disk.image('scrambled', chance.fork(`${turn}`))) ?? '');
  expect(scrambled.some((text) => /[^x\0]/.test(text))).toBe(true);
});

test('a shortened file stays long until the shortening is flushed', () => {
  const disk = diskWith('abcdef');
  disk.take({ kind: 'cut', descriptor: 5, length: 2 });
  expect(textIn(disk.image('dropped', chance))).toBe('abcdef');
  disk.take({ kind: 'flushed', descriptor: 5 });
  expect(textIn(disk.image('dropped', chance))).toBe('ab');
});

test('a new name is safe only when its folder was flushed, and so is a rename', () => {
  const disk = createDisk(ROOT, new Map());
  disk.take({ kind: 'opened', descriptor: 5, path: FILE, isNew: true, isEmptied: false });
  write(disk, 0, 'whole');
  disk.take({ kind: 'flushed', descriptor: 5 });
  expect(disk.image('dropped', chance).has(FILE)).toBe(false);
  disk.take({ kind: 'opened', descriptor: 6, path: ROOT, isNew: false, isEmptied: false });
  disk.take({ kind: 'flushed', descriptor: 6 });
  expect(textIn(disk.image('dropped', chance))).toBe('whole');
  disk.take({ kind: 'renamed', from: FILE, to: `${FILE}.old` });
  expect(textIn(disk.image('dropped', chance))).toBe('whole');
  expect(textIn(disk.image('kept', chance), `${FILE}.old`)).toBe('whole');
});

test('what lies in a folder whose own name was not flushed is lost with it', () => {
  const disk = createDisk(ROOT, new Map());
  disk.take({ kind: 'made', path: '/books/backups' });
  disk.take({ kind: 'opened', descriptor: 5, path: '/books/backups/one', isNew: true, isEmptied: false });
  disk.take({ kind: 'flushed', descriptor: 5 });
  disk.take({ kind: 'opened', descriptor: 6, path: '/books/backups', isNew: false, isEmptied: false });
  disk.take({ kind: 'flushed', descriptor: 6 });
  expect([...disk.image('dropped', chance).keys()]).toEqual([]);
  expect([...disk.image('kept', chance).keys()].sort()).toEqual(['/books/backups', '/books/backups/one']);
});
