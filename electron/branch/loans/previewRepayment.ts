// Where a repayment would go, before it is taken. Our reckoning; head office confirms the shares.

import { isReckonedHere, allocateRepayment, openMinorOf } from '../../../shared/domain/loans/allocateRepayment.ts';
import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { sumMinor } from '../../../shared/kernel/money.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { reconcileLoan } from '../../../shared/domain/accounts/reconcile.ts';
import type { LoanRecord, ReadStore } from '../../ports/store.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import type { BranchParts } from '../parts.ts';
import { payOffOfLoan, provisionalPeriods } from './loanView.ts';

type Method = BranchContract['loans']['previewRepayment'];

export function previewRepayment(parts: BranchParts, input: ParsedInputOf<Method>): AnswerOf<Method> {
  return parts.store.read((read) => {
    const loan = read.loan(input.loanId);
    if (loan === null) return refuse({ code: 'loan.unknown' });
    if (loan.status !== 'active') return refuse({ code: 'loan.notActive' });
    return ok(reckonRepayment(read, loan, input.amountMinor, currentBusinessDate(read, parts.clock)));
  });
}

export function reckonRepayment(read: ReadStore, loan: LoanRecord, amountMinor: number, businessDate: string) {
  const effects = read.effectsOf('loan', loan.loanId);
  const before = reconcileLoan(loan, effects);
  const payOff = payOffOfLoan(read, loan, before, businessDate);
  const { allocation, lines, left } = allocateRepayment(provisionalPeriods(read, loan, effects), amountMinor, loan.strategy);
  const next =
    left.find((period) => openMinorOf(period) > 0 && period.dueDate > businessDate) ?? left.find((period) => openMinorOf(period) > 0);
  return {
    amountMinor,
    allocation,
    lines: [...lines],
    outstandingBeforeMinor: before.outstandingMinor,
    // A balance that only head office can reckon is not said: paid off or not, it is not ours to print.
    outstandingAfterMinor: loan.needsServerReckoning ? null : Math.max(before.outstandingMinor - amountMinor, 0),
    payOff,
    overpaidMinor: Math.max(amountMinor - payOff.minor, 0),
    overdueAfterMinor: sumMinor(left.filter((period) => period.dueDate < businessDate).map(openMinorOf)),
    nextDueDate: next?.dueDate ?? null,
    nextDueMinor: next === undefined ? 0 : openMinorOf(next),
    reckoned: isReckonedHere(loan.strategy) && !loan.needsServerReckoning,
  };
}
