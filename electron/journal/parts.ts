// What writing a fact needs besides the store: time, chance, identity and a digest. Both the counter and the sync loop hand these in.

import type { Chance, Clock, Digest, Ids } from '../ports/clock.ts';

export interface JournalParts {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly ids: Ids;
  readonly digest: Digest;
}
