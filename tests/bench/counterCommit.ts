// A repayment through contract, domain and store, against one bare encrypted full-sync commit on the same disk, in turn. Two limits: a commit
// that writes as many bytes to the disk as the repayment does, and one of the repayment's own facts alone. What lies between the two is the
// price of tables and indices; what lies above the first is the price of our program.
import { besideLimit, type Figure } from './figure.ts';
import { logBytesOf, openBareTable } from './bareTable.ts';
import { quantile, type BenchBranch } from './benchBranch.ts';
import { activeLoans, cutLine, openPulled, paymentTypeForCash } from './pulledOffice.ts';

const WARM_UP = 50;
const SAMPLES = 600;
const LOANS = 300;
const PAGE_BYTES = 4_096;

/** The bytes of every value of every row of the journal. */
function factBytes(bench: BenchBranch): number {
  const database = bench.store.database;
  const tables = database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'journal_%'")
    .pluck()
    .all() as string[];
  return tables.reduce((sum, table) => {
    const columns = (database.prepare(`SELECT name FROM pragma_table_info('${table}')`).pluck().all() as string[]).map(
      (column) => `length(CAST(coalesce("${column}", '') AS BLOB))`,
    );
    return (
      sum +
      Number(
        database
          .prepare(`SELECT coalesce(sum(${columns.join(' + ')}), 0) FROM "${table}"`)
          .pluck()
          .get(),
      )
    );
  }, 0);
}

export async function counterCommit(clients: number): Promise<readonly Figure[]> {
  const { bench, close } = await openPulled(clients);
  const paymentTypeId = await paymentTypeForCash(bench);
  const loans = await activeLoans(bench, LOANS);
  await cutLine(bench);
  let taken = 0;
  const inputOfNext = () => {
    taken += 1;
    return {
      formId: bench.parts.ids.newId(),
      loanId: loans[taken % loans.length] ?? '',
      amountMinor: 100,
      paidWith: { paymentTypeId },
      overpaymentSeen: true,
    };
  };
  const take = (): void => {
    const answer = bench.branch.handlers.loans.takeRepayment(
      { ...inputOfNext(), additionalMinor: 0, feesMinor: 0, note: '' },
      { channel: 'cashier' },
    );
    if (answer instanceof Promise || !answer.ok)
      throw new Error(`a repayment was refused: ${answer instanceof Promise ? 'late' : answer.refusal.code}`);
  };

  for (let round = 0; round < WARM_UP; round += 1) take();
  const before = factBytes(bench);
  take();
  const payload = Buffer.alloc(factBytes(bench) - before, 120);
  const logBytes = logBytesOf(bench.store.database, bench.file, 20, take);
  const sameBytes = openBareTable(bench.folder, bench.key, 'same-bytes');
  const payloadOnly = openBareTable(bench.folder, bench.key, 'payload-only');
  // A blob's own pages come on top of the one or two that lead to it, so its length is found by trying.
  let pages = Math.max(1, Math.round(logBytes / PAGE_BYTES));
  const bodyOf = (count: number): Buffer => Buffer.alloc(count * (PAGE_BYTES - 100), 120);
  let bareLog = logBytesOf(sameBytes.database, sameBytes.file, 20, () => sameBytes.commit(bodyOf(pages)));
  while (bareLog > logBytes && pages > 1) {
    pages -= 1;
    bareLog = logBytesOf(sameBytes.database, sameBytes.file, 20, () => sameBytes.commit(bodyOf(pages)));
  }
  const body = bodyOf(pages);

  const samples = { through: [] as number[], same: [] as number[], payload: [] as number[], signed: [] as number[] };
  for (let round = 0; round < WARM_UP + SAMPLES; round += 1) {
    const input = inputOfNext();
    const began = performance.now();
    await bench.ask('loans.takeRepayment', input);
    const between = performance.now();
    sameBytes.commit(body);
    const after = performance.now();
    payloadOnly.commit(payload);
    const ended = performance.now();
    if (round < WARM_UP) continue;
    samples.through.push(between - began);
    samples.same.push(after - between);
    samples.payload.push(ended - after);
  }
  // What the signature of the receipt costs of all that.
  const { signer } = bench.parts;
  const words = bench.store.read((read) => read.lastReceipt()?.proof ?? '').slice(0, -104);
  for (let round = 0; round < WARM_UP + SAMPLES; round += 1) {
    const began = performance.now();
    signer?.sign(words);
    if (round >= WARM_UP) samples.signed.push(performance.now() - began);
  }
  sameBytes.close();
  payloadOnly.close();
  await close();
  const kilobytes = (bytes: number): string => `${(bytes / 1_000).toFixed(1)} kB`;
  return ([0.5, 0.99] as const).flatMap((share) => {
    const percentile = `p${String(share * 100)}`;
    const common = { value: quantile(samples.through, share), unit: 'ms' };
    return [
      besideLimit({
        name: `counterCommit ${percentile}`,
        scale: `${clients} clients; ${kilobytes(logBytes)} to the disk, bare ${kilobytes(bareLog)}`,
        ...common,
        limit: quantile(samples.same, share),
        aim: share === 0.5 ? { ratio: 1.5 } : null,
      }),
      besideLimit({
        name: `counterCommit, payload only ${percentile}`,
        scale: `${clients} clients; ${kilobytes(payload.length)} of facts`,
        ...common,
        limit: quantile(samples.payload, share),
        aim: null,
      }),
      besideLimit({
        name: `signReceipt ${percentile}`,
        scale: `${clients} clients; of the whole repayment`,
        value: quantile(samples.signed, share),
        unit: 'ms',
        limit: quantile(samples.through, share),
        aim: share === 0.5 ? { ratio: 0.1 } : null,
      }),
    ];
  });
}
