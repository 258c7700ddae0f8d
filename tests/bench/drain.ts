// A day's queue over a slow line: every command in order per account, accounts side by side, against one command after the other.
import { until } from './benchBranch.ts';
import { besideLimit, type Figure } from './figure.ts';
import { activeLoans, cutLine, openPulled, paymentTypeForCash, type OpenedOffice } from './pulledOffice.ts';

const LATENCY_MS = 300;

async function queue({ bench }: OpenedOffice, loans: readonly string[], count: number): Promise<void> {
  const paymentTypeId = await paymentTypeForCash(bench);
  for (let at = 0; at < count; at += 1) {
    await bench.ask('loans.takeRepayment', { formId: bench.parts.ids.newId(), loanId: loans[at % loans.length] ?? '', amountMinor: 100, paidWith: { paymentTypeId }, overpaymentSeen: true });
  }
}

/** From the return of the line until the last command is answered. */
async function drainOver({ bench }: OpenedOffice): Promise<number> {
  const waiting = (): number => bench.store.read((read) => read.countUnfinished());
  bench.setLatency(LATENCY_MS);
  const began = performance.now();
  bench.setLine(true);
  bench.sync.wake();
  await until(() => waiting() === 0, 5);
  return performance.now() - began;
}

async function withQueue(clients: number, accounts: number, commands: number): Promise<number> {
  const office = await openPulled(clients);
  const loans = await activeLoans(office.bench, accounts);
  if (loans.length < accounts) throw new Error(`only ${loans.length} loans take money`);
  await cutLine(office.bench);
  await queue(office, loans, commands);
  const took = await drainOver(office);
  office.bench.setLatency(0);
  await office.close();
  return took;
}

/** One account keeps its commands in order, so its queue is one by one by nature; the difference of two lengths leaves the reconnect out. */
async function oneByOneMs(clients: number, sample: number): Promise<number> {
  const short = await withQueue(clients, 1, 2);
  const long = await withQueue(clients, 1, 2 + sample);
  return (long - short) / sample;
}

export async function drain(clients: number, commands: number, accounts: number): Promise<readonly Figure[]> {
  const sample = 20;
  const each = await oneByOneMs(clients, sample);
  const took = await withQueue(clients, accounts, commands);
  return [
    besideLimit({
      name: 'drain',
      scale: `${commands} commands, ${accounts} accounts, ${LATENCY_MS} ms; limit: ${sample} one by one, times ${commands / sample}`,
      value: took / 1_000,
      unit: 's',
      limit: (each * commands) / 1_000,
      aim: { ratio: 0.15 },
    }),
  ];
}
