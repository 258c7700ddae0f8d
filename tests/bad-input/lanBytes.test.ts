// What may arrive at the branch server's port that no page of ours ever sends: bytes that are no HTTP, bodies that are no JSON, headers that
// lie, paths that climb. The port answers with a status and a code of the contract or closes the line, and goes on serving others.

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtPage } from '../../electron/host/builtPage.ts';
import type { LanHost } from '../../electron/host/lanHost.ts';
import { openLanHost } from '../../electron/host/lanHost.ts';
import { COMMON_REFUSALS } from '../../shared/contract/define.ts';
import { openTryout, type Tryout } from '../contract/transports/tryoutBranch.ts';
import { Browser } from '../contract/transports/wires.ts';
import { countCases, runs, sample, within } from './caseCount.ts';
import { newFolder, removeFolder } from './openedOffice.ts';

const OUTSIDE = 'what lies beside the page is nobody’s business';

let root: string;
let host: LanHost;
let tryout: Tryout;
const incidents: string[] = [];
const count = countCases();

interface Raw {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** Sends bytes as they are and collects what comes back until the other side closes or has answered. */
function bytes(text: string | Buffer, waitMs = 1_500): Promise<Raw> {
  count.add('bytes');
  return new Promise((resolve) => {
    const socket = connect(host.port, '127.0.0.1');
    let heard = '';
    const done = (): void => {
      clearTimeout(timer);
      socket.destroy();
      const [head = '', body = ''] = heard.split('\r\n\r\n', 2);
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), head, body });
    };
    const timer = setTimeout(done, waitMs);
    socket.setEncoding('utf8');
    socket.on('data', (part: string) => {
      heard += part;
      const length = /content-length: (\d+)/i.exec(heard)?.[1];
      const at = heard.indexOf('\r\n\r\n');
      if (at >= 0 && (length === undefined ? /\r\n0\r\n\r\n$/.test(heard) : Buffer.byteLength(heard.slice(at + 4)) >= Number(length)))
        done();
    });
    socket.on('error', done);
    socket.on('close', done);
    socket.write(text);
  });
}

