// A day's queue over a slow line: every command in order per account, accounts side by side, against one command after the other.
import { until } from './benchBranch.ts';
import { besideLimit, type Figure } from './figure.ts';
import { activeLoans, cutLine, openPulled, paymentTypeForCash, type OpenedOffice } from './pulledOffice.ts';

const LATENCY_MS = 300;

interface Account {
  readonly kind: 'loan' | 'savings';
  readonly id: string;
}

/** Loans and savings in turn, as far as there are that many. */
async function openAccounts({ bench }: OpenedOffice, count: number): Promise<readonly Account[]> {
  const loans = await activeLoans(bench, Math.ceil(count / 2));
  const clients = (await bench.ask('clients.list', { show: 'active', most: 200 })) as {
    readonly rows: readonly { readonly clientId: string }[];
  };
  const savings = bench.store.read((read) =>
    clients.rows.flatMap(({ clientId }) => read.savingsOf(clientId).filter((account) => account.status === 'active')),
  );
  const accounts: readonly Account[] = [
    ...loans.map((id) => ({ kind: 'loan' as const, id })),
    ...savings.map(({ savingsId }) => ({ kind: 'savings' as const, id: savingsId })),
  ].slice(0, count);
  if (accounts.length < count) throw new Error(`only ${accounts.length} accounts take money`);
  return accounts;
}

async function queue({ bench }: OpenedOffice, accounts: readonly Account[], count: number): Promise<void> {
  const paymentTypeId = await paymentTypeForCash(bench);
  for (let at = 0; at < count; at += 1) {
    const account = accounts[at % accounts.length];
    const common = { formId: bench.parts.ids.newId(), amountMinor: 100, paidWith: { paymentTypeId } };
    if (account?.kind === 'savings') await bench.ask('savings.takeDeposit', { ...common, savingsId: account.id });
    else await bench.ask('loans.takeRepayment', { ...common, loanId: account?.id ?? '', overpaymentSeen: true });
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
  const open = await openAccounts(office, accounts);
  await cutLine(office.bench);
  await queue(office, open, commands);
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
