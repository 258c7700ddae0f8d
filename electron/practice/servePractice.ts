// Puts a practice head office on a loopback port, so that a program can meet it over a real line, and gives the line
// its troubles: a lost request, a lost reply, slowness, a cut. The control door wants a token given at the start; it
// must never be served beyond the loopback.
import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { PracticeHeadOffice } from './createPracticeHeadOffice.ts';
import type { HeadOfficeReply, HeadOfficeRequest } from './headOfficeHttp.ts';

export interface ServeOptions {
  /** 0 takes any free port. */
  port: number;
  host: string;
  controlToken: string;
}

export interface ServedPractice {
  port: number;
  close(): Promise<void>;
}

interface Line {
  isCut: boolean;
  slowMs: number;
  requestsToLose: number;
  repliesToLose: number;
}

const BASE = '/fineract-provider/api/v1';
const CONTROL = '/practice-control/';
const BODY_BYTES_MOST = 16 * 1_048_576;

function readBytes(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > BODY_BYTES_MOST) request.destroy(new Error('request too large'));
      else chunks.push(chunk);
    });
    request.on('end', () => {
      resolve(Buffer.concat(chunks));
    });
    request.on('error', reject);
  });
}

function isToken(given: string, wanted: string): boolean {
  const left = Buffer.from(given);
  const right = Buffer.from(wanted);
  return left.length === right.length && timingSafeEqual(left, right);
}

function send(response: ServerResponse, reply: HeadOfficeReply): void {
  const { 'x-practice-encoding': encoding, ...headers } = reply.headers;
  response.writeHead(reply.status, headers);
  response.end(encoding === 'base64' ? Buffer.from(reply.body, 'base64') : reply.body);
}

export function servePractice(headOffice: PracticeHeadOffice, options: ServeOptions): Promise<ServedPractice> {
  const line: Line = { isCut: false, slowMs: 0, requestsToLose: 0, repliesToLose: 0 };
  const sockets = new Set<Socket>();

  const control = (url: string, request: IncomingMessage, body: string): { status: number; body: unknown } => {
    const token = request.headers['x-practice-token'];
    if (typeof token !== 'string' || !isToken(token, options.controlToken)) return { status: 403, body: { refused: 'token' } };
    const name = url.slice(CONTROL.length);
    let given: unknown;
    try {
      given = body === '' ? [] : JSON.parse(body);
    } catch {
      return { status: 400, body: { refused: 'json' } };
    }
    const list: unknown[] = Array.isArray(given) ? given : [given];
    const count = typeof list[0] === 'number' ? list[0] : 1;
    switch (name) {
      case 'line':
        return { status: 200, body: line };
      case 'loseNextRequest':
        line.requestsToLose += count;
        return { status: 200, body: line };
      case 'loseNextReply':
        line.repliesToLose += count;
        return { status: 200, body: line };
      case 'slowDown':
        line.slowMs = typeof list[0] === 'number' ? list[0] : 0;
        return { status: 200, body: line };
      case 'cutLine':
        line.isCut = list[0] !== false;
        if (line.isCut) for (const socket of sockets) if (socket !== request.socket) socket.destroy();
        return { status: 200, body: line };
      case 'ledger':
        return { status: 200, body: headOffice.ledger() };
      default: {
        const levers = headOffice.control as unknown as Record<string, (...values: unknown[]) => unknown>;
        const lever = Object.hasOwn(levers, name) ? levers[name] : undefined;
        if (lever === undefined) return { status: 404, body: { refused: 'unknown control' } };
        try {
          return { status: 200, body: { result: lever(...list) ?? null } };
        } catch (error) {
          return { status: 400, body: { refused: error instanceof Error ? error.message : 'failed' } };
        }
      }
    }
  };

  /** A name that merely points to this computer is no address of ours, and no page of a browser has business here. */
  const names = new Set([options.host, '127.0.0.1', 'localhost', '[::1]']);
  const isMeant = ({ headers }: IncomingMessage): boolean =>
    names.has((headers.host ?? '').toLowerCase().replace(/:\d+$/, '')) && headers.origin === undefined;

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isMeant(request)) {
      response.writeHead(403, { connection: 'close' }).end();
      return;
    }
    const url = request.url ?? '/';
    const bytes = await readBytes(request);
    if (url.startsWith(CONTROL)) {
      const answer = control(url, request, bytes.toString('utf8'));
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer.body));
      return;
    }
    if (line.slowMs > 0) await new Promise((resolve) => setTimeout(resolve, line.slowMs));
    if (line.isCut) {
      request.socket.destroy();
      return;
    }
    if (line.requestsToLose > 0) {
      line.requestsToLose -= 1;
      request.socket.destroy();
      return;
    }
    if (!url.startsWith(`${BASE}/`)) {
      send(response, {
        status: 404,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ status: 404, error: 'Not Found', path: url }),
      });
      return;
    }
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(request.headers))
      if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
    const isUpload = (headers['content-type'] ?? '').startsWith('multipart/');
    const reply = headOffice.handle({
      method: (request.method ?? 'GET') as HeadOfficeRequest['method'],
      url: url.slice(BASE.length),
      headers,
      body: bytes.length === 0 ? null : bytes.toString(isUpload ? 'latin1' : 'utf8'),
    });
    if (reply.status === 0 || line.repliesToLose > 0) {
      if (reply.status !== 0) line.repliesToLose -= 1;
      request.socket.destroy();
      return;
    }
    send(response, reply);
  };

  const server = createServer((request, response) => {
    serve(request, response).catch(() => {
      request.socket.destroy();
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });

  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, () => {
      resolve({
        port: (server.address() as AddressInfo).port,
        close: () =>
          new Promise((done) => {
            server.close(() => {
              done();
            });
            for (const socket of sockets) socket.destroy();
          }),
      });
    });
  });
}
