// Spoils true answers of the practice head office on their way back: what a portal, a proxy, another release or a bug makes of them. The
// request has always arrived and been done; only its answer is wrong. What no reader could know to be wrong (another plausible balance)
// is left to the proof that reads everything again.

import fc from 'fast-check';
import type { HttpReply, HttpRequest, HttpTransport } from '../../electron/fineract/http.ts';
import type { Seeded } from '../world/seed.ts';
import { isMoney } from '../world/faultyNetwork.ts';
import { HOSTILE_TEXTS } from './hostileValues.ts';
import { sample } from './caseCount.ts';

export const WRONG_ANSWERS = [
  'plainText',
  'portalPage',
  'truncated',
  'byteOrderMark',
  'utf16',
  'mojibake',
  'undecodable',
  'errorInside200',
  'listForObject',
  'objectForList',
  'bareValue',
  'otherStatus',
  'memberMissing',
  'memberOfAnotherKind',
  'memberNull',
  'dateOutOfRange',
  'amountOutOfRange',
  'hostileText',
  'rowsTwice',
  'rowsMissing',
  'rowsReversed',
  'totalLies',
  'offsetIgnored',
  'endlessPages',
  'anotherAnswer',
] as const;
export type WrongAnswer = (typeof WRONG_ANSWERS)[number];

export interface WrongAnswers {
  readonly transport: (inner: HttpTransport) => HttpTransport;
  /** From now on this share of answers is spoilt, in one of these ways. */
  spoil(share: number, kinds?: readonly WrongAnswer[]): void;
  stop(): void;
  readonly spoilt: ReadonlyMap<WrongAnswer, number>;
  requests(): number;
}

type Answered = Extract<HttpReply, { readonly kind: 'answered' }>;
type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Path = readonly (string | number)[];

const PORTAL = '<!doctype html><html><head><title>Sign in to the hotspot</title></head><body><form>{"accepted":true}</form></body></html>';
const ERROR_BODY = JSON.stringify({
  developerMessage: 'x',
  httpStatusCode: '403',
  defaultUserMessage: 'no',
  userMessageGlobalisationCode: 'validation.msg.validation.errors.exist',
  errors: [{ userMessageGlobalisationCode: 'error.msg.wrong', defaultUserMessage: 'no' }],
});
const OTHER_KINDS: readonly Json[] = ['text', 7, -1, 1.5, [], {}, [[]], { id: 'x' }, [1, 2], '12', '', 1e300];
const WRONG_DATES: readonly Json[] = [
  [2026, 13, 1],
  [2026, 2, 30],
  [0, 0, 0],
  [99_999, 1, 1],
  [2026, 11],
  [-1, 1, 1],
  [2026.5, 1, 1],
  '2026-13-01',
  'yesterday',
  '9999',
  253_402_300_800_000,
  -1,
  {},
  [['2026'], 1, 1],
  ['2026', '11', '20'],
];
const WRONG_AMOUNTS: readonly Json[] = [
  1e308,
  -1e308,
  'NaN',
  'Infinity',
  '-Infinity',
  '1,000.00',
  '0x10',
  '1e400',
  {},
  [],
  true,
  '99999999999999999999',
  1e21,
  '',
  ' ',
  '--1',
  '1.2.3',
];
const TOTALS: readonly Json[] = [-1, 0, 1, null, '12', 1.5, 1e9, 2 ** 53, {}, []];

/** Everywhere a value stands, innermost first. */
function pathsOf(value: Json, at: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  const members: readonly (readonly [string | number, Json])[] = Array.isArray(value)
    ? value.map((member, index) => [index, member] as const)
    : Object.entries(value);
  return [...members.flatMap(([name, member]) => pathsOf(member, [...at, name])), at];
}

function at(value: Json, path: Path): Json {
  let found: Json = value;
  for (const name of path) found = (found as Record<string, Json>)[name as string] ?? null;
  return found;
}

