// npm run simulate: whole branches over days of virtual time, with everything that can fail. Seeds are spread over two threads; the same seed
// gives the same run for ever. It ends with one line that npm test counts.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { COMPLETE_FROM_SEEDS, coverageTable, mergeCoverage, neverHit, type Coverage } from './coverage.ts';
import { MUTANTS } from './mutants.ts';
import { FAULTS, planOf, USUAL, type Fault, type Plan, type PlanOptions } from './plan.ts';
import { BRANCHES_MOST } from '../world/branchWorld.ts';
import { headOf, lineOf, planFrom, planText } from './planText.ts';
import { runPlan, type RunResult } from './runPlan.ts';
import { shrink } from './shrink.ts';

const HELP = `
npm run simulate                      20 worlds, seeds 1 to 20
npm run simulate -- --seeds N         N worlds; ${String(COMPLETE_FROM_SEEDS)} or more must hit every kind of fault
npm run simulate -- --seeds 10000     a night's run
npm run simulate -- --quick           the 200 worlds of npm test
    --from N                          the first seed (1)
npm run simulate -- --seed N          one world, told as it goes, one line per event
npm run simulate -- --plan FILE       the world and events of a file, such as a failure leaves behind
npm run simulate -- --mutants         switches every safeguard off in turn and tells when that is noticed
    --mutant NAME                     only this one
    --days N                          days on which people work and faults strike (2)
    --branches N                      PCs, 1 to ${String(BRANCHES_MOST)} (0: one to four, as the seed has it)
    --faults a,b | none               only these kinds
    --threads N                       threads (2)

A world is one head office and the PCs of its branches, in virtual time; everything in it follows from its seed. People serve clients while
faults strike. After every event and at every commit the thirteen promises of docs/invariants.md are looked at, and a ledger reckoned from
receipts alone is compared with head office's books. Then the faults end, managers close what is open, and within a bound every command must
have ended and every view must be what head office confirms.

A failure prints its seed, the promise that broke, and the shortest list of events that still breaks it, and keeps that list in a file.
What is to be kept for ever goes to tests/simulation/regressions/. The last line is: N passed, N failed.
`;

interface Order {
  readonly kind: 'seed' | 'mutant';
  readonly seed: number;
  readonly mutant: string | null;
  readonly options: PlanOptions;
  readonly shrinks: boolean;
}

interface Report {
  readonly order: Order;
  readonly result: Omit<RunResult, 'trace'>;
  readonly shrunk: { readonly plan: Plan; readonly trace: readonly string[]; readonly runs: number; readonly detail: string } | null;
}

async function carryOut(order: Order): Promise<Report> {
  const plan = planOf(order.seed, order.options);
  const mutant = MUTANTS.find((each) => each.name === order.mutant) ?? null;
  const { trace: _trace, ...result } = await runPlan(plan, mutant);
  if (result.failure === null || !order.shrinks) return { order, result, shrunk: null };
  const shrunk = await shrink(plan, { ...result, trace: [] }, mutant);
  const again = await runPlan(shrunk.plan, mutant);
  const detail = again.failure?.detail ?? '';
  return { order, result, shrunk: { plan: shrunk.plan, trace: again.trace, runs: shrunk.runs, detail } };
}

/** Hands orders to threads one by one, in order, until `next` has no more. */
async function spread(threads: number, next: () => Order | null, hear: (report: Report) => void): Promise<void> {
  await Promise.all(
    Array.from({ length: threads }, async () => {
      const worker = new Worker(new URL(import.meta.url));
      try {
        for (let order = next(); order !== null; order = next()) {
          const asked = order;
          const told = await new Promise<Report | string>((resolve, reject) => {
            const settle = (act: () => void): void => {
              worker.off('message', heard);
              worker.off('error', broke);
              act();
            };
            const heard = (message: Report | string): void => settle(() => resolve(message));
            const broke = (error: Error): void => settle(() => reject(error));
            worker.on('message', heard);
            worker.on('error', broke);
            worker.postMessage(asked);
          });
          if (typeof told === 'string') throw new Error(`seed ${String(asked.seed)}: ${told}`);
          hear(told);
        }
      } finally {
        await worker.terminate();
      }
    }),
  );
}

/** Options that have to be repeated to get the same world. */
function optionsText(options: PlanOptions): string {
  const parts: string[] = [];
  if (options.days !== USUAL.days) parts.push(` --days ${String(options.days)}`);
  if (options.branches !== USUAL.branches) parts.push(` --branches ${String(options.branches)}`);
  if (options.faults.length !== FAULTS.length) parts.push(` --faults ${options.faults.length === 0 ? 'none' : options.faults.join(',')}`);
  return parts.join('');
}

