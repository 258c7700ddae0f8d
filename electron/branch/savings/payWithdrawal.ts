// A cashier pays a withdrawal. Prevention comes first (walk 2): availability, the branch's offline limits, and the cash in the drawer.
// `approver` is a second person whose password was checked before; without one, what needs a manager is refused and nothing moves.

import type { AnswerOf, ParsedInputOf, Refusal, RefusalOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import type { WithdrawalRefused } from '../../../shared/domain/savings/withdrawal.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import type { ReadStore } from '../../ports/store.ts';
import { counterOperation } from '../counter/counterOperation.ts';
import { readPaidOut, whyNotEnough } from '../counter/paidWith.ts';
import type { OperationLine } from '../counter/recordOperation.ts';
import { payerOf, type Payer } from '../../journal/payerOf.ts';
import { readHandedBy } from '../counter/handedBy.ts';
import type { BranchParts } from '../parts.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import type { Session } from '../session/sessions.ts';
import { weighWithdrawal, type WithdrawalAsked } from './weighWithdrawal.ts';

type Method = BranchContract['savings']['payWithdrawal'];

export function payWithdrawal(
  parts: BranchParts,
  clockWatch: ClockWatch,
  session: Session,
  input: ParsedInputOf<Method>,
  approver: string | null,
): AnswerOf<Method> {
  const wanted = [{ kind: 'savingsWithdrawal', accountId: input.savingsId, amountMinor: input.amountMinor }];
  return counterOperation<RefusalOf<Method>>(parts, clockWatch, session, input, wanted, (write) => {
    const paid = readPaidOut(write, input.paidWith, input.amountMinor);
    const line = withdrawalLine(write, parts, input.savingsId, {
      amountMinor: input.amountMinor,
      paymentTypeId: input.paidWith.paymentTypeId,
      username: session.username,
      managerAgrees: approver !== null,
      approver,
    });
    if (!line.ok && line.refusal.code === 'savings.unknown') return line;
    if (!paid.ok) return paid;
    if (!line.ok) return line;
    const handedBy = readHandedBy(write, line.value.payer, input.handedBy);
    if (!handedBy.ok) return handedBy;
    return ok({
      payer: line.value.payer,
      handedBy: handedBy.value,
      paid: paid.value,
      agreedBy: nameOf(write, approver),
      lines: [line.value.line],
      whyNotFrom: whyNotEnough(write, paid.value, input.amountMinor),
    });
  });
}

/** The second person's name, where one agreed. */
export function nameOf(read: ReadStore, approver: string | null): string | null {
  return approver === null ? null : (read.staff(approver)?.displayName ?? approver);
}

/** The withdrawal as a line of a receipt, and whose account it is. */
export function withdrawalLine(
  read: ReadStore,
  parts: BranchParts,
  savingsId: LocalId,
  asked: WithdrawalAsked & { readonly approver: string | null },
): Result<{ readonly line: OperationLine; readonly payer: Payer }, WithdrawalRefused | Refusal<'savings.unknown'>> {
  const savings = read.savings(savingsId);
  if (savings === null || savings.gone) return refuse({ code: 'savings.unknown' });
  const { view, fee, decision } = weighWithdrawal(read, parts, savings, asked);
  if (!decision.ok) return refuse(decision.refusal);
  const { amountMinor, approver } = asked;
  return ok({
    payer: payerOf(read, savings),
    line: {
      kind: 'savingsWithdrawal',
      account: {
        kind: 'savings',
        id: savings.savingsId,
        accountNo: savings.accountNo,
        productName: savings.productName,
        currency: savings.currency,
      },
      amountMinor,
      allocation: null,
      parts: null,
      fee,
      balanceAfterMinor: view.ledgerMinor - amountMinor - (fee?.minor ?? 0),
      nextDueDate: null,
      nextDueMinor: null,
      balancesAsOf: view.confirmedAt,
      payloadOf: (money) => ({ kind: 'savingsWithdrawal', savingsId: savings.savingsId, ...money }),
      facts: {
        ledgerBeforeMinor: view.ledgerMinor,
        availableBeforeMinor: view.availableMinor,
        limitMinor: decision.value.alone.minor,
        agreedBy: approver,
      },
    },
  });
}
