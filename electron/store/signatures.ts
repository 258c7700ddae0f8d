// Whether a device of the branch signed what stands on a receipt. Asked of years of them in one walk, so a key is read once.

import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { Fits } from '../../shared/domain/receipts/receiptCode.ts';
import { fromBase32 } from '../../shared/kernel/base32.ts';

const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

function keyOf(publicKey: string): KeyObject | null {
  const bytes = fromBase32(publicKey, KEY_BYTES);
  if (bytes === null) return null;
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(bytes).toString('base64url') }, format: 'jwk' });
  } catch {
    // Some bytes are no key at all.
    return null;
  }
}

export function signatures(): Fits {
  const read = new Map<string, KeyObject | null>();
  return (text, signature, publicKey) => {
    const known = read.get(publicKey) ?? keyOf(publicKey);
    read.set(publicKey, known);
    const signed = fromBase32(signature, SIGNATURE_BYTES);
    return known !== null && signed !== null && verify(null, Buffer.from(text, 'utf8'), known, signed);
  };
}
