// What head office may have already of what a refused command would have created: whoever decides makes them one, or says that they are two.

import { describedBy, type AlikeWhy } from '../../../shared/domain/clients/alike.ts';
import type { CommandRecord } from '../../../shared/domain/commands/command.ts';
import { kindOf } from '../../../shared/domain/commands/kinds/allKinds.ts';
import { foldFields } from '../../../shared/domain/clients/foldFields.ts';
import { centersNamed } from '../../journal/centersHere.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import type { GroupRecord, ReadStore } from '../../ports/store.ts';
import { alikeTo } from '../clients/findAlike.ts';
import { groupsNamed } from '../clients/founding.ts';

export interface Existing {
  readonly localId: LocalId;
  readonly displayName: string;
  readonly accountNo: string;
  readonly mobileNo: string | null;
  readonly dateOfBirth: string | null;
  readonly why: readonly AlikeWhy[];
}

export function existingFor(read: ReadStore, command: CommandRecord): readonly Existing[] {
  const kind = kindOf(command.kind);
  const record = kind.teaches(command.payload);
  if (record === null || !kind.ways.includes('merge') || command.state !== 'rejected') return [];
  const { fields } = foldFields(kind.changes(command.payload), record);
  if (record.kind === 'client')
    return alikeTo(read, describedBy(fields)).flatMap(({ client, likeness }) =>
      client.serverId === null ? [] : [{ ...client, localId: client.clientId, why: likeness.why }],
    );
  if (record.kind === 'group')
    return groupsAlike(read, fields['name'] ?? '', fields['externalId'] ?? '').flatMap(({ group, why }) =>
      group.serverId === null
        ? []
        : [{ mobileNo: null, dateOfBirth: null, why, localId: group.groupId, displayName: group.name, accountNo: group.accountNo }],
    );
  if (record.kind === 'center')
    return centersNamed(read, fields['name'] ?? '').flatMap(({ centerId, serverId, name, accountNo }) =>
      serverId === null
        ? []
        : [{ mobileNo: null, dateOfBirth: null, why: ['sameName' as const], localId: centerId, displayName: name, accountNo }],
    );
  return [];
}

/** Head office keeps both of a group unique. */
function groupsAlike(
  read: ReadStore,
  name: string,
  externalId: string,
): readonly { readonly group: GroupRecord; readonly why: readonly AlikeWhy[] }[] {
  const named = groupsNamed(read, name);
  const numbered = externalId === '' ? [] : read.groupsKnownAs(externalId);
  const each = new Map([...numbered, ...named].map((group) => [group.groupId, group]));
  return [...each.values()].map((group) => ({
    group,
    why: [
      ...(named.some(({ groupId }) => groupId === group.groupId) ? (['sameName'] as const) : []),
      ...(numbered.some(({ groupId }) => groupId === group.groupId) ? (['sameExternalId'] as const) : []),
    ],
  }));
}
