// Makes one copy of a store under another name, checked before it gets that name, and on the disk when this returns. An unfinished or
// doubtful copy never gets a name. Takes time that grows with the file: for a thread of its own, never for the counter's.

import { renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreFault } from '../ports/store.ts';
import { flushFile, flushFolder, makeFolder } from './flushToDisk.ts';
import { checkIntegrity, isWhole } from './integrity.ts';
import { openDatabase, type DatabaseAt } from './openDatabase.ts';

/** While it is being made, a copy is called so. */
export function unfinishedCopy(copy: string): string {
  return `${copy}.unfinished`;
}

/** Bytes of the copy. */
export function copyWhole({ file, key, copy }: DatabaseAt & { readonly copy: string }): number {
  const unfinished = unfinishedCopy(copy);
  makeFolder(dirname(copy));
  rmSync(unfinished, { force: true });
  try {
    const source = openDatabase({ file, key }, 'readonly');
    try {
      source.prepare('VACUUM INTO ?').run(unfinished);
    } finally {
      source.close();
    }
    const made = openDatabase({ file: unfinished, key }, 'readonly');
    try {
      if (!isWhole(checkIntegrity(made))) throw new StoreFault('corrupt', 'the copy is not whole');
    } finally {
      made.close();
    }
    flushFile(unfinished);
    renameSync(unfinished, copy);
    flushFolder(dirname(copy));
    return statSync(copy).size;
  } finally {
    rmSync(unfinished, { force: true });
  }
}
