// The practice line must be cut the way a real one is: refused before anything leaves, lost when already under way, and still cut after the
// power went.

import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PracticeLine } from '../../../electron/composition/practiceLine.ts';
import { openPracticeLine } from '../../../electron/composition/practiceLine.ts';
import type { PracticeHeadOffice } from '../../../electron/practice/createPracticeHeadOffice.ts';
import type { HeadOfficeReply, HeadOfficeRequest } from '../../../electron/practice/headOfficeHttp.ts';
import { servePractice } from '../../../electron/practice/servePractice.ts';

let folder: string;
let line: PracticeLine;
let seen: HeadOfficeRequest[];
let answer: (request: HeadOfficeRequest) => HeadOfficeReply;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tawi-line-'));
  seen = [];
  answer = () => ({ status: 200, headers: { 'content-type': 'application/json' }, body: '{"resourceId":7}' });
  line = await open();
});
afterEach(async () => {
  await line.close();
  await rm(folder, { recursive: true, force: true });
});

/** A head office of one answer: the line is what is tried here. */
function open(): Promise<PracticeLine> {
  const headOffice = {
    handle(asked: HeadOfficeRequest) {
      seen.push(asked);
      return answer(asked);
    },
  } as PracticeHeadOffice;
  return openPracticeLine({
    serve: (port) => servePractice(headOffice, { port, host: '127.0.0.1', controlToken: 'nobody knows' }),
    cutMark: join(folder, 'line-cut'),
  });
}

/** The status, or the error code of a line that did not carry. */
function ask(path = '/clients?limit=2'): Promise<number | string> {
  return new Promise((resolve) => {
    const outgoing = request(
      `${line.address}/fineract-provider/api/v1${path}`,
      { method: 'POST', agent: false, headers: { 'Idempotency-Key': 'k1' } },
      (reply) => {
        reply.resume();
        reply.on('end', () => resolve(reply.statusCode ?? 0));
      },
    );
    outgoing.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    outgoing.end('{"amount":1}');
  });
}

test('a request arrives below the base path, with lower-case headers and its body', async () => {
  expect(await ask()).toBe(200);
  expect(seen[0]).toMatchObject({ method: 'POST', url: '/clients?limit=2', headers: { 'idempotency-key': 'k1' }, body: '{"amount":1}' });
});

test('a cut line refuses before anything leaves, and carries again on the same address once restored', async () => {
  line.setCut(true);
  expect(await ask()).toBe('ECONNREFUSED');
  expect(seen).toEqual([]);
  line.setCut(false);
  let carried = await ask();
  for (let tries = 0; carried !== 200 && tries < 20; tries += 1) {
    await sleep(50);
    carried = await ask();
  }
  expect(carried).toBe(200);
});

test('a line cut while head office works loses the reply, not the work', async () => {
  answer = () => {
    line.setCut(true);
    return { status: 200, headers: {}, body: '{}' };
  };
  expect(await ask()).toBe('ECONNRESET');
  expect(seen).toHaveLength(1);
});

test('a head office that falls silent gives no reply at all', async () => {
  answer = () => ({ status: 0, headers: {}, body: '' });
  expect(await ask()).toBe('ECONNRESET');
});

test('a line that is cut and restored in one breath carries in the end', async () => {
  for (const cut of [true, false, true, false]) line.setCut(cut);
  let carried = await ask();
  for (let tries = 0; carried !== 200 && tries < 40; tries += 1) {
    await sleep(50);
    carried = await ask();
  }
  expect(carried).toBe(200);
  for (const cut of [true, false, true]) line.setCut(cut);
  await sleep(100);
  expect(await ask()).toBe('ECONNREFUSED');
});

test('the levers of the practice head office are not on the line', async () => {
  expect(await ask('/../../practice-control/ledger')).not.toBe(200);
});

test('a line that was cut is still cut after a restart', async () => {
  line.setCut(true);
  await line.close();
  line = await open();
  expect(line.isCut()).toBe(true);
  expect(await ask()).toBe('ECONNREFUSED');
});
