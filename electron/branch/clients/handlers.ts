// Clients and groups, as the contract asks for them.

import type { LocalId } from '../../../shared/kernel/ids.ts';
import type { BranchHandlers } from '../branch.ts';
import type { NounParts } from '../nounParts.ts';
import { addNote } from './addNote.ts';
import { addDocument, addIdentifier, takePicture } from './addPapers.ts';
import { changeGroup, groupTurnOptions } from './changeGroup.ts';
import { clientPage } from './clientPage.ts';
import { editClient } from './editClient.ts';
import { renameGroup, renumberGroup } from './editGroup.ts';
import { findAlike } from './findAlike.ts';
import { findClients } from './findClients.ts';
import { listClients, listGroups, listNarrowings, showGroup } from './listClients.ts';
import { listGroupHistory, listHistory } from './listHistory.ts';
import { readPapers } from './readPapers.ts';
import { refreshClient, refreshGroup } from './refreshClient.ts';
import { registerCenter } from './registerCenter.ts';
import { registerClient } from './registerClient.ts';
import { registerGroup } from './registerGroup.ts';
import { foundingOptions, registrationOptions } from './registrationOptions.ts';
import { scan } from './scan.ts';
import { turnClient, turnOptions } from './turnClient.ts';
import { listCenters, showCenter } from './showCenters.ts';
import { listPapers, showDocument, showPicture } from './showPapers.ts';

export function clientHandlers({ parts, clockWatch, admitted }: NounParts): Pick<BranchHandlers, 'clients' | 'groups' | 'centers'> {
  const recorded = <A extends { readonly ok: boolean }>(clientId: LocalId, answer: A): A => {
    if (answer.ok) {
      parts.events.tell({ what: 'account.changed', clientIds: [clientId] });
      parts.events.tell({ what: 'sync.changed' });
      parts.sync.wake();
    }
    return answer;
  };
  return {
    clients: {
      find: (input) => findClients(parts, input),
      scan: (input) => scan(parts, input),
      list: (input) => listClients(parts, input),
      listNarrowings: () => listNarrowings(parts),
      show: (input) => clientPage(parts, input),
      listHistory: (input) => listHistory(parts, input),
      addNote: (input, caller) => recorded(input.clientId, addNote(parts, clockWatch, admitted(caller), input)),
      edit: (input, caller) => recorded(input.clientId, editClient(parts, clockWatch, admitted(caller), input)),
      registrationOptions: () => registrationOptions(parts),
      findAlike: (input) => findAlike(parts, input),
      register: (input, caller) => {
        const answer = registerClient(parts, clockWatch, admitted(caller), input);
        return answer.ok ? recorded(answer.value.clientId, answer) : answer;
      },
      turnOptions: (input) => turnOptions(parts, input),
      activate: (input, caller) =>
        recorded(input.clientId, turnClient(parts, clockWatch, admitted(caller), { ...input, wish: { what: 'activate' } })),
      close: (input, caller) =>
        recorded(input.clientId, turnClient(parts, clockWatch, admitted(caller), { ...input, wish: { ...input, what: 'close' } })),
      reject: (input, caller) =>
        recorded(input.clientId, turnClient(parts, clockWatch, admitted(caller), { ...input, wish: { ...input, what: 'reject' } })),
      withdrawRegistration: (input, caller) =>
        recorded(input.clientId, turnClient(parts, clockWatch, admitted(caller), { ...input, wish: { ...input, what: 'withdraw' } })),
      reopen: (input, caller) =>
        recorded(input.clientId, turnClient(parts, clockWatch, admitted(caller), { ...input, wish: { ...input, what: 'reopen' } })),
      assignStaff: (input, caller) =>
        recorded(input.clientId, turnClient(parts, clockWatch, admitted(caller), { ...input, wish: { ...input, what: 'serve' } })),
      takePicture: (input, caller) => recorded(input.clientId, takePicture(parts, clockWatch, admitted(caller), input)),
      addIdentifier: (input, caller) => recorded(input.clientId, addIdentifier(parts, clockWatch, admitted(caller), input)),
      addDocument: (input, caller) => recorded(input.clientId, addDocument(parts, clockWatch, admitted(caller), input)),
      showPicture: (input) => showPicture(parts, input),
      listPapers: (input) => listPapers(parts, input),
      readPapers: (input, caller) => readPapers(parts, admitted(caller), input),
      showDocument: (input) => showDocument(parts, input),
      refresh: (input, caller) => refreshClient(parts, admitted(caller), input),
    },
    centers: {
      list: (input) => listCenters(parts, input),
      show: (input) => showCenter(parts, input),
      registrationOptions: () => foundingOptions(parts, 'C'),
      register: (input, caller) => {
        const answer = registerCenter(parts, clockWatch, admitted(caller), input);
        return answer.ok ? recorded(answer.value.centerId, answer) : answer;
      },
    },
    groups: {
      list: (input) => listGroups(parts, input),
      show: (input) => showGroup(parts, input),
      listHistory: (input) => listGroupHistory(parts, input),
      registrationOptions: () => foundingOptions(parts, 'G'),
      register: (input, caller) => {
        const answer = registerGroup(parts, clockWatch, admitted(caller), input);
        return answer.ok ? recorded(answer.value.groupId, answer) : answer;
      },
      addMember: (input, caller) =>
        recorded(
          input.clientId,
          changeGroup(parts, clockWatch, admitted(caller), { ...input, deed: { what: 'join', clientId: input.clientId } }),
        ),
      removeMember: (input, caller) =>
        recorded(
          input.clientId,
          changeGroup(parts, clockWatch, admitted(caller), { ...input, deed: { what: 'leave', clientId: input.clientId } }),
        ),
      giveRole: (input, caller) =>
        recorded(
          input.clientId,
          changeGroup(parts, clockWatch, admitted(caller), {
            ...input,
            deed: { what: 'giveRole', clientId: input.clientId, roleId: input.roleId },
          }),
        ),
      takeRole: (input, caller) =>
        recorded(
          input.clientId,
          changeGroup(parts, clockWatch, admitted(caller), {
            ...input,
            deed: { what: 'takeRole', clientId: input.clientId, role: input.role },
          }),
        ),
      refresh: (input, caller) => refreshGroup(parts, admitted(caller), input),
      activate: (input, caller) =>
        recorded(input.groupId, changeGroup(parts, clockWatch, admitted(caller), { ...input, deed: { what: 'activate' } })),
      rename: (input, caller) => recorded(input.groupId, renameGroup(parts, clockWatch, admitted(caller), input)),
      renumber: (input, caller) => recorded(input.groupId, renumberGroup(parts, clockWatch, admitted(caller), input)),
      turnOptions: (input) => groupTurnOptions(parts, input),
      assignStaff: (input, caller) =>
        recorded(
          input.groupId,
          changeGroup(parts, clockWatch, admitted(caller), {
            ...input,
            deed: { what: 'serve', staffId: input.staffId, before: input.before },
          }),
        ),
      close: (input, caller) =>
        recorded(
          input.groupId,
          changeGroup(parts, clockWatch, admitted(caller), { ...input, deed: { what: 'close', reasonId: input.reasonId } }),
        ),
    },
  };
}
