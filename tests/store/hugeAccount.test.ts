// An account of twenty thousand lines opens like one of ten: only what is shown is read, and nothing of it is missing.

import { expect, test } from 'vitest';
import { accountHistory, newestFirst } from '../../electron/branch/clients/history.ts';
import type { PulledTransaction } from '../../electron/ports/headOffice.ts';
import { AT, aSavings, newId, openInMemory } from './storeWorld.ts';

const LINES = 20_000;
const PER_DAY = 7;

/** Seven lines a day, oldest first, as the adapter orders them. */
function lines(): PulledTransaction[] {
  const first = Date.UTC(2015, 0, 5);
  return Array.from({ length: LINES }, (_, index) => ({
    serverTransactionId: index + 1,
    externalId: null,
    what: 'deposit',
    businessDate: new Date(first + Math.floor(index / PER_DAY) * 86_400_000).toISOString().slice(0, 10),
    amountMinor: 100 + index,
    balanceMinor: index,
    reversed: false,
    receiptNumber: `R-${String(index)}`,
  }));
}

test('the newest lines of a huge account come with whole days, in order, and its count is that of all', () => {
  const store = openInMemory();
  store.write((write) => {
    write.saveSavings([{ ...aSavings(57, 1), transactions: lines() }], AT, newId);
  });
  store.read((read) => {
    const savingsId = read.localIdOf('savings', 57) ?? '';
    let receiptsLookedUp = 0;
    const watched = {
      ...read,
      receiptByNumber: (number: string) => {
        receiptsLookedUp += 1;
        return read.receiptByNumber(number);
      },
    };
    const shown = accountHistory(watched, 'savings', savingsId, 50);
    expect(shown.total).toBe(LINES);
    expect(receiptsLookedUp).toBeLessThan(50 + PER_DAY);
    expect(shown.lines.toSorted(newestFirst).slice(0, 50)).toEqual(
      accountHistory(read, 'savings', savingsId, LINES).lines.toSorted(newestFirst).slice(0, 50),
    );
    const dates = shown.lines.map((line) => line.businessDate);
    expect(read.savingsTransactions(savingsId).filter((line) => dates.includes(line.businessDate))).toHaveLength(shown.lines.length);
  });
});
