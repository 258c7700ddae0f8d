// The practice head office on a real line, with the troubles of one: lost requests, lost replies, cuts and crashes.
// Only the loopback is ever used.
import { request } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import type { PracticeHeadOffice } from '../../electron/practice/createPracticeHeadOffice.ts';
import { type ServedPractice, servePractice } from '../../electron/practice/servePractice.ts';
import { headersOf, money, practiceWorld } from './practiceWorld.ts';

const TOKEN = 'a-token-given-at-the-start';
let served: ServedPractice | undefined;

afterEach(async () => {
  await served?.close();
  served = undefined;
});

async function serve(): Promise<{
  office: PracticeHeadOffice;
  base: string;
  control: (name: string, values?: unknown[], token?: string) => Promise<Response>;
}> {
  const { office } = practiceWorld();
  served = await servePractice(office, { port: 0, host: '127.0.0.1', controlToken: TOKEN });
  const root = `http://127.0.0.1:${String(served.port)}`;
  return {
    office,
    base: `${root}/fineract-provider/api/v1`,
    control: (name, values = [], token = TOKEN) =>
      fetch(`${root}/practice-control/${name}`, { method: 'POST', headers: { 'x-practice-token': token }, body: JSON.stringify(values) }),
  };
}

const deposit = (base: string, key: string): Promise<Response> =>
  fetch(`${base}/savingsaccounts/2/transactions?command=deposit`, {
    method: 'POST',
    headers: { ...headersOf('achieng'), 'Idempotency-Key': key },
    body: JSON.stringify(money(10)),
  });

test('the same replies over a line, with the control behind its token', async () => {
  const { base, control } = await serve();
  const offices = await fetch(`${base}/offices`, { headers: headersOf('achieng') });
  expect(offices.status).toBe(200);
  expect(await offices.json()).toMatchObject([{ externalId: 'KTL' }]);
  expect((await control('advanceBusinessDate', [1], 'guess')).status).toBe(403);
  expect(await (await control('advanceBusinessDate', [1])).json()).toEqual({ result: '2026-11-21' });
  expect((await control('constructor')).status).toBe(404);
});

test('a lost reply has posted, a lost request has not, and a repeat with the key tells which', async () => {
  const { base, office, control } = await serve();
  const debits = office.ledger().debits;
  await control('loseNextRequest');
  await expect(deposit(base, 'k1')).rejects.toThrow();
  expect(office.ledger().debits).toBe(debits);
  await control('loseNextReply');
  await expect(deposit(base, 'k2')).rejects.toThrow();
  expect(office.ledger().debits).toBe(debits + 1000);
  expect((await deposit(base, 'k2')).headers.get('x-served-from-cache')).toBe('true');
  expect(office.ledger().debits).toBe(debits + 1000);
});

test('a cut line answers nothing until it is mended; a crash breaks the socket', async () => {
  const { base, control } = await serve();
  await control('cutLine');
  await expect(deposit(base, 'c1')).rejects.toThrow();
  await control('cutLine', [false]);
  expect((await deposit(base, 'c1')).status).toBe(200);
  await control('crashNextCommand', ['afterBusiness']);
  await expect(deposit(base, 'c2')).rejects.toThrow();
  expect((await deposit(base, 'c2')).status).toBe(425);
});

test('a name that only points here, and a page of a browser, are answered nothing: not behind the control door either @trust', async () => {
  const { office } = await serve();
  const before = JSON.stringify(office.ledger());
  const ask = (path: string, headers: Record<string, string>): Promise<number> =>
    new Promise((resolve, reject) => {
      const outgoing = request({ host: '127.0.0.1', port: served?.port, path, method: 'POST', headers, agent: false }, (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
      });
      outgoing.on('error', reject);
      outgoing.end('[1]');
    });
  const mine = { ...headersOf('achieng'), 'x-practice-token': TOKEN };
  for (const path of ['/fineract-provider/api/v1/offices', '/practice-control/advanceBusinessDate']) {
    expect(await ask(path, { ...mine, host: `evil.example:${String(served?.port)}` })).toBe(403);
    expect(await ask(path, { ...mine, origin: 'http://evil.example' })).toBe(403);
  }
  expect(JSON.stringify(office.ledger())).toBe(before);
  expect(await ask('/practice-control/advanceBusinessDate', { ...mine, host: `localhost:${String(served?.port)}` })).toBe(200);
});
