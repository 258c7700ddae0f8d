// Secrets and people in inputs and answers: whatever goes wrong around them, they stand in no line of diagnostics, no refusal and no event.

import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createBranch } from '../../electron/branch/createBranch.ts';
import { createEvents } from '../../electron/branch/createEvents.ts';
import { foundBranch } from '../../electron/branch/foundBranch.ts';
import { dataFolder } from '../../electron/composition/dataFolder.ts';
import { createFineractGateway } from '../../electron/fineract/fineractGateway.ts';
import type { HttpReply, HttpRequest } from '../../electron/fineract/http.ts';
import { builtPage } from '../../electron/host/builtPage.ts';
import { createDispatcher } from '../../electron/host/dispatcher.ts';
import { openLanHost } from '../../electron/host/lanHost.ts';
import { lineDiagnostics } from '../../electron/host/ports/lineDiagnostics.ts';
import { nodeDigest } from '../../electron/host/ports/nodeChance.ts';
import { sealedSecrets } from '../../electron/host/ports/sealedSecrets.ts';
import { openStore } from '../../electron/store/openStore.ts';
import { createSync } from '../../electron/sync/createSync.ts';
import { branchContract, type BranchEvent } from '../../shared/contract/branchContract.ts';
import { Redacted } from '../../shared/kernel/redacted.ts';
import { refuse } from '../../shared/kernel/result.ts';
import { uuidV7 } from '../../shared/kernel/uuidV7.ts';
import { Browser } from '../contract/transports/wires.ts';
import { FIRST, standingClock } from './standingClock.ts';
import { createHeadOfficeSide } from '../world/headOfficeSide.ts';
import { seeded } from '../world/seed.ts';
import { countCases } from './caseCount.ts';
import { diagnosticsOf, good, newFolder, openAt, openedOffice, PASSWORD, removeFolder } from './openedOffice.ts';
import { vaultInMemory } from '../world/vaultInMemory.ts';

const count = countCases();
afterAll(() => count.print('secrets'));

const SECRET = 'Zebra7-horse-battery';
/** In the forms in which a program may come to write it down. */
const FORMS = [
  SECRET,
  encodeURIComponent(SECRET),
  Buffer.from(SECRET).toString('base64').slice(0, -4),
  Buffer.from(SECRET).toString('hex'),
  SECRET.toUpperCase(),
  'horse-battery',
];

let root: string;
beforeEach(() => {
  root = newFolder();
});
afterEach(() => removeFolder(root));

function expectNone(text: string, what: string, ...more: readonly string[]): void {
  for (const form of [...FORMS, ...more]) expect(text.includes(form), `${what} holds ${form.slice(0, 12)}…`).toBe(false);
}

