// A reconnect after one account in a hundred was changed by staff of another office, in requests and bytes, against the first pull.
import { until } from './benchBranch.ts';
import { besideLimit, type Figure } from './figure.ts';
import { cutLine, openPulled, pulledOffice } from './pulledOffice.ts';

const CHANGED_SHARE = 0.01;

export async function incrementalPull(clients: number): Promise<readonly Figure[]> {
  const { traffic, accounts } = await pulledOffice(clients);
  const { bench, headOffice, close } = await openPulled(clients);
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
  const before = { ...bench.traffic };
  const finished = bench.sync.state().lastFinishedAt;
  bench.setLine(true);
  bench.sync.wake();
  await until(() => bench.sync.state().lastFinishedAt !== finished);
  const scale = `${clients} clients, ${wanted} of ${accounts} accounts changed`;
  const bytes = bench.traffic.bytes - before.bytes;
  const requests = bench.traffic.requests - before.requests;
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
      scale,
      value: requests,
      unit: 'requests',
      limit: traffic.requests,
      aim: { ratio: 0.03 },
    }),
  ];
}
