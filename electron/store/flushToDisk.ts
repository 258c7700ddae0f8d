// Brings to the disk what the operating system may still hold back, so that a power cut cannot take it: a file's content, or a folder's names.

import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

function flush(path: string, flags: 'r' | 'r+'): void {
  const handle = openSync(path, flags);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

export function flushFile(path: string): void {
  flush(path, 'r+');
}

/** Windows cannot flush a folder, and keeps names by other means. */
export function flushFolder(path: string): void {
  if (process.platform !== 'win32') flush(path, 'r');
}

/** Makes a folder, and its parents, whose names outlive a power cut. */
export function makeFolder(path: string): void {
  const first = mkdirSync(path, { recursive: true });
  if (first === undefined) return;
  for (let made = path; ; made = dirname(made)) {
    flushFolder(dirname(made));
    if (made === first) return;
  }
}
