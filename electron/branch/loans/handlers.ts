// Loans, as the contract asks for them.

import type { BranchHandlers } from '../branch.ts';
import type { NounParts } from '../nounParts.ts';
import { askPayOff } from './askPayOff.ts';
import { listLoans, showLoan } from './listLoans.ts';
import { previewRepayment } from './previewRepayment.ts';
import { takeRepayment } from './takeRepayment.ts';

export function loanHandlers({ parts, admitted, posted, clockWatch }: NounParts): Pick<BranchHandlers, 'loans'> {
  return {
    loans: {
      list: (input) => listLoans(parts, input),
      show: (input) => showLoan(parts, input),
      askPayOff: (input, caller) => askPayOff(parts, admitted(caller), input),
      previewRepayment: (input) => previewRepayment(parts, input),
      takeRepayment: (input, caller) => posted(takeRepayment(parts, clockWatch, admitted(caller), input)),
    },
  };
}
