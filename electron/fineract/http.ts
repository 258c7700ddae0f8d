// The wire: one request out, one answer or the lack of one back. It tells apart what certainly never left this PC from what head office
// may have received, because money hangs on that difference (contract 7.4). It never repeats a write, never follows a redirect, never
// trusts a certificate nobody vouched for, and never names more of a request than an error code.

import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import tls from 'node:tls';
import { createGunzip } from 'node:zlib';
import type { Readable } from 'node:stream';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Absolute path with query below /fineract-provider/api/v1. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** A form with a file, in place of a body. */
  readonly bytes?: Uint8Array;
}

export type HttpReply =
  /** Header names in lower case. A body that is not the UTF-8 it must be is handed on as empty. */
  | { readonly kind: 'answered'; readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }
  /** Certainly never reached head office. */
  | { readonly kind: 'neverSent'; readonly detail: string }
  /** May have been received. */
  | { readonly kind: 'noReply'; readonly detail: string };

export type HttpTransport = (request: HttpRequest) => Promise<HttpReply>;

export interface NodeTransportOptions {
  /** 'https://host:8443', with or without /fineract-provider and /api/v1. Plain HTTP is for this PC only. */
  readonly address: string;
  readonly timeoutMs: number;
  readonly maxBodyBytes: number;
  /** Who may vouch for head office: the authorities that came with the program, unless a test brings its own (ADR 0023). */
  readonly authorities?: readonly string[] | undefined;
}

const BASE_PATH = '/fineract-provider/api/v1';
/** Well below the 20 seconds after which head office drops an idle connection: a write on a dropped one would be in doubt. */
const IDLE_MS = 8_000;

export function nodeTransport(options: NodeTransportOptions): HttpTransport {
  const base = baseOf(options.address);
  if (base === null) return async () => ({ kind: 'neverSent', detail: 'badAddress' });
  const agentOptions = { keepAlive: true, maxSockets: 6, maxFreeSockets: 6, timeout: IDLE_MS } as const;
  const secure = base.protocol === 'https:';
  // Said outright: a variable of the environment that switches the check off is no reason to believe anybody.
  // The same holds for authorities that it adds, older versions of TLS and a way round by a proxy: an agent of our own knows none of them.
  const agent = secure
    ? new https.Agent({ ...agentOptions, secureContext: trustOf(options.authorities), rejectUnauthorized: true })
    : new http.Agent(agentOptions);

  // A connection that stood before: also one that was handed from a finished request to one that waited, which Node does not call reused.
  const standing = new WeakSet<Socket>();

  const once = (request: HttpRequest): Promise<HttpReply & { readonly staleSocket?: boolean }> =>
    new Promise((resolve) => {
      const url = new URL(base.pathname + request.url, base);
      const content = request.bytes ?? (request.body === null ? null : Buffer.from(request.body, 'utf8'));
      const outgoing = (secure ? https : http).request(url, {
        method: request.method,
        agent,
        headers: {
          'user-agent': 'Tawi',
          'accept-encoding': 'gzip',
          ...request.headers,
          ...(content === null ? {} : { 'content-length': String(content.byteLength) }),
        },
      });
      // A line so slow that it carries a kilobyte in a second still carries a file.
      const forFile = request.bytes?.byteLength ?? 0;
      // No byte of a request leaves before `end`, which is called only on a connection that stands and was vouched for.
      let mayHaveLeft = false;
      let stoodBefore = false;
      let finished = false;
      const finish = (reply: HttpReply & { readonly staleSocket?: boolean }): void => {
        if (finished) return;
        finished = true;
        clearTimeout(deadline);
        resolve(reply);
      };
      const broken = (detail: string): void => {
        finish({ kind: mayHaveLeft ? 'noReply' : 'neverSent', detail, staleSocket: stoodBefore && detail !== 'timeout' });
        outgoing.destroy();
      };
      const deadline = setTimeout(() => broken('timeout'), options.timeoutMs + forFile);
      const release = (): void => {
        mayHaveLeft = true;
        outgoing.end(content ?? undefined);
      };
      outgoing.on('socket', (socket) => {
        stoodBefore = standing.has(socket);
        if (stoodBefore) {
          release();
          return;
        }
        socket.once(secure ? 'secureConnect' : 'connect', () => {
          standing.add(socket);
          release();
        });
      });
      outgoing.on('error', (error) => broken(codeOf(error)));
      outgoing.on('response', (response) => {
        readAll(response, options.maxBodyBytes).then(
          (body) => finish({ kind: 'answered', status: response.statusCode ?? 0, headers: flat(response.headers), body }),
          (error: unknown) => broken(codeOf(error)),
        );
      });
    });

  return async (request) => {
    if (!isSendable(request)) return { kind: 'neverSent', detail: 'badRequest' };
    const first = await once(request);
    // Head office may have closed a kept connection just before a read went out on it; reading again is harmless.
    const again = first.staleSocket === true && first.kind === 'noReply' && request.method === 'GET';
    const { staleSocket: _stale, ...reply } = again ? await once(request) : first;
    return reply;
  };
}

/** Node throws at a header or path that could smuggle a second request; here that is an answer like any other. */
function isSendable(request: HttpRequest): boolean {
  return [request.url, ...Object.values(request.headers)].every((text) => /^[\t\x20-\x7e]*$/.test(text)) && !request.url.includes(' ');
}

function baseOf(address: string): URL | null {
  const url = URL.parse(address.trim());
  if (url === null || url.username !== '' || url.password !== '') return null;
  const here = url.hostname === 'localhost' || url.hostname === '127.0.0.1' || url.hostname === '[::1]';
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && here)) return null;
  const path = url.pathname.replace(/\/+$/, '');
  url.search = '';
  url.hash = '';
  if (path.endsWith('/api/v1')) url.pathname = path;
  else url.pathname = path.endsWith('/fineract-provider') ? `${path}/api/v1` : path + BASE_PATH;
  return url;
}

/** Made once: a hundred and fifty certificates are read for it. */
let publicTrust: tls.SecureContext | null = null;

function contextOf(authorities: readonly string[]): tls.SecureContext {
  return tls.createSecureContext({ ca: [...authorities], minVersion: 'TLSv1.2' });
}

function trustOf(authorities: readonly string[] | undefined): tls.SecureContext {
  return authorities === undefined ? (publicTrust ??= contextOf(tls.rootCertificates)) : contextOf(authorities);
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

class BodyTrouble extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

function readAll(response: http.IncomingMessage, bytesMax: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const zipped = response.headers['content-encoding'] === 'gzip';
    const content: Readable = zipped ? response.pipe(createGunzip()) : response;
    const stop = (error: Error): void => {
      response.destroy();
      reject(error);
    };
    content.on('data', (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size > bytesMax) stop(new BodyTrouble('tooLarge'));
      else chunks.push(chunk);
    });
    content.on('error', stop);
    response.on('error', stop);
    response.on('close', () => {
      if (!response.complete) stop(new BodyTrouble('cutOff'));
    });
    content.on('end', () => {
      if (!zipped && !response.complete) stop(new BodyTrouble('cutOff'));
      else resolve(decode(Buffer.concat(chunks)));
    });
  });
}

function decode(content: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return '';
  }
}

function flat(headers: http.IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}
