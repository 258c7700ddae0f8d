// A disk as a power cut sees it: of every file what was flushed, and what was only written since; of every folder the names that were flushed,
// and the changes of names since. An image of it keeps what was flushed and deals with the rest as a dying machine may.

import type { Seeded } from '../../world/seed.ts';
import type { DiskEvent } from './flushTrace.ts';

/** What becomes of writes that were not flushed. */
export const FATES = ['dropped', 'kept', 'torn', 'scattered', 'scrambled', 'truncated'] as const;
export type Fate = (typeof FATES)[number];

/** Paths and contents. A folder is null. */
export type DiskImage = ReadonlyMap<string, Buffer | null>;

type Change =
  { readonly kind: 'write'; readonly position: number; readonly bytes: Buffer } | { readonly kind: 'cut'; readonly length: number };

interface File {
  flushed: Buffer;
  since: Change[];
}

type Entry = File | 'folder';

interface NameChange {
  readonly folder: string;
  apply(names: Map<string, Entry>): void;
}

export interface Disk {
  take(event: DiskEvent): void;
  /** As if the power went now. */
  image(fate: Fate, chance: Seeded): DiskImage;
}

const SECTOR = 512;

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

function withChange(content: Buffer, change: Change): Buffer {
  if (change.kind === 'cut') {
    if (change.length <= content.length) return content.subarray(0, change.length);
    return Buffer.concat([content, Buffer.alloc(change.length - content.length)]);
  }
  const end = change.position + change.bytes.length;
  const grown = Buffer.alloc(Math.max(end, content.length));
  content.copy(grown);
  change.bytes.copy(grown, change.position);
  return grown;
}

function withAll(content: Buffer, changes: readonly Change[]): Buffer {
  let size = content.length;
  for (const change of changes) size = Math.max(size, change.kind === 'cut' ? change.length : change.position + change.bytes.length);
  // One buffer for all writes between two cuts: a journal grows by thousands of small ones.
  const room = Buffer.alloc(size);
  content.copy(room);
  let length = content.length;
  for (const change of changes) {
    if (change.kind === 'cut') {
      if (change.length < length) room.fill(0, change.length, length);
      length = change.length;
    } else {
      change.bytes.copy(room, change.position);
      length = Math.max(length, change.position + change.bytes.length);
    }
  }
  return room.subarray(0, length);
}

/** The sectors of a write that reached the plate, each by its own luck; a few of them as noise where noise is asked for. */
function sectorsOf(change: Change & { kind: 'write' }, chance: Seeded, noise: boolean): Change[] {
  const parts: Change[] = [];
  for (let at = 0; at < change.bytes.length; at += SECTOR) {
    const bytes = change.bytes.subarray(at, at + SECTOR);
    const fate = chance.fraction();
    if (fate < 0.5) parts.push({ kind: 'write', position: change.position + at, bytes });
    else if (noise && fate < 0.75)
      parts.push({ kind: 'write', position: change.position + at, bytes: Buffer.from(chance.bytes(bytes.length)) });
  }
  return parts;
}

function contentAfter(file: File, fate: Fate, chance: Seeded): Buffer {
  const { flushed, since } = file;
  switch (fate) {
    case 'dropped':
      return flushed;
    case 'kept':
      return withAll(flushed, since);
    case 'torn': {
      const whole = chance.below(since.length + 1);
      const content = withAll(flushed, since.slice(0, whole));
      const torn = since[whole];
      if (torn?.kind !== 'write') return content;
      const sectors = chance.below(Math.ceil(torn.bytes.length / SECTOR) + 1);
      return withChange(content, { ...torn, bytes: torn.bytes.subarray(0, sectors * SECTOR) });
    }
    case 'scattered':
    case 'scrambled': {
      const reached = since.slice(0, chance.below(since.length + 1));
      return withAll(
        flushed,
        reached.flatMap((change) => (change.kind === 'cut' ? [change] : sectorsOf(change, chance, fate === 'scrambled'))),
      );
    }
    case 'truncated': {
      const content = withAll(flushed, since);
      if (content.length <= flushed.length) return content;
      return content.subarray(0, flushed.length + chance.below(content.length - flushed.length + 1));
    }
  }
}

