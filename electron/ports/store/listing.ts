// What the replica holds as a whole: which server records, and dropping them.

import type { AccountKind } from './effects.ts';
import type { ServerIdKind } from './serverIds.ts';

export interface ListingReads {
  /** Server ids of accounts in the replica that are not marked gone. */
  accountServerIds(kind: 'loan' | 'savings' | 'client' | 'group'): readonly number[];
  /** Server ids of accounts pulled before that instant, oldest first. */
  accountsPulledBefore(kind: AccountKind, instant: number, most: number): readonly number[];
}

export interface ListingWrites {
  markGone(kind: Exclude<ServerIdKind, 'identifier' | 'center' | 'hold'>, serverIds: readonly number[]): void;
  /** Drops replica rows only; the journal and the id map stay. */
  dropReplica(): void;
}
