// The wire against real sockets on this PC: whether a request certainly never left, or may have arrived, decides whether money is sent again
// (contract 7.4). Certificates, limits, half answers and encodings too.

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { nodeTransport } from '../../../electron/fineract/http.ts';
import type { HttpReply, HttpRequest, HttpTransport } from '../../../electron/fineract/http.ts';
import { selfSigned } from './selfSigned.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function listening(server: http.Server | https.Server | net.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

async function serving(
  answer: (request: http.IncomingMessage, response: http.ServerResponse, body: string) => void,
): Promise<{ readonly port: number; readonly seen: string[] }> {
  const seen: string[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      seen.push(`${String(request.method)} ${String(request.url)} ${body}`);
      answer(request, response, body);
    });
  });
  return { port: await listening(server), seen };
}

function transportTo(port: number, change: Partial<Parameters<typeof nodeTransport>[0]> = {}): HttpTransport {
  return nodeTransport({ address: `http://127.0.0.1:${port}`, timeoutMs: 2000, maxBodyBytes: 100_000, ...change });
}

const get: HttpRequest = { method: 'GET', url: '/offices?limit=1', headers: { accept: 'application/json' }, body: null };
const post: HttpRequest = { method: 'POST', url: '/loans/1/transactions?command=repayment', headers: {}, body: '{"note":"ä"}' };

describe('a good line', () => {
  it('carries requests and answers below the base path', async () => {
    const { port, seen } = await serving((request, response) => {
      response.setHeader('X-Served-From-Cache', 'true');
      response.end(JSON.stringify({ length: request.headers['content-length'] }));
    });
    const send = transportTo(port);
    const reply = await send(post);
    expect(reply).toMatchObject({ kind: 'answered', status: 200, body: '{"length":"13"}', headers: { 'x-served-from-cache': 'true' } });
    await send(get);
    expect(seen).toEqual([
      'POST /fineract-provider/api/v1/loans/1/transactions?command=repayment {"note":"ä"}',
      'GET /fineract-provider/api/v1/offices?limit=1 ',
    ]);
  });

  it('answers every request of a crowd, those too that wait for a connection that another one had', async () => {
    const { port } = await serving((_request, response) => setTimeout(() => response.end('{}'), 20));
    const send = transportTo(port);
    const replies = await Promise.all(Array.from({ length: 20 }, (_none, index) => send(index % 2 === 0 ? post : get)));
    expect(replies.map((reply) => reply.kind)).toEqual(Array.from({ length: 20 }, () => 'answered'));
  });

  it.each(['', '/', '/fineract-provider', '/fineract-provider/', '/fineract-provider/api/v1'])(
    'takes the address with %s',
    async (ending) => {
      const { port, seen } = await serving((_request, response) => response.end('{}'));
      await transportTo(port, { address: `http://127.0.0.1:${port}${ending}` })(get);
      expect(seen).toEqual(['GET /fineract-provider/api/v1/offices?limit=1 ']);
    },
  );

  it('keeps the connection for the next request', async () => {
    const ports = new Set<number | undefined>();
    const { port } = await serving((request, response) => {
      ports.add(request.socket.remotePort);
      response.end('{}');
    });
    const send = transportTo(port);
    for (let times = 0; times < 4; times += 1) await send(get);
    expect(ports.size).toBe(1);
  });

  it('unzips', async () => {
    const { port } = await serving((request, response) => {
      expect(request.headers['accept-encoding']).toBe('gzip');
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync('{"name":"Wanjirũ"}'));
    });
    expect(await transportTo(port)(get)).toMatchObject({ kind: 'answered', body: '{"name":"Wanjirũ"}' });
  });

  it('does not follow a redirect', async () => {
    const { port, seen } = await serving((_request, response) => response.writeHead(302, { location: '/elsewhere' }).end());
    expect(await transportTo(port)(post)).toMatchObject({ kind: 'answered', status: 302 });
    expect(seen).toHaveLength(1);
  });
});

