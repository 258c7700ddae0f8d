// Whether an update is ours: signed by whoever releases Tawi, with a key that only the public half of lies in the program. The updater itself checks a
// publisher's name on Windows where one was set, Apple's signature on macOS, and on Linux a digest that stands beside the file. This is asked
// before anything is fetched, on every platform, and says no where anything is missing, the key too.

import { createPublicKey, verify } from 'node:crypto';

/** Set by whoever releases Tawi: the public half of an Ed25519 key, as SPKI in base64. While it is null no update is taken from anywhere. */
export const UPDATE_KEY: string | null = null;

interface UpdateFile {
  readonly url: string;
  readonly sha512: string;
  readonly size?: number;
}

/** What signUpdate.ts signed: each file by its name, digest and size, and the version that they are. */
function signedWords(version: string, files: readonly UpdateFile[]): string {
  return ['tawi update', version, ...files.map(({ url, sha512, size }) => `${url} ${sha512} ${String(size)}`)].join('\n');
}

function isFile(value: unknown): value is UpdateFile {
  const { url, sha512, size } = (value ?? {}) as Partial<Record<keyof UpdateFile, unknown>>;
  return typeof url === 'string' && typeof sha512 === 'string' && Number.isSafeInteger(size) && !/\s/.test(url + sha512);
}

/** `info` is what the updater read from the release's file, whatever stands there. */
export function isSignedUpdate(info: unknown, key: string | null): boolean {
  const { version, files, packages, tawiSignature } = (info ?? {}) as Readonly<Record<string, unknown>>;
  if (key === null || typeof version !== 'string' || /\s/.test(version) || typeof tawiSignature !== 'string') return false;
  // Packages of a web installer would be fetched besides, under digests that nobody signed.
  if (packages !== undefined && packages !== null) return false;
  if (!Array.isArray(files) || files.length === 0 || !files.every(isFile)) return false;
  try {
    const publicKey = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' });
    if (publicKey.asymmetricKeyType !== 'ed25519') return false;
    return verify(null, Buffer.from(signedWords(version, files)), publicKey, Buffer.from(tawiSignature, 'base64'));
  } catch {
    return false;
  }
}