function call(headers: string, body: string | Buffer, path = '/call/practice.show'): Buffer {
  const content = Buffer.from(body as string);
  const length = /content-length|transfer-encoding/i.test(headers) ? '' : `content-length: ${String(content.length)}\r\n`;
  const hosted = /^host:/im.test(headers) ? '' : `host: 127.0.0.1:${String(host.port)}\r\n`;
  return Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\n${hosted}${headers}${length}\r\n`), content]);
}

const JSON_TYPE = 'content-type: application/json\r\n';

function expectRefusal(raw: Raw, what: string): void {
  expect(raw.status, what).toBeGreaterThanOrEqual(400);
  expect(raw.status, what).toBeLessThan(500);
  const json = /\{.*\}/s.exec(raw.body)?.[0];
  if (json === undefined) {
    // The protocol's own refusals carry no words at all, at most an empty chunk.
    expect(raw.body, what).toMatch(/^(?:0(?:\r\n)*)?$/);
    return;
  }
  const reply = JSON.parse(json) as { ok: boolean; refusal: { code: string } };
  expect(reply.ok, what).toBe(false);
  expect(COMMON_REFUSALS, what).toContain(reply.refusal.code);
  expect(reply.refusal.code, what).not.toBe('fault');
}

async function stillServes(): Promise<void> {
  expect(await new Browser(host.address).call('practice.show', {})).toMatchObject({ ok: true });
  expect(incidents).toEqual([]);
}

beforeAll(async () => {
  root = newFolder();
  const page = join(root, 'page');
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(page, 'index.html'), '<p>Tawi</p>');
  writeFileSync(join(page, 'assets', 'index-abc.js'), 'export {};');
  for (const name of ['outside.json', 'outside.html', 'outside.js', 'outside']) writeFileSync(join(root, name), OUTSIDE);
  writeFileSync(join(page, 'books.sqlite'), OUTSIDE);
  symlinkSync(root, join(page, 'up'));
  symlinkSync(join(root, 'outside.json'), join(page, 'link.json'));
  tryout = openTryout();
  host = await openLanHost({
    doorway: tryout.doorway,
    page: builtPage(page),
    diagnostics: {
      record() {},
      incident: (error, where) => `${where}-${String(incidents.push(String(error)))}`,
    },
    monotonicMs: () => performance.now() * 10_000,
    port: 0,
  });
});
afterAll(async () => {
  await host.close();
  removeFolder(root);
  count.print('bytes at the port');
});

describe('bodies', () => {
  test(
    'what is no whole JSON is refused as input',
    async () => {
      const whole = JSON.stringify({ text: 'Nekesa', most: 9, paidWith: { paymentTypeId: 1 } });
      const cut = Array.from({ length: whole.length - 1 }, (_, at) => whole.slice(0, at + 1));
      const odd = [
        '',
        ' ',
        '\0',
        'undefined',
        'NaN',
        '{"a":NaN}',
        "{'a':1}",
        '{"a":1}{"b":2}',
        '[1,]',
        '{"a":01}',
        '"\ud800',
        '\ufeff{}',
        '{"a":"\t"}',
        '<html>portal</html>',
        '/*x*/{}',
        '{"a":1e999999999999',
        'a=1&b=2',
        '--boundary\r\n',
        '[[['.repeat(40_000),
      ];
      for (const body of [...cut, ...odd]) expectRefusal(await bytes(call(JSON_TYPE, body)), JSON.stringify(body.slice(0, 30)));
      await stillServes();
    },
    within(60_000),
  );

  test(
    'bytes of any kind are refused as input',
    async () => {
      const any = [
        Buffer.from('{"text":"Nekesa"}', 'utf16le'),
        Buffer.from([0xff, 0xfe, 0x7b, 0x7d]),
        Buffer.from([0xc3, 0x28]),
        gzipSync('{}'),
        // A megabyte of nothing in a thousand bytes: nobody unpacks it.
        gzipSync(Buffer.alloc(1_048_576)),
        ...sample(fc.uint8Array({ minLength: 1, maxLength: 200 }), runs(40), 'bodies').map((made) => Buffer.from(made)),
      ];
      for (const body of any) {
        for (const encoding of ['', 'content-encoding: gzip\r\n']) {
          const raw = await bytes(call(JSON_TYPE + encoding, body));
          // Ten random digits are JSON too; then the schema refuses them.
          if (raw.status !== 200) expectRefusal(raw, body.toString('hex').slice(0, 40));
          else expect(raw.body).toContain('input.invalid');
        }
      }
      await stillServes();
    },
    within(60_000),
  );

  test(
    'JSON of any shape ends at the contract',
    async () => {
      const shapes = [
        'null',
        '7',
        '"text"',
        'true',
        '[]',
        '[{}]',
        `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
        `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
        '{"__proto__":{"admin":true}}',
        `{"a":${'9'.repeat(5_000)}}`,
        `{"a":"${'x'.repeat(250_000)}"}`,
        `{${Array.from({ length: 25_000 }, (_, at) => `"m${String(at)}":1`).join(',')}}`,
      ];
      const made = sample(fc.json({ maxDepth: 6 }), runs(80), 'shapes');
      for (const shape of [...shapes, ...made]) {
        const raw = await bytes(call(JSON_TYPE, shape, '/call/session.signIn'));
        if (raw.status === 200) expect(raw.body, shape.slice(0, 40)).toContain('input.invalid');
        else expectRefusal(raw, shape.slice(0, 40));
      }
      expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false);
      await stillServes();
    },
    within(60_000),
  );

  test(
    'lengths that lie and chunks that are none',
    async () => {
      const wrong = [
        call(`${JSON_TYPE}content-length: 5\r\ncontent-length: 6\r\n`, '{}'),
        call(`${JSON_TYPE}content-length: -1\r\n`, '{}'),
        call(`${JSON_TYPE}content-length: 1e9\r\n`, '{}'),
        call(`${JSON_TYPE}content-length: 99999999999999999999\r\n`, '{}'),
        call(`${JSON_TYPE}content-length: 300000\r\n`, 'x'),
        call(`${JSON_TYPE}transfer-encoding: chunked\r\ncontent-length: 2\r\n`, '2\r\n{}\r\n0\r\n\r\n'),
        call(`${JSON_TYPE}transfer-encoding: chunked\r\n`, 'zz\r\n{}\r\n0\r\n\r\n'),
        call(`${JSON_TYPE}transfer-encoding: chunked\r\n`, '2\r\n{}XX0\r\n\r\n'),
        call(`${JSON_TYPE}transfer-encoding: chunked\r\n`, `${'f'.repeat(40)}\r\n{}\r\n0\r\n\r\n`),
        call(`${JSON_TYPE}transfer-encoding: gzip\r\n`, gzipSync('{}')),
        call(`${JSON_TYPE}expect: 200-maybe\r\n`, '{}'),
      ];
      for (const [at, each] of wrong.entries()) expectRefusal(await bytes(each), `request ${String(at)}`);
      // Promised and never sent: nobody waits for it but this one line.
      expect((await bytes(call(`${JSON_TYPE}content-length: 10\r\n`, '{'), 200)).status).toBe(0);
      expect((await bytes(call(`${JSON_TYPE}transfer-encoding: chunked\r\n`, '5\r\n{'), 200)).status).toBe(0);
      const flood = await bytes(call(`${JSON_TYPE}transfer-encoding: chunked\r\n`, `80000\r\n${'x'.repeat(0x80000)}\r\n0\r\n\r\n`));
      expect([0, 413]).toContain(flood.status);
      await stillServes();
    },
    within(60_000),
  );
});

describe('headers', () => {
  test(
    'other types of content, other sites and other names are refused',
    async () => {
      const wrong = [
        'content-type: text/plain\r\n',
        'content-type: application/x-www-form-urlencoded\r\n',
        'content-type: multipart/form-data; boundary=x\r\n',
        'content-type: application/jsonp\r\n',
        'content-type: \r\n',
        '',
        `${JSON_TYPE}origin: http://evil.example\r\n`,
        `${JSON_TYPE}origin: null\r\n`,
        `${JSON_TYPE}origin: http://127.0.0.1.evil.example\r\n`,
        `${JSON_TYPE}origin: https://127.0.0.1:${String(host.port)}\r\n`,
        `${JSON_TYPE}sec-fetch-site: cross-site\r\n`,
        `${JSON_TYPE}sec-fetch-site: same-site\r\n`,
        `host: evil.example\r\n${JSON_TYPE}`,
        `host: 127.0.0.1\r\n${JSON_TYPE}`,
        `host: 127.0.0.1:${String(host.port)}@evil.example\r\n${JSON_TYPE}`,
        `host: evil.example:${String(host.port)}\r\n${JSON_TYPE}`,
        `host: \r\n${JSON_TYPE}`,
      ];
      for (const headers of wrong) expectRefusal(await bytes(call(headers, '{}')), headers);
      await stillServes();
    },
    within(60_000),
  );

  test(
    'headers of any size or bytes end the request and nothing else',
    async () => {
      const wrong = [
        `${JSON_TYPE}x-big: ${'x'.repeat(20_000)}\r\n`,
        `${JSON_TYPE}cookie: ${'a=b; '.repeat(5_000)}\r\n`,
        `${JSON_TYPE}${Array.from({ length: 3_000 }, (_, at) => `x-${String(at)}: 1\r\n`).join('')}`,
        `${JSON_TYPE}bad header\r\n`,
        `${JSON_TYPE}x: a\0b\r\n`,
        `${JSON_TYPE}: empty\r\n`,
        `${JSON_TYPE} folded: 1\r\n`,
      ];
      for (const headers of wrong) expectRefusal(await bytes(call(headers, '{}')), headers.slice(0, 60));
      await stillServes();
    },
    within(60_000),
  );

  test(
    'a cookie that this process did not issue is a stranger’s',
    async () => {
      const mine = new Browser(host.address);
      await mine.call('session.signIn', { username: 'akinyi', password: 'right' });
      const [name = '', value = ''] = (mine.cookie ?? '').split('=', 2);
      const [body = '', seal = ''] = value.split('.', 2);
      const forged = [
        '',
        name,
        `${name}=`,
        `${name}=.`,
        `${name}=${body}`,
        `${name}=${body}.`,
        `${name}=${body}.${seal.slice(0, -1)}`,
        `${name}=${body}.${seal}x`,
        `${name}=${body.slice(0, -2)}xx.${seal}`,
        `${name}=.${seal}`,
        `${name}=${seal}.${body}`,
        `${name}="${body}.${seal}"`,
        `x${name}=${body}.${seal}`,
        `${name}=%00.%00`,
        `${name}=${'A'.repeat(8_000)}`,
        ...sample(fc.string({ unit: 'grapheme-ascii', maxLength: 90 }), runs(40), 'cookies').map(
          (text) => `${name}=${text.replace(/[;\r\n]/g, '')}`,
        ),
      ];
      for (const cookie of forged) {
        const raw = await bytes(call(`${JSON_TYPE}cookie: ${cookie}\r\n`, '{}', '/call/session.showMine'));
        expect(raw.status, cookie.slice(0, 40)).toBe(200);
        expect(raw.body, cookie.slice(0, 40)).toContain('{"ok":true,"value":null}');
        expect(raw.head.toLowerCase()).toContain('set-cookie: tawi_');
      }
      expect(await mine.call('session.showMine', {})).toMatchObject({ value: { staff: { username: 'akinyi' } } });
    },
    within(60_000),
  );
});

