// Walk 1: a cashier takes a loan repayment, with or without a line. Head office is never asked here.

import type { AnswerOf, ParsedInputOf, Refusal } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { decideRepayment } from '../../../shared/domain/loans/repayment.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { confirmedAtOf } from '../../journal/settings.ts';
import type { ReadStore } from '../../ports/store.ts';
import { inMoneyOf } from '../cash/currencies.ts';
import { drawerTaking, openCounter } from '../counter/operationDay.ts';
import { readPaidWith } from '../counter/paidWith.ts';
import { receiptLine } from '../counter/receiptLine.ts';
import { recordOperation, type OperationLine } from '../counter/recordOperation.ts';
import { usedForm } from '../counter/usedForm.ts';
import { isOwnerEnded } from '../../journal/ownerState.ts';
import { payerOf, type Payer } from '../../journal/payerOf.ts';
import { readHandedBy } from '../counter/handedBy.ts';
import type { BranchParts } from '../parts.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import type { Session } from '../session/sessions.ts';
import { reckonRepayment } from './previewRepayment.ts';

type Method = BranchContract['loans']['takeRepayment'];

type Line = Pick<ParsedInputOf<Method>, 'loanId' | 'amountMinor' | 'additionalMinor' | 'feesMinor' | 'overpaymentSeen'>;
type LineRefusal = Refusal<'loan.unknown' | 'loan.notActive' | 'repayment.exceedsOutstanding' | 'repayment.partsExceedSum'>;

export function takeRepayment(
  parts: BranchParts,
  clockWatch: ClockWatch,
  session: Session,
  input: ParsedInputOf<Method>,
): AnswerOf<Method> {
  return parts.store.write((write) => {
    const used = usedForm(write, { ...input, username: session.username }, [
      { kind: 'loanRepayment', accountId: input.loanId, amountMinor: input.amountMinor },
    ]);
    if (used !== null) return used;
    const counter = openCounter(write, clockWatch, session.username, parts.clock);
    if (!counter.ok) return refuse(counter.refusal);
    const line = repaymentLine(write, input, counter.value.businessDate);
    if (!line.ok) return line;
    const paid = readPaidWith(write, input.paidWith, input.amountMinor);
    if (!paid.ok) return refuse({ code: paid.refusal.code === 'givenTooLittle' ? 'repayment.givenTooLittle' : paid.refusal.code });
    const handedBy = readHandedBy(write, line.value.payer, input.handedBy);
    if (!handedBy.ok) return handedBy;
    const drawer = drawerTaking(write, counter.value, line.value.line.account.currency, paid.value.cash);
    if (!drawer.ok) return refuse(drawer.refusal);
    const receipt = recordOperation(write, parts, {
      formId: input.formId,
      pageId: input.pageId ?? null,
      username: session.username,
      servedBy: session.displayName,
      drawer: drawer.value,
      payer: line.value.payer,
      handedBy: handedBy.value,
      ...paid.value,
      note: input.note,
      clockDoubt: clockWatch.doubtful(write),
      agreedBy: null,
      lines: [line.value.line],
    });
    return ok({ ...receiptLine(write, receipt), replayed: false });
  });
}

/** The repayment as a line of a receipt, and whose loan it is. */
export function repaymentLine(
  read: ReadStore,
  input: Line,
  businessDate: BusinessDate,
): Result<{ readonly line: OperationLine; readonly payer: Payer }, LineRefusal> {
  const loan = read.loan(input.loanId);
  if (loan === null || loan.gone) return refuse({ code: 'loan.unknown' });
  if (isOwnerEnded(read, loan)) return refuse({ code: 'loan.notActive' });
  const baseMinor = input.amountMinor - input.additionalMinor - input.feesMinor;
  if (baseMinor < 0) return refuse({ code: 'repayment.partsExceedSum' });
  const reckoned = reckonRepayment(read, loan, input.amountMinor, businessDate);
  const decision = decideRepayment({
    status: loan.status,
    amountMinor: input.amountMinor,
    outstandingMinor: reckoned.payOff.minor,
    overpaymentSeen: input.overpaymentSeen,
  });
  if (!decision.ok) return refuse({ ...decision.refusal, facts: inMoneyOf(loan.currency, decision.refusal.facts) });
  return ok({
    payer: payerOf(read, loan),
    line: {
      kind: 'loanRepayment',
      account: { kind: 'loan', id: loan.loanId, accountNo: loan.accountNo, productName: loan.productName, currency: loan.currency },
      amountMinor: input.amountMinor,
      allocation: reckoned.reckoned ? reckoned.allocation : null,
      parts:
        input.additionalMinor + input.feesMinor === 0
          ? null
          : { amountMinor: baseMinor, additionalMinor: input.additionalMinor, feesMinor: input.feesMinor },
      fee: null,
      balanceAfterMinor: reckoned.outstandingAfterMinor,
      ...(reckoned.reckoned && reckoned.overdueAfterMinor > 0 ? { overdueLeftMinor: reckoned.overdueAfterMinor } : {}),
      nextDueDate: reckoned.nextDueDate,
      nextDueMinor: reckoned.nextDueDate === null ? null : reckoned.nextDueMinor,
      balancesAsOf: confirmedAtOf(read, 'loans', loan),
      payloadOf: (money) => ({ kind: 'loanRepayment', loanId: loan.loanId, ...money }),
      facts: { outstandingBeforeMinor: reckoned.outstandingBeforeMinor },
    },
  });
}
