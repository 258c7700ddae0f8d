// What is taken at the counter for several accounts at once, as the contract asks for it. Each line asks for the right of its own kind.

import type { ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import type { Permission } from '../../../shared/domain/access/permissions.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import type { BranchHandlers } from '../branch.ts';
import type { NounParts } from '../nounParts.ts';
import { checkAgreement } from '../session/checkAgreement.ts';
import { payBasket, previewPayBasket } from './payBasket.ts';
import { takeBasket } from './takeBasket.ts';

type Kind = ParsedInputOf<BranchContract['counter']['takeBasket']>['lines'][number]['kind'];

const RIGHT_OF_LINE: Readonly<Record<Kind, Permission>> = {
  loanRepayment: 'loan.repayment.take',
  savingsDeposit: 'savings.deposit.take',
};

export function counterHandlers({ parts, sessions, admitted, posted, clockWatch }: NounParts): Pick<BranchHandlers, 'counter'> {
  return {
    counter: {
      takeBasket: (input, caller) => {
        for (const kind of new Set(input.lines.map((line) => line.kind))) {
          const stopped = sessions.admit(caller, RIGHT_OF_LINE[kind]);
          if (stopped !== null) return refuse(stopped);
        }
        return posted(takeBasket(parts, clockWatch, admitted(caller), input));
      },
      previewPayBasket: (input, caller) => previewPayBasket(parts, admitted(caller), input),
      payBasket: async (input, caller) => {
        const session = admitted(caller);
        const approver = input.approval === undefined ? ok(null) : await checkAgreement(parts, input.approval, session);
        if (!approver.ok) return approver;
        return posted(payBasket(parts, clockWatch, session, input, approver.value));
      },
    },
  };
}
