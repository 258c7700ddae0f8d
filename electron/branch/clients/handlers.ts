// Clients and groups, as the contract asks for them.

import type { BranchHandlers } from '../branch.ts';
import type { NounParts } from '../nounParts.ts';
import { clientPage } from './clientPage.ts';
import { findClients } from './findClients.ts';
import { listClients, listGroups, showGroup } from './listClients.ts';
import { listHistory } from './listHistory.ts';
import { refreshClient } from './refreshClient.ts';

export function clientHandlers({ parts, admitted }: NounParts): Pick<BranchHandlers, 'clients' | 'groups'> {
  return {
    clients: {
      find: (input) => findClients(parts, input),
      list: (input) => listClients(parts, input),
      show: (input) => clientPage(parts, input),
      listHistory: (input) => listHistory(parts, input),
      refresh: (input, caller) => refreshClient(parts, admitted(caller), input),
    },
    groups: {
      list: (input) => listGroups(parts, input),
      show: (input) => showGroup(parts, input),
    },
  };
}
