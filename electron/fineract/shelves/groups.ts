// Groups with their members, read one by one because a list of groups does not name them (contract 6.6).

import type { PulledGroup } from '../../ports/headOffice.ts';
import { needed } from '../members.ts';
import type { Members } from '../members.ts';
import { listPage, nameOnly } from './page.ts';
import { readEach } from './replies.ts';
import type { ShelfSource } from './shelf.ts';

export const groups: ShelfSource<PulledGroup> = {
  list: (line, page, credential) => listPage(line, '/groups', { paged: true }, page, nameOnly, credential),
  read: (line, serverIds, credential, breathing) =>
    readEach(line, 'group', serverIds, (serverId) => `/groups/${serverId}?associations=all`, decodeGroup, credential, breathing),
};

export function decodeGroup(row: Members): PulledGroup {
  const serverId = needed(row.id('id'), row, 'id');
  const group = row.named(`group ${serverId}`);
  const name = needed(group.text('name'), group, 'name');
  return {
    serverId,
    externalId: group.text('externalId'),
    accountNo: group.text('accountNo') ?? String(serverId),
    name,
    active: group.flag('active') || group.enumeration('status') === 300,
    staffName: group.text('staffName'),
    memberServerIds: [...new Set(group.children('clientMembers').map((member) => needed(member.id('id'), member, 'id')))],
  };
}
