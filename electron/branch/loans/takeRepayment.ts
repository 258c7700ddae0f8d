// Walk 1: a cashier takes a loan repayment, with or without a line. Head office is never asked here.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { decideRepayment } from '../../../shared/domain/loans/repayment.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { confirmedAtOf } from '../../journal/settings.ts';
import { openCounter } from '../counter/operationDay.ts';
import { readPaidWith } from '../counter/paidWith.ts';
import { receiptLine } from '../counter/receiptLine.ts';
import { recordOperation } from '../counter/recordOperation.ts';
import { usedForm } from '../counter/usedForm.ts';
import type { BranchParts } from '../parts.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import type { Session } from '../session/sessions.ts';
import { reckonRepayment } from './previewRepayment.ts';

type Method = BranchContract['loans']['takeRepayment'];

export function takeRepayment(
  parts: BranchParts,
  clockWatch: ClockWatch,
  session: Session,
  input: ParsedInputOf<Method>,
): AnswerOf<Method> {
  return parts.store.write((write) => {
    const used = usedForm(write, input.formId, { kind: 'loanRepayment', accountId: input.loanId, amountMinor: input.amountMinor });
    if (used !== null) return used;
    const counter = openCounter(write, clockWatch, session.username);
    if (!counter.ok) return refuse(counter.refusal);
    const loan = write.loan(input.loanId);
    if (loan === null || loan.gone) return refuse({ code: 'loan.unknown' });
    const paid = readPaidWith(write, input.paidWith, input.amountMinor);
    if (!paid.ok) return refuse({ code: paid.refusal.code === 'givenTooLittle' ? 'repayment.givenTooLittle' : paid.refusal.code });
    const baseMinor = input.amountMinor - input.additionalMinor - input.feesMinor;
    if (baseMinor < 0) return refuse({ code: 'repayment.partsExceedSum' });
    const reckoned = reckonRepayment(write, loan, input.amountMinor, counter.value.businessDate);
    const decision = decideRepayment({
      status: loan.status,
      amountMinor: input.amountMinor,
      outstandingMinor: reckoned.payOff.minor,
      overpaymentSeen: input.overpaymentSeen,
    });
    if (!decision.ok) return refuse(decision.refusal);
    const receipt = recordOperation(write, parts, {
      kind: 'loanRepayment',
      formId: input.formId,
      username: session.username,
      servedBy: session.displayName,
      drawer: counter.value,
      account: { kind: 'loan', id: loan.loanId, accountNo: loan.accountNo, productName: loan.productName, currency: loan.currency },
      client: loan.clientId === null ? null : write.client(loan.clientId),
      amountMinor: input.amountMinor,
      ...paid.value,
      note: input.note,
      clockDoubt: clockWatch.doubtful(write),
      allocation: reckoned.reckoned ? reckoned.allocation : null,
      parts:
        input.additionalMinor + input.feesMinor === 0
          ? null
          : { amountMinor: baseMinor, additionalMinor: input.additionalMinor, feesMinor: input.feesMinor },
      fee: null,
      agreedBy: null,
      balanceAfterMinor: reckoned.outstandingAfterMinor,
      nextDueDate: reckoned.nextDueDate,
      nextDueMinor: reckoned.nextDueDate === null ? null : reckoned.nextDueMinor,
      balancesAsOf: confirmedAtOf(write, loan.pulledAt),
      payloadOf: (money) => ({ kind: 'loanRepayment', loanId: loan.loanId, ...money }),
      facts: { outstandingBeforeMinor: reckoned.outstandingBeforeMinor },
    });
    return ok(receiptLine(write, receipt));
  });
}
