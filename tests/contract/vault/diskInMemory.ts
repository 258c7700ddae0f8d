// A disk that loses with the power what was not flushed: content that was written and not flushed is torn or gone, and a name that its folder
// was not flushed for is as it was before. It can be full, and every deed on it can be the last before the power goes.

import type { VaultDisk } from '../../../electron/vault/vaultDisk.ts';

interface Held {
  readonly content: Uint8Array;
  readonly flushed: boolean;
}

export interface DiskInMemory extends VaultDisk {
  /** Names of the deeds so far. */
  readonly deeds: string[];
  /** The power goes before that deed, counted from 0. */
  cutBefore(deed: number): void;
  /** What the disk holds when the power is back. `torn`: of unflushed content the first half is there. */
  powerBack(torn: boolean): void;
  fill(): void;
  free(): void;
  paths(): readonly string[];
  put(path: string, content: Uint8Array): void;
}

export class PowerGone extends Error {}

export function diskInMemory(changedAt = 0): DiskInMemory {
  let live = new Map<string, Held>();
  /** As the names were when their folder was flushed. */
  let named = new Map<string, Held>();
  const deeds: string[] = [];
  let cutAt = Number.POSITIVE_INFINITY;
  let isFull = false;
  const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));

  function deed(name: string): void {
    if (deeds.length >= cutAt) throw new PowerGone();
    deeds.push(name);
  }

  return {
    deeds,
    cutBefore: (at) => (cutAt = at),
    powerBack(torn) {
      cutAt = Number.POSITIVE_INFINITY;
      live = new Map(
        [...named].flatMap(([path, held]) =>
          held.flushed ? [[path, held]] : torn ? [[path, { ...held, content: held.content.slice(0, held.content.length / 2) }]] : [],
        ),
      );
      named = new Map(live);
    },
    fill: () => (isFull = true),
    free: () => (isFull = false),
    paths: () => [...live.keys()],
    put: (path, content) => {
      live.set(path, { content, flushed: true });
      named.set(path, { content, flushed: true });
    },
    read: (path) => live.get(path)?.content ?? null,
    write(path, content) {
      deed('write');
      if (isFull) {
        live.set(path, { content: content.slice(0, 3), flushed: false });
        throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      }
      live.set(path, { content, flushed: false });
    },
    flush(path) {
      deed('flush');
      const held = live.get(path);
      if (held === undefined) return;
      live.set(path, { ...held, flushed: true });
      if (named.has(path)) named.set(path, { ...held, flushed: true });
    },
    rename(from, to) {
      deed('rename');
      const held = live.get(from);
      if (held === undefined) throw Object.assign(new Error('gone'), { code: 'ENOENT' });
      live.delete(from);
      live.set(to, held);
      // Some disks write a name at once, before anybody asks: content that is not flushed then stands under it.
      named.set(to, held);
    },
    remove(path) {
      live.delete(path);
      named.delete(path);
    },
    makeFolder: () => deed('folder'),
    names(folder) {
      const within = [...live.keys()].filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1));
      return [...new Set(within.map((path) => path.split('/')[0] ?? ''))];
    },
    flushFolder(folder) {
      deed('flushFolder');
      for (const [path, held] of live) if (folderOf(path) === folder) named.set(path, held);
      for (const path of [...named.keys()]) if (folderOf(path) === folder && !live.has(path)) named.delete(path);
    },
    changedAt: (path) => (live.has(path) ? changedAt : null),
  };
}
