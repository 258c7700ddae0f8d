// How the key of a branch's books is kept on this PC: never as it is, always wrapped by something that the PC guards. Which kind of guard
// wrapped it is written beside it, so that a folder moved between the desktop program and plain Node says clearly why it does not open.

import type { Redacted } from '../../../shared/kernel/redacted.ts';

export type KeyGuard = 'operatingSystem' | 'keyFile';

export interface KeyWrap {
  readonly guard: KeyGuard;
  wrap(key: Redacted<Uint8Array>): Promise<string>;
  /** Null when this guard did not wrap it, or no longer can unwrap it. */
  unwrap(wrapped: string): Promise<Redacted<Uint8Array> | null>;
}