const KEPT_IN = 'test-results/simulation';
const TRACE_LINES_MOST = 80;

function tellFailure({ order, result, shrunk }: Report): void {
  console.log(`\nFAILED  seed ${String(order.seed)}: ${result.failure?.detail ?? ''}`);
  console.log(`  the whole world again: npm run simulate -- --seed ${String(order.seed)}${optionsText(order.options)}`);
  if (shrunk === null) return;
  const file = `${KEPT_IN}/seed-${String(order.seed)}.plan`;
  mkdirSync(KEPT_IN, { recursive: true });
  writeFileSync(file, `# ${shrunk.detail}\n${planText(shrunk.plan)}`);
  const told = shrunk.detail === result.failure?.detail ? '' : `\n  in which it is: ${shrunk.detail}`;
  console.log(
    `  the shortest plan that still breaks it (${String(shrunk.plan.events.length)} events, found in ${String(shrunk.runs)} runs; npm run simulate -- --plan ${file}):${told}`,
  );
  console.log(`    ${headOf(shrunk.plan)}`);
  for (const event of shrunk.plan.events) console.log(`    ${lineOf(event)}`);
  console.log('  and how it goes (true time; what people did, what they were told, and what struck):');
  for (const line of shrunk.trace.slice(-TRACE_LINES_MOST)) console.log(`    ${line}`);
}

async function batch(from: number, seeds: number, threads: number, options: PlanOptions): Promise<number> {
  const began = performance.now();
  const coverage: Coverage = new Map();
  const tell = progressTeller(seeds);
  let handed = from;
  let failed = 0;
  let virtualMs = 0;
  let receipts = 0;
  let pcs = 0;
  await spread(
    threads,
    () => (handed < from + seeds ? { kind: 'seed', seed: handed++, mutant: null, options, shrinks: failed < 3 } : null),
    (report) => {
      mergeCoverage(coverage, report.result.coverage);
      virtualMs += report.result.virtualMs;
      receipts += report.result.receipts;
      pcs += report.result.pcs;
      if (report.result.failure !== null) {
        failed += 1;
        tellFailure(report);
      }
      tell(failed);
    },
  );
  const seconds = (performance.now() - began) / 1000;
  console.log(coverageTable(coverage));
  const complete = seeds >= COMPLETE_FROM_SEEDS && options.faults.length === FAULTS.length;
  const missed = complete ? neverHit(coverage) : [];
  console.log('');
  for (const kind of missed) console.log(`NEVER HIT  ${kind}`);
  console.log(
    `${String(seeds)} worlds (seeds ${String(from)} to ${String(from + seeds - 1)}${optionsText(options)}) with ${String(pcs)} PCs wrote ${String(receipts)} receipts in ${(virtualMs / 86_400_000).toFixed(0)} days of virtual time: ${seconds.toFixed(1)} s, ${(virtualMs / 1000 / seconds).toFixed(0)} virtual seconds per second`,
  );
  console.log(
    complete
      ? `Every kind of fault, crash point, state and resolution must be hit: ${missed.length === 0 ? 'each was' : `${String(missed.length)} were not, which counts as one failure`}.`
      : `Whether every kind was hit is asked of ${String(COMPLETE_FROM_SEEDS)} seeds or more with all faults.`,
  );
  const failures = failed + (missed.length > 0 ? 1 : 0);
  console.log(`${String(seeds - failed)} passed, ${String(failures)} failed`);
  return failures === 0 ? 0 : 1;
}

/** A long run says now and then how far it is, on the other stream. */
function progressTeller(seeds: number): (failed: number) => void {
  const EVERY = 500;
  let done = 0;
  return (failed) => {
    done += 1;
    if (seeds > EVERY && done % EVERY === 0) console.error(`${String(done)} of ${String(seeds)} worlds, ${String(failed)} failed`);
  };
}

/** One world, told event by event. */
async function single(plan: Plan, options: PlanOptions): Promise<number> {
  const began = performance.now();
  const result = await runPlan(plan);
  for (const line of result.trace) console.log(line);
  console.log(`${headOf(plan)}: ${String(plan.events.length)} events, trace ${result.hash}`);
  console.log(`${(result.virtualMs / (performance.now() - began)).toFixed(0)} virtual seconds per second`);
  if (result.failure !== null) {
    const shrunk = await shrink(plan, result);
    const detail = shrunk.result.failure?.detail ?? '';
    tellFailure({
      order: { kind: 'seed', seed: plan.seed, mutant: null, options, shrinks: true },
      result,
      shrunk: { plan: shrunk.plan, trace: shrunk.result.trace, runs: shrunk.runs, detail },
    });
  }
  console.log(result.failure === null ? '1 passed, 0 failed' : '0 passed, 1 failed');
  return result.failure === null ? 0 : 1;
}

