// The first pull of a branch against the same requests answered by the same head office and each reply put, as it came, into a bare encrypted
// table. Beside it what travels: requests and bytes per client, against asking for every account alone.
import { gzipSync } from 'node:zlib';
import type { HttpRequest } from '../../electron/fineract/http.ts';
import { median } from './benchBranch.ts';
import { besideLimit, stated, type Figure } from './figure.ts';
import { headOfficeFrom, pulledOffice, pullFirst, type PulledOffice, type Stored } from './pulledOffice.ts';

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
    const items = request.url.startsWith('/batches')
      ? (JSON.parse(body) as readonly { readonly body: string }[]).map((item) => item.body)
      : [body];
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
  const raws = [office.rawMs];
  for (let round = 1; round < rounds; round += 1) {
    const { bench, pullMs, rawMs } = await pullFirst((request) => headOffice.handle(request));
    await bench.end();
    pulls.push(pullMs);
    raws.push(rawMs);
  }
  const scale = `${clients} clients, ${office.accounts} accounts`;
  const figures = [besideLimit({ name: 'firstPull', scale, value: median(pulls), unit: 'ms', limit: median(raws), aim: { ratio: 1.5 } })];
  if (withTravel) {
    const { alone, packedBytes } = travelOf(office, ask);
    const perClient = (bytes: number): number => bytes / clients / 1_000;
    figures.push(
      besideLimit({
        name: 'firstPull, requests per client',
        scale: `${scale}; limit: one request per account`,
        value: office.traffic.requests / clients,
        unit: 'requests',
        limit: alone.requests / clients,
        aim: null,
      }),
      besideLimit({
        name: 'firstPull, bytes per client',
        scale: `${scale}; limit: one request per account`,
        value: perClient(office.traffic.bytes),
        unit: 'kB',
        limit: perClient(alone.bytes),
        aim: null,
      }),
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
  const questionOf = ({ method, url, body }: HttpRequest): string => `${method} ${url} ${body ?? ''}`;
  const replies = new Map<string, Stored>();
  for (const request of office.requests) replies.set(questionOf(request), headOffice.handle(request));
  const pulls: number[] = [];
  const raws: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { bench, pullMs, rawMs } = await pullFirst((request) => replies.get(questionOf(request)) ?? headOffice.handle(request));
    await bench.end();
    pulls.push(pullMs);
    raws.push(rawMs);
  }
  headOffice.close();
  return [
    besideLimit({
      name: 'firstPull, replies at hand',
      scale: `${clients} clients, ${office.accounts} accounts`,
      value: median(pulls),
      unit: 'ms',
      limit: median(raws),
      aim: null,
    }),
  ];
}
