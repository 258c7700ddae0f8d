// May a payout be taken back that head office was told of? Only on its own day, only in cash as it was handed over, and only while nothing else
// stands on the loan: head office would take a repayment along with it, and say nothing.

import { carriesMark, type Mark, type Posting } from '../accounts/posting.ts';
import type { CommandState } from '../commands/command.ts';
import type { BusinessDate } from '../../kernel/businessDate.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { LoanStatus } from '../records.ts';

/** What head office makes of itself as a loan is paid out, and takes back with it: nobody paid it. */
const COMES_WITH_PAYOUT: ReadonlySet<string> = new Set(['accrual', 'repaymentAtDisbursement']);

/** Whether a transaction of the loan is something beside its payout; `payout`: by which head office knows that. */
export function isBesidePayout(
  transaction: Pick<Posting, 'what' | 'reversed' | 'externalId' | 'receiptNumber'>,
  payout: Mark | null,
): boolean {
  const { what, reversed } = transaction;
  // Anybody may type the voucher's number on a repayment.
  const isPayout = what === 'disbursement' && payout !== null && carriesMark(payout, transaction);
  return !reversed && !COMES_WITH_PAYOUT.has(what) && !isPayout;
}

export interface UndoFacts {
  readonly status: LoanStatus;
  readonly disputed: boolean;
  /** What paid it out here; null where it was paid out elsewhere. */
  readonly payout: {
    readonly state: CommandState;
    readonly cash: boolean;
    readonly businessDate: BusinessDate;
    readonly unsent: boolean;
  } | null;
  /** Whatever was posted on it beside the payout, there or here. */
  readonly postedSince: boolean;
  readonly businessDate: BusinessDate;
}

export type UndoRefused =
  | { readonly code: 'loan.notInThatState'; readonly facts: { readonly status: LoanStatus } }
  | { readonly code: 'loan.disputed' }
  | { readonly code: 'disbursal.notFromHere' }
  | { readonly code: 'disbursal.otherDay'; readonly facts: { readonly paidOn: BusinessDate } }
  | { readonly code: 'disbursal.notCash' }
  | { readonly code: 'disbursal.undoItsReceipt' }
  | { readonly code: 'disbursal.onItsWay' }
  | { readonly code: 'disbursal.postedSince' };

export function mayUndoDisbursal({ status, disputed, payout, postedSince, businessDate }: UndoFacts): Result<null, UndoRefused> {
  if (disputed) return refuse({ code: 'loan.disputed' });
  if (status !== 'active') return refuse({ code: 'loan.notInThatState', facts: { status } });
  if (payout === null) return refuse({ code: 'disbursal.notFromHere' });
  if (payout.businessDate !== businessDate) return refuse({ code: 'disbursal.otherDay', facts: { paidOn: payout.businessDate } });
  if (!payout.cash) return refuse({ code: 'disbursal.notCash' });
  // Nobody was told yet: it is given up, and needs no undoing there.
  if (payout.unsent) return refuse({ code: 'disbursal.undoItsReceipt' });
  if (payout.state !== 'accepted') return refuse({ code: 'disbursal.onItsWay' });
  return postedSince ? refuse({ code: 'disbursal.postedSince' }) : ok(null);
}
