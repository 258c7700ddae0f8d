// The window over answers that a real head office gave: columns are read by name, pages end with a short one, and what a report brings has
// the shape that the API's answers have.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ALL_REPORTS, REPORTS, rightOf, versionIn, descriptionOf } from '../../../electron/fineract/window/reports.ts';
import type { Answer } from '../../../electron/ports/headOffice.ts';
import { answered, scripted, teller } from './scripted.ts';

interface Recorded {
  readonly report: string;
  readonly note: string;
  readonly status: number;
  readonly answer: { readonly columnHeaders: readonly { readonly columnName: string }[]; readonly data: readonly { row: unknown[] }[] };
}

/** Columns that a report got after its answers were recorded: none of the recorded rows had anything in them. */
const ADDED_SINCE: readonly string[] = ['transfer', 'heldfor'];

function asAskedToday(each: Recorded): Recorded {
  if (each.status !== 200) return each;
  const columns = ALL_REPORTS.find(({ name }) => name === each.report)?.columns ?? [];
  const had = each.answer.columnHeaders.map(({ columnName }) => columnName);
  const added = columns.filter((column) => ADDED_SINCE.includes(column) && !had.includes(column));
  if (added.length === 0) return each;
  const now = columns.filter((column) => had.includes(column) || added.includes(column));
  const data = each.answer.data.map(({ row }) => ({ row: now.map((column) => (had.includes(column) ? row[had.indexOf(column)] : null)) }));
  return { ...each, answer: { columnHeaders: now.map((columnName) => ({ columnName })), data } };
}

const RECORDED = (JSON.parse(readFileSync(new URL('./windowAnswers.json', import.meta.url), 'utf8')) as readonly Recorded[]).map(
  asAskedToday,
);

function recorded(report: string, note?: string): Recorded {
  return RECORDED.find((each) => each.report === report && (note === undefined || each.note.startsWith(note)))!;
}

function pathOf(report: string): string {
  return `GET /runreports/${encodeURIComponent(report)}?`;
}

/** A head office that answers these reports as it did once. */
function over(...answers: readonly Recorded[]): ReturnType<typeof scripted> {
  return scripted(Object.fromEntries(answers.map((each) => [pathOf(each.report), answered(each.status, each.answer)])));
}

function valueOf<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(JSON.stringify(answer.trouble));
  return answer.value;
}

describe('the reports', () => {
  it('name only columns that their statements give, and placeholders that are sent', () => {
    for (const report of ALL_REPORTS) {
      for (const column of report.columns) expect(report.sql).toMatch(new RegExp(`\\bas ${column}\\b`));
      const placeholders = [...report.sql.matchAll(/\$\{(\w+)\}/g)].map((match) => match[1]!);
      expect(placeholders.filter((name) => name !== 'currentUserHierarchy' && !report.parameters.includes(name))).toEqual([]);
      expect(report.sql).not.toMatch(/;|--|\n| {2}/);
      expect(report.name).toMatch(/^Tawi [A-Za-z]+$/);
      expect(Buffer.byteLength(report.sql)).toBeLessThan(16_000);
    }
  });

  it('are told from others by their description, and their right by their name', () => {
    expect(versionIn(descriptionOf(7))).toBe(7);
    expect(versionIn('Loans by branch')).toBeNull();
    expect(rightOf(REPORTS.loans)).toBe('READ_Tawi Loans');
  });

  it('gave on a real head office the columns that are read here', () => {
    for (const each of RECORDED.filter(({ status }) => status === 200)) {
      const report = ALL_REPORTS.find(({ name }) => name === each.report)!;
      expect(each.answer.columnHeaders.map(({ columnName }) => columnName)).toEqual([...report.columns]);
    }
  });
});

const FIRST = { offset: 0, after: 0, most: 400 };

