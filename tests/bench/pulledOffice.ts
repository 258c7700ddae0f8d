// A head office of a given size and the books of a branch that has pulled it, made once per size and copied for every measure that needs them.
import Database from 'better-sqlite3';
import { copyFileSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { HttpReply, HttpRequest } from '../../electron/fineract/http.ts';
import { createPracticeHeadOffice, type PracticeHeadOffice } from '../../electron/practice/createPracticeHeadOffice.ts';
import { emptyLog, openBareTable } from './bareTable.ts';
import { openBenchBranch, scratchFolder, until, type BenchBranch, type KeptBooks, type Traffic } from './benchBranch.ts';

export type Stored = Omit<HttpReply & { kind: 'answered' }, 'kind'>;

export interface PulledOffice extends Omit<FirstPull, 'bench'> {
  readonly clients: number;
  readonly accounts: number;
  /** The head office as a file's bytes. */
  readonly image: Buffer;
  readonly books: KeptBooks;
}

const offices = new Map<number, PulledOffice>();

export function headOfficeFrom(image: Buffer): PracticeHeadOffice {
  return createPracticeHeadOffice({ file: ':memory:', now: () => Date.now(), database: new Database(image) });
}

export interface FirstPull {
  readonly bench: BenchBranch;
  /** What the branch took, and what the same replies took into a bare table. */
  readonly pullMs: number;
  readonly rawMs: number;
  readonly traffic: Traffic;
  /** Everything the first pull asked, in order. */
  readonly requests: readonly HttpRequest[];
}

/**
 * Founds a branch and lets it pull everything, with the bare limit in turn at every request, so that a busy moment of the machine hits both.
 * Head office answers once and its time counts on both sides: neither is the one that finds it warm.
 */
export async function pullFirst(answer: (request: HttpRequest) => Stored): Promise<FirstPull> {
  const requests: HttpRequest[] = [];
  const folder = scratchFolder();
  const bare = openBareTable(folder, randomBytes(32));
  let answeredMs = 0;
  let keptMs = 0;
  let pulling = false;
  const bench = await openBenchBranch((request) => {
    if (!pulling) return answer(request);
    requests.push(request);
    const began = performance.now();
    const reply = answer(request);
    const between = performance.now();
    bare.commit(Buffer.from(reply.body));
    answeredMs += between - began;
    keptMs += performance.now() - between;
    return reply;
  });
  const { requests: asked, bytes } = bench.traffic;
  pulling = true;
  const began = performance.now();
  bench.branch.start();
  while (!bench.sync.state().firstPullDone) await nextTurn();
  pulling = false;
  const wholeMs = performance.now() - began;
  bare.close();
  rmSync(folder, { recursive: true, force: true });
  return {
    bench,
    pullMs: wholeMs - keptMs,
    rawMs: answeredMs + keptMs,
    traffic: { requests: bench.traffic.requests - asked, bytes: bench.traffic.bytes - bytes },
    requests,
  };
}

export async function pulledOffice(clients: number): Promise<PulledOffice> {
  const known = offices.get(clients);
  if (known !== undefined) return known;
  const headOffice = createPracticeHeadOffice({ file: ':memory:', now: () => Date.now(), clients });
  const { bench, ...pull } = await pullFirst((request) => headOffice.handle(request));
  await bench.branch.stop();
  const accounts = bench.store.read((read) => read.accountServerIds('loan').length + read.accountServerIds('savings').length);
  emptyLog(bench.store.database);
  const books: KeptBooks = { file: join(scratchFolder(), 'branch.sqlite'), key: bench.key };
  copyFileSync(bench.file, books.file);
  await bench.end();
  const office: PulledOffice = { clients, accounts, image: headOffice.snapshot(), books, ...pull };
  headOffice.close();
  offices.set(clients, office);
  return office;
}

export interface OpenedOffice {
  readonly bench: BenchBranch;
  readonly headOffice: PracticeHeadOffice;
  close(): Promise<void>;
}

/** A copy of head office and books, the loop running, a cashier signed in with an open drawer. */
export async function openPulled(clients: number): Promise<OpenedOffice> {
  const office = await pulledOffice(clients);
  const headOffice = headOfficeFrom(office.image);
  const bench = await openBenchBranch((request) => headOffice.handle(request), office.books);
  bench.branch.start();
  await until(() => bench.sync.state().lastFinishedAt !== null && bench.sync.state().progress === null && bench.sync.state().line === 'up');
  await bench.ask('session.signIn', { username: 'achieng', password: 'practice' });
  await bench.ask('cash.openDrawer', { openingMinor: 0 });
  return {
    bench,
    headOffice,
    async close() {
      await bench.end();
      headOffice.close();
    },
  };
}

/** Cuts the line and waits until the branch knows. */
export async function cutLine(bench: BenchBranch): Promise<void> {
  bench.setLine(false);
  bench.sync.wake();
  await until(() => bench.sync.state().line === 'down');
}

export function forgetOffices(): void {
  for (const { books } of offices.values()) rmSync(join(books.file, '..'), { recursive: true, force: true });
  offices.clear();
}

export async function paymentTypeForCash(bench: BenchBranch): Promise<number> {
  const types = (await bench.ask('cash.listPaymentTypes', {})) as readonly { paymentTypeId: number; cash: boolean }[];
  const cash = types.find((type) => type.cash);
  if (cash === undefined) throw new Error('head office has no payment type for cash');
  return cash.paymentTypeId;
}

export async function activeLoans(bench: BenchBranch, most: number): Promise<readonly string[]> {
  const loanIds: string[] = [];
  while (loanIds.length < most) {
    const page = (await bench.ask('loans.list', {
      show: 'active',
      offset: loanIds.length,
      most: Math.min(200, most - loanIds.length),
    })) as { rows: readonly { loanId: string }[] };
    if (page.rows.length === 0) break;
    loanIds.push(...page.rows.map((row) => row.loanId));
  }
  return loanIds;
}
