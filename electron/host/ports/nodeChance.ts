// Chance and identity from the operating system's random source, and digests from its cryptography.

import { createHash, randomBytes } from 'node:crypto';
import type { Chance, Digest, Ids } from '../../ports/clock.ts';
import { uuidV7 } from '../../../shared/kernel/uuidV7.ts';

const RANDOM_BYTES = 10;
const IDS_PER_DRAW = 400;

export const nodeChance: Chance = {
  // 48 bits are exact in a number, so 1 is never reached.
  fraction: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48,
};

/**
 * `now` is the branch's clock, so that ids sort by the same time that records carry. Asking the system for ten bytes costs as much as asking
 * for thousands, and an operation at the counter takes four ids: bytes are drawn ahead, and each is used once.
 */
export function nodeIds(now: () => number): Ids {
  let drawn = new Uint8Array(0);
  let at = 0;
  return {
    newId: () => {
      if (at + RANDOM_BYTES > drawn.length) {
        drawn = randomBytes(RANDOM_BYTES * IDS_PER_DRAW);
        at = 0;
      }
      at += RANDOM_BYTES;
      return uuidV7(now(), drawn.subarray(at - RANDOM_BYTES, at));
    },
  };
}

export const nodeDigest: Digest = {
  sha256: (text) => createHash('sha256').update(text, 'utf8').digest('hex'),
};