describe('a recorded answer', () => {
  it('of clients brings names as they were written, and says who is not there', async () => {
    const { headOffice } = over(recorded('Tawi Clients', 'odd names'));
    const read = valueOf(await headOffice.window.readShelf('clients', [61, 62, 63, 64, 65, 66, 67], teller));
    expect(read.rows.map((row) => row.serverId)).toEqual([61, 62, 63, 64, 65, 66]);
    expect(read.rows.every((row) => row.displayName.length > 0 && row.status !== 'other')).toBe(true);
    expect(read).toMatchObject({ gone: [67], unreadable: [] });
  });

  it("of a group names each member once, and the group's own savings", async () => {
    const { headOffice } = over(recorded('Tawi Groups'));
    const page = valueOf(await headOffice.window.listShelf('groups', FIRST, teller));
    const [group] = page.listed;
    expect(page.listed).toHaveLength(1);
    expect(new Set(group?.row?.memberServerIds).size).toBe(group?.row?.memberServerIds.length);
    expect(group?.row?.memberServerIds.length).toBeGreaterThan(1);
    expect(group?.row?.savingsServerIds).toEqual([36]);
  });

  it('of loans is whole with its instalments and transactions; before the disbursement nothing is owed', async () => {
    const { headOffice, asked } = over(recorded('Tawi Loans'), recorded('Tawi LoanPeriods'), recorded('Tawi LoanTransactions'));
    const read = valueOf(await headOffice.window.readShelf('loans', [2, 14, 37, 44], teller));
    // The recorded children are another loan's: what shows no transaction though money moved was cut short.
    expect(read.unreadable).toEqual([
      { serverId: 14, why: 'loan 14: transactions' },
      { serverId: 37, why: 'loan 37: transactions' },
    ]);
    const [active, pending] = read.rows;
    expect(active).toMatchObject({
      serverId: 2,
      externalId: 'L-EXT-0',
      accountNo: '000000002',
      clientServerId: 1,
      groupServerId: null,
      productName: 'Biashara',
      currency: { code: 'KES', decimals: 2 },
      status: 'active',
      principalMinor: 2_000_000,
      outstandingMinor: 1_464_776,
      strategy: 'mifos-standard-strategy',
      needsServerReckoning: false,
    });
    // Head office gives a schedule that was made anew its ids in any order.
    expect(active!.periods.map((each) => each.period)).toEqual([1, 4, 8]);
    expect(active!.periods[0]).toEqual({
      period: 1,
      dueDate: '2026-06-12',
      principalDueMinor: 149_119,
      principalOutstandingMinor: 0,
      interestDueMinor: 40_000,
      interestOutstandingMinor: 0,
      feeDueMinor: 0,
      feeOutstandingMinor: 0,
      penaltyDueMinor: 0,
      penaltyOutstandingMinor: 0,
      paidMinor: 189_119,
    });
    expect(active!.transactions.find((each) => each.what === 'repayment')).toMatchObject({
      serverTransactionId: 5,
      businessDate: '2026-06-12',
      amountMinor: 189_119,
      balanceMinor: 1_850_881,
      receiptNumber: 'OLD-2-2026-06-12',
      reversed: false,
    });
    expect(pending).toMatchObject({ serverId: 44, status: 'submitted', outstandingMinor: 0, transactions: [] });
    // Every placeholder has its parameter, always.
    expect(asked[0]!.url).toBe(
      '/runreports/Tawi%20Loans?R_after=0&R_most=4&R_mode=1&R_ids=2%2C14%2C37%2C44&R_since=0&R_tx=0&genericResultSet=true',
    );
  });

  it('of savings knows holds, group owners and what changed since', async () => {
    const { headOffice, asked } = over(
      recorded('Tawi Savings'),
      recorded('Tawi SavingsCharges'),
      recorded('Tawi SavingsTransactions', 'deposit, interest'),
    );
    const wanted = { after: 0, since: '2026-11-28 12:57:41.015670', aboveTransaction: 120, isKnown: () => false };
    const page = valueOf(await headOffice.window.changedIn('savings', wanted, teller));
    expect([...page.marks.keys()]).toEqual([43, 45, 46, 58]);
    expect(page.marks.get(46)).toBe('29 2026-11-28 12:57:41.015670');
    expect(page).toMatchObject({ next: null, newest: '2026-11-28 13:12:50.438294' });
    // Asked for from five minutes before, for a moment is set before its row can be seen.
    expect(asked[0]!.url).toContain(`R_since=${String(Date.UTC(2026, 10, 28, 12, 52, 41) / 1_000)}&R_tx=120&`);
    const again = valueOf(
      await headOffice.window.changedIn('savings', { ...wanted, isKnown: (id, mark) => page.marks.get(id) === mark }, teller),
    );
    expect(again.listed).toEqual([]);
    expect(asked.filter(({ url }) => url.includes('SavingsTransactions'))).toHaveLength(1);
  });

  it('of a tally names the sums and the highest ids', async () => {
    const all = RECORDED.filter((each) => each.report === 'Tawi Tally');
    const tally = valueOf(await over(all[1]!).headOffice.window.tally('shelves', teller));
    expect(tally.rows).toEqual({ clients: 10_068, groups: 7, loans: 8_052, savings: 9_561 });
    expect(tally.newest.loans).toBe('2026-11-28 13:13:00.726040');
    expect(tally.top.command).toBeGreaterThan(0);
  });

  it('of commands tells their fate, the waiting and the refused among them', async () => {
    const page = valueOf(await over(recorded('Tawi Commands')).headOffice.window.commands({ which: 'after', commandId: 0 }, teller));
    const fates = new Map(page.rows.map((row) => [row.auditId, row.fate]));
    expect(fates.get(799)).toBe('processed');
    expect(fates.get(800)).toBe('error');
    const waiting = over(recorded('Tawi Commands', 'awaiting')).headOffice;
    const pending = valueOf(await waiting.window.commands({ which: 'these', commandIds: [819, 822] }, teller));
    expect(pending.rows.slice(0, 2)).toMatchObject([
      { auditId: 819, fate: 'waiting', unfinished: true, savingsServerId: 46 },
      { auditId: 822, fate: 'waiting', unfinished: true, loanServerId: 10 },
    ]);
    expect(page.rows.find((row) => row.auditId === 801)).toMatchObject({ savingsServerId: 46, loanServerId: null, unfinished: false });
  });

  it.each(RECORDED.filter(({ status }) => status !== 200).map((each) => [each.note, each] as const))(
    '%s: refused by its code',
    async (_, each) => {
      const { headOffice } = scripted({ 'GET /runreports/': answered(each.status, each.answer) });
      const answer = await headOffice.window.listShelf('clients', FIRST, teller);
      expect(answer).toMatchObject({ ok: false, trouble: { kind: 'refused', status: each.status } });
      expect(valueOf(await headOffice.window.probe(teller)).fault).toMatch(/^Tawi Clients: error/);
    },
  );
});

