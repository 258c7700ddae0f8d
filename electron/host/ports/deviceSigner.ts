// The device's own word on paper: Ed25519, by a key that follows from the key of the seal, so that it is guarded with it and nothing more has to be
// kept. Whoever has the key of the books, from paper or from a leak, cannot sign with it.

import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { DeviceSigner } from '../../ports/secrets.ts';
import { fromBase32, toBase32 } from '../../../shared/kernel/base32.ts';
import type { Redacted } from '../../../shared/kernel/redacted.ts';
import { derivedKey } from './sealedSecrets.ts';

/** What stands before the bytes of such a key in its usual wrapping (RFC 8410). */
const BEFORE_PRIVATE = Buffer.from('302e020100300506032b657004220420', 'hex');
const BEFORE_PUBLIC = Buffer.from('302a300506032b6570032100', 'hex');
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

export function deviceSigner(sealKey: Redacted<Uint8Array>): DeviceSigner {
  const privateKey = createPrivateKey({
    key: Buffer.concat([BEFORE_PRIVATE, derivedKey(sealKey, 'receipts')]),
    format: 'der',
    type: 'pkcs8',
  });
  const publicBytes = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(BEFORE_PUBLIC.length);
  return {
    publicKey: toBase32(publicBytes),
    sign: (text) => toBase32(sign(null, Buffer.from(text, 'utf8'), privateKey)),
    fits(text, signature, publicKey) {
      const [key, signed] = [fromBase32(publicKey, KEY_BYTES), fromBase32(signature, SIGNATURE_BYTES)];
      if (key === null || signed === null) return false;
      try {
        const known = createPublicKey({ key: Buffer.concat([BEFORE_PUBLIC, key]), format: 'der', type: 'spki' });
        return verify(null, Buffer.from(text, 'utf8'), known, signed);
      } catch {
        // Some bytes are no key at all.
        return false;
      }
    },
  };
}
