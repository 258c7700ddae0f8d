// Clients and groups, as the contract asks for them.

import type { BranchHandlers } from '../branch.ts';
import type { NounParts } from '../nounParts.ts';
import { addNote } from './addNote.ts';
import { clientPage } from './clientPage.ts';
import { findAlike } from './findAlike.ts';
import { findClients } from './findClients.ts';
import { listClients, listGroups, listNarrowings, showGroup } from './listClients.ts';
import { listGroupHistory, listHistory } from './listHistory.ts';
import { refreshClient } from './refreshClient.ts';
import { registerClient } from './registerClient.ts';
import { registrationOptions } from './registrationOptions.ts';
import { scan } from './scan.ts';

export function clientHandlers({ parts, clockWatch, admitted }: NounParts): Pick<BranchHandlers, 'clients' | 'groups'> {
  return {
    clients: {
      find: (input) => findClients(parts, input),
      scan: (input) => scan(parts, input),
      list: (input) => listClients(parts, input),
      listNarrowings: () => listNarrowings(parts),
      show: (input) => clientPage(parts, input),
      listHistory: (input) => listHistory(parts, input),
      addNote: (input, caller) => {
        const answer = addNote(parts, clockWatch, admitted(caller), input);
        if (answer.ok) {
          parts.events.tell({ what: 'account.changed', clientIds: [input.clientId] });
          parts.events.tell({ what: 'sync.changed' });
          parts.sync.wake();
        }
        return answer;
      },
      registrationOptions: () => registrationOptions(parts),
      findAlike: (input) => findAlike(parts, input),
      register: (input, caller) => {
        const answer = registerClient(parts, clockWatch, admitted(caller), input);
        if (answer.ok) {
          parts.events.tell({ what: 'account.changed', clientIds: [answer.value.clientId] });
          parts.events.tell({ what: 'sync.changed' });
          parts.sync.wake();
        }
        return answer;
      },
      refresh: (input, caller) => refreshClient(parts, admitted(caller), input),
    },
    groups: {
      list: (input) => listGroups(parts, input),
      show: (input) => showGroup(parts, input),
      listHistory: (input) => listGroupHistory(parts, input),
    },
  };
}