describe('request lines', () => {
  test(
    'bytes that are no HTTP are told so or cut off',
    async () => {
      const wrong: (string | Buffer)[] = [
        'hello\r\n\r\n',
        'GET\r\n\r\n',
        'GET / HTTP/9.9\r\n\r\n',
        'GET / HTTP/1.1\r\n\r\n',
        'CONNECT evil.example:443 HTTP/1.1\r\nhost: evil.example\r\n\r\n',
        'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
        Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc]),
        `GET ${'/a'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`,
        ...sample(fc.uint8Array({ minLength: 4, maxLength: 300 }), runs(40), 'lines').map((made) =>
          Buffer.concat([Buffer.from(made), Buffer.from('\r\n\r\n')]),
        ),
      ];
      for (const each of wrong) {
        const raw = await bytes(each, 300);
        expect(raw.status === 0 || (raw.status >= 400 && raw.status < 500), String(raw.status)).toBe(true);
      }
      await stillServes();
    },
    within(60_000),
  );

  test(
    'no path leads out of the page',
    async () => {
      const climbs = [
        '../',
        '..\\',
        '%2e%2e/',
        '%2e%2e%2f',
        '..%2f',
        '%252e%252e%252f',
        '....//',
        '..;/',
        '.%00./',
        '%c0%ae%c0%ae/',
        'assets/../../',
        'assets/..%2f../',
        '/',
        '//',
        '\\',
        'up/',
        'up/../',
        './up/',
        'page/../../',
        '%2fetc/../',
      ];
      const names = [
        'outside.json',
        'outside.html',
        'outside.js',
        'outside',
        'outside.json%00.js',
        'outside.json?x',
        'books.sqlite',
        'link.json',
      ];
      const paths = [
        ...climbs.flatMap((climb) => names.map((name) => `/${climb}${name}`)),
        ...names.map((name) => `http://127.0.0.1:${String(host.port)}/../${name}`),
        `file://${root}/outside.json`,
        `${root}/outside.json`,
        `/${root}/outside.json`,
        '/assets',
        '/assets/',
        '/up',
        '/%zz',
        '/%',
        '*',
        ...sample(
          fc.array(
            fc.constantFrom('.', '..', '/', '\\', '%2e', '%2f', '%5c', '%00', 'up', 'assets', 'outside.json', 'link.json', ';', ':'),
            { minLength: 1, maxLength: 9 },
          ),
          runs(120),
          'paths',
        ).map((parts) => `/${parts.join('')}`),
      ];
      for (const path of paths) {
        const raw = await bytes(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${String(host.port)}\r\nconnection: close\r\n\r\n`);
        expect(raw.body, path).not.toContain(OUTSIDE);
        expect([200, 400, 404], path).toContain(raw.status);
        if (raw.status === 200) expect(raw.body, path).toMatch(/Tawi|export/);
      }
      await stillServes();
    },
    within(60_000),
  );

  test('verbs that are not spoken', async () => {
    for (const verb of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND']) {
      const raw = await bytes(`${verb} /call/practice.show HTTP/1.1\r\nhost: 127.0.0.1:${String(host.port)}\r\nconnection: close\r\n\r\n`);
      expect(raw.status, verb).toBe(405);
    }
    const upgrade = await bytes(
      `GET /events HTTP/1.1\r\nhost: 127.0.0.1:${String(host.port)}\r\nconnection: upgrade\r\nupgrade: websocket\r\norigin: http://evil.example\r\n\r\n`,
      300,
    );
    expect([0, 400, 403, 426]).toContain(upgrade.status);
    await stillServes();
  });
});
