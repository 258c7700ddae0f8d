// Savings accounts of the replica, always read and replaced whole.

import type { LocalId } from '../../../shared/kernel/ids.ts';
import type { PulledSavings, PulledTransaction } from '../headOffice.ts';

export interface SavingsRecord extends Omit<PulledSavings, 'clientServerId' | 'groupServerId' | 'transactions'> {
  readonly savingsId: LocalId;
  readonly clientId: LocalId | null;
  readonly groupId: LocalId | null;
  readonly gone: boolean;
  readonly pulledAt: number;
}

export interface SavingsReads {
  savings(savingsId: LocalId): SavingsRecord | null;
  savingsOf(clientId: LocalId): readonly SavingsRecord[];
  savingsTransactions(savingsId: LocalId): readonly PulledTransaction[];
}

export interface SavingsWrites {
  saveSavings(rows: readonly PulledSavings[], pulledAt: number, newId: () => LocalId): void;
}
