// An identity paper at head office. It is found again by our mark in its description; and one of that client with the same type and number is
// what was to be told, whoever wrote it.

import type { Outcome } from '../../../shared/domain/commands/command.ts';
import type { ClientIdentifierPayload } from '../../../shared/domain/commands/kinds/clientIdentifier.ts';
import type { CommandToSend, Credential } from '../../ports/headOffice.ts';
import type { Line } from '../line.ts';
import { listIdentifiers } from '../shelves/identifiers.ts';
import { withNumberOf, type KindThere } from './kindThere.ts';
import { ABSENT, unreadInDoubt } from './lookUp.ts';
import type { Found } from './lookUp.ts';
import { postAlone } from './post.ts';
import { markedNote } from './wording.ts';

export const clientIdentifierThere: KindThere<ClientIdentifierPayload> = {
  send: (line, command, payload, credential) =>
    withNumberOf<Outcome>(command, payload.clientId, (client) => {
      const { documentTypeId, documentKey, description } = payload;
      const body = { documentTypeId, documentKey, description: markedNote(command, description).trim(), status: 'Active' };
      return postAlone(line, command, `/clients/${client}/identifiers`, body, { clientId: client }, credential);
    }),
  lookUp: (line, command, payload, credential) =>
    withNumberOf<Found>(command, payload.clientId, (client) => lookUp(line, command, payload, client, credential)),
  pending: ({ commandId, postSingly }) => ({ entity: 'CLIENTIDENTIFIER', action: 'CREATE', marker: commandId, expected: postSingly }),
};

async function lookUp(
  line: Line,
  command: CommandToSend,
  { documentTypeId, documentKey }: ClientIdentifierPayload,
  client: number,
  credential: Credential,
): Promise<Found> {
  const answer = await listIdentifiers(line, client, credential);
  const { commandId, lastOutcome } = command;
  if (!answer.ok) return unreadInDoubt(command, answer.trouble);
  const ours = answer.value.find(
    (each) => each.description.includes(commandId) || (each.typeId === documentTypeId && each.documentKey === documentKey),
  );
  if (ours !== undefined) return { kind: 'accepted', serverTransactionId: ours.serverId, how: 'found' };
  // Head office said that there is one already: of that type with another number, or the number is somebody else's.
  const isDuplicate = lastOutcome?.kind === 'inDoubt' && lastOutcome.why === 'duplicateMarker';
  if (!isDuplicate) return ABSENT;
  const isType = answer.value.some(({ typeId }) => typeId === documentTypeId);
  return { kind: 'rejected', code: isType ? 'identifier.typeTaken' : 'identifier.numberTaken', message: null, status: 403 };
}
