// A note on a client at head office: sent alone, and found again among the client's notes by the mark in its text, which is the command's id
// (contract 6.5). A note that somebody deleted there is not sent again: only what was never answered for is looked for.

import type { Outcome } from '../../../shared/domain/commands/command.ts';
import type { ClientNotePayload } from '../../../shared/domain/commands/kinds/clientNote.ts';
import type { CommandToSend, Credential } from '../../ports/headOffice.ts';
import type { Line } from '../line.ts';
import { withNumberOf, type KindThere } from './kindThere.ts';
import { ABSENT, unreadInDoubt } from './lookUp.ts';
import type { Found } from './lookUp.ts';
import { readNotes } from './notesThere.ts';
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
  const notes = await readNotes(line, `/clients/${client}/notes`, credential);
  if (!notes.ok) return unreadInDoubt(command, notes.trouble);
  const ours = notes.value.find(({ text }) => text.includes(command.commandId));
  return ours === undefined ? ABSENT : { kind: 'accepted', serverTransactionId: ours.id, how: 'found' };
}
