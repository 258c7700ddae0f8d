// Clients: the list carries them whole.

import { noticeGivenLocalNumbers } from '../../journal/localNumbers.ts';
import { noteParted } from '../../journal/noteParted.ts';
import { syncStateOf } from '../../journal/settings.ts';
import { isOfBranch } from '../officeScope.ts';
import type { Shelf } from './shelf.ts';
import { isHere, isNamed } from './shelf.ts';

export const clients: Shelf<'clients'> = {
  name: 'clients',
  // Rows that are kept as they come, each with its search words.
  pageRows: 80,
  atOnce: 40,
  hasWays: false,
  keep: (write, rows, { parts, askedAt }) => {
    noticeGivenLocalNumbers(
      write,
      parts,
      rows.map(({ externalId }) => externalId),
    );
    noteParted(
      write,
      parts,
      write.saveClients(rows, askedAt, () => parts.ids.newId(), syncStateOf(write).putBackAt ?? null),
    );
    return [];
  },
  belongs: (read, row) => isOfBranch(read, row.officeServerId),
  remove: (write, serverIds) => {
    write.markGone('client', serverIds);
    return [];
  },
  holds: (read, serverId) => isHere(read.localIdOf('client', serverId), (id) => read.client(id)),
  here: (read) => read.accountServerIds('client'),
  staleBy: (entry) => {
    const id = isNamed(entry, ['CLIENT*', 'ADDRESS', 'FAMILYMEMBERS']) ? (entry.clientServerId ?? entry.resourceId) : null;
    return id === null ? [] : [id];
  },
  fingerprint: () => null,
};
