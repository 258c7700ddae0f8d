// The first pull, a reconnect and a quiet round through the window, in requests and bytes, against what it was made for: 20
// requests at 420 clients and 200 at 10,000; 12 requests and a fiftieth of the bytes after one account in a hundred changed; a kilobyte when
// nothing happened. Bytes are counted as head office packs them.
import { gzipSync } from 'node:zlib';
import { readSetting, syncStateOf } from '../../electron/journal/settings.ts';
import { createPracticeHeadOffice } from '../../electron/practice/createPracticeHeadOffice.ts';
import { openBenchBranch, until } from './benchBranch.ts';
import { stated, type Figure } from './figure.ts';

const CHANGED_SHARE = 0.01;

interface Counted {
  requests: number;
  bytes: number;
}

export async function windowPull(clients: number, mostRequests: number): Promise<readonly Figure[]> {
  const headOffice = createPracticeHeadOffice({ file: ':memory:', now: () => Date.now(), clients });
  const counted: Counted = { requests: 0, bytes: 0 };
  const first: Counted = { requests: 0, bytes: 0 };
  const span = { began: null as number | null, ended: null as number | null };
  let isOpen = false;
  const bench = await openBenchBranch((request) => {
    // The comparison of both ways, which comes before, is no part of the pull.
    if (isOpen && span.began === null && bench.store.read((read) => readSetting(read, 'window'))?.proof === 'equal')
      span.began = performance.now();
    const reply = headOffice.handle(request);
    const bytes = gzipSync(reply.body).length;
    counted.requests += 1;
    counted.bytes += bytes;
    if (span.began !== null && bench.store.read(syncStateOf).firstPullDoneAt === null) {
      first.requests += 1;
      first.bytes += bytes;
      span.ended = performance.now();
    }
    return reply;
  });
  isOpen = true;
  await bench.ask('session.signIn', { username: 'admin', password: 'practice' });
  await bench.ask('headOffice.prepare', { window: true });
  await bench.ask('session.signOut', {});
  await bench.ask('session.signIn', { username: 'grace', password: 'practice' });
  bench.branch.start();
  await until(() => bench.sync.state().firstPullDone);
  const seconds = ((span.ended ?? 0) - (span.began ?? 0)) / 1_000;

  async function round(): Promise<Counted> {
    const from = { ...counted };
    const finished = bench.sync.state().lastFinishedAt;
    bench.sync.wake();
    await until(() => bench.sync.state().lastFinishedAt !== finished && bench.sync.state().progress === null);
    return { requests: counted.requests - from.requests, bytes: counted.bytes - from.bytes };
  }
  await round();
  const quiet = await round();

  bench.setLine(false);
  bench.sync.wake();
  await until(() => bench.sync.state().line === 'down');
  const ids = bench.store.read((read) => ({ loans: read.accountServerIds('loan'), savings: read.accountServerIds('savings') }));
  const wanted = Math.max(2, Math.round((ids.loans.length + ids.savings.length) * CHANGED_SHARE));
  let changed = 0;
  for (const [kind, list] of [
    ['repayment', ids.loans],
    ['deposit', ids.savings],
  ] as const) {
    const share = kind === 'repayment' ? Math.floor(wanted / 2) : wanted - changed;
    for (let at = 0, done = 0; at < list.length && done < share; at += 1) {
      const act = headOffice.control.actAs({ username: 'bungoma', kind, accountId: list[at] ?? 0, amountMinor: 10_000 });
      if (act.status !== 200) continue;
      done += 1;
      changed += 1;
    }
  }
  const people = bench.store.read((read) => read.allStaff().length);
  bench.setLine(true);
  const again = await round();
  await bench.end();
  headOffice.close();

  const scale = `${String(clients)} clients, ${String(ids.loans.length + ids.savings.length)} accounts`;
  return [
    stated({ name: 'windowPull, first pull', scale, value: first.requests, unit: 'requests', aim: { value: mostRequests } }),
    stated({ name: 'windowPull, first pull, time', scale, value: seconds, unit: 's' }),
    stated({ name: 'windowPull, first pull, gzip', scale, value: first.bytes / 1_000, unit: 'kB' }),
    stated({
      name: 'windowPull, reconnect',
      scale: `${scale}, ${String(changed)} changed; ${String(people + 1)} of them head office's day and each sign-in`,
      value: again.requests,
      unit: 'requests',
      aim: { value: 12 },
    }),
    stated({
      name: 'windowPull, reconnect, share of the first pull, gzip',
      scale: `${scale}, ${String(changed)} changed`,
      value: again.bytes / first.bytes,
      unit: 'of 1',
      aim: { value: 0.02 },
    }),
    stated({ name: 'windowPull, quiet round, gzip', scale, value: quiet.bytes / 1_000, unit: 'kB', aim: { value: 1 } }),
  ];
}
