// The line between one branch PC and head office: a proxy on this computer that counts what passes and, when told to, cuts, loses, doubles,
// delays or answers in head office's place. It reads no body; money, notes and papers are told apart by the address of a request alone.

import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

/**
 * requestLost: never arrives. replyLost: arrives, and the answer is lost. doubled: arrives twice at once. doubledLater: once more after a
 * while. delayed: arrives late, the asker waits. gateway: something on the way answers 502 without passing it on. gatewayAfter: it arrives,
 * and something on the way answers 504.
 */
export const LINE_FAULTS = ['requestLost', 'replyLost', 'doubled', 'doubledLater', 'delayed', 'gateway', 'gatewayAfter'] as const;
export type LineFault = (typeof LINE_FAULTS)[number];

export interface Traffic {
  readonly requests: number;
  /** Of answers as a head office packs them, whether or not this one does. */
  readonly bytes: number;
}

export interface Line {
  readonly address: string;
  setCut(cut: boolean): void;
  /** Strikes the next request with money, a note or a paper in it, `count` times. */
  arm(fault: LineFault, count?: number): void;
  /** Answers what is asked under such an address with 503, as something on the way would; null lets everything through. */
  hold(addresses: RegExp | null): void;
  /** How many armed faults have not struck yet. */
  armed(): number;
  disarm(): void;
  traffic(): Traffic;
  /** The addresses that were asked since the line was opened, without what stands behind a question mark. */
  asked(): readonly string[];
  close(): Promise<void>;
}

const DELAY_MS = 3_000;
const LATER_MS = 1_500;

interface Passed {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

function carriesDeed(method: string, path: string): boolean {
  if (method === 'PUT') return /\/(?:clients|groups)\/\d+$/.test(path);
  return (
    method === 'POST' &&
    (/enclosingTransaction=true/.test(path) ||
      /\/transactions(?:\/\d+)?\?command=/.test(path) ||
      path.endsWith('/journalentries') ||
      path.endsWith('/accounttransfers') ||
      /\/(?:notes|images|identifiers|documents)$/.test(path) ||
      /\/(?:loans|groups|centers|savingsaccounts)$|\/(?:clients|loans|groups|savingsaccounts)\/\d+\?command=/.test(path))
  );
}

export async function openLine(target: string): Promise<Line> {
  const there = new URL(target);
  const secure = there.protocol === 'https:';
  const agent = secure ? new https.Agent({ keepAlive: true }) : new http.Agent({ keepAlive: true });
  const sockets = new Set<Socket>();
  const later = new Set<NodeJS.Timeout>();
  let cut = false;
  /** Asked through a function: it changes while a request is under way. */
  const isCut = (): boolean => cut;
  let faults: LineFault[] = [];
  let held: RegExp | null = null;
  const asked: string[] = [];
  let bytes = 0;

  function pass(method: string, path: string, headers: http.IncomingHttpHeaders, body: Buffer): Promise<Passed> {
    return new Promise((resolve, reject) => {
      const outgoing = (secure ? https : http).request(
        {
          host: there.hostname,
          port: there.port === '' ? (secure ? 443 : 80) : Number(there.port),
          method,
          path,
          agent,
          headers: { ...headers, host: there.host, connection: 'keep-alive' },
        },
        (reply) => {
          const chunks: Buffer[] = [];
          reply.on('data', (chunk: Buffer) => chunks.push(chunk));
          reply.on('end', () => resolve({ status: reply.statusCode ?? 502, headers: reply.headers, body: Buffer.concat(chunks) }));
          reply.on('error', reject);
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  function wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      setTimeout(resolve, ms);
    });
  }

  async function serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { method = 'GET', url = '/', headers } = request;
    if (cut) {
      request.socket.destroy();
      return;
    }
    asked.push(url.split('?')[0] ?? '');
    bytes += body.length;
    if (held?.test(url) === true) {
      response.writeHead(503, { 'content-type': 'text/html' }).end('<html>Not now</html>');
      return;
    }
    const forward = (): Promise<Passed> => pass(method, url, headers, body);
    const fault = carriesDeed(method, url) ? faults.shift() : undefined;
    switch (fault) {
      case 'requestLost':
        request.socket.destroy();
        return;
      case 'replyLost':
        await forward();
        request.socket.destroy();
        return;
      case 'gateway':
        response.writeHead(502, { 'content-type': 'text/html' }).end('<html>Bad gateway</html>');
        return;
      case 'gatewayAfter':
        await forward();
        response.writeHead(504, { 'content-type': 'text/html' }).end('<html>Gateway timeout</html>');
        return;
      case 'doubled': {
        // Which of the two comes through first is head office's affair; the branch hears one of them.
        const [first] = await Promise.all([forward(), forward().catch(() => null)]);
        answer(response, first);
        return;
      }
      case 'doubledLater': {
        answer(response, await forward());
        const timer = setTimeout(() => {
          later.delete(timer);
          forward().catch(() => undefined);
        }, LATER_MS);
        later.add(timer);
        return;
      }
      case 'delayed':
        await wait(DELAY_MS);
        break;
      case undefined:
        break;
    }
    const reply = await forward();
    // What is on its way when the line breaks is lost as well.
    if (isCut()) request.socket.destroy();
    else answer(response, reply);
  }

  function answer(response: http.ServerResponse, { status, headers, body }: Passed): void {
    bytes += headers['content-encoding'] === undefined ? gzipSync(body).length : body.length;
    const kept = Object.fromEntries(
      Object.entries(headers).filter(([name]) => !['transfer-encoding', 'connection', 'content-length'].includes(name)),
    );
    response.writeHead(status, { ...kept, 'content-length': String(body.length) }).end(body);
  }

  const server = http.createServer((request, response) => {
    serve(request, response).catch(() => request.socket.destroy());
  });
  server.on('connection', (socket) => {
    if (cut) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    setCut(wanted) {
      cut = wanted;
      if (cut) for (const socket of sockets) socket.destroy();
    },
    arm(fault, count = 1) {
      for (let each = 0; each < count; each += 1) faults.push(fault);
    },
    hold(addresses) {
      held = addresses;
    },
    armed: () => faults.length,
    disarm() {
      faults = [];
    },
    traffic: () => ({ requests: asked.length, bytes }),
    asked: () => asked,
    async close() {
      faults = [];
      for (const timer of later) clearTimeout(timer);
      for (const socket of sockets) socket.destroy();
      agent.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
