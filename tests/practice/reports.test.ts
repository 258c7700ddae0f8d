// Practice plays the reports of the window: with the columns and the refusals that a real head office gave, and with the same facts as its API.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ALL_REPORTS, rightOf } from '../../electron/fineract/window/reports.ts';
import type { Answer, ShelfName } from '../../electron/ports/headOffice.ts';
import { Redacted } from '../../shared/kernel/redacted.ts';
import { admin, cashier, practiceWorld, savingsOf } from '../contract/fineract/practiceWorld.ts';
import type { PracticeWorld } from '../contract/fineract/practiceWorld.ts';

interface Recorded {
  readonly report: string;
  readonly request: string | null;
  readonly status: number;
  readonly answer: {
    readonly columnHeaders?: readonly { readonly columnName: string; readonly columnType: string; readonly columnDisplayType: string }[];
    readonly userMessageGlobalisationCode?: string;
    readonly errors?: readonly { readonly userMessageGlobalisationCode: string }[];
  };
}

const RECORDED = JSON.parse(
  readFileSync(new URL('../contract/fineract/windowAnswers.json', import.meta.url), 'utf8'),
) as readonly Recorded[];

function valueOf<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(JSON.stringify(answer.trouble));
  return answer.value;
}

async function windowed(): Promise<PracticeWorld> {
  const world = await practiceWorld({ prepared: true });
  valueOf(await world.headOffice.window.prepare(admin));
  return world;
}

/** The API lists no savings of a group: they are named by the group. */
async function ofGroups({ headOffice }: PracticeWorld): Promise<readonly number[]> {
  const { listed } = valueOf(await headOffice.listShelf('groups', { offset: 0, after: 0, most: 200 }, admin));
  const ids = listed.map((each) => each.serverId);
  const groups = valueOf(await headOffice.readShelf('groups', ids, admin));
  return groups.rows.flatMap((group) => group.savingsServerIds);
}

async function allOf(world: PracticeWorld, shelf: ShelfName, how: 'api' | 'window'): Promise<Map<number, unknown>> {
  const { headOffice } = world;
  const most = how === 'api' ? 200 : headOffice.window.pageRows[shelf];
  const list = how === 'api' ? headOffice.listShelf : headOffice.window.listShelf;
  const page = valueOf(await list(shelf, { offset: 0, after: 0, most }, admin));
  const ids = [...page.listed.map((each) => each.serverId), ...(how === 'api' && shelf === 'savings' ? await ofGroups(world) : [])];
  const read = how === 'api' ? headOffice.readShelf : headOffice.window.readShelf;
  const rows = valueOf(await read(shelf, ids, admin));
  expect(rows).toMatchObject({ gone: [], unreadable: [] });
  return new Map(rows.rows.map((row) => [row.serverId, row]));
}

