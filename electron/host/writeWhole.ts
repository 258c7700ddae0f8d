// Writes a small file so that, whatever happens to the power, either the old text or the whole new text is there afterwards.

import { closeSync, fchmodSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Only this account may read it. */
export function writeWhole(file: string, text: string): void {
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const beside = `${file}.new`;
  const written = openSync(beside, 'w', 0o600);
  try {
    // What a cut left there keeps its own rights, and what else is written into it would have them too.
    fchmodSync(written, 0o600);
    writeSync(written, text);
    fsyncSync(written);
  } finally {
    closeSync(written);
  }
  renameSync(beside, file);
  // The new name itself must reach the disk too. Windows knows no such flush and does not need it.
  if (process.platform === 'win32') return;
  const listed = openSync(folder, 'r');
  try {
    fsyncSync(listed);
  } finally {
    closeSync(listed);
  }
}
