// A document at head office, of a client or of an identity paper. Its name carries the command's id, and by that it is found again.

import type { Outcome } from '../../../shared/domain/commands/command.ts';
import type { ClientDocumentPayload } from '../../../shared/domain/commands/kinds/clientDocument.ts';
import type { CommandToSend, Credential } from '../../ports/headOffice.ts';
import { decoding } from '../line.ts';
import type { Line } from '../line.ts';
import { Members } from '../members.ts';
import { withNumberOf, type KindThere } from './kindThere.ts';
import { ABSENT, lookUpFailed, unreadInDoubt } from './lookUp.ts';
import type { Found } from './lookUp.ts';
import { upload } from './upload.ts';

const PLACES: Readonly<Record<ClientDocumentPayload['owner']['kind'], string>> = { client: 'clients', identifier: 'client_identifiers' };

export const clientDocumentThere: KindThere<ClientDocumentPayload> = {
  send: (line, command, payload, credential) =>
    withNumberOf<Outcome>(command, payload.owner.localId, (owner) =>
      upload(line, command, pathOf(payload, owner), { name: markedName(command, payload) }, payload.file, {}, credential),
    ),
  lookUp: (line, command, payload, credential) =>
    withNumberOf<Found>(command, payload.owner.localId, (owner) => lookUp(line, command, pathOf(payload, owner), credential)),
  pending: () => null,
};

function pathOf({ owner }: ClientDocumentPayload, ownerServerId: number): string {
  return `/${PLACES[owner.kind]}/${String(ownerServerId)}/documents`;
}

function markedName({ commandId }: CommandToSend, { name }: ClientDocumentPayload): string {
  return `${name.trim()} [Tawi ${commandId}]`;
}

async function lookUp(line: Line, command: CommandToSend, url: string, credential: Credential): Promise<Found> {
  const answer = await line.ask({ method: 'GET', url }, credential);
  if (!answer.ok) return unreadInDoubt(command, answer.trouble);
  const { value } = answer;
  if (!Array.isArray(value)) return lookUpFailed(null);
  const read = decoding(() => (value as readonly unknown[]).map((row) => new Members(row, url)));
  if (!read.ok) return lookUpFailed(read.trouble);
  const names = read.value.map((row) => ({ id: row.id('id'), name: row.text('name') }));
  // A document whose name cannot be read may be ours.
  if (names.some(({ id, name }) => id === null || name === null)) return lookUpFailed(null);
  const ours = names.find(({ name }) => name?.includes(command.commandId) === true);
  return ours === undefined || ours.id === null ? ABSENT : { kind: 'accepted', serverTransactionId: ours.id, how: 'found' };
}
