// The seeded book: the same bytes for the same seed, its size, its speed, and that its histories stand the rules of live ones.
// The time limits count the processor's time, so that a busy machine does not fail them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { createPracticeHeadOffice } from '../../electron/practice/createPracticeHeadOffice.ts';
import { at, listAt, money, practiceWorld } from './practiceWorld.ts';

const now = (): number => Date.UTC(2026, 10, 20, 9);

test('the same seed gives the same bytes, another seed does not', () => {
  const image = (seed: number): string => practiceWorld({ seed, clients: 30 }).office.snapshot().toString('base64');
  expect(image(7)).toBe(image(7));
  expect(image(7)).not.toBe(image(8));
});

test('the same requests on the same seed give the same bytes', () => {
  const run = (): string => {
    const world = practiceWorld();
    world.post('/savingsaccounts/2/transactions?command=deposit', money(5), { key: 'k' });
    world.post('/loans/1/transactions?command=repayment', money(5));
    world.office.control.postInterest();
    return world.office.snapshot().toString('base64');
  };
  expect(run()).toBe(run());
});

test('numbers scale: 420 clients bring 30 groups, 350 loans and 400 savings accounts, and three loans of groups themselves', () => {
  const world = practiceWorld({ clients: 420, manners: { loanTotals: 'right' } });
  const total = (url: string): unknown => at(world.read(`${url}?limit=1`), 'totalFilteredRecords');
  expect([total('/clients'), total('/loans'), total('/savingsaccounts')]).toEqual([420, 353, 400]);
  expect(listAt(world.read('/groups')).length).toBe(30);
  expect(listAt(world.read('/staff')).length).toBe(5);
  const clients = listAt(world.read('/clients'), 'pageItems');
  expect(new Set(clients.map((client) => at(client, 'displayName'))).size).toBe(420);
  expect(new Set(clients.map((client) => at(client, 'mobileNo'))).size).toBe(420);
  expect(world.office.ledger().balanced).toBe(true);
});

test('seeded histories stand the rules of live ones: each loan and account replays to itself', () => {
  const world = practiceWorld({ clients: 60 });
  for (const loan of listAt(world.read('/loans?status=300'), 'pageItems')) {
    const id = String(at(loan, 'id'));
    const before = listAt(world.read(`/loans/${id}?associations=transactions`), 'transactions').length;
    expect(world.post(`/loans/${id}/transactions?command=repayment`, money(1)).status).toBe(200);
    // One row more and nothing replayed: the seeded shares were the right ones.
    expect(listAt(world.read(`/loans/${id}?associations=transactions`), 'transactions').length).toBe(before + 1);
  }
  for (const account of listAt(world.read('/savingsaccounts'), 'pageItems')) {
    if (Number(at(account, 'subStatus.id')) >= 400 || Number(at(account, 'summary.availableBalance')) < 100) continue;
    expect(world.post(`/savingsaccounts/${String(at(account, 'id'))}/transactions?command=withdrawal`, money(1)).status).toBe(200);
  }
  expect(world.office.ledger().balanced).toBe(true);
});

test('lists page by offset and limit; without a limit everything comes', () => {
  const world = practiceWorld({ clients: 30 });
  const ids = (url: string): unknown[] => listAt(world.read(url), 'pageItems').map((row) => at(row, 'id'));
  expect(ids('/clients?orderBy=id&sortOrder=ASC&offset=10&limit=5')).toEqual([11, 12, 13, 14, 15]);
  expect(ids('/clients?offset=10').length).toBe(30);
  expect(world.send('GET', '/clients?orderBy=shoe_size').status).toBe(500);
  expect(world.send('GET', '/clients?limit=two').status).toBe(404);
});

test('a branch of ten thousand takes no longer than its clients: nothing is looked up in all of them for each', () => {
  const timed = (clients: number): number => {
    // Time on the processor, not on the wall: the machine may be busy with something else.
    const start = process.cpuUsage();
    const office = createPracticeHeadOffice({ file: ':memory:', now, clients });
    const { user, system } = process.cpuUsage(start);
    const took = (user + system) / 1000;
    expect(office.ledger().balanced).toBe(true);
    office.close();
    return took;
  };
  timed(8);
  const thousand = Math.min(timed(1_000), timed(1_000));
  expect(timed(10_000)).toBeLessThan(30 * thousand);
}, 60_000);

test('the book survives in its file, and a snapshot restores an older state', () => {
  const folder = mkdtempSync(join(tmpdir(), 'practice-'));
  const file = join(folder, 'practice.db');
  try {
    const first = createPracticeHeadOffice({ file, now, clients: 8 });
    const older = first.snapshot();
    first.control.actAs({ username: 'daniel', kind: 'deposit', accountId: 2, amountMinor: 100 });
    first.control.advanceBusinessDate(3);
    const ledger = first.ledger();
    first.close();
    const again = createPracticeHeadOffice({ file, now, clients: 99 });
    expect(again.ledger()).toEqual(ledger);
    expect(again.control.businessDate()).toBe('2026-11-23');
    again.close();
    const restored = createPracticeHeadOffice({ file: '', now, database: new Database(older) });
    expect(restored.ledger().debits).toBe(ledger.debits - 100);
    expect(restored.control.businessDate()).toBe('2026-11-20');
    restored.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
