// Groups with their members. No audit row says which members came or went, so a deed on any group makes the shelf stale.

import type { Shelf } from './shelf.ts';
import { isNamed } from './shelf.ts';

export const groups: Shelf<'groups'> = {
  name: 'groups',
  // A list of groups does not name the members, so each is read by itself.
  pageRows: 80,
  atOnce: 40,
  keep: (write, rows, { parts, askedAt }) => {
    write.saveGroups(rows, askedAt, () => parts.ids.newId());
    return [];
  },
  remove: (write, serverIds) => {
    write.markGone('group', serverIds);
    return [];
  },
  here: (read) => read.accountServerIds('group'),
  staleBy: (entry) => (isNamed(entry, ['GROUP', 'CENTER', 'COLLECTIONSHEET']) ? 'all' : []),
  fingerprint: () => null,
};
