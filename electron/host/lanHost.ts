// The branch for browsers: POST /call/<noun.verb>, GET /events, and the built page. Listens on this computer only unless told otherwise.
// Every reply to a call is JSON of one shape, whatever went wrong; nothing here decides who may do what beyond reaching the door.

import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Diagnostics } from '../ports/clock.ts';
import type { Refusal } from '../../shared/contract/define.ts';
import { foldName } from '../../shared/domain/access/foldName.ts';
import type { BuiltPage } from './builtPage.ts';
import type { Doorway, Reply } from './doorway.ts';
import { allowance, type Allowance } from './lan/allowance.ts';
import { eventStreams } from './lan/eventStreams.ts';
import { knownHosts } from './lan/knownHosts.ts';
import { readBody } from './lan/readBody.ts';
import { CONNECTIONS_MOST, keepConnections } from './lan/connections.ts';
import { PAGE_HEADER, sessionCookies } from './lan/sessionCookie.ts';
import { securityHeaders } from './pagePolicy.ts';

interface LanParts {
  readonly doorway: Doorway;
  readonly page: BuiltPage;
  readonly diagnostics: Diagnostics;
  readonly monotonicMs: () => number;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Where to listen; a name other than this computer's own opens the branch to the network. */
  readonly address?: string;
  /** Further names by which browsers may call this server. */
  readonly hostnames?: readonly string[];
}

export interface LanHost {
  readonly address: string;
  readonly port: number;
  close(): Promise<void>;
}

const HERE = '127.0.0.1';

/** Guessing passwords is slowed down here for each name, whoever asks, and by the branch for each person. */
const PASSWORD_CALLS = new Set([
  'session.signIn',
  'session.unlock',
  'session.answerClockDoubt',
  'session.connectHeadOffice',
  'session.moveHeadOffice',
]);

/** Names that nobody has share what is left for them, so that inventing some shuts nobody out. */
const NAMES_AT_ONCE = 20;

function nameIn(input: unknown): string {
  const { username } = (typeof input === 'object' && input !== null ? input : {}) as { readonly username?: unknown };
  return typeof username === 'string' ? foldName(username.slice(0, 100)) : '';
}

function isJson(request: IncomingMessage): boolean {
  return (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() === 'application/json';
}

function send(response: ServerResponse, status: number, text: string, headers: Readonly<Record<string, string>>): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { ...securityHeaders, 'cache-control': 'no-store', ...headers });
  response.end(text);
}

function sendReply(response: ServerResponse, status: number, reply: Reply, headers: Readonly<Record<string, string>> = {}): void {
  send(response, status, JSON.stringify(reply), { 'content-type': 'application/json; charset=utf-8', ...headers });
}

function refuseCall(response: ServerResponse, status: number, code: Refusal['code'], headers: Readonly<Record<string, string>> = {}): void {
  sendReply(response, status, { ok: false, refusal: { code } }, { ...headers, connection: 'close' });
}

function listening(server: Server, port: number, address: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, () => {
      server.off('error', reject);
      resolve(server.address() as AddressInfo);
    });
  });
}

