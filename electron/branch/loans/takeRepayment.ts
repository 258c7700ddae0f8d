// Walk 1: a cashier takes a loan repayment, with or without a line. Head office is never asked here.

import type { AnswerOf, ParsedInputOf, Refusal, RefusalOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { decideRepayment } from '../../../shared/domain/loans/repayment.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { provisionalStatus } from '../../journal/decidedOn.ts';
import { confirmedAtOf } from '../../journal/settings.ts';
import type { ReadStore } from '../../ports/store.ts';
import { inMoneyOf } from '../cash/currencies.ts';
import { counterOperation } from '../counter/counterOperation.ts';
import { readTaken } from '../counter/paidWith.ts';
import type { OperationLine } from '../counter/recordOperation.ts';
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
  const wanted = [{ kind: 'loanRepayment', accountId: input.loanId, amountMinor: input.amountMinor }];
  return counterOperation<RefusalOf<Method>>(parts, clockWatch, session, input, wanted, (write, { businessDate }) => {
    const line = repaymentLine(write, input, businessDate);
    if (!line.ok) return line;
    const taken = readTaken(write, input.paidWith, input.amountMinor, 'repayment.givenTooLittle');
    if (!taken.ok) return taken;
    const handedBy = readHandedBy(write, line.value.payer, input.handedBy);
    if (!handedBy.ok) return handedBy;
    return ok({ ...taken.value, payer: line.value.payer, handedBy: handedBy.value, lines: [line.value.line] });
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
  // Its payout was taken back here, and head office is asked to undo it: it would undo this along with it.
  if (loan.status === 'active' && provisionalStatus(read, loan) !== 'active') return refuse({ code: 'loan.notActive' });
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
