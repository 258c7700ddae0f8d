// A change to what a group is called at head office, or to its external id there; head office wants the name with every change of a group (observed).

import { GROUP_FIELDS, ownIdOf, type GroupEditPayload, type GroupField } from '../../../shared/domain/commands/kinds/groupEdit.ts';
import type { Answer, Credential } from '../../ports/headOffice.ts';
import { decoding } from '../line.ts';
import type { Line } from '../line.ts';
import { Members, Unreadable } from '../members.ts';
import { decodeGroup } from '../shelves/groups.ts';
import { fieldEditThere, type FieldsThere } from './fieldEdit.ts';

const urlOf = (group: number): string => `/groups/${String(group)}`;

export const groupEditThere = fieldEditThere(
  {
    names: GROUP_FIELDS,
    entity: 'GROUP',
    urlOf,
    read: readFields,
    bodyOf: ({ name, externalId }, there, words) => ({
      name: name?.after ?? there.name ?? '',
      ...(externalId === undefined ? {} : { externalId: externalId.after ?? words?.externalId ?? '' }),
    }),
    oursOf: (groupId) => ({ groupId }),
    changedThere: 'group.changedThere',
  },
  ({ groupId, fields, localNumber }: GroupEditPayload) => ({
    record: groupId,
    fields,
    ...(localNumber === undefined ? {} : { words: { externalId: localNumber } }),
  }),
);

async function readFields(line: Line, group: number, credential: Credential): Promise<Answer<FieldsThere<GroupField>>> {
  const answer = await line.ask({ method: 'GET', url: urlOf(group) }, credential);
  if (!answer.ok) return answer;
  return decoding(() => {
    const { serverId, name, externalId } = decodeGroup(new Members(answer.value, `group ${String(group)}`));
    if (serverId !== group) throw new Unreadable(`group ${String(group)}: id`);
    return { name, externalId: ownIdOf(externalId) };
  });
}
