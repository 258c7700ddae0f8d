// Savings accounts of the replica, always read and replaced whole.

import type { LocalId } from '../../../shared/kernel/ids.ts';
import type { PulledSavings, PulledTransaction } from '../headOffice.ts';
import type { Parted } from './serverIds.ts';

export interface SavingsRecord extends Omit<PulledSavings, 'serverId' | 'clientServerId' | 'groupServerId' | 'transactions'> {
  /** Null while head office does not have it: applied for here, and not told yet. */
  readonly serverId: number | null;
  readonly savingsId: LocalId;
  readonly clientId: LocalId | null;
  readonly groupId: LocalId | null;
  readonly gone: boolean;
  readonly pulledAt: number;
}

export interface SavingsReads {
  savings(savingsId: LocalId): SavingsRecord | null;
  savingsOf(clientId: LocalId): readonly SavingsRecord[];
  /** Of the group itself, not of its members. */
  savingsOfGroup(groupId: LocalId): readonly SavingsRecord[];
  /** Those that head office has neither active nor at an end: asked for, or approved; in the order of their numbers. */
  savingsWaiting(most: number): readonly SavingsRecord[];
  /** Server ids of the accounts with that number. */
  savingsNumbered(accountNo: string): readonly number[];
  savingsTransactions(savingsId: LocalId): readonly PulledTransaction[];
  /** At least so many of the newest, newest first, and whole days; without reading the others. */
  newestSavingsTransactions(savingsId: LocalId, most: number): { readonly rows: readonly PulledTransaction[]; readonly total: number };
}

export interface SavingsWrites {
  /** Answers what lost its number to a record of these. */
  saveSavings(rows: readonly PulledSavings[], pulledAt: number, newId: () => LocalId): readonly Parted[];
  /** Applied for here, and to be found like every other account until head office's own row stands in its place. */
  saveOwnSavings(savings: Omit<SavingsRecord, 'serverId' | 'gone'>): void;
  /** Given up: what head office never had is in no list any more. */
  forgetOwnSavings(savingsId: LocalId): void;
}
