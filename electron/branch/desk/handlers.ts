// The sync desk, as the contract asks for it.

import { ok } from '../../../shared/kernel/result.ts';
import type { BranchHandlers } from '../branch.ts';
import type { NounParts } from '../nounParts.ts';
import { amendCommand, decideHeld, withdrawCommand } from './changeCommands.ts';
import { askComparison } from './comparedBooks.ts';
import { declareOffline, endOffline } from './offlineMode.ts';
import { releaseCommands } from './releaseCommands.ts';
import { showDesk, showItem } from './syncDesk.ts';
import { syncStatus } from './syncStatus.ts';

export function deskHandlers({ parts, clockWatch, admitted }: NounParts): Pick<BranchHandlers, 'sync'> {
  return {
    sync: {
      showStatus: () => ok(parts.store.read((read) => syncStatus(read, parts))),
      showDesk: (input, caller) => showDesk(parts, admitted(caller), input),
      showItem: (input, caller) => showItem(parts, admitted(caller), input),
      wake: ({ lists }) => {
        parts.sync.wake(lists);
        return ok({});
      },
      compare: (_input, caller) => askComparison(parts, admitted(caller)),
      declareOffline: (input, caller) => declareOffline(parts, admitted(caller), input),
      endOffline: (_input, caller) => endOffline(parts, admitted(caller)),
      decideHeld: (input, caller) => decideHeld(parts, clockWatch, admitted(caller), input),
      withdrawCommand: (input, caller) => withdrawCommand(parts, clockWatch, admitted(caller), input),
      amendCommand: (input, caller) => amendCommand(parts, clockWatch, admitted(caller), input),
      releaseCommands: (input, caller) => releaseCommands(parts, admitted(caller), input),
    },
  };
}