describe('what certainly never left', () => {
  it('a refused connection', async () => {
    const port = await listening(net.createServer());
    closers.pop()!();
    expect(await transportTo(port)(post)).toEqual({ kind: 'neverSent', detail: 'ECONNREFUSED' });
  });

  it('a name that leads nowhere', async () => {
    const reply = await transportTo(1, { address: 'https://head-office.invalid' })(post);
    expect(reply).toMatchObject({ kind: 'neverSent' });
  });

  it.each(['http://head-office.example', 'ftp://127.0.0.1', 'head office', 'https://user:secret@head-office.example', ''])(
    'an address that is not safe: %s',
    async (address) => {
      expect(await transportTo(1, { address })(post)).toEqual({ kind: 'neverSent', detail: 'badAddress' });
    },
  );

  it('a request that could carry a second one inside', async () => {
    const { port, seen } = await serving((_request, response) => response.end('{}'));
    expect(await transportTo(port)({ ...get, headers: { 'fineract-platform-tenantid': 'a\r\nx: y' } })).toEqual({
      kind: 'neverSent',
      detail: 'badRequest',
    });
    expect(await transportTo(port)({ ...get, url: '/x HTTP/1.1\r\n' })).toEqual({ kind: 'neverSent', detail: 'badRequest' });
    expect(seen).toEqual([]);
  });

  it('a connection that never stands', async () => {
    // Speaks no TLS and says nothing: the handshake never ends.
    const port = await listening(net.createServer(() => undefined));
    const reply = await transportTo(port, { address: `https://127.0.0.1:${port}`, timeoutMs: 200 })(post);
    expect(reply).toEqual({ kind: 'neverSent', detail: 'timeout' });
  });
});

describe('what may have arrived', () => {
  it('no answer in time', async () => {
    const { port, seen } = await serving(() => undefined);
    expect(await transportTo(port, { timeoutMs: 200 })(post)).toEqual({ kind: 'noReply', detail: 'timeout' });
    expect(seen).toHaveLength(1);
  });

  it('a line cut after the request', async () => {
    const { port } = await serving((request) => request.socket.destroy());
    expect(await transportTo(port)(post)).toMatchObject({ kind: 'noReply' });
  });

  it('half an answer', async () => {
    const { port } = await serving((request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"resourceId":1');
      setTimeout(() => request.socket.destroy(), 20);
    });
    expect(await transportTo(port)(post)).toMatchObject({ kind: 'noReply' });
  });

  it('half a zipped answer', async () => {
    const { port } = await serving((_request, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync('{"resourceId":1}').subarray(0, 12));
    });
    expect(await transportTo(port)(post)).toMatchObject({ kind: 'noReply' });
  });

  it('an answer that goes on slowly for ever', async () => {
    const { port } = await serving((_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(' '), 20);
      closers.push(() => clearInterval(drip));
    });
    expect(await transportTo(port, { timeoutMs: 200 })(post)).toEqual({ kind: 'noReply', detail: 'timeout' });
  });

  it.each([false, true])('more than it will hold (zipped: %s)', async (zipped) => {
    const { port } = await serving((_request, response) => {
      const content = 'x'.repeat(200_000);
      if (zipped) response.setHeader('content-encoding', 'gzip');
      response.end(zipped ? gzipSync(content) : content);
    });
    expect(await transportTo(port)(post)).toEqual({ kind: 'noReply', detail: 'tooLarge' });
  });

  it('is never sent a second time by itself, not even on a kept connection that broke', async () => {
    let requests = 0;
    const { port } = await serving((request, response) => {
      requests += 1;
      if (requests === 1) response.end('{}');
      else request.socket.destroy();
    });
    const send = transportTo(port);
    await send(get);
    expect(await send(post)).toMatchObject({ kind: 'noReply' });
    expect(requests).toBe(2);
  });

  it('but a reading on a kept connection that broke is read again', async () => {
    let requests = 0;
    const { port } = await serving((request, response) => {
      requests += 1;
      if (requests === 2) request.socket.destroy();
      else response.end(`{"times":${requests}}`);
    });
    const send = transportTo(port);
    await send(get);
    expect(await send(get)).toMatchObject({ kind: 'answered', body: '{"times":3}' });
  });
});

describe('encodings', () => {
  it('hands on nothing that is not UTF-8, and keeps the status', async () => {
    const { port } = await serving((_request, response) =>
      response.writeHead(401, { 'content-type': 'text/html; charset=iso-8859-1' }).end(Buffer.from([0x46, 0xfc, 0x72])),
    );
    expect(await transportTo(port)(get)).toMatchObject({ kind: 'answered', status: 401, body: '' });
  });

  it('drops a byte order mark', async () => {
    const { port } = await serving((_request, response) => response.end(Buffer.from('\uFEFF{}', 'utf8')));
    expect(await transportTo(port)(get)).toMatchObject({ body: '{}' });
  });
});

