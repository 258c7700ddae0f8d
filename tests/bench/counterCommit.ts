// A repayment through contract, domain and store, against one bare encrypted full-sync commit of the same bytes on the same disk, in turn.
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { createPracticeHeadOffice } from '../../electron/practice/createPracticeHeadOffice.ts';
import { openBenchBranch, quantile, until, type BenchBranch } from './benchBranch.ts';
import type { Figure } from './figure.ts';

const WARM_UP = 50;
const SAMPLES = 400;

/** What one operation leaves in the journal: the bytes of every value of every row it wrote, read back. */
function bytesOfOneOperation(bench: BenchBranch): number {
  const database = bench.store.database;
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'journal_%'").pluck().all() as string[];
  const size = (): number =>
    tables.reduce((sum, table) => {
      const columns = (database.prepare(`SELECT name FROM pragma_table_info('${table}')`).pluck().all() as string[]).map((column) => `length(CAST(coalesce("${column}", '') AS BLOB))`);
      return sum + ((database.prepare(`SELECT coalesce(sum(${columns.join(' + ')}), 0) FROM "${table}"`).pluck().get() as number | undefined) ?? 0);
    }, 0);
  const before = size();
  takeOne(bench);
  return size() - before;
}

let loans: readonly { readonly loanId: string }[] = [];
let taken = 0;
let paymentTypeId = 1;

function takeOne(bench: BenchBranch): void {
  const loan = loans[taken % loans.length];
  taken += 1;
  const answer = bench.branch.handlers.loans.takeRepayment(
    { formId: bench.parts.ids.newId(), loanId: loan?.loanId ?? '', amountMinor: 100, additionalMinor: 0, feesMinor: 0, paidWith: { paymentTypeId }, note: '', overpaymentSeen: true },
    { channel: 'cashier' },
  );
  if (answer instanceof Promise || !answer.ok) throw new Error(`a repayment was refused: ${answer instanceof Promise ? 'late' : answer.refusal.code}`);
}

export async function counterCommit(clients: number): Promise<readonly Figure[]> {
  const headOffice = createPracticeHeadOffice({ file: ':memory:', now: () => Date.now(), clients });
  const bench = await openBenchBranch(headOffice);
  bench.branch.start();
  await until(() => bench.sync.state().firstPullDone);
  await bench.ask('session.signIn', { username: 'achieng', password: 'practice' });
  await bench.ask('cash.openDrawer', { openingMinor: 0 });
  bench.setLine(false);
  bench.sync.wake();
  await until(() => bench.sync.state().line === 'down');
  const types = (await bench.ask('cash.listPaymentTypes', {})) as readonly { paymentTypeId: number; cash: boolean }[];
  paymentTypeId = types.find((type) => type.cash)?.paymentTypeId ?? 1;
  loans = ((await bench.ask('loans.list', { show: 'active', most: 200 })) as { rows: readonly { loanId: string }[] }).rows;

  const bytes = bytesOfOneOperation(bench);
  const bare = new Database(join(bench.folder, 'bare.sqlite'));
  bare.pragma("cipher = 'sqlcipher'");
  bare.pragma('legacy = 4');
  bare.pragma(`key = "x'${Buffer.from(bench.key).toString('hex')}'"`);
  bare.pragma('journal_mode = WAL');
  bare.pragma('synchronous = FULL');
  bare.exec('CREATE TABLE bare (id INTEGER PRIMARY KEY, body BLOB NOT NULL)');
  const insert = bare.prepare('INSERT INTO bare (body) VALUES (?)');
  const begin = bare.prepare('BEGIN IMMEDIATE');
  const commit = bare.prepare('COMMIT');
  const body = Buffer.alloc(bytes, 120);
  const commitBare = (): void => {
    begin.run();
    insert.run(body);
    commit.run();
  };

  const through: number[] = [];
  const limit: number[] = [];
  const call = async (): Promise<void> => {
    const loan = loans[taken % loans.length];
    taken += 1;
    await bench.ask('loans.takeRepayment', { formId: bench.parts.ids.newId(), loanId: loan?.loanId ?? '', amountMinor: 100, paidWith: { paymentTypeId }, overpaymentSeen: true });
  };
  for (let round = 0; round < WARM_UP + SAMPLES; round += 1) {
    const began = performance.now();
    await call();
    const between = performance.now();
    commitBare();
    const ended = performance.now();
    if (round < WARM_UP) continue;
    through.push(between - began);
    limit.push(ended - between);
  }
  bare.close();
  await bench.end();
  headOffice.close();
  return ([0.5, 0.99] as const).map((share) => ({
    name: `counterCommit p${String(share * 100)}`,
    scale: `${String(clients)} clients, ${String(bytes)} bytes`,
    value: quantile(through, share),
    unit: 'ms',
    limit: quantile(limit, share),
    ratio: quantile(through, share) / quantile(limit, share),
    aim: share === 0.5 ? 1.5 : null,
  }));
}
