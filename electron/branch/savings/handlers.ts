// Savings accounts, as the contract asks for them. A withdrawal may wait for a second person, whose password is checked before anything
// is written.

import { ok } from '../../../shared/kernel/result.ts';
import type { BranchHandlers } from '../branch.ts';
import type { NounParts } from '../nounParts.ts';
import { showSavingsStatement } from '../clients/showStatement.ts';
import { checkAgreement } from '../session/checkAgreement.ts';
import { payWithdrawal } from './payWithdrawal.ts';
import { previewWithdrawal } from './previewWithdrawal.ts';
import { showSavings } from './showSavings.ts';
import { takeDeposit } from './takeDeposit.ts';
import { transferSavings } from './transferSavings.ts';

export function savingsHandlers({ parts, admitted, posted, clockWatch }: NounParts): Pick<BranchHandlers, 'savings'> {
  return {
    savings: {
      show: (input) => showSavings(parts, input),
      showStatement: (input) => showSavingsStatement(parts, input),
      takeDeposit: (input, caller) => posted(takeDeposit(parts, clockWatch, admitted(caller), input)),
      previewWithdrawal: (input, caller) => previewWithdrawal(parts, admitted(caller), input),
      payWithdrawal: async (input, caller) => {
        const session = admitted(caller);
        const approver = input.approval === undefined ? ok(null) : await checkAgreement(parts, input.approval, session);
        if (!approver.ok) return approver;
        return posted(payWithdrawal(parts, clockWatch, session, input, approver.value));
      },
      transfer: async (input, caller) => {
        const session = admitted(caller);
        const approver = input.approval === undefined ? ok(null) : await checkAgreement(parts, input.approval, session);
        if (!approver.ok) return approver;
        const answer = transferSavings(parts, clockWatch, session, input, approver.value);
        if (answer.ok) {
          // Two clients perhaps.
          parts.events.tell({ what: 'account.changed', clientIds: [] });
          parts.events.tell({ what: 'sync.changed' });
          parts.sync.wake();
        }
        return answer;
      },
    },
  };
}
