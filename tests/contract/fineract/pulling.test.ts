// The shelves pulled from the practice head office: whole, counted, and in the branch's words.

import { beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../../electron/ports/headOffice.ts';
import { admin, cashier, manager, person, practiceWorld } from './practiceWorld.ts';
import type { PracticeWorld } from './practiceWorld.ts';

function valueOf<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(JSON.stringify(answer.trouble));
  return answer.value;
}

let world: PracticeWorld;
beforeAll(async () => {
  world = await practiceWorld({ prepared: true, clients: 60 });
});

describe('signing in', () => {
  it('tells who somebody is and what they may do', async () => {
    expect(valueOf(await world.headOffice.signIn(cashier))).toMatchObject({
      username: 'achieng',
      displayName: 'Achieng Odhiambo',
      role: 'Cashier',
      staffServerId: 1,
      officeServerId: 2,
      officeName: 'Kitale branch',
      permissions: expect.arrayContaining([
        'REPAYMENT_LOAN',
        'DEPOSIT_SAVINGSACCOUNT',
        'CREATE_tawi_marker',
        'READ_tawi_marker',
      ]) as unknown,
    });
  });

  it('fails for strangers, and sends nothing that head office would repeat', async () => {
    expect(await world.headOffice.signIn(person('nobody'))).toEqual({ ok: false, trouble: { kind: 'signInNeeded', why: 'refused' } });
    const before = world.asked.length;
    expect(await world.headOffice.signIn(person(''))).toEqual({ ok: false, trouble: { kind: 'signInNeeded', why: 'refused' } });
    expect(world.asked.length).toBe(before);
  });

  it('reaches head office without anybody’s password', async () => {
    expect(valueOf(await world.headOffice.reach())).toEqual({ roundTripMs: 0 });
    expect(world.asked.at(-1)?.headers['authorization']).toBeUndefined();
    world.next('unplugged');
    expect(await world.headOffice.reach()).toEqual({ ok: false, trouble: { kind: 'unreachable', detail: 'ENOTFOUND' } });
  });

  it('knows head office’s day, or that it keeps none', async () => {
    expect(valueOf(await world.headOffice.readBusinessDate(cashier))).toBe('2026-11-20');
    world.practice.control.setConfiguration('enable-business-date', false);
    expect(valueOf(await world.headOffice.readBusinessDate(admin))).toBeNull();
    world.practice.control.setConfiguration('enable-business-date', true);
  });
});

describe('clients and groups', () => {
  it('come page by page until head office’s own count', async () => {
    const seen = new Set<number>();
    let total = 1;
    for (let offset = 0; offset < total; offset += 25) {
      const page = valueOf(await world.headOffice.listShelf('clients', { after: 0, offset, most: 25 }, cashier));
      total = page.total;
      expect(page.listed.length).toBeGreaterThan(0);
      for (const { row } of page.listed) {
        const client = row!;
        expect(client.displayName).not.toBe('');
        expect(client.accountNo).not.toBe('');
        seen.add(client.serverId);
      }
    }
    expect(seen.size).toBe(total);
    const first = Math.min(...seen);
    const byId = valueOf(await world.headOffice.readShelf('clients', [first, 999_999], cashier));
    expect(byId.rows.map((client) => client.serverId)).toEqual([first]);
    expect(byId.gone).toEqual([999_999]);
  });

  it('name their members', async () => {
    const page = valueOf(await world.headOffice.listShelf('groups', { after: 0, offset: 0, most: 10 }, cashier));
    expect(page.listed).toHaveLength(Math.min(10, page.total));
    const groups = valueOf(
      await world.headOffice.readShelf(
        'groups',
        page.listed.map((each) => each.serverId),
        cashier,
      ),
    );
    expect(groups.rows).toHaveLength(page.listed.length);
    for (const group of groups.rows)
      expect(group).toMatchObject({ status: 'active', memberServerIds: expect.arrayContaining([expect.any(Number)]) as unknown });
  });
});

