// A reconnect after one account in a hundred was changed by staff of another office, in requests and bytes, against the first pull. Beside it
// what a reconnect asks when nothing changed at all: whether head office is there, one sign-in per person, the head of the audit trail. A small
// branch's first pull is so few requests that these alone are more than the aim.
import { until, type BenchBranch, type Traffic } from './benchBranch.ts';
import { besideLimit, type Figure } from './figure.ts';
import { cutLine, openPulled, pulledOffice } from './pulledOffice.ts';

const CHANGED_SHARE = 0.01;

async function reconnect(bench: BenchBranch): Promise<Traffic> {
  const before = { ...bench.traffic };
  const finished = bench.sync.state().lastFinishedAt;
  bench.setLine(true);
  bench.sync.wake();
  await until(() => bench.sync.state().lastFinishedAt !== finished);
  return { requests: bench.traffic.requests - before.requests, bytes: bench.traffic.bytes - before.bytes };
}

export async function incrementalPull(clients: number): Promise<readonly Figure[]> {
  const { traffic, accounts } = await pulledOffice(clients);
  const { bench, headOffice, close } = await openPulled(clients);
  await cutLine(bench);
  const idle = await reconnect(bench);
  await cutLine(bench);
  const ids = bench.store.read((read) => ({ loans: read.accountServerIds('loan'), savings: read.accountServerIds('savings') }));
  const wanted = Math.max(1, Math.round(accounts * CHANGED_SHARE));
  let changed = 0;
  for (const [kind, list] of [
    ['repayment', ids.loans],
    ['deposit', ids.savings],
  ] as const) {
    const share = kind === 'repayment' ? Math.floor(wanted / 2) : wanted - changed;
    // Every seventh, so that neighbours of one client are rarely hit together; one that takes no money, such as a closed one, is passed over.
    for (let start = 0, done = 0; start < 7 && done < share; start += 1) {
      for (let at = start; at < list.length && done < share; at += 7) {
        const act = headOffice.control.actAs({ username: 'bungoma', kind, accountId: list[at] ?? 0, amountMinor: 10_000 });
        if (act.status !== 200) continue;
        done += 1;
        changed += 1;
      }
    }
  }
  if (changed < wanted) throw new Error(`only ${changed} of ${wanted} accounts could be changed`);
  const { requests, bytes } = await reconnect(bench);
  const scale = `${clients} clients, ${wanted} of ${accounts} accounts changed`;
  await close();
  return [
    besideLimit({
      name: 'incrementalPull, bytes',
      scale,
      value: bytes / 1_000,
      unit: 'kB',
      limit: traffic.bytes / 1_000,
      aim: { ratio: 0.03 },
    }),
    besideLimit({
      name: 'incrementalPull, requests',
      scale: `${scale}; ${idle.requests} of them when nothing changed`,
      value: requests,
      unit: 'requests',
      limit: traffic.requests,
      aim: { ratio: 0.03 },
    }),
    besideLimit({
      name: 'incrementalPull, requests for what changed',
      scale,
      value: requests - idle.requests,
      unit: 'requests',
      limit: traffic.requests,
      aim: null,
    }),
  ];
}
