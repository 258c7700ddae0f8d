// Loans, as the contract asks for them.

import type { BranchHandlers } from '../branch.ts';
import type { NounParts } from '../nounParts.ts';
import { ok } from '../../../shared/kernel/result.ts';
import { showLoanStatement } from '../clients/showStatement.ts';
import { checkAgreement } from '../session/checkAgreement.ts';
import { calculateLoan, listLoanProducts } from './calculateLoan.ts';
import { applicationOptions, applyForLoan } from './applyForLoan.ts';
import { askPayOff } from './askPayOff.ts';
import { decideLoan } from './decideLoan.ts';
import { disburseLoan, previewDisbursal } from './disburseLoan.ts';
import { listLoans, showLoan } from './listLoans.ts';
import { previewRepayment } from './previewRepayment.ts';
import { showLoanPaper } from './showLoanPaper.ts';
import { takeRepayment } from './takeRepayment.ts';
import { undoDisbursal } from './undoDisbursal.ts';

export function loanHandlers({ parts, admitted, posted, clockWatch }: NounParts): Pick<BranchHandlers, 'loans'> {
  /** The open screens read again, and the loop may send. Hands the answer on. */
  const decided = <A extends { readonly ok: boolean }>(answer: A): A => {
    if (answer.ok) {
      parts.events.tell({ what: 'account.changed', clientIds: [] });
      parts.events.tell({ what: 'sync.changed' });
      parts.sync.wake();
    }
    return answer;
  };
  return {
    loans: {
      list: (input) => listLoans(parts, input),
      show: (input, caller) => showLoan(parts, admitted(caller), input),
      showStatement: (input) => showLoanStatement(parts, input),
      showPaper: (input) => showLoanPaper(parts, input),
      listProducts: () => listLoanProducts(parts),
      calculate: (input) => calculateLoan(parts, input),
      applicationOptions: () => applicationOptions(parts),
      apply: (input, caller) => decided(applyForLoan(parts, clockWatch, admitted(caller), input)),
      askPayOff: (input, caller) => askPayOff(parts, admitted(caller), input),
      previewRepayment: (input) => previewRepayment(parts, input),
      previewDisbursal: (input, caller) => previewDisbursal(parts, admitted(caller), input),
      disburse: async (input, caller) => {
        const session = admitted(caller);
        const approver = input.approval === undefined ? ok(null) : await checkAgreement(parts, input.approval, session);
        if (!approver.ok) return approver;
        return posted(disburseLoan(parts, clockWatch, session, input, approver.value));
      },
      undoDisbursal: async (input, caller) => {
        const session = admitted(caller);
        const approver = await checkAgreement(parts, input.approval, session);
        if (!approver.ok) return approver;
        return posted(undoDisbursal(parts, clockWatch, session, input, approver.value));
      },
      approve: (input, caller) => decided(decideLoan(parts, clockWatch, admitted(caller), 'approve', input)),
      reject: (input, caller) => decided(decideLoan(parts, clockWatch, admitted(caller), 'reject', input)),
      withdrawApplication: (input, caller) => decided(decideLoan(parts, clockWatch, admitted(caller), 'withdraw', input)),
      undoApproval: (input, caller) => decided(decideLoan(parts, clockWatch, admitted(caller), 'undoApproval', input)),
      takeRepayment: (input, caller) => posted(takeRepayment(parts, clockWatch, admitted(caller), input)),
    },
  };
}
