// A note on a client at head office: sent alone, and found again among the client's notes by the mark in its text, which is the command's id
// (contract 6.5). A note that somebody deleted there is not sent again: only what was never answered for is looked for.

import type { Outcome } from '../../../shared/domain/commands/command.ts';
import type { ClientNotePayload } from '../../../shared/domain/commands/kinds/clientNote.ts';
import type { CommandToSend, Credential } from '../../ports/headOffice.ts';
import { decoding } from '../line.ts';
import type { Line } from '../line.ts';
import { Members } from '../members.ts';
import { withNumberOf, type KindThere } from './kindThere.ts';
import { ABSENT, lookUpFailed, unreadInDoubt } from './lookUp.ts';
import type { Found } from './lookUp.ts';
import { postAlone } from './post.ts';
import { markedNote } from './wording.ts';

export const clientNoteThere: KindThere<ClientNotePayload> = {
  send: (line, command, payload, credential) =>
    withNumberOf<Outcome>(command, payload.clientId, (client) =>
      postAlone(line, command, `/clients/${client}/notes`, { note: markedNote(command, payload.text) }, { clientId: client }, credential),
    ),
  lookUp: (line, command, payload, credential) =>
    withNumberOf<Found>(command, payload.clientId, (client) => lookUp(line, command, client, credential)),
  pending: ({ commandId, postSingly }) => ({ entity: 'CLIENTNOTE', action: 'CREATE', marker: commandId, expected: postSingly }),
};

async function lookUp(line: Line, command: CommandToSend, client: number, credential: Credential): Promise<Found> {
  const answer = await line.ask({ method: 'GET', url: `/clients/${client}/notes` }, credential);
  if (!answer.ok) return unreadInDoubt(command, answer.trouble);
  const { value } = answer;
  if (!Array.isArray(value)) return lookUpFailed(null);
  const read = decoding(() => (value as readonly unknown[]).map((row) => new Members(row, `notes of client ${client}`)));
  if (!read.ok) return lookUpFailed(read.trouble);
  const texts = read.value.map((row) => ({ id: row.id('id'), text: row.text('note') }));
  // A note whose words cannot be read may be ours.
  if (texts.some(({ id, text }) => id === null || text === null)) return lookUpFailed(null);
  const ours = texts.find(({ text }) => text?.includes(command.commandId) === true);
  return ours === undefined || ours.id === null ? ABSENT : { kind: 'accepted', serverTransactionId: ours.id, how: 'found' };
}
