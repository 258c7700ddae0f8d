// The few deeds of a disk that the vault is made of, so that a test can lose the power between any two of them.

import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';

export interface VaultDisk {
  /** Null where there is no such file. */
  read(path: string): Uint8Array | null;
  /** Over whatever was there; not yet flushed. */
  write(path: string, content: Uint8Array): void;
  flush(path: string): void;
  rename(from: string, to: string): void;
  remove(path: string): void;
  makeFolder(path: string): void;
  /** The names in it; flushed by flushFolder. Empty where there is no such folder. */
  names(folder: string): readonly string[];
  flushFolder(folder: string): void;
  /** Epoch milliseconds of the last change; null where there is no such file. */
  changedAt(path: string): number | null;
}

function absent<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return otherwise;
    throw error;
  }
}

function flush(path: string, flags: 'r' | 'r+'): void {
  const handle = openSync(path, flags);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

export const nodeDisk: VaultDisk = {
  read: (path) => absent(() => readFileSync(path), null),
  write(path, content) {
    // Only this account may read it.
    const handle = openSync(path, 'w', 0o600);
    try {
      for (let at = 0; at < content.length;) at += writeSync(handle, content, at);
    } finally {
      closeSync(handle);
    }
  },
  flush: (path) => flush(path, 'r+'),
  rename: renameSync,
  remove: (path) => rmSync(path, { force: true }),
  makeFolder: (path) => void mkdirSync(path, { recursive: true, mode: 0o700 }),
  names: (folder) => absent(() => readdirSync(folder), []),
  // Windows cannot flush a folder, and keeps names by other means.
  flushFolder: (folder) => {
    if (process.platform !== 'win32') flush(folder, 'r');
  },
  changedAt: (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null,
};
