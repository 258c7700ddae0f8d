// Groups with their members.

import { noticeGivenLocalNumbers } from '../../journal/localNumbers.ts';
import { groupHere } from '../../journal/membersHere.ts';
import { noteParted } from '../../journal/noteParted.ts';
import { isOfBranch } from '../officeScope.ts';
import type { Shelf } from './shelf.ts';
import { isCollectionSheet, isHere, isNamed } from './shelf.ts';

export const groups: Shelf<'groups'> = {
  name: 'groups',
  // A list of groups does not name the members, so each is read by itself.
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
      write.saveGroups(
        rows,
        askedAt,
        () => parts.ids.newId(),
        (group) => groupHere(write, group),
      ),
    );
    return [];
  },
  belongs: (read, row) => isOfBranch(read, row.officeServerId),
  remove: (write, serverIds) => {
    write.markGone('group', serverIds);
    return [];
  },
  holds: (read, serverId) => isHere(read.localIdOf('group', serverId), (id) => read.group(id)),
  here: (read) => read.accountServerIds('group'),
  staleBy: (entry) => {
    if (!isNamed(entry, ['GROUP', 'CENTER']) || isCollectionSheet(entry)) return [];
    // Of a role the resource is its own row there; what the path names is the group.
    const addressed = entry.subject?.kind === 'group' ? entry.subject.serverId : null;
    const id = entry.groupServerId ?? addressed ?? entry.resourceId;
    // A centre's groups, and members who went to another group, are not named.
    return id === null || isNamed(entry, ['CENTER']) || entry.action.includes('TRANSFER') ? 'all' : [id];
  },
  fingerprint: () => null,
};
