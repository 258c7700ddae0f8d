// Savings accounts, as the contract asks for them. A withdrawal may wait for a second person, whose password is checked before anything
// is written.

import { ok } from '../../../shared/kernel/result.ts';
import type { BranchHandlers } from '../branch.ts';
import type { NounParts } from '../nounParts.ts';
import { showSavingsStatement } from '../clients/showStatement.ts';
import { checkAgreement } from '../session/checkAgreement.ts';
import { applyForSavings, openingOptions } from './applyForSavings.ts';
import { decideSavings } from './decideSavings.ts';
import { holdSavings, releaseHold } from './holdSavings.ts';
import { payWithdrawal } from './payWithdrawal.ts';
import { previewWithdrawal } from './previewWithdrawal.ts';
import { showSavings } from './showSavings.ts';
import { takeDeposit } from './takeDeposit.ts';
import { transferSavings } from './transferSavings.ts';

export function savingsHandlers({ parts, admitted, posted, clockWatch }: NounParts): Pick<BranchHandlers, 'savings'> {
  /** The open screens read again, and the loop may send. Hands the answer on. */
  const told = <A extends { readonly ok: boolean }>(answer: A): A => {
    if (answer.ok) {
      // A transfer may concern two clients.
      parts.events.tell({ what: 'account.changed', clientIds: [] });
      parts.events.tell({ what: 'sync.changed' });
      parts.sync.wake();
    }
    return answer;
  };
  return {
    savings: {
      show: (input, caller) => showSavings(parts, admitted(caller), input),
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
        return told(transferSavings(parts, clockWatch, session, input, approver.value));
      },
      openingOptions: () => openingOptions(parts),
      apply: (input, caller) => told(applyForSavings(parts, clockWatch, admitted(caller), input)),
      approve: (input, caller) => told(decideSavings(parts, clockWatch, admitted(caller), 'approve', input)),
      activate: (input, caller) => told(decideSavings(parts, clockWatch, admitted(caller), 'activate', input)),
      reject: (input, caller) => told(decideSavings(parts, clockWatch, admitted(caller), 'reject', input)),
      withdrawApplication: (input, caller) => told(decideSavings(parts, clockWatch, admitted(caller), 'withdraw', input)),
      undoApproval: (input, caller) => told(decideSavings(parts, clockWatch, admitted(caller), 'undoApproval', input)),
      hold: (input, caller) => told(holdSavings(parts, clockWatch, admitted(caller), input)),
      release: (input, caller) => told(releaseHold(parts, clockWatch, admitted(caller), input)),
      close: (input, caller) => told(decideSavings(parts, clockWatch, admitted(caller), 'close', input)),
    },
  };
}
