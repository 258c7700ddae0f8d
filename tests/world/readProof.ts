// Reads the code of a receipt and holds its signature against a public key, with nothing of the program's: its own letters, its own way to a key.

import { createPublicKey, verify } from 'node:crypto';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function bytesOf(text: string): Buffer {
  const bits = Array.from(text, (letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

export interface Proof {
  readonly words: string;
  readonly members: readonly string[];
  isBy(publicKey: string): boolean;
}

export function readProof(code: string): Proof {
  const at = code.lastIndexOf(':');
  const words = code.slice(0, at);
  return {
    words,
    members: words.split(':'),
    isBy: (publicKey) =>
      verify(
        null,
        Buffer.from(words),
        createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: bytesOf(publicKey).toString('base64url') }, format: 'jwk' }),
        bytesOf(code.slice(at + 1)),
      ),
  };
}
