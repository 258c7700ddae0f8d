// Argon2id itself, wherever it runs, with the cost written into each hash so that it can rise later.

import { argon2id, argon2Verify } from 'hash-wasm';

/** 19 MiB, two passes, one lane: the smallest setting that the current guidance for stored passwords calls enough. */
const COST = { memorySize: 19_456, iterations: 2, parallelism: 1, hashLength: 32 } as const;

export type PasswordOrder =
  | { readonly what: 'hash'; readonly password: string; readonly salt: Uint8Array }
  | { readonly what: 'verify'; readonly password: string; readonly hash: string };

/** The hash, or whether it fits. */
export async function reckon(order: PasswordOrder): Promise<string | boolean> {
  if (order.what === 'hash') return argon2id({ ...COST, password: order.password, salt: order.salt, outputType: 'encoded' });
  try {
    return await argon2Verify({ password: order.password, hash: order.hash });
  } catch {
    // A hash that cannot be read admits nobody.
    return false;
  }
}
