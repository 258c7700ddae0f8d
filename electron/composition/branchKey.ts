// The key of one branch's books: 32 random bytes, made once, kept only wrapped. A key that cannot be unwrapped is never replaced, because
// a new key would make the books unreadable for good.

import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { Redacted } from '../../shared/kernel/redacted.ts';
import type { KeyWrap } from '../host/ports/keyWrap.ts';
import { writeWhole } from '../host/writeWhole.ts';
import type { BranchFolder } from './dataFolder.ts';

const KeyFileSchema = z.object({ version: z.literal(1), guard: z.enum(['operatingSystem', 'keyFile']), wrapped: z.string().min(1) });

/** Null when the key is there but this PC, or this way of starting, cannot unwrap it; or when the books are there and the key is not. */
export async function branchKey(folder: BranchFolder, wraps: readonly [KeyWrap, ...KeyWrap[]]): Promise<Redacted<Uint8Array> | null> {
  if (existsSync(folder.key)) {
    try {
      const kept = KeyFileSchema.parse(JSON.parse(readFileSync(folder.key, 'utf8')));
      const wrap = wraps.find((each) => each.guard === kept.guard);
      return (await wrap?.unwrap(kept.wrapped)) ?? null;
    } catch {
      return null;
    }
  }
  if (existsSync(folder.store)) return null;
  const key = new Redacted(new Uint8Array(randomBytes(32)));
  const [wrap] = wraps;
  const wrapped = await wrap.wrap(key);
  writeWhole(folder.key, `${JSON.stringify({ version: 1, guard: wrap.guard, wrapped })}\n`);
  return key;
}
