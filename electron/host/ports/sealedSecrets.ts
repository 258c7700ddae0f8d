// Keeps sign-ins for sending under a key of their own, derived from the branch's key: AES-256-GCM, so that a changed byte opens nothing.

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Seals } from '../../ports/secrets.ts';
import { Redacted, reveal } from '../../../shared/kernel/redacted.ts';

const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A key for one purpose, from which neither the branch's key nor the key for another purpose can be found. */
export function derivedKey(branchKey: Redacted<Uint8Array>, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', reveal(branchKey), new Uint8Array(0), `tawi ${purpose}`, 32));
}

export function sealedSecrets(branchKey: Redacted<Uint8Array>): Seals {
  const key = derivedKey(branchKey, 'sign-ins');
  return {
    seal(secret) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const bytes = Buffer.concat([iv, cipher.update(reveal(secret), 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `${VERSION}.${bytes.toString('base64url')}`;
    },
    open(sealed) {
      const [version, text = ''] = sealed.split('.', 2);
      const bytes = Buffer.from(text, 'base64url');
      if (version !== VERSION || bytes.length < IV_BYTES + TAG_BYTES) return null;
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
        decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
        const secret = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
        return new Redacted(secret.toString('utf8'));
      } catch {
        return null;
      }
    },
  };
}
