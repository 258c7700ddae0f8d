// The first pull of a branch against the same requests answered by the same head office and each reply put, as it came, into a bare encrypted
// table. Beside it what travels: requests and bytes per client, against asking for every account alone.
import { rmSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { HttpReply } from '../../electron/fineract/http.ts';
import { openBareTable } from './bareTable.ts';
import { median, openBenchBranch, scratchFolder } from './benchBranch.ts';
import { besideLimit, stated, type Figure } from './figure.ts';
import { headOfficeFrom, pulledOffice, pullFirst, type PulledOffice } from './pulledOffice.ts';

type Stored = Omit<HttpReply & { kind: 'answered' }, 'kind'>;

/** Asks everything again and keeps the replies as they come, each in a transaction of its own. */
function pullRaw(office: PulledOffice, answer: (at: number) => Stored): number {
  const folder = scratchFolder();
  const bare = openBareTable(folder, office.books.key);
  const began = performance.now();
  for (let at = 0; at < office.requests.length; at += 1) bare.commit(Buffer.from(answer(at).body));
  const took = performance.now() - began;
  bare.close();
  rmSync(folder, { recursive: true, force: true });
  return took;
}

interface Travel {
  /** With every account asked for alone. */
  readonly alone: { readonly requests: number; readonly bytes: number };
  readonly packedBytes: number;
}

/** Asks everything once more and looks at what comes. */
function travelOf(office: PulledOffice, answer: (at: number) => Stored): Travel {
  const alone = { requests: 0, bytes: 0 };
  let packedBytes = 0;
  for (const [at, request] of office.requests.entries()) {
    const { body } = answer(at);
    packedBytes += gzipSync(body, { level: 6 }).length;
    const items = request.url.startsWith('/batches') ? (JSON.parse(body) as readonly { readonly body: string }[]).map((item) => item.body) : [body];
    alone.requests += items.length;
    for (const item of items) alone.bytes += item.length;
  }
  return { alone, packedBytes };
}

/** `rounds` of each way in turn; what travels per client hardly depends on the scale and is looked at where that is quick. */
export async function firstPull(clients: number, rounds: number, withTravel: boolean): Promise<readonly Figure[]> {
  const office = await pulledOffice(clients);
  const headOffice = headOfficeFrom(office.image);
  const ask = (at: number): Stored => {
    const request = office.requests[at];
    if (request === undefined) throw new Error('a request that was never recorded');
    return headOffice.handle(request);
  };
  const pulls = [office.pullMs];
  const raws = [pullRaw(office, ask)];
  for (let round = 1; round < rounds; round += 1) {
    const bench = await openBenchBranch((request) => headOffice.handle(request));
    pulls.push((await pullFirst(bench)).pullMs);
    await bench.end();
    raws.push(pullRaw(office, ask));
  }
  const scale = `${clients} clients, ${office.accounts} accounts`;
  const figures = [besideLimit({ name: 'firstPull', scale, value: median(pulls), unit: 'ms', limit: median(raws), aim: { ratio: 1.5 } })];
  if (withTravel) {
    const { alone, packedBytes } = travelOf(office, ask);
    const perClient = (bytes: number): number => bytes / clients / 1_000;
    figures.push(
      besideLimit({ name: 'firstPull, requests per client', scale: `${scale}; limit: one request per account`, value: office.traffic.requests / clients, unit: 'requests', limit: alone.requests / clients, aim: null }),
      besideLimit({ name: 'firstPull, bytes per client', scale: `${scale}; limit: one request per account`, value: perClient(office.traffic.bytes), unit: 'kB', limit: perClient(alone.bytes), aim: null }),
      stated({ name: 'firstPull, bytes per client, gzip', scale, value: perClient(packedBytes), unit: 'kB' }),
    );
  }
  headOffice.close();
  return figures;
}

/** The same with every reply at hand, so that only our own work and the disk are left on either side. */
export async function firstPullAlone(clients: number, rounds: number): Promise<readonly Figure[]> {
  const office = await pulledOffice(clients);
  const headOffice = headOfficeFrom(office.image);
  const pulls: number[] = [];
  const raws: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const replies: Stored[] = [];
    const byQuestion = new Map<string, Stored>();
    let replaying = false;
    const bench = await openBenchBranch((request) => {
      const question = `${request.method} ${request.url} ${request.body ?? ''}`;
      return (replaying ? byQuestion.get(question) : undefined) ?? headOffice.handle(request);
    });
    for (const request of office.requests) {
      const reply = headOffice.handle(request);
      replies.push(reply);
      byQuestion.set(`${request.method} ${request.url} ${request.body ?? ''}`, reply);
    }
    replaying = true;
    pulls.push((await pullFirst(bench)).pullMs);
    await bench.end();
    raws.push(pullRaw(office, (at) => replies[at] ?? { status: 0, headers: {}, body: '' }));
  }
  headOffice.close();
  return [besideLimit({ name: 'firstPull, replies at hand', scale: `${clients} clients, ${office.accounts} accounts`, value: median(pulls), unit: 'ms', limit: median(raws), aim: null })];
}