export async function openLanHost(parts: LanParts): Promise<LanHost> {
  const streams = eventStreams((channel) => parts.doorway.isSignedIn(channel));
  // Each session has a share of its own, and so has each browser that was at our page; whoever was not shares one with the others.
  const calls = allowance(400, 100, parts.monotonicMs);
  const passwords = allowance(30, 0.5, parts.monotonicMs);
  // Whoever was guessed at in a burst still gets in from the page: the branch's own bar is what guesses run into.
  const passwordsAtThePage = allowance(5, 0.1, parts.monotonicMs);
  const underWay = new Map<string, number>();
  const server = createServer({
    requestTimeout: 10_000,
    headersTimeout: 4_000,
    connectionsCheckingInterval: 1_000,
    keepAliveTimeout: 5_000,
    maxHeaderSize: 16_384,
  });
  server.maxConnections = CONNECTIONS_MOST;
  const connections = keepConnections(server);
  const address = parts.address ?? HERE;
  const { port } = await listening(server, parts.port, address);
  const hosts = knownHosts([address, HERE, 'localhost', '::1', ...(parts.hostnames ?? [])], port);
  const cookies = sessionCookies(port);

  /** The channel of somebody who is signed in, or null. */
  function sittingAt(request: IncomingMessage): string | null {
    const channel = cookies.channelOf(request.headers.cookie, request.headers[PAGE_HEADER]);
    if (channel === null || !parts.doorway.isSignedIn(channel)) {
      connections.disprove(request.socket);
      return null;
    }
    connections.prove(request.socket, channel);
    return channel;
  }

  /** One of a stranger may have been planted beside the browser's own: what the stranger used up takes nothing from it. */
  function takesAsVisitor(share: Allowance, request: IncomingMessage): boolean {
    return cookies.channelsIn(request.headers.cookie).some((channel) => share.take(`visitor:${channel}`));
  }

  /** A browser with nothing but a planted cookie becomes one of its own. Whose cookie somebody is signed in by keeps it. */
  function freshCookie(request: IncomingMessage): Record<string, string> {
    const isSittingThere = cookies.channelsIn(request.headers.cookie).some((channel) => parts.doorway.isSignedIn(channel));
    return isSittingThere ? {} : { 'set-cookie': cookies.issue().setCookie };
  }

  async function answerCall(request: IncomingMessage, response: ServerResponse, method: string): Promise<void> {
    if (!hosts.isOurPage(request.headers)) {
      refuseCall(response, 403, 'session.notPermitted');
      return;
    }
    const sitting = sittingAt(request);
    const isVisitor = cookies.channelsIn(request.headers.cookie).length > 0;
    const mayCall = sitting === null && isVisitor ? takesAsVisitor(calls, request) : calls.take(sitting ?? '');
    if (!mayCall) {
      refuseCall(response, 429, 'transport.tooManyRequests', isVisitor ? freshCookie(request) : {});
      return;
    }
    // A form of another site can send text, never JSON by this name.
    if (!isJson(request)) {
      refuseCall(response, 415, 'input.invalid');
      return;
    }
    const body = await readBody(request);
    if (body === null) {
      refuseCall(response, 413, 'input.invalid');
      return;
    }
    let input: unknown;
    try {
      input = JSON.parse(body);
    } catch {
      refuseCall(response, 400, 'input.invalid');
      return;
    }
    const answered = connections.answering(request.socket);
    try {
      if (!PASSWORD_CALLS.has(method)) await passOn(request, response, method, input);
      else await answerPassword(request, response, method, input, sitting);
    } finally {
      answered();
    }
  }

  async function answerPassword(
    request: IncomingMessage,
    response: ServerResponse,
    method: string,
    input: unknown,
    sitting: string | null,
  ): Promise<void> {
    const name = nameIn(input);
    const mayTry = passwords.take(sitting ?? name) || takesAsVisitor(passwordsAtThePage, request);
    if (!mayTry || (underWay.size >= NAMES_AT_ONCE && !underWay.has(name))) {
      refuseCall(response, 429, 'transport.tooManyRequests');
      return;
    }
    underWay.set(name, (underWay.get(name) ?? 0) + 1);
    try {
      await passOn(request, response, method, input);
    } finally {
      const left = (underWay.get(name) ?? 1) - 1;
      if (left > 0) underWay.set(name, left);
      else underWay.delete(name);
    }
  }

  async function passOn(request: IncomingMessage, response: ServerResponse, method: string, input: unknown): Promise<void> {
    const channel = cookies.channelOf(request.headers.cookie, request.headers[PAGE_HEADER]);
    // Whoever is nobody gets a cookie that means nothing yet; the secret of a session comes with the session.
    let headers: Record<string, string> =
      cookies.channelsIn(request.headers.cookie).length > 0 ? {} : { 'set-cookie': cookies.issue().setCookie };
    const reply = await parts.doorway.call(method, input, {
      channel: channel ?? `nobody:${randomBytes(16).toString('hex')}`,
      secret: {
        renew() {
          const fresh = cookies.issue();
          headers = { 'set-cookie': fresh.setCookie, [PAGE_HEADER]: fresh.pageWord };
          return fresh.channel;
        },
        drop() {
          headers = { 'set-cookie': cookies.gone, [PAGE_HEADER]: '' };
        },
      },
    });
    sendReply(response, 200, reply, headers);
  }

  function answerEvents(request: IncomingMessage, response: ServerResponse): void {
    if (!hosts.isOurPage(request.headers)) {
      send(response, 403, '', {});
      return;
    }
    const sitting = sittingAt(request);
    if (sitting === null) send(response, 401, '', { connection: 'close' });
    else if (!streams.open(sitting, response)) send(response, 429, '', {});
  }

  async function answerPage(request: IncomingMessage, response: ServerResponse, pathname: string): Promise<void> {
    if (!hosts.isOurHost(request.headers)) {
      send(response, 403, '', {});
      return;
    }
    const file = await parts.page.read(pathname);
    if (file === null) {
      send(response, 404, '', {});
      return;
    }
    const isDocument = file.headers['content-security-policy'] !== undefined;
    const cookie = isDocument && cookies.channelsIn(request.headers.cookie).length === 0 ? { 'set-cookie': cookies.issue().setCookie } : {};
    response.writeHead(200, { ...file.headers, ...cookie, 'content-length': file.bytes.length });
    response.end(request.method === 'HEAD' ? undefined : file.bytes);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Taken as text, not through URL: '..' must reach the check in the page, not be tidied away.
    const pathname = (request.url ?? '').split('?', 1)[0] ?? '';
    if (request.method === 'POST' && pathname.startsWith('/call/')) await answerCall(request, response, pathname.slice('/call/'.length));
    else if (request.method === 'GET' && pathname === '/events') answerEvents(request, response);
    else if (request.method === 'GET' || request.method === 'HEAD') await answerPage(request, response, pathname);
    else send(response, 405, '', { allow: 'GET, HEAD, POST' });
  }

  server.on('request', (request, response) => {
    answer(request, response).catch((error: unknown) => {
      // A browser that went away in the middle of its request is no incident.
      if (request.destroyed || response.destroyed) return;
      parts.diagnostics.incident(error, 'lanHost');
      refuseCall(response, 500, 'fault');
    });
  });
  server.on('clientError', (_error, socket) => {
    if (!socket.writable) {
      socket.destroy();
      return;
    }
    // Half closed it would be held for as long as the other side likes.
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n', () => socket.destroy());
  });
  const stopListening = parts.doorway.listen((event) => streams.send(event));

  return {
    address: `http://${address}:${String(port)}/`,
    port,
    close() {
      stopListening();
      streams.end();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        // A call under way may finish; nothing is waited for beyond that.
        setTimeout(() => server.closeAllConnections(), 2_000).unref();
      });
    },
  };
}