describe('an answer that is not to be trusted', () => {
  const clients = recorded('Tawi Clients', 'two clients').answer;

  it('may have more columns, in another order', async () => {
    const answer = {
      columnHeaders: [{ columnName: 'later' }, ...clients.columnHeaders.toReversed()],
      data: clients.data.map(({ row }) => ({ row: [1, ...row.toReversed()] })).toReversed(),
    };
    const same = valueOf(await over(recorded('Tawi Clients', 'two clients')).headOffice.window.listShelf('clients', FIRST, teller));
    const { headOffice } = scripted({ 'GET /runreports/': answered(200, answer) });
    expect(valueOf(await headOffice.window.listShelf('clients', FIRST, teller))).toEqual(same);
  });

  it('lacks a column: the reading stops and names it', async () => {
    const answer = { columnHeaders: clients.columnHeaders.filter(({ columnName }) => columnName !== 'mobile'), data: [] };
    const { headOffice } = scripted({ 'GET /runreports/': answered(200, answer) });
    expect(await headOffice.window.listShelf('clients', FIRST, teller)).toEqual({
      ok: false,
      trouble: { kind: 'nonsense', detail: 'Tawi Clients: column mobile' },
    });
    expect(valueOf(await headOffice.window.probe(teller)).fault).toBe('Tawi Clients: column mobile');
  });

  it('has a row without its columns', async () => {
    const answer = { ...clients, data: [{ row: clients.data[0]!.row.slice(1) }] };
    const { headOffice } = scripted({ 'GET /runreports/': answered(200, answer) });
    expect(await headOffice.window.listShelf('clients', FIRST, teller)).toMatchObject({
      trouble: { kind: 'nonsense', detail: 'Tawi Clients: a row without its columns' },
    });
  });
});
