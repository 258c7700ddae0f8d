// The vault of a simulated PC: what was kept outlives the process and the power, because keeping means that it is on the disk. It can be full,
// and what lies in it can be lost or changed.

import { createHash } from 'node:crypto';
import { StoreFault } from '../../electron/ports/store.ts';
import type { Vault } from '../../electron/ports/vault.ts';

export interface VaultInMemory extends Vault {
  readonly files: Map<string, Uint8Array>;
  /** Hashes of files that somebody changed on the disk. */
  readonly changed: Set<string>;
}

export function vaultInMemory(isFull: () => boolean = () => false): VaultInMemory {
  const files = new Map<string, Uint8Array>();
  const changed = new Set<string>();
  return {
    files,
    changed,
    keep(content) {
      if (isFull()) throw new StoreFault('full', 'the vault: ENOSPC');
      const sha256 = createHash('sha256').update(content).digest('hex');
      files.set(sha256, content);
      changed.delete(sha256);
      return sha256;
    },
    read(sha256) {
      const content = files.get(sha256);
      if (content === undefined) return { ok: false, why: 'missing' };
      return changed.has(sha256) ? { ok: false, why: 'changed' } : { ok: true, content };
    },
  };
}
