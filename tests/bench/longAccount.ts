// Opening an account of twenty thousand lines through the contract: its page, and the newest page of its client's history.
import { createPracticeHeadOffice } from '../../electron/practice/createPracticeHeadOffice.ts';
import type { PulledTransaction } from '../../electron/ports/headOffice.ts';
import { addDays } from '../../shared/kernel/businessDate.ts';
import { openBenchBranch, quantile, until } from './benchBranch.ts';
import { cutLine } from './pulledOffice.ts';
import { stated, type Figure } from './figure.ts';

const LINES_A_DAY = 4;
const TIMES = 60;

function lineAt(at: number): PulledTransaction {
  return {
    serverTransactionId: at + 1,
    externalId: null,
    what: at % 2 === 0 ? 'deposit' : 'withdrawal',
    businessDate: addDays('2012-01-01', Math.floor(at / LINES_A_DAY)),
    amountMinor: 100_00,
    balanceMinor: 250_000,
    reversed: false,
    receiptNumber: null,
  };
}

export async function longAccount(lines: number): Promise<readonly Figure[]> {
  const headOffice = createPracticeHeadOffice({ file: ':memory:', now: () => Date.now(), clients: 1 });
  const bench = await openBenchBranch((request) => headOffice.handle(request));
  bench.branch.start();
  await until(() => bench.sync.state().firstPullDone);
  await bench.ask('session.signIn', { username: 'achieng', password: 'practice' });
  await cutLine(bench);
  const serverId = 1_000_000;
  const clientServerId = bench.store.read(
    (read) => read.clients({ show: 'all', businessDate: '2026-01-01', offset: 0, most: 1 }).rows[0]?.serverId ?? 1,
  );
  bench.store.write((write) =>
    write.saveSavings(
      [
        {
          serverId,
          externalId: null,
          accountNo: String(serverId),
          clientServerId,
          groupServerId: null,
          productName: 'Savings',
          currency: { code: 'KES', decimals: 2 },
          status: 'active',
          ledgerMinor: 250_000,
          onHoldMinor: 0,
          guaranteeHeldMinor: 0,
          minimumMinor: 0,
          overdraftMinor: 0,
          lockedInUntil: null,
          withdrawalCharges: [],
          transactions: Array.from({ length: lines }, (_, at) => lineAt(at)),
        },
      ],
      1,
      () => bench.parts.ids.newId(),
    ),
  );
  const savingsId = bench.store.read((read) => read.localIdOf('savings', serverId)) ?? '';
  const clientId = bench.store.read((read) => read.localIdOf('client', clientServerId)) ?? '';
  const opened: number[] = [];
  const turned: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const began = performance.now();
    await bench.ask('savings.show', { savingsId });
    const between = performance.now();
    await bench.ask('clients.listHistory', { clientId, offset: 0, most: 50 });
    opened.push(between - began);
    turned.push(performance.now() - between);
  }
  await bench.end();
  headOffice.close();
  const scale = `${lines} lines`;
  return [
    stated({ name: 'longAccount, opened, p95', scale, value: quantile(opened, 0.95), unit: 'ms', aim: { value: 50 } }),
    stated({ name: 'longAccount, its history, p95', scale, value: quantile(turned, 0.95), unit: 'ms', aim: { value: 50 } }),
  ];
}
