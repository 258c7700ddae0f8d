// What a branch is made of. Everything that touches the world comes in as a port, so the same branch runs in Electron, in plain Node and in
// a simulator's virtual time.

import type { BranchEvent } from '../../shared/contract/branchContract.ts';
import type { JournalParts } from '../journal/parts.ts';
import type { Diagnostics, Timers } from '../ports/clock.ts';
import type { Calls } from '../ports/calls.ts';
import type { PaperParts } from '../ports/printers.ts';
import type { Passwords, Seals } from '../ports/secrets.ts';
import type { Store } from '../ports/store.ts';
import type { Vault } from '../ports/vault.ts';
import type { WindowedHeadOffice } from '../ports/window.ts';
import type { PracticeControlPort, SyncControl } from '../ports/sync.ts';

export interface BranchParts extends JournalParts {
  readonly store: Store;
  readonly vault: Vault;
  readonly headOffice: WindowedHeadOffice;
  readonly sync: SyncControl;
  readonly timers: Timers;
  readonly diagnostics: Diagnostics;
  readonly passwords: Passwords;
  readonly seals: Seals;
  readonly practice: PracticeControlPort | null;
  /** Of the machine and the folder; null where nobody tells them apart. */
  readonly machineMark: string | null;
  /** What people call this PC; left out where nobody knows. */
  readonly machineName?: string | undefined;
  /** Known where the beginning was noted before the branch was made (`noteBeginning`); left out, the branch notes it when it starts. */
  readonly endedBadly?: boolean;
  /** What keeps the key of the books; left out where they have none. */
  readonly keyGuard?: 'operatingSystem' | 'keyFile';
  readonly events: Events;
  /** Receipt printers; left out where none can be reached. */
  readonly paper?: PaperParts;
  /** Which call is under way; none where nothing is ever waited for. */
  readonly calls?: Calls;
}

export interface Events {
  tell(event: BranchEvent): void;
  listen(listener: (event: BranchEvent) => void): () => void;
}