describe('a whole Tawi', () => {
  test('passwords in every place of an input, tokens in every header, people in every search', async () => {
    const tawi = await openedOffice(root, 12);
    const events: BranchEvent[] = [];
    tawi.doorway.listen((event) => events.push(event));
    const host = await openLanHost({
      doorway: tawi.doorway,
      page: builtPage('no-such-folder'),
      diagnostics: tawi.diagnostics,
      monotonicMs: () => performance.now() * 10_000,
      port: 0,
    });
    const browser = new Browser(host.address);
    good(await browser.call('session.signIn', { username: 'grace', password: PASSWORD }));
    const people = good<{ rows: { displayName: string; mobileNo: string | null; accountNo: string }[] }>(
      await browser.call('clients.list', {}),
    ).rows;
    const replies: string[] = [];
    const call = async (by: Browser, method: string, input: unknown): Promise<void> => {
      count.add('inputs');
      replies.push(JSON.stringify(await by.call(method, input)));
    };

    const stranger = new Browser(host.address);
    const inputs: readonly unknown[] = [
      SECRET,
      { password: SECRET },
      { username: 'peter', password: SECRET },
      { username: SECRET, password: SECRET },
      { username: 'peter', password: SECRET.repeat(20) },
      { username: 'peter', password: { [SECRET]: SECRET } },
      { username: { password: SECRET }, password: SECRET },
      { [SECRET]: SECRET },
      { address: `https://user:${SECRET}@127.0.0.1:1/${SECRET}`, tenant: SECRET, username: SECRET, password: SECRET },
      { text: SECRET.repeat(30), clientId: SECRET, loanId: SECRET, formId: SECRET, approval: { username: 'grace', password: SECRET } },
      { answer: SECRET, show: SECRET, businessDate: SECRET, resolution: SECRET, most: SECRET },
    ];
    for (const [noun, verbs] of Object.entries(branchContract)) {
      for (const verb of Object.keys(verbs)) {
        for (const input of inputs) {
          // Ten wrong passwords lock a person out; who is asked for here is nobody's.
          if (`${noun}.${verb}` === 'session.signOut' || `${noun}.${verb}` === 'session.lock') continue;
          await call(noun === 'session' ? stranger : browser, `${noun}.${verb}`, input);
        }
      }
    }
    for (const name of [SECRET, `session.${SECRET}`, `${SECRET}.signIn`]) await call(stranger, encodeURIComponent(name), {});
    await call(browser, 'savings.payWithdrawal', {
      formId: uuidV7(FIRST, new Uint8Array(10)),
      savingsId: uuidV7(FIRST, new Uint8Array(10)),
      amountMinor: 100,
      paidWith: { paymentTypeId: 1 },
      approval: { username: 'admin', password: SECRET },
    });

    const heard = await Promise.all(
      [
        `POST /call/session.signIn HTTP/1.1\r\nhost: 127.0.0.1:${String(host.port)}\r\ncontent-type: application/json\r\nauthorization: Bearer ${SECRET}\r\ncookie: tawi_${String(host.port)}=${SECRET}.${SECRET}\r\ncontent-length: 40\r\n\r\n{"password":"${SECRET}"`.padEnd(
          10,
        ),
        `POST /call/${SECRET} HTTP/1.1\r\nhost: 127.0.0.1:${String(host.port)}\r\ncontent-type: ${SECRET}\r\ncontent-length: 2\r\n\r\n{}`,
        `GET /${SECRET}.html?password=${SECRET} HTTP/1.1\r\nhost: 127.0.0.1:${String(host.port)}\r\n\r\n`,
        `${SECRET}\r\n\r\n`,
        `POST /call/practice.show HTTP/1.1\r\nhost: ${SECRET}\r\ncontent-length: zz\r\n${SECRET}\r\n\r\n`,
      ].map(
        (text) =>
          new Promise<string>((resolve) => {
            count.add('bytes');
            const socket = connect(host.port, '127.0.0.1');
            let answer = '';
            socket.on('data', (part) => (answer += part.toString('utf8')));
            socket.on('error', () => resolve(answer));
            socket.on('close', () => resolve(answer));
            socket.write(text);
            setTimeout(() => socket.destroy(), 300);
          }),
      ),
    );
    for (const person of people.slice(0, 10)) await call(browser, 'clients.find', { text: person.displayName });
    await host.close();

    // The drafts and notes that a person kept are their own; everything else repeats nothing.
    expectNone(replies.filter((reply) => !reply.includes('"draftKey"')).join('\n'), 'a reply');
    expectNone(heard.join('\n'), 'an answer of the port');
    expectNone(JSON.stringify(events), 'an event', ...people.map((person) => person.displayName));

    // A store that breaks while it is open makes incidents out of whatever it was doing.
    const books = dataFolder(root).of('practice').store;
    await tawi.close();
    const bytes = readFileSync(books);
    for (let at = 8_192; at < bytes.length; at += 4_096) bytes.writeUInt8(bytes.readUInt8(at + 700) ^ 255, at + 700);
    writeFileSync(books, bytes);
    const damaged = await openAt(root, 12);
    const again = await openLanHost({
      doorway: damaged.doorway,
      page: builtPage('no-such-folder'),
      diagnostics: damaged.diagnostics,
      monotonicMs: () => performance.now() * 10_000,
      port: 0,
    });
    const visitor = new Browser(again.address);
    await call(visitor, 'session.signIn', { username: 'grace', password: SECRET });
    for (const method of ['session.showStart', 'clients.list', 'loans.list', 'sync.showStatus']) await call(visitor, method, {});
    await again.close();
    await damaged.close();
    expectNone(replies.slice(-5).join('\n'), 'a reply of damaged books');

    const written = diagnosticsOf(root);
    expect(written).toContain('incident');
    expectNone(
      written,
      'diagnostics',
      PASSWORD,
      ...people.flatMap((person) => [person.displayName, person.mobileNo ?? person.displayName]),
      'Authorization',
      'cookie',
      'grace',
      'SELECT',
    );
  }, 60_000);
});

