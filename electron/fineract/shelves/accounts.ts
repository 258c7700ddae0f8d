// Whole accounts, many in one batch: one request instead of dozens is what makes a first pull over a thin line bearable (contract 9.3).
// Each item stands alone; 404 with head office's code means gone. What a server brings in a batch differs: some hear what is asked of the
// item, some what is asked of the batch, some neither, so both are asked, and an account that may lack a part is read once more by itself.

import type { Answer, Credential, ReadingWay, ReadRows } from '../../ports/headOffice.ts';
import { classifyTrouble, nonsense } from '../classifyTrouble.ts';
import type { HttpReply } from '../http.ts';
import { decoding, failed, wanted } from '../line.ts';
import type { Line } from '../line.ts';
import { Members, needed } from '../members.ts';
import type { JsonObject } from '../readBody.ts';
import { readEach, sortReplies } from './replies.ts';
import type { Breathing } from './shelf.ts';

/** Some 40 kB each before compression. */
const PER_BATCH = 25;
/** What a server says of an item that it takes alone, but not in a batch, or not in these words. */
const ALONE: ReadonlySet<number> = new Set([400, 501]);

export interface AccountSource<T> {
  readonly path: 'loans' | 'savingsaccounts';
  /** What is asked of an item in a batch. */
  readonly inBatch: string;
  readonly decode: (row: Members, serverId: number) => T;
  /** Servers are known that leave the transactions and the charges of such an item out. */
  readonly mayBeCutShort: boolean;
  /** For one that is too large for a single answer. */
  readonly inPieces?: (line: Line, serverId: number, credential: Credential) => Promise<Answer<JsonObject>>;
}

/** What the wire says of an answer that is too much at once. */
const TOO_MUCH: ReadonlySet<string> = new Set(['tooLarge', 'timeout', 'cutOff']);

export async function readAccounts<T extends { readonly serverId: number; readonly transactions: readonly unknown[] }>(
  line: Line,
  source: AccountSource<T>,
  serverIds: readonly number[],
  way: ReadingWay,
  credential: Credential,
  breathing: Breathing,
): Promise<Answer<ReadRows<T>>> {
  const { path, inBatch, decode } = source;
  const [only] = serverIds;
  if (serverIds.length === 1 && only !== undefined && source.inPieces !== undefined) {
    const { inPieces, ...whole } = source;
    const read = await readAccounts(line, whole, serverIds, way, credential, breathing);
    if (read.ok || read.trouble.kind !== 'unreachable' || !TOO_MUCH.has(read.trouble.detail)) return read;
    const pieces = await inPieces(line, only, credential);
    if (!pieces.ok) return pieces;
    const row = decoding(() => decode(new Members(pieces.value, `${path} ${only}`), only));
    return row.ok ? { ok: true, value: { rows: [row.value], gone: [], unreadable: [] } } : row;
  }
  let alone = 0;
  const readAlone = (ids: readonly number[]): Promise<Answer<ReadRows<T>>> =>
    readEach(line, path, ids, (serverId) => `/${path}/${serverId}?associations=all`, decode, credential, breathing);
  const all = { rows: [] as T[], gone: [] as number[], unreadable: [] as ReadRows<T>['unreadable'][number][] };
  const add = (read: ReadRows<T>): void => {
    all.rows.push(...read.rows);
    all.gone.push(...read.gone);
    all.unreadable.push(...read.unreadable);
  };
  for (let start = 0; start < serverIds.length; start += PER_BATCH) {
    const part = serverIds.slice(start, start + PER_BATCH);
    let singly = part;
    if (way === 'together') {
      const replies = await askBatch(
        line,
        part.map((serverId) => `${path}/${serverId}?${inBatch}`),
        credential,
      );
      if (!replies.ok) return replies;
      const items: { serverId: number; reply: HttpReply }[] = [];
      for (const [index, serverId] of part.entries()) {
        const reply = replies.value[index] ?? null;
        if (reply === null) return failed(nonsense(`${path} ${serverId}: missing in the batch`));
        items.push({ serverId, reply });
      }
      const taken = items.filter(({ reply }) => reply.kind !== 'answered' || !ALONE.has(reply.status));
      const read = await sortReplies(
        path,
        taken.map(({ serverId }) => serverId),
        taken.map(({ reply }) => reply),
        decode,
        breathing,
      );
      if (!read.ok) return read;
      const doubtful = source.mayBeCutShort ? cutShort(read.value) : new Set<number>();
      add({
        rows: read.value.rows.filter((row) => !doubtful.has(row.serverId)),
        gone: read.value.gone,
        unreadable: read.value.unreadable.filter((each) => !doubtful.has(each.serverId)),
      });
      singly = part.filter((serverId) => doubtful.has(serverId) || !taken.some((each) => each.serverId === serverId));
    }
    if (singly.length === 0) continue;
    if (way === 'together') alone += singly.length;
    const read = await readAlone(singly);
    if (!read.ok) return read;
    add(read.value);
  }
  // Whoever asked saves them at once, and that is a piece of its own.
  await breathing.breathe();
  const place = new Map(serverIds.map((serverId, index) => [serverId, index]));
  all.rows.sort((one, other) => (place.get(one.serverId) ?? 0) - (place.get(other.serverId) ?? 0));
  return { ok: true, value: alone === 0 ? all : { ...all, alone } };
}

/**
 * Accounts that may lack their transactions, and with them their charges: those whose sums say that money moved and that show none; and, where
 * no account of the whole answer shows one, all of them.
 */
function cutShort(read: ReadRows<{ readonly serverId: number; readonly transactions: readonly unknown[] }>): ReadonlySet<number> {
  const isHeard = read.rows.some((row) => row.transactions.length > 0);
  return new Set([
    ...(isHeard ? [] : read.rows.map((row) => row.serverId)),
    ...read.unreadable.flatMap(({ serverId, why }) => (why.endsWith(': transactions') ? [serverId] : [])),
  ]);
}

/** The replies in the order of the urls; null where the batch has none. */
async function askBatch(line: Line, urls: readonly string[], credential: Credential): Promise<Answer<readonly (HttpReply | null)[]>> {
  const items = urls.map((relativeUrl, index) => ({ requestId: index + 1, relativeUrl, method: 'GET' }));
  const url = '/batches?enclosingTransaction=false&associations=all';
  const reply = await line.send({ method: 'POST', url, body: items }, credential);
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
