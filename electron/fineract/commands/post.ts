// The two ways of posting. Enclosed: command row and money share one transaction at head office, and a failure stores nothing, so the same
// key may go again (contract 3.5). Alone: for what must not ride in a batch; a failure then stays with its key for ever (contract 3.2).

import type { Outcome } from '../../../shared/domain/commands/command.ts';
import type { CommandToSend, Credential } from '../../ports/headOffice.ts';
import { classifyOutcome } from '../classifyOutcome.ts';
import type { Sent } from '../classifyOutcome.ts';
import { jsonText } from '../jsonText.ts';
import type { JsonValue } from '../jsonText.ts';
import type { Line } from '../line.ts';

export interface Item {
  readonly relativeUrl: string;
  readonly body: JsonValue;
  /** Refers to the first item, whose answer fills the `$.` paths of this one. */
  readonly followsFirst?: boolean;
}

export async function postEnclosed(
  line: Line,
  command: CommandToSend,
  items: readonly Item[],
  ours: NonNullable<Sent['ours']>,
  credential: Credential,
): Promise<Outcome> {
  const batch = items.map((item, index) => ({
    requestId: index + 1,
    relativeUrl: item.relativeUrl,
    method: 'POST',
    headers: [
      { name: 'Content-type', value: 'application/json' },
      // Every item has the key, for a key counts per kind of deed: sent again, all of them answer from memory and none is a duplicate.
      { name: 'Idempotency-Key', value: command.idempotencyKey },
    ],
    ...(item.followsFirst === true ? { reference: 1 } : {}),
    body: jsonText(item.body),
  }));
  const reply = await line.send({ method: 'POST', url: '/batches?enclosingTransaction=true', body: batch }, credential);
  const outcome = classifyOutcome(reply, { how: 'enclosing', ours });
  // A rollback for a checker may look like a conflict inside a batch (contract 1.7): the second conflict in a row goes alone.
  const before = command.lastOutcome;
  const again = outcome.kind === 'retryLater' && outcome.why === 'conflict' && before?.kind === 'retryLater' && before.why === 'conflict';
  return again ? { kind: 'retryLater', why: 'mustPostSingly', keyBurnt: false } : outcome;
}

export async function postAlone(
  line: Line,
  command: CommandToSend,
  url: string,
  body: JsonValue,
  ours: NonNullable<Sent['ours']>,
  credential: Credential,
): Promise<Outcome> {
  const reply = await line.send({ method: 'POST', url, body, idempotencyKey: command.idempotencyKey }, credential);
  return classifyOutcome(reply, { how: 'lone', ours });
}
