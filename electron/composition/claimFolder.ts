// One process at a time for one data folder. The proof of life is a lock that the operating system holds for the process and drops when it ends,
// however it ends, on a file inside the folder: only who may write there can take it, and nobody else on this PC can squat it. The lock file
// beside it only tells a person who holds it. The store's own fencing stands behind this (I12).

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { holdFile, type HeldFile } from '../store/holdFile.ts';
import type { DataFolder } from './dataFolder.ts';
import { keepToOurselves } from './ownFolder.ts';

export interface FolderClaim {
  release(): Promise<void>;
}

/** `pid` of the process that has it, where that can be told. */
export interface FolderTaken {
  readonly takenBy: number | null;
}

function holder(lock: string): number | null {
  try {
    const { pid } = JSON.parse(readFileSync(lock, 'utf8')) as { pid?: unknown };
    return typeof pid === 'number' && Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

export async function claimFolder(folder: DataFolder): Promise<FolderClaim | FolderTaken> {
  keepToOurselves(folder.root);
  let held: HeldFile | 'taken' | null = null;
  // A folder that cannot be written is said by the store, which knows the right words for it.
  try {
    held = holdFile(folder.claim);
    if (held === 'taken') return { takenBy: holder(folder.lock) };
    writeFileSync(folder.lock, `${JSON.stringify({ pid: process.pid })}\n`, { mode: 0o600 });
  } catch {
    const kept = held === 'taken' ? null : held;
    return { release: async () => kept?.release() };
  }
  const mine = held;
  return {
    async release() {
      rmSync(folder.lock, { force: true });
      mine.release();
    },
  };
}