describe('certificates', () => {
  async function secured(pem: {
    readonly cert: string;
    readonly key: string;
  }): Promise<{ readonly port: number; readonly seen: string[] }> {
    const seen: string[] = [];
    const server = https.createServer(pem, (request, response) => {
      seen.push(String(request.headers['authorization']));
      response.end('{}');
    });
    return { port: await listening(server), seen };
  }

  const secret: HttpRequest = { ...post, headers: { authorization: 'Basic c2VjcmV0' } };
  const through = (port: number, authorities?: readonly string[], name = 'localhost'): Promise<HttpReply> =>
    transportTo(port, { address: `https://${name}:${port}`, authorities })(secret);

  it('that nobody vouches for get no byte of a request', async () => {
    const { port, seen } = await secured(selfSigned('localhost'));
    expect(await through(port)).toMatchObject({ kind: 'neverSent' });
    expect(seen).toEqual([]);
  });

  it('that nobody vouches for get none either where a variable of the environment switches the check off', async () => {
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      const { port, seen } = await secured(selfSigned('localhost'));
      expect(await through(port)).toMatchObject({ kind: 'neverSent' });
      expect(seen).toEqual([]);
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    }
  });

  it('that only the environment vouches for get none: no authority, no proxy, no older TLS that it names is believed', async () => {
    const pem = selfSigned('localhost');
    const { port, seen } = await secured(pem);
    const met: string[] = [];
    const proxy = net.createServer((socket) => {
      met.push('proxy');
      socket.destroy();
    });
    const way = `http://127.0.0.1:${await listening(proxy)}`;
    const folder = mkdtempSync(join(tmpdir(), 'tawi-tls-'));
    closers.push(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'authority.pem');
    writeFileSync(file, pem.cert);
    const source = pathToFileURL(join(import.meta.dirname, '../../../electron/fineract/http.ts')).href;
    const script = `
      import { nodeTransport } from ${JSON.stringify(source)};
      const send = nodeTransport({ address: 'https://localhost:${port}', timeoutMs: 5000, maxBodyBytes: 1000 });
      console.log(JSON.stringify(await send(${JSON.stringify(secret)})));
      process.exit();
    `;
    const environment = {
      ...process.env,
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
      NODE_EXTRA_CA_CERTS: file,
      SSL_CERT_FILE: file,
      NODE_OPTIONS: '--use-openssl-ca --tls-min-v1.0',
      NODE_USE_ENV_PROXY: '1',
      HTTPS_PROXY: way,
      https_proxy: way,
      ALL_PROXY: way,
    };
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, ['--input-type=module-typescript', '-e', script], { env: environment });
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'neverSent', detail: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect([seen, met]).toEqual([[], []]);
  });

  it('that somebody vouches for get nothing over a TLS older than 1.2, also where this PC would still speak it', async () => {
    const pem = selfSigned('localhost');
    const old = https.createServer({ ...pem, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' });
    const port = await listening(old);
    const source = pathToFileURL(join(import.meta.dirname, '../../../electron/fineract/http.ts')).href;
    const script = `
      import { connect } from 'node:tls';
      import { nodeTransport } from ${JSON.stringify(source)};
      const ca = [${JSON.stringify(pem.cert)}];
      const speaks = await new Promise((resolve) => {
        const socket = connect({ port: ${port}, host: 'localhost', ca, minVersion: 'TLSv1' }, () => resolve(socket.getProtocol()));
        socket.on('error', (error) => resolve(error.code));
      });
      const send = nodeTransport({ address: 'https://localhost:${port}', timeoutMs: 5000, maxBodyBytes: 1000, authorities: ca });
      console.log(JSON.stringify([speaks, await send(${JSON.stringify(secret)})]));
      process.exit();
    `;
    const environment = { ...process.env, NODE_OPTIONS: '--tls-min-v1.0 --tls-cipher-list=DEFAULT@SECLEVEL=0' };
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module-typescript', '-e', script], { env: environment });
    expect(JSON.parse(stdout)).toMatchObject(['TLSv1.1', { kind: 'neverSent' }]);
  });

  it('that somebody vouches for are believed under their own name, and under no other', async () => {
    const pem = selfSigned('localhost');
    const { port, seen } = await secured(pem);
    expect(await through(port, [pem.cert])).toMatchObject({ kind: 'answered', status: 200 });
    expect(await through(port, [pem.cert], '127.0.0.1')).toEqual({ kind: 'neverSent', detail: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    expect(seen).toEqual(['Basic c2VjcmV0']);
  });

  it('of the same name that another one vouches for are refused', async () => {
    const { port, seen } = await secured(selfSigned('localhost'));
    expect(await through(port, [selfSigned('localhost').cert])).toMatchObject({ kind: 'neverSent' });
    expect(seen).toEqual([]);
  });
});
