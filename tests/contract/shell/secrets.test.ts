// The operating system's guard for the branch's key: used where it truly guards, passed over where it only pretends to.
import { randomBytes } from 'node:crypto';
import type { SafeStorage } from 'electron';
import { expect, test } from 'vitest';
import { systemKeyWrap } from '../../../electron/shell/secrets.ts';
import { Redacted, reveal } from '../../../shared/kernel/redacted.ts';

/** Turns every bit: enough to see whether what is kept is what was given. */
function storage(
  options: { readonly available?: boolean; readonly backend?: 'basic_text' | 'gnome_libsecret'; readonly account?: number } = {},
): SafeStorage {
  const { available = true, backend = 'gnome_libsecret', account = 0xff } = options;
  const turned = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte ^ account));
  return {
    isAsyncEncryptionAvailable: async () => available,
    getSelectedStorageBackend: () => backend,
    encryptStringAsync: async (text: string) => turned(Buffer.from(text)),
    decryptStringAsync: async (bytes: Buffer) => ({ shouldReEncrypt: false, result: turned(bytes).toString() }),
  } as unknown as SafeStorage;
}

test('a key comes back the same, and is not kept as it is', async () => {
  const key = new Redacted(new Uint8Array(randomBytes(32)));
  const wrap = await systemKeyWrap(storage());
  const wrapped = await wrap!.wrap(key);
  expect(Buffer.from(wrapped, 'base64').toString()).not.toContain(Buffer.from(reveal(key)).toString('base64'));
  expect(reveal((await wrap!.unwrap(wrapped))!)).toEqual(reveal(key));
});

test('another account does not get the key, and no wrong one either', async () => {
  const wrapped = await (await systemKeyWrap(storage()))!.wrap(new Redacted(new Uint8Array(32).fill(5)));
  expect(await (await systemKeyWrap(storage({ account: 0x0f })))!.unwrap(wrapped)).toBeNull();
});

test.each([0, 1, 31, 33, 63])('what opens and is %i bytes long is no key', async (length) => {
  const kept = storage();
  const wrapped = Buffer.from(await kept.encryptStringAsync(Buffer.alloc(length, 7).toString('base64'))).toString('base64');
  expect(await (await systemKeyWrap(kept))!.unwrap(wrapped)).toBeNull();
});

test('no store of secrets, or one that guards nothing, is not used', async () => {
  expect(await systemKeyWrap(storage({ available: false }))).toBeNull();
  if (process.platform === 'linux') expect(await systemKeyWrap(storage({ backend: 'basic_text' }))).toBeNull();
});
