// What the sync loop needs from outside. It sees ports only: no SQL, no HTTP, no timer of its own.

import type { BranchEvent } from '../../shared/contract/branchContract.ts';
import type { JournalParts } from '../journal/parts.ts';
import type { Diagnostics, Timers } from '../ports/clock.ts';
import type { Seals } from '../ports/secrets.ts';
import type { Store } from '../ports/store.ts';
import type { Vault } from '../ports/vault.ts';
import type { WindowedHeadOffice } from '../ports/window.ts';

export interface SyncParts extends JournalParts {
  readonly store: Store;
  readonly vault: Vault;
  readonly headOffice: WindowedHeadOffice;
  /** How many pictures of clients a round brings down on a good line; none where left out. */
  readonly picturesPerRound?: number;
  readonly timers: Timers;
  readonly seals: Seals;
  readonly diagnostics: Diagnostics;
  tell(event: BranchEvent): void;
}
