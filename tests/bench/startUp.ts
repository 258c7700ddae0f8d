// From nothing to the first usable call, with a long journal and with a short one, in turn. The journal is written by the use case's own
// transaction and closed by the same moves that a sync makes, day after day, and ends without a clean end, as after a power cut.
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { recordOperation } from '../../electron/branch/counter/recordOperation.ts';
import { payerOf } from '../../electron/journal/payerOf.ts';
import { moveCommand } from '../../electron/journal/moveCommand.ts';
import { emptyLog } from './bareTable.ts';
import { median, openBenchBranch, scratchFolder, type KeptBooks } from './benchBranch.ts';
import { besideLimit, type Figure } from './figure.ts';
import { cutLine, openPulled } from './pulledOffice.ts';

const PER_DAY = 400;
const STILL_WAITING = 40;
const DAY_MS = 24 * 3_600_000;
const ROUNDS = 9;

async function booksWith(clients: number, entries: number): Promise<KeptBooks> {
  const { bench, close } = await openPulled(clients);
  await cutLine(bench);
  await bench.ask('cash.closeDrawer', { countedMinor: 0, reason: '' });
  const { store, parts } = bench;
  const loans = store.read(
    (read) => read.loans({ show: 'active', businessDate: parts.clock.localDate(parts.clock.now()), offset: 0, most: 300 }).rows,
  );
  const already = store.read((read) => read.countEntries());
  const wanted = entries - already;
  const days = Math.ceil(wanted / PER_DAY);
  const today = parts.clock.now();
  let written = 0;
  for (let day = 0; day < days; day += 1) {
    const startsAt = today - (days - day) * DAY_MS;
    const moved = { ...parts, clock: { ...parts.clock, now: () => startsAt + written } };
    const businessDate = parts.clock.localDate(startsAt);
    store.write((write) => {
      const drawerId = parts.ids.newId();
      write.insertDrawer({
        drawerId,
        name: 'Drawer',
        username: 'achieng',
        businessDate,
        openedAt: startsAt,
        openingMinor: 0,
        currency: 'KES',
        closedAt: null,
        countedMinor: null,
        differenceMinor: null,
        reason: null,
      });
      const drawer = write.drawer(drawerId);
      if (drawer === null) throw new Error('a drawer that was just opened is gone');
      let takenMinor = 0;
      for (let turn = 0; turn < PER_DAY && written < wanted; turn += 1) {
        const loan = loans[written % loans.length];
        if (loan === undefined) throw new Error('no loan takes money');
        const receipt = recordOperation(write, moved, {
          formId: parts.ids.newId(),
          pageId: null,
          username: 'achieng',
          servedBy: 'Achieng Odhiambo',
          drawer,
          payer: payerOf(write, loan),
          handedBy: null,
          payment: { paymentTypeId: 1 },
          paymentTypeName: 'Cash',
          cash: true,
          givenMinor: null,
          notes: null,
          note: '',
          clockDoubt: false,
          agreedBy: null,
          lines: [
            {
              kind: 'loanRepayment',
              account: { kind: 'loan', id: loan.loanId, accountNo: loan.accountNo, productName: loan.productName, currency: loan.currency },
              amountMinor: 100,
              allocation: null,
              parts: null,
              fee: null,
              balanceAfterMinor: loan.outstandingMinor,
              nextDueDate: null,
              nextDueMinor: null,
              balancesAsOf: startsAt,
              payloadOf: (money) => ({ kind: 'loanRepayment', loanId: loan.loanId, ...money }),
              facts: {},
            },
          ],
        });
        written += 1;
        takenMinor += 100;
        if (written > wanted - STILL_WAITING || receipt.commandId === null) continue;
        moveCommand(write, moved, receipt.commandId, { kind: 'send' }, 'achieng');
        moveCommand(
          write,
          moved,
          receipt.commandId,
          { kind: 'answer', outcome: { kind: 'accepted', serverTransactionId: 10_000_000 + written, how: 'posted' } },
          'achieng',
        );
        write.saveEffects(receipt.commandId, { standing: 'retired', included: true });
      }
      write.closeDrawer(drawerId, { closedAt: startsAt + PER_DAY, countedMinor: takenMinor, differenceMinor: 0, reason: '' });
    });
  }
  emptyLog(store.database);
  const kept: KeptBooks = { file: join(scratchFolder(), 'branch.sqlite'), key: bench.key };
  // Copied while the branch is open: these books say that it never ended.
  copyFileSync(bench.file, kept.file);
  await close();
  return kept;
}

async function startOnce(kept: KeptBooks): Promise<number> {
  // The copy of the file is made before the clock starts, inside openBenchBranch; its own time is taken off below.
  const began = performance.now();
  const bench = await openBenchBranch(() => ({ status: 503, headers: {}, body: '' }), kept);
  bench.setLine(false);
  bench.branch.start();
  await bench.ask('session.showStart', {});
  const took = performance.now() - began - bench.copiedMs;
  await bench.end();
  return took;
}

export async function startUp(clients: number, long: number, short: number): Promise<readonly Figure[]> {
  const shortBooks = await booksWith(clients, short);
  const longBooks = await booksWith(clients, long);
  const value: number[] = [];
  const limit: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const longMs = await startOnce(longBooks);
    const shortMs = await startOnce(shortBooks);
    if (round === 0) continue;
    value.push(longMs);
    limit.push(shortMs);
  }
  for (const kept of [shortBooks, longBooks]) rmSync(join(kept.file, '..'), { recursive: true, force: true });
  return [
    besideLimit({
      name: 'startUp',
      scale: `${long} journal entries; limit: ${short}`,
      value: median(value),
      unit: 'ms',
      limit: median(limit),
      aim: { ratio: 1.5 },
    }),
  ];
}
