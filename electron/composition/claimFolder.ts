// One process at a time for one data folder. The proof of life is a lock that the operating system holds for the process and drops when it ends,
// however it ends, on a file inside the folder: only who may write there can take it, and nobody else on this PC can squat it. The lock file
// beside it only tells a person who holds it. The store's own fencing stands behind this (I12).

import { lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/** Something else lies where the claim is to be a file of its own. */
export class FolderUnclaimable extends Error {
  override readonly name = 'FolderUnclaimable';

  constructor(claim: string) {
    super(`Tawi cannot start: what lies at ${claim} is no file of its own. Move it away and start again.`);
  }
}

/** A pipe is never done being opened, a link leads to somebody else's file, which would be emptied in its place, and a folder holds nothing. */
function isOtherThanFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === false;
}

function holder(lock: string): number | null {
  if (isOtherThanFile(lock)) return null;
  try {
    const { pid } = JSON.parse(readFileSync(lock, 'utf8')) as { pid?: unknown };
    return typeof pid === 'number' && Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

/** There is no writing in that place. */
const UNWRITABLE: ReadonlySet<unknown> = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOSPC',
  'EDQUOT',
  'SQLITE_CANTOPEN',
  'SQLITE_READONLY',
  'SQLITE_FULL',
]);

/**
 * A folder in which nothing can be written is said by the store, which knows the right words for it and can lose nothing there. Whatever else
 * keeps the lock from being had is thrown: a folder that could not be claimed is neither ours nor somebody's.
 */
function heldWhereWritable(claim: string, hold: typeof holdFile): HeldFile | 'taken' | null {
  try {
    return hold(claim);
  } catch (error) {
    if (error instanceof Error && 'code' in error && UNWRITABLE.has(error.code)) return null;
    throw error;
  }
}

/** `hold`: how a file is kept from every other process. */
export async function claimFolder(folder: DataFolder, hold = holdFile): Promise<FolderClaim | FolderTaken> {
  keepToOurselves(folder.root);
  if (isOtherThanFile(folder.claim)) throw new FolderUnclaimable(folder.claim);
  const held = heldWhereWritable(folder.claim, hold);
  if (held === 'taken') return { takenBy: holder(folder.lock) };
  if (held !== null) tellHolder(folder.lock);
  return {
    async release() {
      if (held === null) return;
      dropName(folder.lock);
      held.release();
    },
  };
}

/** For a person's eyes: on a disk that is full it is missing, and the lock holds all the same. */
function tellHolder(lock: string): void {
  if (isOtherThanFile(lock)) return;
  try {
    writeFileSync(lock, `${JSON.stringify({ pid: process.pid })}\n`, { mode: 0o600 });
  } catch {
    // Of another process that is gone, it would name a stranger.
    dropName(lock);
  }
}

function dropName(lock: string): void {
  try {
    rmSync(lock, { force: true });
  } catch {
    // It is only ever read.
  }
}