/** Changes in place; the value was parsed for this one use. */
function put(value: Json, path: Path, by: Json | undefined): void {
  const holder = at(value, path.slice(0, -1));
  const name = path.at(-1);
  if (typeof holder !== 'object' || holder === null || name === undefined) return;
  if (by !== undefined) (holder as Record<string, Json>)[name as string] = by;
  else if (Array.isArray(holder)) holder.splice(Number(name), 1);
  else Reflect.deleteProperty(holder, name);
}

export function createWrongAnswers(seeded: Seeded): WrongAnswers {
  const texts = [...HOSTILE_TEXTS, ...sample(fc.string({ unit: 'binary', maxLength: 30 }), 20, 'answers')] as [string, ...string[]];
  const spoilt = new Map<WrongAnswer, number>();
  let share = 0;
  let kinds: readonly WrongAnswer[] = WRONG_ANSWERS;
  let requests = 0;
  const earlier: Answered[] = [];

  const pick = <T>(list: readonly T[]): T => {
    const found = list[seeded.below(list.length)];
    if (found === undefined) throw new Error('nothing to pick from');
    return found;
  };

  function asked(request: HttpRequest, kind: WrongAnswer): HttpRequest {
    if (kind !== 'offsetIgnored' && kind !== 'endlessPages') return request;
    return { ...request, url: request.url.replace(/([?&]offset=)\d+/, '$10') };
  }

  /** Whether this answer decides what became of a command that was sent. */
  function isLookUp({ url }: HttpRequest): boolean {
    return /\/transactions\/external-id\/|associations=transactions$|\/query$|^\/journalentries\?/.test(url);
  }

  function spoilJson(body: Json, kind: WrongAnswer, request: HttpRequest): Json {
    // An item of a batch carries its answer as text inside; the spoiling reaches it too.
    if (Array.isArray(body) && seeded.chance(0.8)) {
      const items = body.filter(
        (item): item is { [name: string]: Json } =>
          typeof item === 'object' && item !== null && !Array.isArray(item) && typeof item['body'] === 'string',
      );
      const item = items.length === 0 ? undefined : pick(items);
      if (item !== undefined && typeof item['body'] === 'string') {
        try {
          item['body'] = JSON.stringify(spoilJson(JSON.parse(item['body']) as Json, kind, request));
          return body;
        } catch {
          return body;
        }
      }
    }
    const paths = pathsOf(body).filter((path) => path.length > 0);
    const fitting = paths.filter((path) => {
      const value = at(body, path);
      const name = String(path.at(-1));
      switch (kind) {
        case 'dateOutOfRange':
          return /date/i.test(name) && (Array.isArray(value) || typeof value === 'string');
        case 'amountOutOfRange':
          return (
            typeof value === 'number' &&
            /amount|balance|total|principal|interest|penalt|fee|due|outstanding|paid|minRequired|overdraft|funds/i.test(name) &&
            !/id$|frequency|records/i.test(name)
          );
        case 'hostileText':
          return typeof value === 'string';
        case 'rowsTwice':
        case 'rowsMissing':
        case 'rowsReversed':
          return Array.isArray(value) && value.length > 0 && typeof value[0] === 'object';
        case 'totalLies':
        case 'endlessPages':
          return name === 'totalFilteredRecords';
        // A yes for a no is a lie that nobody can see.
        default:
          return typeof value !== 'boolean';
      }
    });
    if (Array.isArray(body) && body.length > 1) {
      if (kind === 'rowsTwice') return [...body, ...structuredClone(body)];
      // A batch that lacks answers says so by its numbers; a list that lacks a few rows cannot be told from a shorter list.
      if (kind === 'rowsMissing') return /^\/batches/.test(request.url) ? body.slice(0, seeded.below(body.length)) : [];
      if (kind === 'rowsReversed') return body.toReversed();
    }
    if (fitting.length === 0) return body;
    const path = pick(fitting);
    const value = at(body, path);
    switch (kind) {
      case 'memberMissing':
        put(body, path, undefined);
        break;
      case 'memberNull':
        put(body, path, null);
        break;
      case 'memberOfAnotherKind':
        put(
          body,
          path,
          pick(OTHER_KINDS.filter((other) => typeof other !== typeof value || Array.isArray(other) !== Array.isArray(value))),
        );
        break;
      case 'dateOutOfRange':
        put(body, path, pick(WRONG_DATES));
        break;
      case 'amountOutOfRange':
        put(body, path, typeof value === 'number' && value > 0 && seeded.chance(0.2) ? -value : pick(WRONG_AMOUNTS));
        break;
      case 'hostileText':
        put(body, path, pick(texts));
        break;
      case 'rowsTwice':
        if (Array.isArray(value)) put(body, path, [...value, ...structuredClone(value)]);
        break;
      case 'rowsMissing':
        if (Array.isArray(value)) put(body, path, value.slice(0, seeded.below(value.length)));
        break;
      case 'rowsReversed':
        if (Array.isArray(value)) put(body, path, value.toReversed());
        break;
      case 'totalLies':
        put(body, path, pick(TOTALS));
        break;
      case 'endlessPages':
        put(body, path, 1_000_000_000);
        break;
      default:
        break;
    }
    return body;
  }

  function spoilAnswer(reply: Answered, kind: WrongAnswer, request: HttpRequest): Answered | null {
    const text = (body: string, contentType: string): Answered => ({
      ...reply,
      status: 200,
      headers: { 'content-type': contentType },
      body,
    });
    switch (kind) {
      case 'plainText':
        return text(pick(['OK', 'Service temporarily unavailable', '200', 'true', '""', 'null ', '\u0000']), 'text/plain');
      case 'portalPage':
        return text(PORTAL, 'text/html');
      case 'truncated':
        return { ...reply, body: reply.body.slice(0, seeded.below(Math.max(reply.body.length, 1))) };
      case 'byteOrderMark':
        return { ...reply, body: `\ufeff${reply.body}` };
      case 'utf16':
        return { ...reply, body: Buffer.from(reply.body, 'utf16le').toString('latin1') };
      case 'mojibake':
        return { ...reply, body: Buffer.from(`${reply.body.slice(0, -1)}é${reply.body.slice(-1)}`, 'utf8').toString('latin1') };
      case 'undecodable':
        return { ...reply, body: '' };
      case 'errorInside200':
        return text(ERROR_BODY, 'application/json');
      case 'listForObject':
        return { ...reply, body: reply.body.trimStart().startsWith('{') ? `[${reply.body}]` : `[[${reply.body}]]` };
      case 'objectForList':
        return { ...reply, body: reply.body.trimStart().startsWith('[') ? `{"list":${reply.body}}` : `{"object":${reply.body}}` };
      case 'bareValue':
        return { ...reply, body: pick(['null', '7', '"text"', 'true', '[]', '{}', '-0', '1e999']) };
      case 'otherStatus': {
        const status = pick([100, 201, 202, 204, 302, 304, 404, 408, 418, 500, 502, 599, 0, 999]);
        return { ...reply, status, headers: {}, body: pick(['', PORTAL, '{}', '[]']) };
      }
      case 'anotherAnswer':
        // Money is asked for once and its answer kept by nobody; a reading may come out of a proxy's memory.
        return isMoney(request) || isLookUp(request) || earlier.length === 0 ? null : pick(earlier);
      default:
        try {
          const body = JSON.parse(reply.body) as Json;
          const before = JSON.stringify(body);
          const after = JSON.stringify(spoilJson(body, kind, request));
          return after === before && kind !== 'offsetIgnored' ? null : { ...reply, body: after };
        } catch {
          return null;
        }
    }
  }

  return {
    transport: (inner) => async (request) => {
      requests += 1;
      const kind = seeded.chance(share) ? pick(kinds) : null;
      const reply = await inner(kind === null ? request : asked(request, kind));
      if (reply.kind !== 'answered') return reply;
      const wrong = kind === null ? null : spoilAnswer(reply, kind, request);
      if (request.method === 'GET' && reply.status === 200 && earlier.length < 40) earlier.push(reply);
      if (kind === null || wrong === null) return reply;
      spoilt.set(kind, (spoilt.get(kind) ?? 0) + 1);
      return wrong;
    },
    spoil(wanted, of = WRONG_ANSWERS) {
      share = wanted;
      kinds = of;
    },
    stop() {
      share = 0;
    },
    spoilt,
    requests: () => requests,
  };
}
