// The line between one PC and head office, in virtual time. Without faults it carries every request there and back after a moment. An armed
// fault strikes the next request that it fits; a weather (a partition, a slow line, a window of refusals) lasts for a while. What the PC is
// told is always what a real line could have told it: it never learns of a deed that it would not hear of.

import type { HttpReply, HttpRequest, HttpTransport } from '../../electron/fineract/http.ts';
import type { Seeded } from './seed.ts';
import type { VirtualTime } from './virtualTime.ts';

export const NETWORK_FAULTS = [
  'neverSent',
  'requestLost',
  'replyLost',
  'replyTorn',
  'duplicated',
  'delayed',
  'reordered',
  'portalAnswers',
  'answers409',
  'answers425',
  'answers5xxBefore',
  'answers5xxAfter',
] as const;
export type NetworkFault = (typeof NETWORK_FAULTS)[number];

export const WEATHERS = ['partition', 'slowLine', 'window401', 'portal'] as const;
export type Weather = (typeof WEATHERS)[number];

export interface Delivery {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface FaultyNetwork {
  readonly transport: HttpTransport;
  /** The fault strikes the next `count` requests; `money`: only those that carry money, `upload`: only those that carry a file. */
  arm(fault: NetworkFault, count: number, which: 'money' | 'upload' | 'any'): void;
  bring(weather: Weather, forMs: number): void;
  clear(): void;
  /** Connections end with head office: what was still on its way to it never arrives. */
  dropInFlight(): void;
}

export interface NetworkParts {
  readonly time: VirtualTime;
  readonly seeded: Seeded;
  /** Null while nobody listens at the other end. Status 0: it was received, and no reply came. `inConflict`: others are at the account as it arrives. */
  deliver(request: HttpRequest, inConflict?: true): Delivery | null;
  hit(kind: NetworkFault | Weather): void;
}

/** After this long without an answer a PC gives up on it. */
export const GIVES_UP_AFTER_MS = 30_000;

/** What tells head office a fact under a key: money, a note, a new client, an identity paper. Nothing of it may be lost or doubled. */
export function isMoney(request: HttpRequest): boolean {
  if (request.method === 'PUT') return /^\/(?:clients|groups)\/\d+$/.test(request.url);
  return (
    request.method === 'POST' &&
    (request.url.includes('enclosingTransaction=true') ||
      /transactions(?:\/\d+)?\?command=|^\/journalentries$|^\/accounttransfers$|^\/clients(?:\/\d+\/(?:notes|identifiers))?$|^\/(?:loans|groups|centers|savingsaccounts)$|^\/(?:clients|loans|groups|savingsaccounts)\/\d+\?command=/.test(
        request.url,
      ))
  );
}

/** A form with a file: it passes no memory of keys at head office. A line that breaks in its middle loses the whole request. */
export function isUpload(request: HttpRequest): boolean {
  return request.bytes !== undefined;
}

/** Under which a write is remembered there: of a request alone its header's, of a batch those of its items. */
export function keysOf({ headers, body }: HttpRequest): readonly string[] {
  const ofItems = [...(body ?? '').matchAll(/"name":"Idempotency-Key","value":"([^"]+)"/g)].flatMap(([, key]) => key ?? []);
  return [...new Set([...ofItems, headers['idempotency-key'] ?? ''])].filter((key) => key !== '');
}

/**
 * Head office takes a document as often as it arrives, and knows no key for it: whoever lets one arrive twice, or long after it was given up,
 * makes two of it, and nothing that a branch does can guard that (contract 6.4).
 */
const UNGUARDED: readonly NetworkFault[] = ['duplicated', 'delayed'];

function isDocument(request: HttpRequest): boolean {
  return isUpload(request) && request.url.endsWith('/documents');
}

function strikes(which: 'money' | 'upload' | 'any', request: HttpRequest): boolean {
  return which === 'any' || (which === 'money' ? isMoney(request) : isUpload(request));
}

/** What stands in head office's place and answers everything: a log-in page, a redirect to one, a gateway without its server, a router's own door. */
const STRANGERS: readonly [Delivery, ...Delivery[]] = [
  { status: 200, headers: { 'content-type': 'text/html' }, body: '<html><body>Please accept the terms of this hotspot</body></html>' },
  { status: 200, headers: { 'content-type': 'application/json' }, body: '{"captive":true,"user-portal-url":"https://portal.example"}' },
  { status: 302, headers: { location: 'http://10.0.0.1/login', 'content-type': 'text/html' }, body: '' },
  { status: 401, headers: { 'www-authenticate': 'Basic realm="Wireless router"', 'content-type': 'text/html' }, body: '<html>401</html>' },
  { status: 502, headers: { 'content-type': 'text/html' }, body: '<html><h1>502 Bad Gateway</h1></html>' },
  { status: 503, headers: { 'content-type': 'text/plain' }, body: 'no upstream' },
  { status: 511, headers: { 'content-type': 'text/html' }, body: '<html>Network Authentication Required</html>' },
];

export function createFaultyNetwork({ time, seeded, deliver, hit }: NetworkParts): FaultyNetwork {
  let armed: { readonly fault: NetworkFault; left: number; readonly which: 'money' | 'upload' | 'any' }[] = [];
  const until = new Map<Weather, number>();
  let epoch = 0;
  let sentRequests = 0;
  /** Requests that wait for a later one to overtake them. */
  let overtakable: { readonly place: number; overtaken(): void }[] = [];

  function isNow(weather: Weather): boolean {
    return (until.get(weather) ?? 0) > time.now();
  }

  function take(request: HttpRequest): NetworkFault | null {
    const fits = (fault: NetworkFault): boolean =>
      fault === 'answers409' ? keysOf(request).length > 0 : !UNGUARDED.includes(fault) || !isDocument(request);
    const found = armed.find((each) => strikes(each.which, request) && fits(each.fault));
    if (found === undefined) return null;
    found.left -= 1;
    if (found.left <= 0) armed = armed.filter((each) => each !== found);
    return found.fault;
  }

  function wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      time.after(ms, resolve);
    });
  }

  function latencyMs(): number {
    if (isNow('slowLine')) {
      hit('slowLine');
      return 4_000 + seeded.below(9_000);
    }
    return 15 + seeded.below(90);
  }

  function answer(status: number, headers: Readonly<Record<string, string>>, body: string): HttpReply {
    return { kind: 'answered', status, headers, body };
  }

  function letOvertake(place: number): void {
    const behind = overtakable.filter((each) => each.place < place);
    overtakable = overtakable.filter((each) => each.place >= place);
    for (const each of behind) each.overtaken();
  }

  /** True once a request that left later has arrived; false when none did for so long. */
  function waitForOvertaking(place: number, mostMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const waiting = {
        place,
        overtaken: () => {
          patience.cancel();
          time.after(1, () => resolve(true));
        },
      };
      const patience = time.after(mostMs, () => {
        overtakable = overtakable.filter((each) => each !== waiting);
        resolve(false);
      });
      overtakable.push(waiting);
    });
  }

  function arrive(request: HttpRequest, sentIn: number, inConflict?: true): HttpReply {
    if (isNow('partition')) {
      hit('partition');
      return { kind: 'noReply', detail: 'timeout' };
    }
    const delivery = sentIn === epoch ? deliver(request, inConflict) : null;
    if (delivery === null) return { kind: 'noReply', detail: 'ECONNRESET' };
    if (delivery.status === 0) return { kind: 'noReply', detail: 'ECONNRESET' };
    return answer(delivery.status, delivery.headers, delivery.body);
  }

  async function giveUp(since: number): Promise<HttpReply> {
    await wait(since + GIVES_UP_AFTER_MS - time.now());
    return { kind: 'noReply', detail: 'timeout' };
  }

  /** What is on its way when the line breaks, or when head office goes down, is lost as well: nobody can say whether it arrived. */
  async function carry(request: HttpRequest): Promise<HttpReply> {
    const since = time.now();
    const sentIn = epoch;
    const reply = await carryOver(request, since);
    if (reply.kind === 'answered' && sentIn !== epoch) return { kind: 'noReply', detail: 'ECONNRESET' };
    if (reply.kind !== 'answered' || !isNow('partition')) return reply;
    hit('partition');
    return giveUp(since);
  }

  async function carryOver(request: HttpRequest, since: number): Promise<HttpReply> {
    const sentIn = epoch;
    const place = (sentRequests += 1);
    if (isNow('partition')) {
      hit('partition');
      await wait(20);
      return { kind: 'neverSent', detail: 'EHOSTUNREACH' };
    }
    const there = latencyMs();
    if (isNow('portal')) {
      hit('portal');
      const { status, headers, body } = seeded.pick(STRANGERS);
      await wait(there);
      return answer(status, headers, body);
    }
    if (isNow('window401') && request.headers['authorization'] !== undefined) {
      hit('window401');
      await wait(2 * there);
      return answer(
        401,
        { 'content-type': 'application/json', 'www-authenticate': 'Basic realm="Fineract Platform API"' },
        '{"status":401,"error":"Unauthorized"}',
      );
    }
    const fault = take(request);
    // These two have struck only when the second copy, or the later request, arrived first.
    if (fault !== null && fault !== 'duplicated' && fault !== 'reordered') hit(fault);
    switch (fault) {
      case 'neverSent':
        await wait(20);
        return { kind: 'neverSent', detail: 'ECONNREFUSED' };
      case 'requestLost':
        return giveUp(since);
      case 'replyLost':
        await wait(there);
        arrive(request, sentIn);
        return giveUp(since);
      case 'replyTorn': {
        await wait(there);
        arrive(request, sentIn);
        await wait(there);
        return { kind: 'noReply', detail: 'cutOff' };
      }
      case 'duplicated': {
        await wait(there);
        const reply = arrive(request, sentIn);
        const late = seeded.below(4_000);
        // One copy in four was kept somewhere on the way, for up to nine minutes: long enough for a case to be closed meanwhile.
        time.after(late < 1_000 ? 20_000 + late * 520 : 30 + late, () => {
          const first = reply.kind === 'answered';
          if (arrive(request, sentIn).kind === 'answered' && first && isMoney(request)) hit('duplicated');
        });
        await wait(there);
        return reply;
      }
      case 'delayed':
        time.after(GIVES_UP_AFTER_MS + seeded.below(60_000), () => arrive(request, sentIn));
        return giveUp(since);
      case 'reordered': {
        await wait(there);
        if (await waitForOvertaking(place, 20_000)) hit('reordered');
        const reply = arrive(request, sentIn);
        await wait(there);
        return reply;
      }
      case 'portalAnswers':
        await wait(there);
        return answer(200, { 'content-type': 'text/html' }, '<html><body>Please accept the terms of this hotspot</body></html>');
      case 'answers409': {
        // Its own word: alone the conflict stays with the key, and answers whatever copy of the request comes later.
        await wait(there);
        const reply = arrive(request, sentIn, true);
        await wait(there);
        return reply;
      }
      case 'answers425':
        await wait(2 * there);
        return answer(425, { 'content-type': 'application/json' }, request.body ?? '');
      case 'answers5xxBefore':
        await wait(2 * there);
        return seeded.chance(0.5)
          ? answer(502, { 'content-type': 'text/html' }, '<html>Bad gateway</html>')
          : answer(500, { 'content-type': 'application/json' }, '{"Exception":"Could not open JPA EntityManager for transaction"}');
      case 'answers5xxAfter':
        await wait(there);
        arrive(request, sentIn);
        await wait(there);
        return answer(504, { 'content-type': 'text/html' }, '<html>Gateway timeout</html>');
      case null: {
        await wait(there);
        if (sentIn !== epoch) return { kind: 'noReply', detail: 'ECONNRESET' };
        if (isNow('partition')) {
          hit('partition');
          return giveUp(since);
        }
        const delivery = deliver(request);
        letOvertake(place);
        if (delivery === null) return { kind: 'neverSent', detail: 'ECONNREFUSED' };
        if (delivery.status === 0) return { kind: 'noReply', detail: 'ECONNRESET' };
        await wait(there);
        return answer(delivery.status, delivery.headers, delivery.body);
      }
    }
  }

  return {
    transport: carry,
    arm(fault, count, which) {
      armed.push({ fault, left: count, which });
    },
    bring(weather, forMs) {
      until.set(weather, Math.max(until.get(weather) ?? 0, time.now() + forMs));
    },
    clear() {
      armed = [];
      until.clear();
    },
    dropInFlight() {
      epoch += 1;
    },
  };
}