async function mutants(names: readonly string[], threads: number, options: PlanOptions): Promise<number> {
  const chosen = MUTANTS.filter((each) => names.length === 0 || names.includes(each.name));
  const caughtAt = new Map<string, { readonly seed: number; readonly title: string }>();
  const nextSeed = new Map(chosen.map((each) => [each.name, 1]));
  await spread(
    threads,
    () => {
      const mutant = chosen.find((each) => !caughtAt.has(each.name) && (nextSeed.get(each.name) ?? 1) <= each.within);
      if (mutant === undefined) return null;
      const seed = nextSeed.get(mutant.name) ?? 1;
      nextSeed.set(mutant.name, seed + 1);
      return { kind: 'mutant', seed, mutant: mutant.name, options, shrinks: false };
    },
    ({ order, result }) => {
      const known = caughtAt.get(order.mutant ?? '');
      if (result.failure !== null && (known === undefined || known.seed > order.seed))
        caughtAt.set(order.mutant ?? '', { seed: order.seed, title: result.failure.title });
    },
  );
  console.log(`\n${'switched off'.padEnd(50)} ${'mutant'.padEnd(24)} ${'caught by seed'.padEnd(16)} by\n`);
  for (const mutant of chosen) {
    const caught = caughtAt.get(mutant.name);
    const when = caught === undefined ? `NOT in ${String(mutant.within)}` : `${String(caught.seed)} of ${String(mutant.within)}`;
    console.log(`${mutant.safeguard.padEnd(50)} ${mutant.name.padEnd(24)} ${when.padEnd(16)} ${caught?.title ?? ''}`);
  }
  console.log(`\n${String(caughtAt.size)} passed, ${String(chosen.length - caughtAt.size)} failed`);
  return caughtAt.size === chosen.length ? 0 : 1;
}

function faultsOf(text: string | undefined): readonly Fault[] {
  if (text === undefined) return FAULTS;
  if (text === 'none') return [];
  const wanted = text.split(',');
  const unknown = wanted.filter((name) => !(FAULTS as readonly string[]).includes(name));
  if (unknown.length > 0) throw new Error(`no such fault: ${unknown.join(', ')}. There are: ${FAULTS.join(', ')}`);
  return FAULTS.filter((fault) => wanted.includes(fault));
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string' },
      from: { type: 'string' },
      seed: { type: 'string' },
      plan: { type: 'string' },
      days: { type: 'string' },
      branches: { type: 'string' },
      faults: { type: 'string' },
      threads: { type: 'string' },
      quick: { type: 'boolean', default: false },
      mutants: { type: 'boolean', default: false },
      mutant: { type: 'string', multiple: true },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const number = (
    name: 'seeds' | 'from' | 'seed' | 'days' | 'branches' | 'threads',
    usual: number,
    least: number,
    most: number,
  ): number => {
    const given = Number(values[name] ?? usual);
    if (Number.isInteger(given) && given >= least && given <= most) return given;
    throw new Error(`--${name} is a whole number from ${String(least)} to ${String(most)}, not ${values[name] ?? ''}`);
  };
  const options: PlanOptions = {
    days: number('days', USUAL.days, 1, 365),
    branches: number('branches', USUAL.branches, 0, BRANCHES_MOST),
    faults: faultsOf(values.faults),
  };
  const threads = number('threads', 2, 1, 64);
  if (values.plan !== undefined) return single(planFrom(readFileSync(values.plan, 'utf8')), options);
  if (values.seed !== undefined) return single(planOf(number('seed', 1, 0, SEED_MOST), options), options);
  if (values.mutants || values.mutant !== undefined) return mutants(values.mutant ?? [], threads, options);
  return batch(number('from', 1, 0, SEED_MOST), number('seeds', values.quick ? 200 : 20, 1, SEED_MOST), threads, options);
}

const SEED_MOST = 1_000_000_000;

if (isMainThread) {
  process.exitCode = await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  });
} else {
  parentPort?.on('message', (order: Order) => {
    carryOut(order).then(
      (report) => parentPort?.postMessage(report),
      (error: unknown) => parentPort?.postMessage(error instanceof Error ? (error.stack ?? error.message) : 'the worker broke'),
    );
  });
}
