// A cashier pays a withdrawal. Prevention comes first (walk 2): availability, the branch's offline limits, and the cash in the drawer.
// `approver` is a second person whose password was checked before; without one, what needs a manager is refused and nothing moves.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { drawerTaking, expectedInDrawer, openCounter } from '../counter/operationDay.ts';
import { readPaidWith } from '../counter/paidWith.ts';
import { receiptLine } from '../counter/receiptLine.ts';
import { recordOperation } from '../counter/recordOperation.ts';
import { usedForm } from '../counter/usedForm.ts';
import type { BranchParts } from '../parts.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import type { Session } from '../session/sessions.ts';
import { weighWithdrawal } from './weighWithdrawal.ts';

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
    const savings = write.savings(input.savingsId);
    if (savings === null || savings.gone) return refuse({ code: 'savings.unknown' });
    const paid = readPaidWith(write, { ...input.paidWith, givenMinor: undefined }, input.amountMinor);
    if (!paid.ok) return refuse({ code: 'paymentType.unknown' });
    const { view, fee, decision } = weighWithdrawal(write, parts, savings, {
      amountMinor: input.amountMinor,
      paymentTypeId: input.paidWith.paymentTypeId,
      username: session.username,
      managerAgrees: approver !== null,
    });
    if (!decision.ok) return refuse(decision.refusal);
    const drawer = drawerTaking(write, counter.value, savings.currency, paid.value.cash);
    if (!drawer.ok) return refuse(drawer.refusal);
    // How much lies in it is not told: its holder counts it blind.
    if (paid.value.cash && expectedInDrawer(drawer.value, write.drawerTotals(drawer.value.drawerId)) < input.amountMinor)
      return refuse({ code: 'drawer.notEnoughCash' });
    const receipt = recordOperation(write, parts, {
      formId: input.formId,
      pageId: input.pageId ?? null,
      username: session.username,
      servedBy: session.displayName,
      drawer: drawer.value,
      client: savings.clientId === null ? null : write.client(savings.clientId),
      ...paid.value,
      givenMinor: null,
      note: input.note,
      clockDoubt: clockWatch.doubtful(write),
      agreedBy: approver === null ? null : (write.staff(approver)?.displayName ?? approver),
      lines: [
        {
          kind: 'savingsWithdrawal',
          account: {
            kind: 'savings',
            id: savings.savingsId,
            accountNo: savings.accountNo,
            productName: savings.productName,
            currency: savings.currency,
          },
          amountMinor: input.amountMinor,
          allocation: null,
          parts: null,
          fee,
          balanceAfterMinor: view.ledgerMinor - input.amountMinor - (fee?.minor ?? 0),
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
      ],
    });
    return ok({ ...receiptLine(write, receipt), replayed: false });
  });
}
