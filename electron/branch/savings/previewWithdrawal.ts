// What a withdrawal would meet, before anybody opens the drawer.

import { mostToPayOut } from '../../../shared/domain/savings/withdrawalFee.ts';
import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import type { BranchParts } from '../parts.ts';
import type { Session } from '../session/sessions.ts';
import { approversOf } from './approvers.ts';
import { weighWithdrawal } from './weighWithdrawal.ts';

type Method = BranchContract['savings']['previewWithdrawal'];

export function previewWithdrawal(parts: BranchParts, session: Session, input: ParsedInputOf<Method>): AnswerOf<Method> {
  return parts.store.read((read) => {
    const savings = read.savings(input.savingsId);
    if (savings === null || savings.gone) return refuse({ code: 'savings.unknown' });
    const { view, charges, balanceAgeMs, unsent, fee, limits, decision } = weighWithdrawal(read, parts, savings, {
      amountMinor: input.amountMinor,
      paymentTypeId: input.paymentTypeId ?? null,
      username: session.username,
      managerAgrees: false,
    });
    const feeMinor = fee?.minor ?? 0;
    const keptMinor = view.keptForFee?.minor ?? 0;
    return ok({
      amountMinor: input.amountMinor,
      verdict: decision.ok ? 'may' : decision.refusal.code === 'withdrawal.needsManager' ? 'needsManager' : 'refused',
      code: decision.ok ? null : decision.refusal.code,
      availableBeforeMinor: view.availableMinor,
      // What could be handed over next: the fee of that withdrawal is counted as well.
      availableAfterMinor: mostToPayOut(charges, view.availableMinor + keptMinor - input.amountMinor - feeMinor),
      ledgerAfterMinor: view.ledgerMinor - input.amountMinor - feeMinor,
      approvers: approversOf(read, session.username).map(({ username, displayName, role }) => ({ username, displayName, role })),
      fee,
      ...limits,
      unsent,
      balanceAgeMs,
      confirmedAt: view.confirmedAt,
    });
  });
}
