// Loans of the replica, always read and replaced whole.

import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import type { Currency } from '../../../shared/kernel/money.ts';
import type { PayOffQuote } from '../../../shared/domain/loans/payOff.ts';
import type { PulledLoan, PulledTransaction } from '../headOffice.ts';
import type { Parted } from './serverIds.ts';

export interface LoanRecord extends Omit<PulledLoan, 'serverId' | 'clientServerId' | 'groupServerId' | 'transactions'> {
  /** Null while head office does not have it: applied for here, and not told yet. */
  readonly serverId: number | null;
  readonly loanId: LocalId;
  readonly clientId: LocalId | null;
  readonly groupId: LocalId | null;
  readonly gone: boolean;
  readonly pulledAt: number;
}

export interface LoanReads {
  loan(loanId: LocalId): LoanRecord | null;
  loansOf(clientId: LocalId): readonly LoanRecord[];
  /** Of the group itself, not of its members. */
  loansOfGroup(groupId: LocalId): readonly LoanRecord[];
  loans(filter: {
    readonly show: 'active' | 'behind' | 'submitted' | 'approved' | 'all';
    readonly businessDate: BusinessDate;
    readonly offset: number;
    readonly most: number;
    /** What was decided here and head office's rows do not show yet: taken out of this list, and into it. */
    readonly moved?: { readonly out: readonly LocalId[]; readonly in: readonly LocalId[] };
  }): {
    readonly rows: readonly LoanRecord[];
    readonly total: number;
    /** Of the whole list, each currency by itself. */
    readonly outstanding: readonly { readonly currency: Currency; readonly minor: number }[];
  };
  /** Those that are not paid out at head office and of which something was recorded here that is not money, such as a decision. */
  waitingLoansDecidedOn(): readonly LoanRecord[];
  /** Head office's newest figure of what paying it off takes, for whatever day it was asked. */
  payOffQuote(loanId: LocalId): PayOffQuote | null;
  loanTransactions(loanId: LocalId): readonly PulledTransaction[];
  /** At least so many of the newest, newest first, and whole days; without reading the others. */
  newestLoanTransactions(loanId: LocalId, most: number): { readonly rows: readonly PulledTransaction[]; readonly total: number };
}

export interface LoanWrites {
  /** Replaces whole accounts: row, instalments and transactions (contract 4.3: never patch a transaction list). */
  /** Answers what lost its number to a record of these. */
  saveLoans(rows: readonly PulledLoan[], pulledAt: number, newId: () => LocalId): readonly Parted[];
  /** Applied for here, and to be found like every other loan until head office's own row stands in its place. */
  saveOwnLoan(loan: Omit<LoanRecord, 'serverId' | 'gone'>): void;
  /** Given up: what head office never had is in no list any more. */
  forgetOwnLoan(loanId: LocalId): void;
  savePayOff(quote: PayOffQuote & { readonly loanId: LocalId }): void;
}
