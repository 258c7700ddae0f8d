// Whole accounts, many in one batch: one request instead of dozens is what makes a first pull over a thin line bearable (contract 9.3).
// Each item stands alone; 404 with head office's code means gone.

import type { Answer, Credential, ReadRows } from '../../ports/headOffice.ts';
import { classifyTrouble, nonsense } from '../classifyTrouble.ts';
import type { HttpReply } from '../http.ts';
import { decoding, failed, wanted } from '../line.ts';
import type { Line } from '../line.ts';
import { Members, needed } from '../members.ts';
import { sortReplies } from './replies.ts';
import type { Breathing } from './shelf.ts';

/** Some 40 kB each before compression. */
const PER_BATCH = 25;
const NOT_BATCHABLE = 501;

export async function readAccounts<T>(
  line: Line,
  path: 'loans' | 'savingsaccounts',
  serverIds: readonly number[],
  decode: (row: Members, serverId: number) => T,
  credential: Credential,
  breathing: Breathing,
): Promise<Answer<ReadRows<T>>> {
  const all: { rows: T[]; gone: number[]; unreadable: ReadRows<T>['unreadable'][number][] } = { rows: [], gone: [], unreadable: [] };
  const urlOf = (serverId: number): string => `${path}/${serverId}?associations=all`;
  for (let start = 0; start < serverIds.length; start += PER_BATCH) {
    const part = serverIds.slice(start, start + PER_BATCH);
    const replies = await askBatch(line, part.map(urlOf), credential);
    if (!replies.ok) return replies;
    const items: HttpReply[] = [];
    for (const [index, serverId] of part.entries()) {
      const item = replies.value[index] ?? null;
      if (item === null) return failed(nonsense(`${path} ${serverId}: missing in the batch`));
      const alone = item.kind === 'answered' && item.status === NOT_BATCHABLE;
      items.push(alone ? await line.send({ method: 'GET', url: `/${urlOf(serverId)}` }, credential) : item);
    }
    const read = await sortReplies(path, part, items, decode, breathing);
    if (!read.ok) return read;
    all.rows.push(...read.value.rows);
    all.gone.push(...read.value.gone);
    all.unreadable.push(...read.value.unreadable);
  }
  // Whoever asked saves them at once, and that is a piece of its own.
  await breathing.breathe();
  return { ok: true, value: all };
}

/** The replies in the order of the urls; null where the batch has none. */
async function askBatch(line: Line, urls: readonly string[], credential: Credential): Promise<Answer<readonly (HttpReply | null)[]>> {
  const items = urls.map((relativeUrl, index) => ({ requestId: index + 1, relativeUrl, method: 'GET' }));
  const reply = await line.send({ method: 'POST', url: '/batches?enclosingTransaction=false', body: items }, credential);
  const answer = wanted(reply);
  if (!answer.ok) return answer;
  if (!Array.isArray(answer.value)) return failed(classifyTrouble(reply));
  const list = answer.value as readonly unknown[];
  return decoding(() => {
    const byId = new Map<number, HttpReply>();
    for (const each of list) {
      const item = new Members(each, 'batch item');
      const body = item.raw['body'];
      byId.set(needed(item.integer('requestId'), item, 'requestId'), {
        kind: 'answered',
        status: needed(item.integer('statusCode'), item, 'statusCode'),
        headers: {},
        body: typeof body === 'string' ? body : '',
      });
    }
    return urls.map((_, index) => byId.get(index + 1) ?? null);
  });
}