describe('a head office that repeats what it was told', () => {
  const echoes: readonly (readonly [string, (echo: string, reply: Extract<HttpReply, { kind: 'answered' }>) => HttpReply])[] = [
    [
      'as its code',
      (echo, reply) => ({
        ...reply,
        status: 403,
        body: JSON.stringify({
          httpStatusCode: '403',
          userMessageGlobalisationCode: echo,
          defaultUserMessage: echo,
          errors: [{ userMessageGlobalisationCode: echo, defaultUserMessage: echo, developerMessage: echo, parameterName: echo }],
        }),
      }),
    ],
    [
      'as its code, and unavailable',
      (echo, reply) => ({ ...reply, status: 503, body: JSON.stringify({ userMessageGlobalisationCode: echo }) }),
    ],
    ['as an exception', (echo, reply) => ({ ...reply, status: 500, body: JSON.stringify({ Exception: echo, message: echo }) })],
    ['as a kind of content', (echo, reply) => ({ ...reply, status: 502, headers: { 'content-type': echo, server: echo }, body: echo })],
    [
      'as a page',
      (echo, reply) => ({ ...reply, status: 200, headers: { 'content-type': `text/html; ${echo}` }, body: `<html>${echo}</html>` }),
    ],
    ['in half of its answer', (echo, reply) => ({ ...reply, body: `${reply.body.slice(0, 80)}${echo}` })],
    [
      'in place of every text',
      (echo, reply) => ({ ...reply, body: reply.body.replace(/:\s*"(?:[^"\\]|\\.)*"/g, `:${JSON.stringify(echo)}`) }),
    ],
    ['in place of every number', (echo, reply) => ({ ...reply, body: reply.body.replace(/:\s*-?\d[\d.]*/g, `:${JSON.stringify(echo)}`) })],
    ['as the name of every member', (echo, reply) => ({ ...reply, body: reply.body.replace(/"\w+":/g, `${JSON.stringify(echo)}:`) })],
  ];

  test.each(echoes)('%s: nothing of it is written down or told', async (_how, spoil) => {
    const now = FIRST;
    const headOffice = createHeadOfficeSide({ now: () => now, clients: 8, businessDate: '2026-11-20' });
    headOffice.setPassword('grace', SECRET);
    const diagnostics = lineDiagnostics(root, () => now);
    const clock = standingClock();
    let spoilt = false;
    const transport = async (request: HttpRequest): Promise<HttpReply> => {
      const delivery = headOffice.deliver(request);
      if (delivery === null) return { kind: 'neverSent', detail: 'down' };
      const reply = { kind: 'answered', ...delivery } as const;
      // What it knows of the request, and a client's name on top.
      const echo = `${request.headers['authorization'] ?? ''} ${Buffer.from((request.headers['authorization'] ?? '').slice(6), 'base64').toString('utf8')} ${request.body ?? ''} Mary Nekesa Wafula`;
      if (!spoilt || (request.url === '/businessdate' && request.headers['authorization'] === undefined)) return reply;
      count.add('echoes');
      return spoil(echo, reply);
    };
    const store = openStore({ file: ':memory:', key: null, now: () => now, ownerName: 'test' });
    const gateway = createFineractGateway({ transport, tenant: 'default', monotonicMs: () => 0 });
    const ids = seeded('secrets');
    const told: BranchEvent[] = [];
    const events = createEvents((error) => diagnostics.incident(error, 'events'));
    events.listen((event) => told.push(event));
    const common = {
      store,
      vault: vaultInMemory(),
      headOffice: gateway,
      clock,
      chance: { fraction: () => 0.5 },
      ids: { newId: () => uuidV7(now, ids.bytes(10)) },
      digest: nodeDigest,
      signer: null,
      machineMark: null,
      seals: sealedSecrets(new Redacted(new Uint8Array(32).fill(9))),
      passwords: { hash: async () => 'hash', verify: async () => true },
      diagnostics,
      timers: {
        sleep() {
          let wake = (): void => undefined;
          const done = new Promise<void>((resolve) => {
            wake = () => void setImmediate(resolve);
          });
          naps.push(() => wake());
          return { done, wake: () => wake() };
        },
        breathe: () => Promise.resolve(),
      },
    };
    const naps: (() => void)[] = [];
    const founded = await foundBranch(common, {
      address: { kind: 'fineract', address: 'https://head.office', tenant: 'default' },
      username: 'grace',
      password: new Redacted(SECRET),
      zone: 'Africa/Nairobi',
      deviceCode: '01',
      deviceName: 'pc',
      office: 'any',
      prepareAs: null,
    });
    expect(founded.ok).toBe(true);
    const sync = createSync({ ...common, tell: (event) => events.tell(event) });
    const branch = createBranch({ ...common, sync, practice: null, events });
    const dispatch = createDispatcher({
      branch: () => branch,
      frontDoor: {
        showStart: branch.handlers.session.showStart,
        openPractice: () => refuse({ code: 'branch.alreadyChosen' as const }),
        connectHeadOffice: () => refuse({ code: 'branch.alreadyChosen' as const }),
        moveHeadOffice: () => refuse({ code: 'branch.alreadyChosen' as const }),
      },
      diagnostics,
      monotonicMs: () => 0,
      answers: 'strict',
    });
    const call = (method: string, input: object) => dispatch(method, input, { channel: 'desk' });
    branch.start();
    const turn = async (): Promise<void> => {
      for (let round = 0; round < 60; round += 1) await new Promise((resolve) => setImmediate(resolve));
      naps.splice(0).forEach((wake) => wake());
    };
    for (let round = 0; round < 3; round += 1) await turn();
    good(await call('session.signIn', { username: 'grace', password: SECRET }));

    spoilt = true;
    const replies: unknown[] = [];
    for (let round = 0; round < 4; round += 1) {
      sync.wake();
      await turn();
      for (const method of ['sync.showStatus', 'sync.showDesk', 'session.showStart', 'session.showMine'] as const)
        replies.push(await call(method, {}));
      replies.push(await call('session.signIn', { username: 'grace', password: SECRET }));
    }
    const stopped = branch.stop();
    await turn();
    await stopped;
    // A note of another program, so that an empty file does not pass for a clean one.
    appendFileSync(`${root}/tawi.jsonl`, '{"what":"end"}\n');
    const written = readFileSync(`${root}/tawi.jsonl`, 'utf8');
    const token = Buffer.from(`grace:${SECRET}`).toString('base64');
    expectNone(written, 'diagnostics', token, 'Basic', 'Nekesa', 'Wafula');
    expectNone(JSON.stringify(told), 'an event', token, 'Nekesa');
    expectNone(JSON.stringify(replies), 'a reply', token);
    store.close();
    headOffice.close();
  });
});
