// What writing a fact needs besides the store: time, chance, identity, a digest and the device's signature. Both the counter and the sync loop hand these in.

import type { Chance, Clock, Digest, Ids } from '../ports/clock.ts';
import type { DeviceSigner } from '../ports/secrets.ts';

export interface JournalParts {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly ids: Ids;
  readonly digest: Digest;
  /** Null in a program that signs no receipt. */
  readonly signer: DeviceSigner | null;
}
