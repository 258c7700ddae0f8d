// The seal of this PC on what its books say: a keyed hash, under a key that the operating system's store guards and that opens nothing. Whoever
// can open the books, by a key on paper or one that leaked, can write a chain that fits in itself, but no seal (I13).

import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';

export interface Seal {
  of(text: string): string;
  fits(text: string, seal: string): boolean;
}

/** Said with an entry by a program that also adds up the rows (rowSums.ts). */
const WITH_SUMS = 'with sums ';

export function sealOfEntry(seal: Seal, hash: string): string {
  return seal.of(`${WITH_SUMS}${hash}`);
}

export function saysSums(seal: Seal, hash: string, given: string): boolean {
  return seal.fits(`${WITH_SUMS}${hash}`, given);
}

/** Also one of before there were sums. */
export function isSealOfEntry(seal: Seal, hash: string, given: string): boolean {
  return saysSums(seal, hash, given) || seal.fits(hash, given);
}

export function sealWith(key: Uint8Array): Seal;
export function sealWith(key: Uint8Array | null | undefined): Seal | null;
export function sealWith(key: Uint8Array | null | undefined): Seal | null {
  if (key === null || key === undefined) return null;
  const secret = createSecretKey(key);
  const of = (text: string): string => createHmac('sha256', secret).update(text, 'utf8').digest('hex');
  return {
    of,
    fits(text, seal) {
      const [made, given] = [Buffer.from(of(text)), Buffer.from(seal)];
      return made.length === given.length && timingSafeEqual(made, given);
    },
  };
}
