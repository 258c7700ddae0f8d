// What waits for somebody else, as the contract asks for it.

import { ok } from '../../../shared/kernel/result.ts';
import type { BranchHandlers } from '../branch.ts';
import type { NounParts } from '../nounParts.ts';
import { waitingHere } from './waitingHere.ts';

export function decideHandlers({ parts, admitted }: NounParts): Pick<BranchHandlers, 'decide'> {
  return {
    decide: {
      list: (_input, caller) => ok(parts.store.read((read) => waitingHere(read, parts, admitted(caller)))),
      count: (_input, caller) => {
        const { rows } = parts.store.read((read) => waitingHere(read, parts, admitted(caller)));
        return ok({ mine: rows.filter(({ isMine }) => isMine).length, all: rows.length });
      },
    },
  };
}
