// The words that the journal's hashes are made of. Frozen: every chain that was ever written is read with them.

import { canonicalJson, type Json } from '../../kernel/canonicalJson.ts';
import type { Receipt } from '../records.ts';

/** Hashes a text: SHA-256, as lower-case hexadecimal. */
export type Sha256 = (text: string) => string;

/** An entry as it lies in the chain, without what this PC adds to it. */
export interface ChainedEntry {
  readonly entry: number;
  readonly what: string;
  readonly by: string;
  readonly businessDate: string;
  readonly at: number;
  readonly body: Json;
  readonly previousHash: string;
  readonly hash: string;
}

export function entryHash(entry: Omit<ChainedEntry, 'hash'>, sha256: Sha256): string {
  const { entry: number, what, by, businessDate, at, body, previousHash } = entry;
  return sha256(`${previousHash}\n${canonicalJson({ entry: number, what, by, businessDate, at, body })}`);
}

/** Without what signs it: the signature is of this hash. */
export function receiptHash({ hash: _hash, proof: _proof, ...unsealed }: Receipt, sha256: Sha256): string {
  return sha256(canonicalJson(unsealed as unknown as Json));
}

export function payloadHash(payload: Json, sha256: Sha256): string {
  return sha256(canonicalJson(payload));
}