describe('accounts', () => {
  it('come whole, many in one request; those that are gone are named', async () => {
    world.practice.control.setManners({ loanTotals: 'right' });
    const listed = valueOf(await world.headOffice.listShelf('loans', { after: 0, offset: 0, most: 500 }, cashier));
    const ids = listed.listed.map((row) => row.serverId);
    expect(ids.length).toBe(listed.total);
    const before = world.asked.length;
    const loans = valueOf(await world.headOffice.readShelf('loans', [...ids, 888_888], cashier));
    expect(world.asked.length - before).toBe(Math.ceil((ids.length + 1) / 25));
    expect(loans.gone).toEqual([888_888]);
    expect(loans.rows.map((loan) => loan.serverId)).toEqual(ids);
    const active = loans.rows.find((loan) => loan.status === 'active')!;
    expect(active.currency).toEqual({ code: 'KES', decimals: 2 });
    expect(active.periods.length).toBeGreaterThan(0);
    const owed = active.periods.reduce(
      (sum, each) =>
        sum + each.principalOutstandingMinor + each.interestOutstandingMinor + each.feeOutstandingMinor + each.penaltyOutstandingMinor,
      0,
    );
    expect(owed).toBe(active.outstandingMinor);
    expect(active.transactions[0]).toMatchObject({ what: 'disbursement', amountMinor: -active.principalMinor });
  });

  it('of savings add up to the ledger', async () => {
    const listed = valueOf(await world.headOffice.listShelf('savings', { after: 0, offset: 0, most: 500 }, cashier));
    const accounts = valueOf(
      await world.headOffice.readShelf(
        'savings',
        listed.listed.map((row) => row.serverId),
        cashier,
      ),
    );
    expect(accounts.rows).toHaveLength(listed.total);
    for (const account of accounts.rows) {
      const moved = account.transactions.filter((each) => !each.reversed && each.what !== 'hold' && each.what !== 'release');
      expect(moved.reduce((sum, each) => sum + each.amountMinor, 0)).toBe(account.ledgerMinor);
    }
    expect(new Set(accounts.rows.map((row) => row.status)).size).toBeGreaterThan(1);
  });

  it('shows a block and a hold made by another branch', async () => {
    const { serverId, onHoldMinor } = await world.savings();
    world.practice.control.actAs({ username: 'bungoma', kind: 'hold', accountId: serverId, amountMinor: 12_300 });
    world.practice.control.actAs({ username: 'bungoma', kind: 'block', accountId: serverId });
    const [account] = valueOf(await world.headOffice.readShelf('savings', [serverId], cashier)).rows;
    expect(account).toMatchObject({ status: 'blocked', onHoldMinor: onHoldMinor + 12_300 });
  });
});

describe('reference shelves', () => {
  it.each([
    'offices',
    'staff',
    'paymentTypes',
    'currencies',
    'loanProducts',
    'savingsProducts',
    'charges',
    'glAccounts',
    'financialActivities',
  ] as const)('%s', async (shelf) => {
    const rows = valueOf(await world.headOffice.pullReference(shelf, admin));
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map((row) => row.serverId)).size).toBe(rows.length);
    for (const row of rows) expect(row.name).not.toBe('');
  });
});

describe('what the branch reads of them', () => {
  const bodyOf = async (shelf: 'offices' | 'paymentTypes' | 'currencies' | 'loanProducts' | 'glAccounts', name: string): Promise<unknown> =>
    valueOf(await world.headOffice.pullReference(shelf, admin)).find((row) => row.name === name)?.body;

  it('is flat and by name', async () => {
    expect(await bodyOf('offices', 'Kitale branch')).toEqual({
      externalId: 'KTL',
      hierarchy: '.2.',
      parentId: 1,
      parentName: 'Mavuno Microfinance',
      openingDate: '2015-01-05',
    });
    expect(await bodyOf('paymentTypes', 'Cash')).toMatchObject({ isCashPayment: true });
    expect(await bodyOf('currencies', 'Kenyan Shilling')).toMatchObject({ code: 'KES', decimalPlaces: 2 });
    expect(await bodyOf('glAccounts', 'Branch suspense')).toMatchObject({ glCode: '10900', type: 'asset', takesPostings: true });
    const [product] = valueOf(await world.headOffice.pullReference('loanProducts', admin));
    expect(product?.body).toMatchObject({ currencyCode: 'KES', currencyDecimals: 2 });
  });
});

describe('the audit trail', () => {
  it('is newest first, and tells what waits', async () => {
    const { serverId } = await world.savings();
    world.practice.control.actAs({ username: 'bungoma', kind: 'deposit', accountId: serverId, amountMinor: 500 });
    const page = valueOf(await world.headOffice.pullAudits({ offset: 0, most: 5 }, manager));
    expect(page.rows[0]).toMatchObject({ entity: 'SAVINGSACCOUNT', action: 'DEPOSIT', unfinished: false });
    const ids = page.rows.map((row) => row.auditId);
    expect(ids).toEqual(ids.toSorted((a, b) => b - a));
    expect(valueOf(await world.headOffice.pullAuditsById([ids[0]!, 777_777], manager)).map((row) => row.auditId)).toEqual([ids[0]]);
  });
});
