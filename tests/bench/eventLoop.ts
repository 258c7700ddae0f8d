// The longest time for which the branch's thread hears nobody, while a first pull runs and somebody types into the search. Head office
// answers from another thread. At the largest size the books are full and the accounts are pulled over again for a while: a longer first pull
// shows nothing new, only full tables do. The limit is the longest turn of the same loop in the same seconds in which nothing of ours had happened: a
// shared machine pauses a program that does nothing, too. Own computing is what the system charges the thread, which it counts in ticks.
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { saveSetting, syncStateOf } from '../../electron/journal/settings.ts';
import { openBenchBranch, median, quantile, scratchFolder, type Answering, type BenchBranch, type KeptBooks } from './benchBranch.ts';
import { besideLimit, stated, type Figure } from './figure.ts';
import type { ThreadOrder } from './headOfficeThread.ts';
import { pulledOffice } from './pulledOffice.ts';

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

interface Scene extends ThreadOrder {
  readonly books: KeptBooks | null;
  prepare(bench: BenchBranch): void;
  isOver(bench: BenchBranch): boolean;
}

/** From nothing to the end of the first pull. */
function wholePull(clients: number): Scene {
  return { clients, image: null, books: null, prepare: () => undefined, isOver: (bench) => bench.sync.state().firstPullDone };
}

/** Full books whose accounts are pulled over again. */
async function pullIntoFullBooks(clients: number, forMs: number, folder: string): Promise<Scene> {
  const office = await pulledOffice(clients);
  const image = join(folder, 'headOffice.sqlite');
  writeFileSync(image, office.image);
  let endsAt = Number.POSITIVE_INFINITY;
  return {
    clients,
    image,
    books: office.books,
    prepare(bench) {
      endsAt = performance.now() + forMs;
      bench.store.write((write) => {
        for (const shelf of ['loans', 'savings'])
          write.saveShelf({ shelf, cursor: { offset: 0, done: false }, rows: 0, headOfficeCount: null, pulledAt: null });
        saveSetting(write, 'syncState', { ...syncStateOf(write), firstPullDoneAt: null });
      });
    },
    isOver: () => performance.now() > endsAt,
  };
}

async function watchedPull({ clients, image, books, prepare, isOver }: Scene): Promise<readonly Turn[]> {
  const order: ThreadOrder = { clients, image };
  const thread = new Worker(new URL('headOfficeThread.ts', import.meta.url), { workerData: order });
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
    books,
  );
  await bench.ask('session.signIn', { username: 'achieng', password: 'practice' });
  prepare(bench);
  const isDone = (): boolean => isOver(bench);
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
  bench.setLine(false);
  await bench.end();
  const ended = once(thread, 'exit');
  await thread.terminate();
  await ended.catch(() => undefined);
  return turns;
}

export async function eventLoop(clients: number, rounds: number): Promise<readonly Figure[]> {
  const pulls: (readonly Turn[])[] = [];
  for (let round = 0; round < rounds; round += 1) pulls.push(await watchedPull(wholePull(clients)));
  return figuresOf(pulls, `${clients} clients, ${rounds === 1 ? 'one pull' : `median of ${rounds} pulls`}`);
}

export async function eventLoopInFullBooks(clients: number, seconds: number): Promise<readonly Figure[]> {
  const folder = scratchFolder();
  const turns = await watchedPull(await pullIntoFullBooks(clients, seconds * 1_000, folder));
  rmSync(folder, { recursive: true, force: true });
  return figuresOf([turns], `${clients} clients in the books, ${seconds} s of a pull`);
}

function figuresOf(pulls: readonly (readonly Turn[])[], scale: string): readonly Figure[] {
  /** In the middle pull, the value below which that share of its turns lies. */
  const across = (share: number, figure: (turn: Turn) => number, empty = false): number =>
    median(pulls.map((turns) => quantile(turns.filter((turn) => turn.empty === empty).map(figure), share)));
  const wall = (turn: Turn): number => turn.wall;
  const own = (turn: Turn): number => turn.own;
  return [
    besideLimit({
      name: 'eventLoop',
      scale: `${scale}; limit: longest empty turn`,
      value: across(1, wall),
      unit: 'ms',
      limit: across(1, wall, true),
      aim: { value: 16 },
    }),
    stated({ name: 'eventLoop, own computing', scale, value: across(1, own), unit: 'ms' }),
    stated({ name: 'eventLoop, p99 of turns with work', scale, value: across(0.99, wall), unit: 'ms' }),
    stated({ name: 'eventLoop, p50 of turns with work', scale, value: across(0.5, wall), unit: 'ms' }),
  ];
}
