// A client's picture at head office: one takes the place of the other, so a second try is harmless. It is known again by its own bytes, which
// head office keeps as they came.

import type { Outcome } from '../../../shared/domain/commands/command.ts';
import type { ClientPicturePayload } from '../../../shared/domain/commands/kinds/clientPicture.ts';
import type { CommandToSend, Credential } from '../../ports/headOffice.ts';
import type { Line } from '../line.ts';
import { readPicture } from '../pictures.ts';
import { withNumberOf, type KindThere } from './kindThere.ts';
import { ABSENT, lookUpFailed } from './lookUp.ts';
import type { Found } from './lookUp.ts';
import { upload } from './upload.ts';

export const clientPictureThere: KindThere<ClientPicturePayload> = {
  send: (line, command, payload, credential) =>
    withNumberOf<Outcome>(command, payload.clientId, (client) =>
      upload(line, command, `/clients/${client}/images`, {}, payload.file, { resourceId: client }, credential),
    ),
  lookUp: (line, command, payload, credential) =>
    withNumberOf<Found>(command, payload.clientId, (client) => lookUp(line, command, client, credential)),
  pending: () => null,
};

async function lookUp(line: Line, { content, lastOutcome }: CommandToSend, client: number, credential: Credential): Promise<Found> {
  const answer = await readPicture(line, client, null, credential);
  // Whoever may not see it sends it again, which is harmless.
  if (!answer.ok) return answer.trouble.kind === 'refused' ? ABSENT : lookUpFailed(answer.trouble);
  if (answer.value === null) return ABSENT;
  // What was taken once and has been replaced since was told all the same.
  const isOurs = content !== undefined && Buffer.compare(content, answer.value) === 0;
  return isOurs || lastOutcome?.kind === 'accepted' ? { kind: 'accepted', serverTransactionId: client, how: 'found' } : ABSENT;
}
