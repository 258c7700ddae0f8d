// A cashier pays a withdrawal. Prevention comes first (walk 2): availability, the branch's offline limits, and the cash in the drawer.
// `approver` is a second person whose password was checked before; without one, what needs a manager is refused and nothing moves.

import type { AnswerOf, ParsedInputOf, Refusal } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import type { WithdrawalRefused } from '../../../shared/domain/savings/withdrawal.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import type { DrawerRecord, ReadStore } from '../../ports/store.ts';
import { drawerTaking, expectedInDrawer, openCounter } from '../counter/operationDay.ts';
import { readPaidWith } from '../counter/paidWith.ts';
import { receiptLine } from '../counter/receiptLine.ts';
import { recordOperation, type OperationLine } from '../counter/recordOperation.ts';
import { usedForm } from '../counter/usedForm.ts';
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
  return parts.store.write((write) => {
    const used = usedForm(write, { ...input, username: session.username }, [
      { kind: 'savingsWithdrawal', accountId: input.savingsId, amountMinor: input.amountMinor },
    ]);
    if (used !== null) return used;
    const counter = openCounter(write, clockWatch, session.username, parts.clock);
    if (!counter.ok) return refuse(counter.refusal);
    const paid = readPaidWith(write, { ...input.paidWith, givenMinor: undefined }, input.amountMinor);
    const line = withdrawalLine(write, parts, input.savingsId, {
      amountMinor: input.amountMinor,
      paymentTypeId: input.paidWith.paymentTypeId,
      username: session.username,
      managerAgrees: approver !== null,
      approver,
    });
    if (!line.ok && line.refusal.code === 'savings.unknown') return line;
    if (!paid.ok) return refuse({ code: 'paymentType.unknown' });
    if (!line.ok) return line;
    const handedBy = readHandedBy(write, line.value.payer, input.handedBy);
    if (!handedBy.ok) return handedBy;
    const drawer = drawerTaking(write, counter.value, line.value.line.account.currency, paid.value.cash);
    if (!drawer.ok) return refuse(drawer.refusal);
    if (paid.value.cash && !hasCash(write, drawer.value, input.amountMinor)) return refuse({ code: 'drawer.notEnoughCash' });
    const receipt = recordOperation(write, parts, {
      formId: input.formId,
      pageId: input.pageId ?? null,
      username: session.username,
      servedBy: session.displayName,
      drawer: drawer.value,
      payer: line.value.payer,
      handedBy: handedBy.value,
      ...paid.value,
      givenMinor: null,
      note: input.note,
      clockDoubt: clockWatch.doubtful(write),
      agreedBy: nameOf(write, approver),
      lines: [line.value.line],
    });
    return ok({ ...receiptLine(write, receipt), replayed: false });
  });
}

/** How much lies in it is not told: its holder counts it blind. */
export function hasCash(read: ReadStore, drawer: DrawerRecord, amountMinor: number): boolean {
  return expectedInDrawer(drawer, read.drawerTotals(drawer.drawerId)) >= amountMinor;
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
