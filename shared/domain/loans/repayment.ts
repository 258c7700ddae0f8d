// May this repayment be taken? Only on a loan that runs; and more than is owed only when the cashier has seen it, since head office would
// accept it and turn the loan overpaid (contract 0.1, 17).

import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { LoanStatus } from '../records.ts';

export type RepaymentRefused =
  | { readonly code: 'loan.notActive'; readonly facts: Readonly<Record<string, never>> }
  | { readonly code: 'repayment.exceedsOutstanding'; readonly facts: { readonly outstandingMinor: number } };

export function decideRepayment(facts: {
  readonly status: LoanStatus;
  readonly amountMinor: number;
  readonly outstandingMinor: number;
  readonly overpaymentSeen: boolean;
}): Result<null, RepaymentRefused> {
  if (facts.status !== 'active') return refuse({ code: 'loan.notActive', facts: {} });
  if (facts.amountMinor > facts.outstandingMinor && !facts.overpaymentSeen) {
    return refuse({ code: 'repayment.exceedsOutstanding', facts: { outstandingMinor: facts.outstandingMinor } });
  }
  return ok(null);
}
