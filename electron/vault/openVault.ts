// Files that facts carry: photographs, identity papers. Each is encrypted whole (AES-256-GCM) under a name that follows from its content and a
// key, so that a stolen disk shows neither what is in a file nor whether a known file is there. A file gets its name only when it is whole
// and on the disk; until then it is nothing, and is cleared away at the next opening. Nothing is ever written in clear, here or elsewhere.

import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { StoreFault } from '../ports/store.ts';
import type { ReadFile, Vault } from '../ports/vault.ts';
import { nodeDisk, type VaultDisk } from './vaultDisk.ts';

const FORM = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const UNFINISHED = '.unfinished';
const NAME = /^[0-9a-f]{64}$/;
/** What no row names is cleared away only when it is this old: whoever lays older books back may look for it. */
const ORPHAN_AFTER_MS = 7 * 24 * 3_600_000;
/** Between so many files whatever else waits for this thread runs. */
const AT_ONCE = 8;

export interface VaultOptions {
  readonly folder: string;
  /** Where copies lie; what is lost or changed in the vault is brought back from there. */
  readonly backups: string;
  /** 32 bytes for the vault alone. */
  readonly key: Uint8Array;
  readonly disk?: VaultDisk;
}

export interface OpenedVault extends Vault {
  /**
   * Clears away what was never finished, and what no row names and is old. `named`: of every row, also of those that wait. Answers how many
   * files went.
   */
  sweep(named: Iterable<string>, now: number): number;
  /** Copies whole what rows name and the backups do not have yet; answers how many, and how many could not be read anywhere. */
  backUp(named: Iterable<string>, breathe: () => Promise<void>): Promise<{ readonly copied: number; readonly lost: number }>;
}

export function openVault({ folder, backups, key, disk = nodeDisk }: VaultOptions): OpenedVault {
  const part = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', key, new Uint8Array(0), `tawi vault ${purpose}`, 32));
  const [names, contents] = [part('names'), part('contents')];

  function nameOf(sha256: string): string {
    return createHmac('sha256', names).update(sha256, 'utf8').digest('hex');
  }

  function placeOf(root: string, name: string): { readonly folder: string; readonly path: string } {
    const within = join(root, name.slice(0, 2));
    return { folder: within, path: join(within, name) };
  }

  function locked(sha256: string, content: Uint8Array): Buffer {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', contents, iv);
    cipher.setAAD(Buffer.from(sha256, 'utf8'));
    return Buffer.concat([Buffer.from([FORM]), iv, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
  }

  function unlocked(sha256: string, bytes: Uint8Array): Uint8Array | null {
    if (bytes[0] !== FORM || bytes.length < 1 + IV_BYTES + TAG_BYTES) return null;
    try {
      const decipher = createDecipheriv('aes-256-gcm', contents, bytes.subarray(1, 1 + IV_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(sha256, 'utf8'));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(1 + IV_BYTES, -TAG_BYTES)), decipher.final()]);
    } catch {
      return null;
    }
  }

  /** Under its name only when every byte of it is on the disk, and its name too when this returns. */
  function lay(root: string, name: string, bytes: Uint8Array): void {
    const { folder: within, path } = placeOf(root, name);
    const unfinished = path + UNFINISHED;
    try {
      const isNew = !disk.names(root).includes(name.slice(0, 2));
      disk.makeFolder(within);
      disk.write(unfinished, bytes);
      disk.flush(unfinished);
      disk.rename(unfinished, path);
      disk.flushFolder(within);
      if (isNew) {
        disk.flushFolder(root);
        disk.flushFolder(dirname(root));
      }
    } catch (error) {
      removeQuietly(unfinished);
      throw faultOf(error);
    }
  }

  function removeQuietly(path: string): void {
    try {
      disk.remove(path);
    } catch {
      // The next sweep finds it.
    }
  }

  function readAt(root: string, sha256: string): ReadFile {
    const bytes = disk.read(placeOf(root, nameOf(sha256)).path);
    if (bytes === null) return { ok: false, why: 'missing' };
    const content = unlocked(sha256, bytes);
    return content === null ? { ok: false, why: 'changed' } : { ok: true, content };
  }

  function read(sha256: string): ReadFile {
    try {
      const here = readAt(folder, sha256);
      if (here.ok) return here;
      const kept = readAt(backups, sha256);
      if (!kept.ok) return here;
      lay(folder, nameOf(sha256), locked(sha256, kept.content));
      return kept;
    } catch (error) {
      throw faultOf(error);
    }
  }

  function keep(content: Uint8Array): string {
    const sha256 = createHash('sha256').update(content).digest('hex');
    try {
      if (readAt(folder, sha256).ok) {
        // It may have its name and not its flush yet: whoever is answered relies on both.
        const { folder: within, path } = placeOf(folder, nameOf(sha256));
        disk.flush(path);
        disk.flushFolder(within);
        return sha256;
      }
    } catch (error) {
      throw faultOf(error);
    }
    lay(folder, nameOf(sha256), locked(sha256, content));
    return sha256;
  }

  function sweep(named: Iterable<string>, now: number): number {
    const wanted = new Set([...named].map(nameOf));
    let gone = 0;
    for (const within of disk.names(folder)) {
      if (!/^[0-9a-f]{2}$/.test(within)) continue;
      for (const name of disk.names(join(folder, within))) {
        const path = join(folder, within, name);
        const isUnfinished = name.endsWith(UNFINISHED);
        const changedAt = disk.changedAt(path);
        const isOld = changedAt !== null && now - changedAt > ORPHAN_AFTER_MS;
        if (!isUnfinished && (!NAME.test(name) || wanted.has(name) || !isOld)) continue;
        removeQuietly(path);
        gone += 1;
      }
    }
    return gone;
  }

  async function backUp(named: Iterable<string>, breathe: () => Promise<void>): Promise<{ copied: number; lost: number }> {
    const there = new Set(disk.names(backups).flatMap((within) => disk.names(join(backups, within))));
    const wanting = [...named].filter((sha256) => !there.has(nameOf(sha256)));
    let [copied, lost] = [0, 0];
    for (const [at, sha256] of wanting.entries()) {
      if (at % AT_ONCE === AT_ONCE - 1) await breathe();
      const kept = readAt(folder, sha256);
      if (!kept.ok) {
        lost += 1;
        continue;
      }
      lay(backups, nameOf(sha256), locked(sha256, kept.content));
      copied += 1;
    }
    return { copied, lost };
  }

  return { keep, read, sweep, backUp };
}

const KINDS: Readonly<Record<string, StoreFault['kind']>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EROFS: 'readOnly',
  EACCES: 'readOnly',
  EPERM: 'readOnly',
  EBUSY: 'busy',
};

/** No path leaves with it: a fault may be read by anybody. */
function faultOf(error: unknown): unknown {
  if (error instanceof StoreFault) return error;
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
  return code === null ? error : new StoreFault(KINDS[code] ?? 'unknown', `the vault: ${code}`);
}
