// npm run simulate: whole branches over days of virtual time, with everything that can fail. Seeds are spread over two threads; the same seed
// gives the same run for ever. It ends with one line that npm test counts.

import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { coverageTable, mergeCoverage, neverHit, type Coverage } from './coverage.ts';
import { MUTANTS } from './mutants.ts';
import { FAULTS, lineOf, planOf, USUAL, type Fault, type Plan, type PlanOptions } from './plan.ts';
import { runPlan, type RunResult } from './runPlan.ts';
import { shrink } from './shrink.ts';

const HELP = `
npm run simulate                      20 seeds
npm run simulate -- --seeds N         N seeds; 100 or more must hit every kind of fault
npm run simulate -- --quick           the 200 seeds of npm test
npm run simulate -- --from N          the first seed
npm run simulate -- --seed N          one seed, with every event as a line
npm run simulate -- --mutants         switches every safeguard off in turn and tells when that is noticed
    --mutant NAME                     only this one
    --days N                          days of virtual time (2)
    --branches N                      PCs, 1 to 3 (0: as the seed has it)
    --faults a,b | none               only these kinds
    --threads N                       threads (2)

A failure prints its seed, the promise that broke, and the shortest list of events that still breaks it.
The last line is: N passed, N failed.
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
  readonly shrunk: { readonly plan: Plan; readonly trace: readonly string[]; readonly runs: number } | null;
}

async function carryOut(order: Order): Promise<Report> {
  const plan = planOf(order.seed, order.options);
  const mutant = MUTANTS.find((each) => each.name === order.mutant) ?? null;
  const { trace: _trace, ...result } = await runPlan(plan, mutant);
  if (result.failure === null || !order.shrinks) return { order, result, shrunk: null };
  const shrunk = await shrink(plan, { ...result, trace: [] }, mutant);
  const again = await runPlan(shrunk.plan, mutant);
  return { order, result, shrunk: { plan: shrunk.plan, trace: again.trace, runs: shrunk.runs } };
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

function tellFailure({ order, result, shrunk }: Report): void {
  console.log(`\nseed ${String(order.seed)} ${result.failure?.detail ?? ''}`);
  if (shrunk === null) return;
  console.log(
    `  the shortest plan that still breaks it (${String(shrunk.plan.events.length)} events, found in ${String(shrunk.runs)} runs):`,
  );
  for (const event of shrunk.plan.events) console.log(`    ${lineOf(event)}`);
  console.log('  and how it goes:');
  for (const line of shrunk.trace.slice(-60)) console.log(`    ${line}`);
  console.log(`  replay: npm run simulate -- --seed ${String(order.seed)}`);
}

async function batch(from: number, seeds: number, threads: number, options: PlanOptions): Promise<number> {
  const began = performance.now();
  const coverage: Coverage = new Map();
  let handed = from;
  let failed = 0;
  let virtualMs = 0;
  let receipts = 0;
  await spread(
    threads,
    () => (handed < from + seeds ? { kind: 'seed', seed: handed++, mutant: null, options, shrinks: failed < 3 } : null),
    (report) => {
      mergeCoverage(coverage, report.result.coverage);
      virtualMs += report.result.virtualMs;
      receipts += report.result.receipts;
      if (report.result.failure === null) return;
      failed += 1;
      tellFailure(report);
    },
  );
  const seconds = (performance.now() - began) / 1000;
  console.log(coverageTable(coverage));
  const missed = seeds >= 100 && options.faults.length === FAULTS.length ? neverHit(coverage) : [];
  for (const kind of missed) console.log(`never hit: ${kind}`);
  console.log(
    `\n${String(seeds)} worlds, ${String(receipts)} receipts, ${(virtualMs / 86_400_000).toFixed(0)} days of virtual time in ${seconds.toFixed(1)} s: ${(virtualMs / 1000 / seconds).toFixed(0)} virtual seconds per second`,
  );
  const failures = failed + (missed.length > 0 ? 1 : 0);
  console.log(`${String(seeds - failed)} passed, ${String(failures)} failed`);
  return failures === 0 ? 0 : 1;
}

async function single(seed: number, options: PlanOptions): Promise<number> {
  const began = performance.now();
  const plan = planOf(seed, options);
  const result = await runPlan(plan);
  for (const line of result.trace) console.log(line);
  console.log(
    `seed ${String(seed)}: ${String(plan.branches)} PCs, ${plan.markers} markers, ${String(plan.events.length)} events, trace ${result.hash}`,
  );
  console.log(`${(result.virtualMs / (performance.now() - began)).toFixed(0)} virtual seconds per second`);
  if (result.failure !== null) {
    const shrunk = await shrink(plan, result);
    tellFailure({
      order: { kind: 'seed', seed, mutant: null, options, shrinks: true },
      result,
      shrunk: { plan: shrunk.plan, trace: shrunk.result.trace, runs: shrunk.runs },
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
      from: { type: 'string', default: '1' },
      seed: { type: 'string' },
      days: { type: 'string', default: String(USUAL.days) },
      branches: { type: 'string', default: '0' },
      faults: { type: 'string' },
      threads: { type: 'string', default: '2' },
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
  const options: PlanOptions = { ...USUAL, days: Number(values.days), branches: Number(values.branches), faults: faultsOf(values.faults) };
  const threads = Math.max(Number(values.threads), 1);
  if (values.seed !== undefined) return single(Number(values.seed), options);
  if (values.mutants || values.mutant !== undefined) return mutants(values.mutant ?? [], threads, options);
  return batch(Number(values.from), Number(values.seeds ?? (values.quick ? 200 : 20)), threads, options);
}

if (isMainThread) {
  process.exitCode = await main();
} else {
  parentPort?.on('message', (order: Order) => {
    carryOut(order).then(
      (report) => parentPort?.postMessage(report),
      (error: unknown) => parentPort?.postMessage(error instanceof Error ? (error.stack ?? error.message) : 'the worker broke'),
    );
  });
}
