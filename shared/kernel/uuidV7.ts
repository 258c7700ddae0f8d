// A UUIDv7 from a given instant and given random bytes: the port supplies both, so a simulated branch makes the same ids from the same seed.

import { assert } from './assert.ts';
import type { LocalId } from './ids.ts';

/** `random` holds at least 10 bytes; `instantMs` is epoch milliseconds. */
export function uuidV7(instantMs: number, random: Uint8Array): LocalId {
  assert(random.length >= 10, 'ten random bytes');
  const bytes = new Uint8Array(16);
  let rest = instantMs;
  for (let at = 5; at >= 0; at -= 1) {
    bytes[at] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
