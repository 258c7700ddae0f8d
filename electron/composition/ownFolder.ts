// Everything that Tawi keeps is its own account's and nobody else's, from the moment it is created: the process gives no file or folder to others,
// whoever makes it (SQLite its log, a copy, a spool), and what an older program left open is closed to them. Windows keeps such rights in the
// user's own folder, by inheritance.

import { chmodSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { join } from 'node:path';

const OTHERS = 0o077;
const STICKY = 0o1000;

/** Null where it cannot be: what is another account's stays as it is, and the books say for themselves whether they can be opened. */
function closeOne(path: string): Stats | null {
  try {
    const found = lstatSync(path);
    // A link is somebody's word for another place, and a sticky folder is everybody's: neither is ours to change.
    if (found.isSymbolicLink() || (found.mode & STICKY) !== 0) return null;
    if ((found.mode & OTHERS) !== 0) chmodSync(path, found.mode & 0o700);
    return found;
  } catch {
    return null;
  }
}

function close(path: string): void {
  if (closeOne(path)?.isDirectory() !== true) return;
  for (const name of readdirSync(path)) close(join(path, name));
}

/** What Tawi keeps in its folder; whatever else a person put there is theirs. */
const OURS = ['branch', 'practice', 'diagnostics', 'choice.json', 'machine.key', 'tawi.lock', 'tawi.claim'];

/** For the whole process: called before the first file is made. */
export function keepToOurselves(root: string): void {
  if (process.platform === 'win32') {
    mkdirSync(root, { recursive: true });
    return;
  }
  process.umask(OTHERS);
  mkdirSync(root, { recursive: true, mode: 0o700 });
  closeOne(root);
  for (const name of OURS) close(join(root, name));
}
