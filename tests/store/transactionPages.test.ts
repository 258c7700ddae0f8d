// An account of twenty thousand lines: opening it reads its newest page and no other, and a line more writes one page.

import { beforeAll, expect, test } from 'vitest';
import type { PulledTransaction } from '../../electron/ports/headOffice.ts';
import { StoreFault } from '../../electron/ports/store.ts';
import { openStore } from '../../electron/store/openStore.ts';
import type { OpenedStore } from '../../electron/store/openStore.ts';
import { PAGE_LINES } from '../../electron/store/tables/transactionPages.ts';
import type { LocalId } from '../../shared/kernel/ids.ts';
import { addDays } from '../../shared/kernel/businessDate.ts';
import { AT, aSavings, newId } from './storeWorld.ts';

const LINES = 20_000;

/** Four lines a day, the last days longer than a page. */
function lineAt(at: number): PulledTransaction {
  return {
    serverTransactionId: at + 1,
    externalId: null,
    what: 'deposit',
    businessDate: addDays('2012-01-01', Math.floor(at / 4)),
    amountMinor: 100 + at,
    balanceMinor: null,
    reversed: false,
    receiptNumber: null,
  };
}

const lines = Array.from({ length: LINES }, (_, at) => lineAt(at));
let store: OpenedStore;
let savingsId: LocalId;

beforeAll(() => {
  store = openStore({ file: ':memory:', key: null, now: () => AT, ownerName: 'test' });
  save(lines);
  savingsId = store.read((read) => read.localIdOf('savings', 9)) ?? newId();
});

function save(transactions: readonly PulledTransaction[]): void {
  store.write((write) => write.saveSavings([{ ...aSavings(9, 12), transactions }], AT, newId));
}

function newest(most: number): { readonly ids: readonly number[]; readonly total: number } {
  const { rows, total } = store.read((read) => read.newestSavingsTransactions(savingsId, most));
  return { ids: rows.map((row) => row.serverTransactionId), total };
}

test('the newest come first, whole days, with the number of all', () => {
  const found = newest(50);
  expect(found.total).toBe(LINES);
  expect(found.ids).toEqual(Array.from({ length: 52 }, (_, at) => LINES - at));
});

test('however deep one turns over, every line is there once', () => {
  for (const most of [PAGE_LINES - 1, PAGE_LINES, PAGE_LINES + 1, 3 * PAGE_LINES + 7, LINES, LINES + 5]) {
    const { ids } = newest(most);
    expect(ids).toEqual(Array.from({ length: ids.length }, (_, at) => LINES - at));
    expect(ids.length).toBeGreaterThanOrEqual(Math.min(most, LINES));
    expect(ids.length).toBeLessThan(most + 4);
  }
  expect(store.read((read) => read.savingsTransactions(savingsId))).toEqual(lines);
});

test('a day that lies across two pages is read whole', () => {
  const long = lines.map((line, at) => (at >= LINES - PAGE_LINES - 30 ? { ...line, businessDate: '2030-01-01' } : line));
  save(long);
  expect(newest(5).ids).toHaveLength(PAGE_LINES + 30);
  save(lines);
});

test('a line more writes the newest page, and a list that became short leaves none behind', () => {
  const changes = (): number => Number(store.database.prepare('SELECT total_changes()').pluck().get());
  save(lines);
  const before = changes();
  save([...lines, lineAt(LINES)]);
  expect(changes() - before).toBeLessThan(6);
  expect(newest(1)).toMatchObject({ total: LINES + 1 });
  save(lines.slice(0, 7));
  expect(newest(50)).toEqual({ ids: [7, 6, 5, 4, 3, 2, 1], total: 7 });
  save([]);
  expect(newest(50)).toEqual({ ids: [], total: 0 });
  save(lines);
});

test('the older pages are not read to show the newest', () => {
  store.database.exec(`UPDATE replica_older_transactions SET transactions = '"unreadable"'`);
  expect(newest(50).ids).toHaveLength(52);
  expect(() => store.read((read) => read.savingsTransactions(savingsId))).toThrow(StoreFault);
});
