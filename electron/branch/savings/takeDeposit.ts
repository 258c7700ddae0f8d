// A cashier takes a deposit. Money in is never limited; the account's own state is the only question.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { decideDeposit } from '../../../shared/domain/savings/deposit.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { openCounter } from '../counter/operationDay.ts';
import { readPaidWith } from '../counter/paidWith.ts';
import { receiptLine } from '../counter/receiptLine.ts';
import { recordOperation } from '../counter/recordOperation.ts';
import { usedForm } from '../counter/usedForm.ts';
import type { BranchParts } from '../parts.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import type { Session } from '../session/sessions.ts';
import { savingsView } from './savingsView.ts';

type Method = BranchContract['savings']['takeDeposit'];

export function takeDeposit(parts: BranchParts, clockWatch: ClockWatch, session: Session, input: ParsedInputOf<Method>): AnswerOf<Method> {
  return parts.store.write((write) => {
    const used = usedForm(write, input.formId, { kind: 'savingsDeposit', accountId: input.savingsId, amountMinor: input.amountMinor });
    if (used !== null) return used;
    const counter = openCounter(write, clockWatch, session.username);
    if (!counter.ok) return refuse(counter.refusal);
    const savings = write.savings(input.savingsId);
    if (savings === null || savings.gone) return refuse({ code: 'savings.unknown' });
    const decision = decideDeposit(savings.status);
    if (!decision.ok) return refuse(decision.refusal);
    const paid = readPaidWith(write, input.paidWith, input.amountMinor);
    if (!paid.ok) return refuse({ code: paid.refusal.code === 'givenTooLittle' ? 'deposit.givenTooLittle' : paid.refusal.code });
    const view = savingsView(write, savings);
    const receipt = recordOperation(write, parts, {
      kind: 'savingsDeposit',
      formId: input.formId,
      username: session.username,
      servedBy: session.displayName,
      drawer: counter.value,
      account: {
        kind: 'savings',
        id: savings.savingsId,
        accountNo: savings.accountNo,
        productName: savings.productName,
        currency: savings.currency,
      },
      client: savings.clientId === null ? null : write.client(savings.clientId),
      amountMinor: input.amountMinor,
      ...paid.value,
      note: input.note,
      clockDoubt: clockWatch.doubtful(write),
      allocation: null,
      parts: null,
      fee: null,
      agreedBy: null,
      balanceAfterMinor: view.ledgerMinor + input.amountMinor,
      nextDueDate: null,
      nextDueMinor: null,
      balancesAsOf: view.confirmedAt,
      payloadOf: (money) => ({ kind: 'savingsDeposit', savingsId: savings.savingsId, ...money }),
      facts: { ledgerBeforeMinor: view.ledgerMinor },
    });
    return ok(receiptLine(write, receipt));
  });
}
