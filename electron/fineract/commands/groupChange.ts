// A change of a group at head office: sent alone. It carries no mark, and needs none: the group is read first, and what stands there as it is
// wanted was told.

import type { Outcome } from '../../../shared/domain/commands/command.ts';
import type { GroupChangePayload, GroupDeed } from '../../../shared/domain/commands/kinds/groupChange.ts';
import type { Answer, CommandToSend, Credential } from '../../ports/headOffice.ts';
import { DATE_FORMAT } from '../dates.ts';
import type { JsonValue } from '../jsonText.ts';
import { decoding } from '../line.ts';
import type { Line } from '../line.ts';
import { Members, Unreadable } from '../members.ts';
import { decodeGroup } from '../shelves/groups.ts';
import { readChanges } from './changesThere.ts';
import { withNumberOf, type KindThere } from './kindThere.ts';
import { ABSENT, lookUpFailed, notTold, unreadInDoubt } from './lookUp.ts';
import type { Found } from './lookUp.ts';
import { postAlone } from './post.ts';

const DEEDS = {
  join: { command: 'associateClients', action: 'ASSOCIATECLIENTS' },
  leave: { command: 'disassociateClients', action: 'DISASSOCIATECLIENTS' },
  activate: { command: 'activate', action: 'ACTIVATE' },
} as const satisfies Readonly<Record<GroupDeed['what'], { command: string; action: string }>>;

export const groupChangeThere: KindThere<GroupChangePayload> = {
  send: (line, command, payload, credential) =>
    withNumbers<Outcome>(command, payload, async (group, client) => {
      const read = await readState(line, group, payload.change, client, credential);
      if (!read.ok) return notTold(read.trouble);
      if (read.value) return told(group);
      const url = `/groups/${String(group)}?command=${DEEDS[payload.change.what].command}`;
      return postAlone(line, command, url, bodyOf(payload.change, client), { groupId: group }, credential);
    }),
  lookUp: (line, command, payload, credential) =>
    withNumbers<Found>(command, payload, async (group, client) => {
      const read = await readState(line, group, payload.change, client, credential);
      if (!read.ok) return unreadInDoubt(command, read.trouble);
      if (read.value) return told(group);
      return command.lastOutcome?.kind === 'accepted' ? wasTold(line, group, payload.change, client, credential) : ABSENT;
    }),
  pending: (command, { change: deed }) => {
    const client = deed.what === 'activate' ? undefined : command.serverIds[deed.clientId];
    if (client === undefined) return null;
    const marker = `"clientMembers":[${String(client)}]`;
    return { entity: 'GROUP', action: DEEDS[deed.what].action, marker, expected: command.postSingly };
  },
};

function told(group: number): { readonly kind: 'accepted'; readonly serverTransactionId: number; readonly how: 'found' } {
  return { kind: 'accepted', serverTransactionId: group, how: 'found' };
}

function withNumbers<T>(
  command: CommandToSend,
  { groupId, change: deed }: GroupChangePayload,
  ask: (group: number, client: number) => Promise<T | Outcome>,
): Promise<T | Outcome> {
  return withNumberOf<T>(command, groupId, (group) =>
    deed.what === 'activate' ? ask(group, 0) : withNumberOf<T>(command, deed.clientId, (client) => ask(group, client)),
  );
}

function bodyOf(deed: GroupDeed, client: number): JsonValue {
  return deed.what === 'activate' ? { activationDate: deed.on, ...DATE_FORMAT } : { clientMembers: [client] };
}

/** Whether it stands there as it is wanted. */
async function readState(line: Line, group: number, deed: GroupDeed, client: number, credential: Credential): Promise<Answer<boolean>> {
  const answer = await line.ask({ method: 'GET', url: `/groups/${String(group)}?associations=clientMembers` }, credential);
  if (!answer.ok) return answer;
  return decoding(() => {
    const row = decodeGroup(new Members(answer.value, `group ${String(group)}`));
    if (row.serverId !== group) throw new Unreadable(`group ${String(group)}: id`);
    if (deed.what === 'activate') return row.active;
    return row.memberServerIds.includes(client) === (deed.what === 'join');
  });
}

/** It stood there once and was changed since; lost is what head office knows no such deed of. */
async function wasTold(line: Line, group: number, deed: GroupDeed, client: number, credential: Credential): Promise<Found> {
  const changes = await readChanges(line, { entity: 'GROUP', action: DEEDS[deed.what].action, serverId: group }, credential);
  if (!changes.ok) return lookUpFailed(changes.trouble);
  const { rows, isAll } = changes.value;
  const isKnown = rows.some(
    (row) => deed.what === 'activate' || row.text('commandAsJson')?.includes(`"clientMembers":[${String(client)}]`) === true,
  );
  return isKnown || !isAll ? told(group) : ABSENT;
}
