// How passwords are checked without a line and how sign-ins are kept for sending. Implementations hold the keys; nobody else sees them.

import type { Redacted } from '../../shared/kernel/redacted.ts';

export interface Passwords {
  /** Argon2id with a random salt, as one self-describing text. */
  hash(password: Redacted<string>): Promise<string>;
  verify(password: Redacted<string>, hash: string): Promise<boolean>;
}

/** The device's own word on paper. Keys and signatures are in base32. */
export interface DeviceSigner {
  readonly publicKey: string;
  /** The same text always has the same signature. */
  sign(text: string): string;
  /** Whether whoever has that key signed the text; false also for what is no key or no signature. */
  fits(text: string, signature: string, publicKey: string): boolean;
}

export interface Seals {
  /** Authenticated encryption under a key that this PC's operating system guards. */
  seal(secret: Redacted<string>): string;
  /** Null when it was sealed elsewhere or was changed. */
  open(sealed: string): Redacted<string> | null;
}
