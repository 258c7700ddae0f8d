// What head office may have already of what a refused command would have created: whoever decides makes them one, or says that they are two.

import { describedBy } from '../../../shared/domain/clients/alike.ts';
import type { CommandRecord } from '../../../shared/domain/commands/command.ts';
import { kindOf } from '../../../shared/domain/commands/kinds/allKinds.ts';
import { foldFields } from '../../../shared/domain/clients/foldFields.ts';
import type { ReadStore } from '../../ports/store.ts';
import { alikeTo, type AlikeClient } from '../clients/findAlike.ts';

export function existingFor(read: ReadStore, command: CommandRecord): readonly AlikeClient[] {
  const kind = kindOf(command.kind);
  const record = kind.teaches(command.payload);
  if (record?.kind !== 'client' || !kind.ways.includes('merge') || command.state !== 'rejected') return [];
  const asked = describedBy(foldFields(kind.changes(command.payload), record).fields);
  return alikeTo(read, asked).filter(({ client }) => client.serverId !== null);
}
