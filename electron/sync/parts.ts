// What the sync loop needs from outside. It sees ports only: no SQL, no HTTP, no timer of its own.

import type { BranchEvent } from '../../shared/contract/branchContract.ts';
import type { JournalParts } from '../journal/parts.ts';
import type { Diagnostics, Timers } from '../ports/clock.ts';
import type { Seals } from '../ports/secrets.ts';
import type { Store } from '../ports/store.ts';
import type { WindowedHeadOffice } from '../ports/window.ts';

export interface SyncParts extends JournalParts {
  readonly store: Store;
  readonly headOffice: WindowedHeadOffice;
  readonly timers: Timers;
  readonly seals: Seals;
  readonly diagnostics: Diagnostics;
  tell(event: BranchEvent): void;
}
