// The longest time for which the branch's thread hears nobody, while a first pull runs and somebody types into the search. Head office
// answers from another thread. The limit is the longest turn of the same loop in the same seconds in which nothing of ours had happened: a
// shared machine pauses a program that does nothing, too. Own computing is what the system charges the thread, which it counts in ticks.
import { once } from 'node:events';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { openBenchBranch, median, quantile, type Answering } from './benchBranch.ts';
import { besideLimit, stated, type Figure } from './figure.ts';

const TYPES_EVERY_MS = 25;
const TEXTS = ['w', 'wa', 'waf', 'wafu', 'wafula', 'wafula m', 'wafula ma', 'k', 'ki', 'kip', 'kipto', 'kiptoo', '0722'];

interface Turn {
  /** Wall time and own computing time, in milliseconds. */
  readonly wall: number;
  readonly own: number;
  /** Nothing of the branch ran in it. */
  readonly empty: boolean;
}

/** Looks at every turn of the loop, which keeps it turning. `deeds` counts what the branch was given to do. */
async function watch(isOver: () => boolean, deeds: () => number): Promise<readonly Turn[]> {
  const turns: Turn[] = [];
  let at = performance.now();
  let used = process.threadCpuUsage();
  let done = deeds();
  while (!isOver()) {
    await nextTurn();
    const now = performance.now();
    const usedNow = process.threadCpuUsage();
    const doneNow = deeds();
    turns.push({ wall: now - at, own: (usedNow.user + usedNow.system - used.user - used.system) / 1_000, empty: doneNow === done });
    at = now;
    used = usedNow;
    done = doneNow;
  }
  return turns;
}

async function watchedPull(clients: number): Promise<readonly Turn[]> {
  const thread = new Worker(new URL('headOfficeThread.ts', import.meta.url), { workerData: { clients } });
  const waiting = new Map<number, (reply: Awaited<ReturnType<Answering>>) => void>();
  let turn = 0;
  let deeds = 0;
  thread.on('message', (message: { readonly turn: number; readonly reply: Awaited<ReturnType<Answering>> }) => {
    // A thread's port hands over all that lies there in one turn; a socket gives one reply a turn, and so does this.
    setImmediate(() => {
      deeds += 1;
      waiting.get(message.turn)?.(message.reply);
      waiting.delete(message.turn);
    });
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
  const watching = watch(isDone, () => deeds);
  for (let at = 0; !isDone(); at += 1) {
    deeds += 1;
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
  const empty: number[] = [];
  const own: number[] = [];
  const usual: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const turns = await watchedPull(clients);
    const full = turns.filter((turn) => !turn.empty);
    longest.push(
      quantile(
        full.map((turn) => turn.wall),
        1,
      ),
    );
    own.push(
      quantile(
        full.map((turn) => turn.own),
        1,
      ),
    );
    usual.push(
      quantile(
        full.map((turn) => turn.wall),
        0.5,
      ),
    );
    empty.push(
      quantile(
        turns.filter((turn) => turn.empty).map((turn) => turn.wall),
        1,
      ),
    );
  }
  const scale = `${clients} clients, ${rounds === 1 ? 'one pull' : `median of ${rounds} pulls`}`;
  return [
    besideLimit({
      name: 'eventLoop',
      scale: `${scale}; limit: longest empty turn`,
      value: median(longest),
      unit: 'ms',
      limit: median(empty),
      aim: { value: 16 },
    }),
    stated({ name: 'eventLoop, own computing', scale, value: median(own), unit: 'ms' }),
    stated({ name: 'eventLoop, p50 of turns with work', scale, value: median(usual), unit: 'ms' }),
  ];
}