describe('a run', () => {
  it('has the columns of the real head office, in their order and of their kinds', async () => {
    const { practice } = await windowed();
    for (const each of RECORDED) {
      if (each.request === null || each.status !== 200) continue;
      const reply = practice.handle({
        method: 'GET',
        // Our statement asks by key since then.
        url: each.request.slice('GET '.length) + (each.report === 'Tawi Commands' ? '&R_action=0&R_entity=0&R_key=0' : ''),
        headers: { 'fineract-platform-tenantid': 'default', authorization: `Basic ${btoa('admin:practice')}` },
        body: null,
      });
      expect([each.report, reply.status]).toEqual([each.report, 200]);
      const { columnHeaders } = JSON.parse(reply.body) as { columnHeaders: Record<string, unknown>[] };
      const headers = columnHeaders.map(({ columnName, columnType, columnDisplayType }) => ({ columnName, columnType, columnDisplayType }));
      // The recording is older than the words of a transfer and of a hold; of their kind as a real head office gave them since.
      const since = ['transfer', 'heldfor'].map((columnName) => ({ columnName, columnType: 'VARCHAR', columnDisplayType: 'STRING' }));
      if (each.report === 'Tawi SavingsTransactions') expect(headers).toEqual(expect.arrayContaining(since));
      expect(headers.filter(({ columnName }) => !since.some((words) => words.columnName === columnName))).toEqual(
        each.answer.columnHeaders,
      );
    }
  });

  it('is refused in the words of the real head office', async () => {
    const { practice } = await windowed();
    const refused = RECORDED.filter((each) => each.status !== 200);
    expect(refused.length).toBeGreaterThan(3);
    for (const each of refused) {
      const isAdmin = each.status !== 403 || each.answer.userMessageGlobalisationCode !== 'error.msg.not.authorized';
      const reply = practice.handle({
        method: 'GET',
        url: (each.request ?? '').slice('GET '.length),
        headers: {
          'fineract-platform-tenantid': 'default',
          authorization: `Basic ${btoa(isAdmin ? 'admin:practice' : 'achieng:practice')}`,
        },
        body: null,
      });
      const body = JSON.parse(reply.body) as Recorded['answer'];
      expect([reply.status, body.userMessageGlobalisationCode, body.errors?.[0]?.userMessageGlobalisationCode]).toEqual([
        each.status,
        each.answer.userMessageGlobalisationCode,
        each.answer.errors?.[0]?.userMessageGlobalisationCode,
      ]);
    }
  });

  it.each(['clients', 'groups', 'loans', 'savings'] as const)('of %s tells the same as the API, field by field', async (shelf) => {
    const world = await windowed();
    const byApi = await allOf(world, shelf, 'api');
    expect(byApi.size).toBeGreaterThan(0);
    expect(await allOf(world, shelf, 'window')).toEqual(byApi);
  });

  it('of a group in a center says which, and a center is no group', async () => {
    const world = await windowed();
    const [group] = [...(await allOf(world, 'groups', 'api')).keys()];
    const { rows } = valueOf(await world.headOffice.window.tally('shelves', admin));
    const on = { activationDate: '2026-11-20', submittedOnDate: '2026-11-20', dateFormat: 'yyyy-MM-dd', locale: 'en' };
    const founded = world.practice.handle({
      method: 'POST',
      url: '/centers',
      headers: { 'fineract-platform-tenantid': 'default', authorization: `Basic ${btoa('admin:practice')}` },
      body: JSON.stringify({ name: 'Soko la Jumatano', officeId: 2, active: true, groupMembers: [group], ...on }),
    });
    expect(founded.status, founded.body).toBe(200);
    const { resourceId } = JSON.parse(founded.body) as { resourceId: number };
    const byApi = await allOf(world, 'groups', 'api');
    expect(byApi.get(group ?? 0)).toMatchObject({ centerServerId: resourceId });
    expect(await allOf(world, 'groups', 'window')).toEqual(byApi);
    expect(valueOf(await world.headOffice.window.tally('shelves', admin)).rows.groups).toBe(rows.groups);
  });

  it('counts what there is, and its cursors move with what happens', async () => {
    const world = await windowed();
    const { window } = world.headOffice;
    const before = valueOf(await window.tally('shelves', admin));
    expect(before.rows.loans).toBe((await allOf(world, 'loans', 'window')).size);
    const account = await world.savings();
    const command = world.command(savingsOf('savingsDeposit', 12_345), account.serverId);
    expect((await world.headOffice.send(command, cashier)).kind).toBe('accepted');
    const after = valueOf(await window.tally('newest', admin));
    expect(after.top.savingsTransaction).toBe(before.top.savingsTransaction + 1);
    expect(after.top.command).toBeGreaterThan(before.top.command);
    expect(after.top.loanTransaction).toBe(before.top.loanTransaction);
    const wanted = { after: 0, since: '2026-11-20 08:00:00.000000', aboveTransaction: before.top.savingsTransaction, isKnown: () => false };
    const changed = valueOf(await window.changedIn('savings', wanted, admin));
    expect([...changed.marks.keys()]).toEqual([account.serverId]);
    expect(changed.listed[0]?.row).toMatchObject({ ledgerMinor: account.ledgerMinor + 12_345 });
    const commands = valueOf(await window.commands({ which: 'after', commandId: before.top.command }, admin));
    expect(commands.rows.find((row) => row.action === 'DEPOSIT')).toMatchObject({ savingsServerId: account.serverId, fate: 'processed' });
  });
});

