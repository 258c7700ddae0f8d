// The sync desk, as the contract asks for it.

import { ok } from '../../../shared/kernel/result.ts';
import type { BranchHandlers } from '../branch.ts';
import type { NounParts } from '../nounParts.ts';
import { declareOffline, endOffline } from './offlineMode.ts';
import { releaseCommands } from './releaseCommands.ts';
import { showDesk, showItem } from './syncDesk.ts';
import { syncStatus } from './syncStatus.ts';

export function deskHandlers({ parts, admitted }: NounParts): Pick<BranchHandlers, 'sync'> {
  return {
    sync: {
      showStatus: () => ok(parts.store.read((read) => syncStatus(read, parts))),
      showDesk: (input) => showDesk(parts, input),
      showItem: (input) => showItem(parts, input),
      wake: () => {
        parts.sync.wake();
        return ok({});
      },
      declareOffline: (input, caller) => declareOffline(parts, admitted(caller), input),
      endOffline: (_input, caller) => endOffline(parts, admitted(caller)),
      releaseCommands: (input, caller) => releaseCommands(parts, admitted(caller), input),
    },
  };
}
