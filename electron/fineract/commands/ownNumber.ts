// A record that head office is told of under an external id of ours, which it keeps unique: sent alone. Where the number, or a name, is taken there,
// reading tells by whom: by our own earlier request, or by somebody else, which a person has to look at.

import type { Outcome } from '../../../shared/domain/commands/command.ts';
import type { CommandToSend, Credential } from '../../ports/headOffice.ts';
import { classifyOutcome } from '../classifyOutcome.ts';
import type { Sent } from '../classifyOutcome.ts';
import type { HttpReply } from '../http.ts';
import type { JsonValue } from '../jsonText.ts';
import type { Line } from '../line.ts';
import { readErrorBody } from '../readBody.ts';
import { readRefusal } from '../readRefusal.ts';
import type { Found } from './lookUp.ts';

export async function postUnderOwnNumber(
  line: Line,
  { idempotencyKey }: CommandToSend,
  request: { readonly url: string; readonly body: JsonValue; readonly ours: NonNullable<Sent['ours']> },
  credential: Credential,
  lookUp: () => Promise<Found>,
): Promise<Outcome> {
  const { url, body, ours } = request;
  const reply = await line.send({ method: 'POST', url, body, idempotencyKey }, credential);
  return judgeTaken(classifyOutcome(reply, { how: 'lone', ours }), reply, lookUp);
}

/** Something of ours is taken there: by us, or by somebody else, whose word that is then. */
export async function judgeTaken(outcome: Outcome, reply: HttpReply, lookUp: () => Promise<Found>): Promise<Outcome> {
  if (outcome.kind !== 'inDoubt' || outcome.why !== 'duplicateMarker' || reply.kind !== 'answered') return outcome;
  const found = await lookUp();
  const refusal = found.kind === 'absent' ? readRefusal(readErrorBody(reply.body)) : null;
  if (refusal !== null) return { kind: 'rejected', code: refusal.code, message: refusal.message, status: reply.status };
  return found.kind === 'accepted' || found.kind === 'rejected' ? found : outcome;
}
