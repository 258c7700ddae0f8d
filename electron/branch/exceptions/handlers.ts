// Cases, as the contract asks for them.

import type { BranchHandlers } from '../branch.ts';
import type { NounParts } from '../nounParts.ts';
import { askBeforeSettling } from './askBeforeSettling.ts';
import { askTransactions } from './askTransactions.ts';
import { listExceptions, listSuspense, showException } from './listExceptions.ts';
import { recoverFromSuspense } from './recoverFromSuspense.ts';
import { resolveException } from './resolveException.ts';

export function exceptionHandlers({ parts, admitted, clockWatch }: NounParts): Pick<BranchHandlers, 'exceptions'> {
  return {
    exceptions: {
      list: (input, caller) => listExceptions(parts, admitted(caller), input),
      show: (input, caller) => showException(parts, admitted(caller), input),
      askTransactions: (input, caller) => askTransactions(parts, admitted(caller), input),
      resolve: async (input, caller) => {
        await askBeforeSettling(parts, admitted(caller), input);
        return resolveException(parts, clockWatch, admitted(caller), input);
      },
      recover: async (input, caller) => {
        await askBeforeSettling(parts, admitted(caller), input);
        return recoverFromSuspense(parts, clockWatch, admitted(caller), input);
      },
      listSuspense: () => listSuspense(parts),
    },
  };
}
