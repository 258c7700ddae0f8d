// The weaker guard, where no operating system offers one (plain Node): a random key in a file that only this account may read. Whoever can
// copy the whole folder can read the books, and the program says so when it starts.

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redacted, reveal } from '../../../shared/kernel/redacted.ts';
import { writeWhole } from '../writeWhole.ts';
import type { KeyWrap } from './keyWrap.ts';

const IV_BYTES = 12;
const TAG_BYTES = 16;

export function keyFileOf(folder: string): string {
  return join(folder, 'machine.key');
}

export function keyFileWrap(folder: string): KeyWrap {
  const file = keyFileOf(folder);

  function readKey(): Buffer | null {
    if (!existsSync(file)) return null;
    const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
    return key.length === 32 ? key : null;
  }

  function madeKey(): Buffer {
    const known = readKey();
    if (known !== null) return known;
    const key = randomBytes(32);
    writeWhole(file, `${key.toString('base64')}\n`);
    return key;
  }

  return {
    guard: 'keyFile',
    async wrap(key) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', madeKey(), iv);
      return Buffer.concat([iv, cipher.update(reveal(key)), cipher.final(), cipher.getAuthTag()]).toString('base64');
    },
    async unwrap(wrapped) {
      const key = readKey();
      const bytes = Buffer.from(wrapped, 'base64');
      if (key === null || bytes.length <= IV_BYTES + TAG_BYTES) return null;
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
        decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
        return new Redacted(new Uint8Array(Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()])));
      } catch {
        return null;
      }
    },
  };
}
