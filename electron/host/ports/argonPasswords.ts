// Checks passwords when head office cannot be asked: Argon2id, with the cost written into each hash so that it can rise later.

import { randomBytes } from 'node:crypto';
import { argon2id, argon2Verify } from 'hash-wasm';
import type { Passwords } from '../../ports/secrets.ts';
import { reveal } from '../../../shared/kernel/redacted.ts';

/** 19 MiB, two passes, one lane: the smallest setting that the current guidance for stored passwords calls enough. */
const COST = { memorySize: 19_456, iterations: 2, parallelism: 1, hashLength: 32 } as const;

export const argonPasswords: Passwords = {
  hash: (password) => argon2id({ ...COST, password: reveal(password), salt: randomBytes(16), outputType: 'encoded' }),
  async verify(password, hash) {
    try {
      return await argon2Verify({ password: reveal(password), hash });
    } catch {
      // A hash that cannot be read admits nobody.
      return false;
    }
  },
};
