// The stronger guard for the branch's key: the operating system's own store of secrets, tied to the account that is signed in to this PC.

import type { SafeStorage } from 'electron';
import type { KeyWrap } from '../host/ports/keyWrap.ts';
import { Redacted, reveal } from '../../shared/kernel/redacted.ts';

/** Null where the operating system has no store of secrets: on Linux 'basic_text' is a fixed password and guards nothing. */
export async function systemKeyWrap(storage: SafeStorage): Promise<KeyWrap | null> {
  if (!(await storage.isAsyncEncryptionAvailable())) return null;
  if (process.platform === 'linux' && storage.getSelectedStorageBackend() === 'basic_text') return null;
  return {
    guard: 'operatingSystem',
    async wrap(key) {
      const wrapped = await storage.encryptStringAsync(Buffer.from(reveal(key)).toString('base64'));
      return wrapped.toString('base64');
    },
    async unwrap(wrapped) {
      try {
        const { result } = await storage.decryptStringAsync(Buffer.from(wrapped, 'base64'));
        const key = Buffer.from(result, 'base64');
        return key.length > 0 && key.length % 32 === 0 ? new Redacted(new Uint8Array(key)) : null;
      } catch {
        return null;
      }
    },
  };
}
