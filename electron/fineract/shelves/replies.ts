// Sorts the replies to several reads into records, those that are gone and those that cannot be understood. Each stands alone; only where
// head office answers for none of them, or wants a sign-in first, is the reading as a whole in trouble.

import type { Answer, Credential, ReadRows, Trouble } from '../../ports/headOffice.ts';
import type { HttpReply } from '../http.ts';
import { decoding, failed, isGone, wanted } from '../line.ts';
import type { Line } from '../line.ts';
import { Members } from '../members.ts';
import type { Breathing } from './shelf.ts';

/** How long the thread that answers the screens reads records in one piece (house: 16 ms for all that it does in one piece). */
const PIECE_MS = 4;
const AT_ONCE = 4;

/** `what` names the shelf in a detail, beside the server id. */
export async function sortReplies<T>(
  what: string,
  serverIds: readonly number[],
  replies: readonly HttpReply[],
  decode: (row: Members, serverId: number) => T,
  { monotonicMs, breathe }: Breathing,
): Promise<Answer<ReadRows<T>>> {
  const rows: T[] = [];
  const gone: number[] = [];
  const unreadable: { serverId: number; why: string }[] = [];
  let trouble: Trouble | null = null;
  let refusals = 0;
  let pieceBegan = monotonicMs();
  for (const [index, serverId] of serverIds.entries()) {
    const reply = replies[index];
    if (reply === undefined) continue;
    const answer = wanted(reply);
    if (answer.ok) {
      const row = decoding(() => decode(new Members(answer.value, `${what} ${serverId}`), serverId));
      if (row.ok) rows.push(row.value);
      else unreadable.push({ serverId, why: whyOf(row.trouble) });
    } else if (isGone(answer.trouble)) {
      gone.push(serverId);
    } else {
      if (answer.trouble.kind === 'unreachable' || answer.trouble.kind === 'signInNeeded') return answer;
      trouble ??= answer.trouble;
      refusals += 1;
      unreadable.push({ serverId, why: `${what} ${serverId}: ${whyOf(answer.trouble)}` });
    }
    if (monotonicMs() - pieceBegan < PIECE_MS) continue;
    await breathe();
    pieceBegan = monotonicMs();
  }
  if (trouble !== null && refusals === serverIds.length) return failed(trouble);
  return { ok: true, value: { rows, gone, unreadable } };
}

/** Reads many single records, a few at a time so that a thin line and head office stay usable. */
export async function readEach<T>(
  line: Line,
  what: string,
  serverIds: readonly number[],
  urlOf: (serverId: number) => string,
  decode: (row: Members, serverId: number) => T,
  credential: Credential,
  breathing: Breathing,
): Promise<Answer<ReadRows<T>>> {
  const replies: HttpReply[] = [];
  for (let start = 0; start < serverIds.length; start += AT_ONCE) {
    const part = serverIds.slice(start, start + AT_ONCE);
    replies.push(...(await Promise.all(part.map((serverId) => line.send({ method: 'GET', url: urlOf(serverId) }, credential)))));
    if (replies.some((reply) => reply.kind !== 'answered')) break;
  }
  return sortReplies(what, serverIds, replies, decode, breathing);
}

/** Head office's codes are dotted words; what comes in their place may repeat a request. */
function whyOf(trouble: Trouble): string {
  if (trouble.kind !== 'refused') return trouble.kind === 'signInNeeded' ? trouble.why : trouble.detail;
  return /^[a-z]+(?:\.[\w-]+){1,14}$/i.test(trouble.code) && trouble.code.length <= 120 ? trouble.code : `status ${trouble.status}`;
}
