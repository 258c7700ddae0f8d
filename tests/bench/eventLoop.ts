// The longest time for which the branch's thread hears nobody, while a first pull runs and somebody types into the search. Head office
// answers from another thread. Beside the pause stands how much of it was our own computing: a shared machine also pauses a program.
import { once } from 'node:events';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { openBenchBranch, median, quantile, type Answering } from './benchBranch.ts';
import { stated, type Figure } from './figure.ts';

const TYPES_EVERY_MS = 25;
const TEXTS = ['w', 'wa', 'waf', 'wafu', 'wafula', 'wafula m', 'wafula ma', 'k', 'ki', 'kip', 'kipto', 'kiptoo', '0722'];

interface Turns {
  /** Wall time and own computing time of each turn of the loop, in milliseconds. */
  readonly wall: number[];
  readonly own: number[];
}

/** Looks at every turn of the loop, which keeps it turning; a turn that is short says nothing. */
async function watch(isOver: () => boolean): Promise<Turns> {
  const turns: Turns = { wall: [], own: [] };
  let at = performance.now();
  let used = process.threadCpuUsage();
  while (!isOver()) {
    await nextTurn();
    const now = performance.now();
    const usedNow = process.threadCpuUsage();
    turns.wall.push(now - at);
    turns.own.push((usedNow.user + usedNow.system - used.user - used.system) / 1_000);
    at = now;
    used = usedNow;
  }
  return turns;
}

async function watchedPull(clients: number): Promise<Turns> {
  const thread = new Worker(new URL('headOfficeThread.ts', import.meta.url), { workerData: { clients } });
  const waiting = new Map<number, (reply: Awaited<ReturnType<Answering>>) => void>();
  let turn = 0;
  thread.on('message', (message: { readonly turn: number; readonly reply: Awaited<ReturnType<Answering>> }) => {
    waiting.get(message.turn)?.(message.reply);
    waiting.delete(message.turn);
  });
  const bench = await openBenchBranch(
    (request) =>
      new Promise((resolve) => {
        turn += 1;
        waiting.set(turn, resolve);
        thread.postMessage({ turn, request });
      }),
  );
  await bench.ask('session.signIn', { username: 'achieng', password: 'practice' });
  const isDone = (): boolean => bench.sync.state().firstPullDone;
  bench.branch.start();
  // The very first turns open and compile; the pause that a person feels is in the middle of work.
  await pause(100);
  const watching = watch(isDone);
  for (let at = 0; !isDone(); at += 1) {
    await bench.ask('clients.find', { text: TEXTS[at % TEXTS.length] ?? '' });
    await pause(TYPES_EVERY_MS);
  }
  const turns = await watching;
  await bench.end();
  const ended = once(thread, 'exit');
  await thread.terminate();
  await ended.catch(() => undefined);
  return turns;
}

export async function eventLoop(clients: number, rounds: number): Promise<readonly Figure[]> {
  const longest: number[] = [];
  const own: number[] = [];
  const usual: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const turns = await watchedPull(clients);
    longest.push(quantile(turns.wall, 1));
    own.push(quantile(turns.own, 1));
    usual.push(quantile(turns.wall.filter((ms) => ms > 1), 0.99));
  }
  const scale = `${clients} clients, ${rounds === 1 ? 'one pull' : `median of ${rounds} pulls`}`;
  return [
    stated({ name: 'eventLoop', scale, value: median(longest), unit: 'ms', aim: { value: 16 } }),
    stated({ name: 'eventLoop, own computing', scale, value: median(own), unit: 'ms' }),
    stated({ name: 'eventLoop, p99 of turns above 1 ms', scale, value: median(usual), unit: 'ms' }),
  ];
}