describe('the reports', () => {
  it('are made once, brought up to date, left alone where they are newer, and removed with their rights', async () => {
    const world = await practiceWorld({ prepared: false });
    const { window } = world.headOffice;
    expect(valueOf(await window.check(admin)).reports).toBe('missing');
    expect(valueOf(await window.prepare(admin))).toHaveLength(12);
    expect(valueOf(await window.prepare(admin))).toEqual([]);
    expect(valueOf(await window.check(admin))).toEqual({ reports: 'present', detail: null });
    const put = (id: number, body: object): void => {
      const reply = world.practice.handle({
        method: 'PUT',
        url: `/reports/${String(id)}`,
        headers: { 'fineract-platform-tenantid': 'default', authorization: `Basic ${btoa('admin:practice')}` },
        body: JSON.stringify(body),
      });
      expect(reply.status).toBe(200);
    };
    put(3, { reportSql: 'select 1' });
    expect(valueOf(await window.check(admin))).toEqual({ reports: 'outdated', detail: 'Tawi Loans' });
    expect(valueOf(await window.prepare(admin))).toEqual(['Tawi Loans']);
    put(5, { reportSql: 'select 2', description: 'Tawi reads a branch through this report. Version 99' });
    expect(valueOf(await window.check(admin))).toEqual({ reports: 'newer', detail: 'Tawi LoanTransactions' });
    expect(valueOf(await window.prepare(admin))).toEqual([]);
    expect((await window.check(cashier)).ok && valueOf(await window.check(cashier)).reports).toBe('unknown');
    expect(valueOf(await window.remove(admin))).toHaveLength(12);
    expect(valueOf(await window.check(admin)).reports).toBe('missing');
    expect(valueOf(await window.probe(admin)).fault).toBe('Tawi Clients: error.msg.report.name.not.found');
  });
});

describe('the reading user', () => {
  it('runs the reports of its office and nothing else, changes its own password, and is gone when it is revoked', async () => {
    const world = await windowed();
    const { headOffice } = world;
    const { officeServerId } = valueOf(await headOffice.signIn(cashier));
    const wanted = (password: string) => ({
      username: 'tawi.KTL-01',
      deviceName: 'KTL-01',
      officeServerId,
      password: new Redacted(password),
    });
    const reader = (password: string) => ({ username: 'tawi.KTL-01', password: new Redacted(password) });
    expect(valueOf(await headOffice.window.prepareReader(wanted('long-Secret-1'), admin)).created).toBe(true);
    expect(valueOf(await headOffice.window.prepareReader(wanted('long-Secret-2'), admin)).created).toBe(false);
    expect(await headOffice.window.tally('newest', reader('long-Secret-1'))).toMatchObject({ trouble: { kind: 'signInNeeded' } });
    const signedIn = valueOf(await headOffice.signIn(reader('long-Secret-2')));
    expect(signedIn.permissions.toSorted()).toEqual(ALL_REPORTS.map(rightOf).toSorted());
    expect(valueOf(await headOffice.window.probe(reader('long-Secret-2'))).fault).toBeNull();
    const rows = valueOf(await headOffice.window.tally('shelves', reader('long-Secret-2'))).rows;
    expect(rows.clients).toBe(valueOf(await headOffice.listShelf('clients', { offset: 0, after: 0, most: 1 }, cashier)).total);
    expect((await headOffice.listShelf('clients', { offset: 0, after: 0, most: 1 }, reader('long-Secret-2'))).ok).toBe(false);
    valueOf(await headOffice.window.changePassword(signedIn.userId, new Redacted('long-Secret-3'), reader('long-Secret-2')));
    expect((await headOffice.window.tally('newest', reader('long-Secret-3'))).ok).toBe(true);
    expect(valueOf(await headOffice.window.revokeReader('tawi.KTL-01', admin))).toBe(true);
    expect(valueOf(await headOffice.window.revokeReader('tawi.KTL-01', admin))).toBe(false);
    expect((await headOffice.window.tally('newest', reader('long-Secret-3'))).ok).toBe(false);
  });
});
