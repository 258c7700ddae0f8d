// One process at a time for one data folder. The proof of life is a name that the operating system holds for the process and drops when it
// ends, however it ends; the lock file beside the books only tells a person who holds it. The store's own fencing stands behind this (I12).

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:net';
import { createServer } from 'node:net';
import type { DataFolder } from './dataFolder.ts';

export interface FolderClaim {
  release(): Promise<void>;
}

/** `pid` of the process that has it, where that can be told. */
export interface FolderTaken {
  readonly takenBy: number | null;
}

function nameOf(folder: string): string | null {
  const digest = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 32);
  if (process.platform === 'linux') return `\0tawi-${digest}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\tawi-${digest}`;
  // No such names on other systems: there the process number in the lock file has to do.
  return null;
}

function holder(lock: string): number | null {
  try {
    const { pid } = JSON.parse(readFileSync(lock, 'utf8')) as { pid?: unknown };
    return typeof pid === 'number' && Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Alive, but somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function hold(name: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(null);
      else reject(error);
    });
    server.listen(name, () => {
      server.unref();
      resolve(server);
    });
  });
}

export async function claimFolder(folder: DataFolder): Promise<FolderClaim | FolderTaken> {
  mkdirSync(folder.root, { recursive: true, mode: 0o700 });
  const name = nameOf(folder.root);
  const held = name === null ? null : await hold(name);
  const lastHolder = holder(folder.lock);
  const isTaken = name === null ? lastHolder !== null && lastHolder !== process.pid && isAlive(lastHolder) : held === null;
  if (isTaken) return { takenBy: lastHolder };
  // A folder that cannot be written is said by the store, which knows the right words for it.
  try {
    writeFileSync(folder.lock, `${JSON.stringify({ pid: process.pid })}\n`, { mode: 0o600 });
  } catch {
    return { release: async () => closed(held) };
  }
  return {
    async release() {
      rmSync(folder.lock, { force: true });
      await closed(held);
    },
  };
}

function closed(server: Server | null): Promise<void> {
  return new Promise((resolve) => {
    if (server === null) resolve();
    else server.close(() => resolve());
  });
}
