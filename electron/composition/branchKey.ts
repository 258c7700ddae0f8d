// The keys of one branch's books: 32 random bytes that open them, and 32 that seal what they say and open nothing. Made once, kept only wrapped,
// and both in one wrapping, so that neither can be taken away without the other. A key that cannot be unwrapped is never replaced, because a new
// key would make the books unreadable for good.

import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { Redacted, reveal } from '../../shared/kernel/redacted.ts';
import type { KeyGuard, KeyWrap } from '../host/ports/keyWrap.ts';
import { writeWhole } from '../host/writeWhole.ts';
import type { BranchFolder } from './dataFolder.ts';

const KEY_BYTES = 32;
/** Version 1 held the first key alone. */
const KeyFileSchema = z.object({
  version: z.union([z.literal(1), z.literal(2)]),
  guard: z.enum(['operatingSystem', 'keyFile']),
  wrapped: z.string().min(1),
});

export interface BranchKeys {
  readonly books: Redacted<Uint8Array>;
  readonly seal: Redacted<Uint8Array>;
  /** What guards them on this PC from now on. */
  readonly guard: KeyGuard;
}

type KeyWraps = readonly [KeyWrap, ...KeyWrap[]];

async function keep(folder: BranchFolder, keys: Redacted<Uint8Array>, wrap: KeyWrap): Promise<void> {
  const wrapped = await wrap.wrap(keys);
  writeWhole(folder.key, `${JSON.stringify({ version: 2, guard: wrap.guard, wrapped })}\n`);
}

function parted(keys: Redacted<Uint8Array>, guard: KeyGuard): BranchKeys {
  const bytes = reveal(keys);
  return { books: new Redacted(bytes.slice(0, KEY_BYTES)), seal: new Redacted(bytes.slice(KEY_BYTES)), guard };
}

async function unwrapped(folder: BranchFolder, wraps: KeyWraps): Promise<{ keys: Redacted<Uint8Array>; guard: KeyGuard } | null> {
  try {
    const kept = KeyFileSchema.parse(JSON.parse(readFileSync(folder.key, 'utf8')));
    const keys = (await wraps.find((each) => each.guard === kept.guard)?.unwrap(kept.wrapped)) ?? null;
    if (keys === null || reveal(keys).length !== KEY_BYTES * kept.version) return null;
    return { keys, guard: kept.guard };
  } catch {
    return null;
  }
}

/** Null when the keys are there but this PC, or this way of starting, cannot unwrap them; or when the books are there and the keys are not. */
export async function branchKeys(folder: BranchFolder, wraps: KeyWraps): Promise<BranchKeys | null> {
  const [first] = wraps;
  if (!existsSync(folder.key)) {
    if (existsSync(folder.store)) return null;
    const made = new Redacted(new Uint8Array(randomBytes(2 * KEY_BYTES)));
    await keep(folder, made, first);
    return parted(made, first.guard);
  }
  const found = await unwrapped(folder, wraps);
  if (found === null) return null;
  const bytes = reveal(found.keys);
  const isOld = bytes.length === KEY_BYTES;
  const both = isOld ? new Redacted(new Uint8Array(Buffer.concat([bytes, randomBytes(KEY_BYTES)]))) : found.keys;
  // The better guard is back, or there for the first time: from now on it guards them.
  if (isOld || found.guard !== first.guard) await keep(folder, both, first);
  return parted(both, first.guard);
}

/** The one that opens the books. */
export async function branchKey(folder: BranchFolder, wraps: KeyWraps): Promise<Redacted<Uint8Array> | null> {
  return (await branchKeys(folder, wraps))?.books ?? null;
}

/** The key file lies in the folder for nothing once no branch's keys are wrapped by it, and is removed. */
export function dropUnusedKeyFile(keyFile: string, folders: readonly BranchFolder[]): void {
  const isUsed = folders.some(({ key }) => {
    if (!existsSync(key)) return false;
    try {
      return KeyFileSchema.parse(JSON.parse(readFileSync(key, 'utf8'))).guard === 'keyFile';
    } catch {
      // What cannot be read may still need it.
      return true;
    }
  });
  if (!isUsed) rmSync(keyFile, { force: true });
}
