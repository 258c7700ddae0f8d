// Chance and identity from the operating system's random source, and digests from its cryptography.

import { createHash, randomBytes } from 'node:crypto';
import type { Chance, Digest, Ids } from '../../ports/clock.ts';
import { uuidV7 } from '../../../shared/kernel/uuidV7.ts';

export const nodeChance: Chance = {
  // 48 bits are exact in a number, so 1 is never reached.
  fraction: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48,
};

/** `now` is the branch's clock, so that ids sort by the same time that records carry. */
export function nodeIds(now: () => number): Ids {
  return { newId: () => uuidV7(now(), randomBytes(10)) };
}

export const nodeDigest: Digest = {
  sha256: (text) => createHash('sha256').update(text, 'utf8').digest('hex'),
};
