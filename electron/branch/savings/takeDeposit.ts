// A cashier takes a deposit. Money in is never limited; the account's own state is the only question.

import type { AnswerOf, ParsedInputOf, Refusal, RefusalOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { decideDeposit } from '../../../shared/domain/savings/deposit.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import type { ReadStore } from '../../ports/store.ts';
import { counterOperation } from '../counter/counterOperation.ts';
import { readTaken } from '../counter/paidWith.ts';
import type { OperationLine } from '../counter/recordOperation.ts';
import { applicationOf, provisionalSavingsStatus } from '../../journal/decidedOn.ts';
import { isOwnerEnded } from '../../journal/ownerState.ts';
import { payerOf, type Payer } from '../../journal/payerOf.ts';
import { readHandedBy } from '../counter/handedBy.ts';
import type { BranchParts } from '../parts.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import type { Session } from '../session/sessions.ts';
import { savingsBooks } from './savingsView.ts';

type Method = BranchContract['savings']['takeDeposit'];

type LineRefusal = Refusal<'savings.unknown' | 'savings.notActive' | 'savings.creditBlocked' | 'savings.applicationRefused'>;

export function takeDeposit(parts: BranchParts, clockWatch: ClockWatch, session: Session, input: ParsedInputOf<Method>): AnswerOf<Method> {
  const wanted = [{ kind: 'savingsDeposit', accountId: input.savingsId, amountMinor: input.amountMinor }];
  return counterOperation<RefusalOf<Method>>(parts, clockWatch, session, input, wanted, (write) => {
    const line = depositLine(write, input);
    if (!line.ok) return line;
    const taken = readTaken(write, input.paidWith, input.amountMinor, 'deposit.givenTooLittle');
    if (!taken.ok) return taken;
    const handedBy = readHandedBy(write, line.value.payer, input.handedBy);
    if (!handedBy.ok) return handedBy;
    return ok({ ...taken.value, payer: line.value.payer, handedBy: handedBy.value, lines: [line.value.line] });
  });
}

/** The deposit as a line of a receipt, and whose account it is. */
export function depositLine(
  read: ReadStore,
  input: Pick<ParsedInputOf<Method>, 'savingsId' | 'amountMinor'>,
): Result<{ readonly line: OperationLine; readonly payer: Payer }, LineRefusal> {
  const savings = read.savings(input.savingsId);
  if (savings === null || savings.gone) return refuse({ code: 'savings.unknown' });
  if (isOwnerEnded(read, savings)) return refuse({ code: 'savings.notActive' });
  const decision = decideDeposit(provisionalSavingsStatus(read, savings));
  if (!decision.ok) return refuse(decision.refusal);
  // Money for what head office refused would have nowhere to go.
  const application = savings.serverId === null ? applicationOf(read, { kind: 'savings', localId: savings.savingsId }) : null;
  if (application?.state === 'rejected') return refuse({ code: 'savings.applicationRefused' });
  const view = savingsBooks(read, savings);
  return ok({
    payer: payerOf(read, savings),
    line: {
      kind: 'savingsDeposit',
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
      fee: null,
      balanceAfterMinor: view.ledgerMinor + input.amountMinor,
      nextDueDate: null,
      nextDueMinor: null,
      balancesAsOf: view.confirmedAt,
      payloadOf: (money) => ({ kind: 'savingsDeposit', savingsId: savings.savingsId, ...money }),
      facts: { ledgerBeforeMinor: view.ledgerMinor },
    },
  });
}
