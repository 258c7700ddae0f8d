// Whether an account of somebody is open still, also one that waits to be decided on or to be paid out: then nobody is closed.

import type { LoanRecord, ReadStore, SavingsRecord } from '../ports/store.ts';
import { provisionalSavingsStatus, provisionalStatus } from './decidedOn.ts';

export function hasOpenAccounts(read: ReadStore, loans: readonly LoanRecord[], savings: readonly SavingsRecord[]): boolean {
  return (
    loans.some((loan) => LOANS_OPEN.has(provisionalStatus(read, loan))) ||
    savings.some((each) => !SAVINGS_ENDED.has(provisionalSavingsStatus(read, each)))
  );
}

const LOANS_OPEN: ReadonlySet<string> = new Set(['submitted', 'approved', 'active', 'overpaid']);
/** Blocked or dormant ones are open too. */
const SAVINGS_ENDED: ReadonlySet<string> = new Set(['closed', 'rejected', 'withdrawn', 'other']);