/** `before`: the folder as it lay on the disk, all of it flushed, when the trace began. */
export function createDisk(root: string, before: DiskImage): Disk {
  const live = new Map<string, Entry>([[root, 'folder']]);
  for (const [path, content] of before) live.set(path, content === null ? 'folder' : { flushed: content, since: [] });
  const flushedNames = new Map(live);
  let nameChanges: NameChange[] = [];
  const byDescriptor = new Map<number, { readonly path: string; readonly entry: Entry }>();

  function changeName(folder: string, apply: NameChange['apply']): void {
    apply(live);
    nameChanges.push({ folder, apply });
  }

  function fileAt(descriptor: number): File | null {
    const entry = byDescriptor.get(descriptor)?.entry;
    return entry === undefined || entry === 'folder' ? null : entry;
  }

  return {
    take(event) {
      switch (event.kind) {
        case 'opened': {
          let entry = live.get(event.path);
          if (entry === undefined) {
            const made: File = { flushed: Buffer.alloc(0), since: [] };
            entry = made;
            changeName(folderOf(event.path), (names) => names.set(event.path, made));
          } else if (event.isEmptied && entry !== 'folder') {
            entry.since.push({ kind: 'cut', length: 0 });
          }
          byDescriptor.set(event.descriptor, { path: event.path, entry });
          return;
        }
        case 'written':
          fileAt(event.descriptor)?.since.push({ kind: 'write', position: event.position, bytes: event.bytes });
          return;
        case 'cut':
          fileAt(event.descriptor)?.since.push({ kind: 'cut', length: event.length });
          return;
        case 'flushed': {
          const opened = byDescriptor.get(event.descriptor);
          if (opened === undefined) return;
          if (opened.entry === 'folder') {
            for (const change of nameChanges) if (change.folder === opened.path) change.apply(flushedNames);
            nameChanges = nameChanges.filter((change) => change.folder !== opened.path);
          } else {
            opened.entry.flushed = withAll(opened.entry.flushed, opened.entry.since);
            opened.entry.since = [];
          }
          return;
        }
        case 'renamed':
          changeName(folderOf(event.to), (names) => {
            const moved = names.get(event.from);
            names.delete(event.from);
            if (moved !== undefined) names.set(event.to, moved);
          });
          return;
        case 'removed':
          changeName(folderOf(event.path), (names) => names.delete(event.path));
          return;
        case 'made':
          changeName(folderOf(event.path), (names) => names.set(event.path, 'folder'));
          return;
        case 'closed':
          byDescriptor.delete(event.descriptor);
          return;
        case 'mark':
      }
    },
    image(fate, chance) {
      const names = new Map(flushedNames);
      // Changes of names reach the disk in order, as far as they do; nothing says how far.
      const reached = fate === 'dropped' ? 0 : fate === 'kept' ? nameChanges.length : chance.below(nameChanges.length + 1);
      for (const change of nameChanges.slice(0, reached)) change.apply(names);
      const image = new Map<string, Buffer | null>();
      for (const [path, entry] of names) {
        if (path === root || path.endsWith('-shm')) continue;
        // What lies in a folder whose own name was lost is lost with it.
        if (!isReachable(path, root, names)) continue;
        image.set(path, entry === 'folder' ? null : contentAfter(entry, fate, chance));
      }
      return image;
    },
  };
}

function isReachable(path: string, root: string, names: ReadonlyMap<string, Entry>): boolean {
  for (let folder = folderOf(path); folder !== root; folder = folderOf(folder)) if (names.get(folder) !== 'folder') return false;
  return true;
}
