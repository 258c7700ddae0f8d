// Every recorded answer of a real head office goes through our own readers: what it lists and tells must decode, with its own
// sums; and for what became of a command no answer may be taken for more, or for less, than it says.
import { describe, expect, test } from 'vitest';
import { classifyOutcome } from '../../../electron/fineract/classifyOutcome.ts';
import { Members } from '../../../electron/fineract/members.ts';
import { decodeAudit } from '../../../electron/fineract/shelves/audits.ts';
import { decodeClient } from '../../../electron/fineract/shelves/clients.ts';
import { decodeGroup } from '../../../electron/fineract/shelves/groups.ts';
import { decodeLoan } from '../../../electron/fineract/shelves/loans.ts';
import { decodeSavings } from '../../../electron/fineract/shelves/savingsAccounts.ts';
import { recordedExchanges, recordedSections } from './recordedExchanges.ts';

type Json = Record<string, unknown>;

interface RealAnswer {
  name: string;
  /** An item of a batch, not an answer of its own. */
  isItem: boolean;
  method: string;
  /** Without its query. */
  path: string;
  query: URLSearchParams;
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

function split(url: string): { path: string; query: URLSearchParams } {
  const [path = '', query = ''] = url.replace(/^\/?(v1\/)?/, '/').split('?');
  return { path, query: new URLSearchParams(query) };
}

function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

interface Item {
  requestId?: number;
  relativeUrl?: string;
  method?: string;
}

interface ItemAnswer {
  requestId?: number;
  statusCode: number;
  headers?: { name: string; value: string }[];
  body?: string;
}

/** Single answers, and the items of batches that were asked one by one. */
const answers: RealAnswer[] = recordedSections.flatMap((section) =>
  recordedExchanges(section).flatMap(({ name, request, response }): RealAnswer[] => {
    const own = { name: `${section.slice(0, 2)}/${name}`, method: request.method, isItem: false };
    if (!request.path.startsWith('/batches') || !Array.isArray(response.body)) {
      const { status, headers, body } = response;
      return [{ ...own, ...split(request.path), status, headers, body }];
    }
    const whole = split(request.path).query.get('associations');
    return (response.body as ItemAnswer[]).flatMap((item) => {
      const asked = (request.body as Item[]).find((each) => each.requestId === item.requestId);
      if (asked?.relativeUrl === undefined) return [];
      const { path, query } = split(asked.relativeUrl);
      // A savings account of a batch comes with the associations of the batch, whatever was asked of it.
      if (path.startsWith('/savingsaccounts')) {
        query.delete('associations');
        if (whole !== null) query.set('associations', whole);
      }
      return [
        { ...own, isItem: true, method: asked.method ?? 'GET', path, query, status: item.statusCode, headers: {}, body: parsed(item.body) },
      ];
    });
  }),
);

const read = answers.filter(({ method, status }) => method === 'GET' && status === 200);

function hasAll({ query }: RealAnswer, ...wanted: string[]): boolean {
  const given = (query.get('associations') ?? '').split(',');
  return given.includes('all') || wanted.every((each) => given.includes(each));
}

function minor(value: unknown): number {
  return Math.round(Number(value ?? 0) * 100);
}

const isOne = (noun: string) => (answer: RealAnswer) => new RegExp(`^/${noun}/(\\d+|external-id/[^/]+)$`).test(answer.path);

describe('what a real head office tells decodes', () => {
  test('whole loans, with its own balance and every transaction', () => {
    const whole = read.filter((answer) => isOne('loans')(answer) && hasAll(answer, 'repaymentSchedule', 'transactions'));
    expect(whole.length).toBeGreaterThan(15);
    for (const { name, body } of whole) {
      const loan = body as Json & { id: number; summary?: Json; transactions?: unknown[] };
      const decoded = decodeLoan(new Members(loan, name), loan.id);
      expect([name, decoded.outstandingMinor]).toEqual([name, minor(loan.summary?.['totalOutstanding'])]);
      expect([name, decoded.transactions.length]).toEqual([name, loan.transactions?.length ?? 0]);
      const due = decoded.periods.reduce((sum, each) => sum + each.principalOutstandingMinor, 0);
      if (loan.summary !== undefined) expect([name, due]).toEqual([name, minor(loan.summary['principalOutstanding'])]);
    }
  });

  test('whole savings accounts, whose living rows add up to the ledger', () => {
    const whole = read.filter((answer) => isOne('savingsaccounts')(answer) && hasAll(answer, 'transactions'));
    expect(whole.length).toBeGreaterThan(30);
    for (const { name, body } of whole) {
      const account = body as Json & { id: number; summary?: Json };
      if (!('transactions' in account) && minor(account.summary?.['accountBalance']) !== 0) throw new Error(`${name}: no transactions`);
      if (!('transactions' in account)) continue;
      const decoded = decodeSavings(new Members(account, name), account.id);
      expect([name, decoded.ledgerMinor]).toEqual([name, minor(account.summary?.['accountBalance'])]);
      const sum = decoded.transactions
        .filter((each) => !each.reversed && each.what !== 'hold' && each.what !== 'release')
        .reduce((total, each) => total + each.amountMinor, 0);
      expect([name, sum]).toEqual([name, decoded.ledgerMinor]);
    }
  });

  test('clients and groups, alone and in lists', () => {
    const rows = (noun: string): { name: string; row: Json }[] =>
      read.flatMap((answer): { name: string; row: Json }[] => {
        if (answer.query.has('fields')) return [];
        if (isOne(noun)(answer)) return [{ name: answer.name, row: answer.body as Json }];
        if (answer.path !== `/${noun}`) return [];
        const list = Array.isArray(answer.body) ? answer.body : (answer.body as { pageItems: unknown[] }).pageItems;
        return (list as Json[]).map((row) => ({ name: answer.name, row }));
      });
    const clients = rows('clients');
    expect(clients.length).toBeGreaterThan(20);
    for (const { name, row } of clients) expect(decodeClient(new Members(row, name))).toMatchObject({ serverId: row['id'] });
    const groups = rows('groups');
    expect(groups.length).toBeGreaterThan(10);
    for (const { name, row } of groups)
      expect(decodeGroup(new Members(row, name))).toMatchObject({ serverId: row['id'], name: row['name'] });
  });

  test('rows of the audit trail', () => {
    const rows = read
      .filter(({ path, query }) => (path === '/audits' || path === '/makercheckers') && !query.has('fields'))
      .flatMap(({ name, body }) => {
        const list = Array.isArray(body) ? (body as Json[]) : (body as { pageItems: Json[] }).pageItems;
        return list.map((row) => ({ name, row }));
      });
    expect(rows.length).toBeGreaterThan(40);
    for (const { name, row } of rows) expect([name, decodeAudit(new Members(row, name)).auditId]).toEqual([name, row['id']]);
  });
});

const MONEY = /^\/(savingsaccounts\/\d+\/transactions|loans\/(\d+|external-id\/[^/]+)\/transactions|journalentries)$/;

/** What the answer itself says, read by another hand than the client's: the most that may be taken from it. */
function mostOf({ status, body }: RealAnswer): string {
  if (status !== 200) return status >= 400 && status < 500 ? 'refused' : 'nothing';
  const answer = body as Json;
  if (answer['rollbackTransaction'] === true) return 'waits';
  return typeof answer['resourceId'] === 'number' || typeof answer['transactionId'] === 'string' ? 'posted' : 'nothing';
}

describe('what became of a command', () => {
  const commands = answers.filter(({ method, path, isItem }) => method === 'POST' && !isItem && MONEY.test(path));

  test('there are enough of every sort', () => {
    const sorts = Map.groupBy(commands, mostOf);
    expect(sorts.get('posted')?.length).toBeGreaterThan(50);
    expect(sorts.get('refused')?.length).toBeGreaterThan(50);
    expect(sorts.has('nothing')).toBe(true);
    expect(sorts.has('waits')).toBe(true);
  });

  test('is never taken for more than the answer says, nor a refusal for nothing', () => {
    for (const answer of commands) {
      const { name, status, headers, body, path } = answer;
      const reply = { kind: 'answered' as const, status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
      const outcome = classifyOutcome(reply, { how: 'lone' });
      const said = mostOf(answer);
      if (outcome.kind === 'accepted') expect([name, said]).toEqual([name, 'posted']);
      if (outcome.kind === 'rejected') expect([name, said]).toEqual([name, 'refused']);
      if (said === 'posted' && !path.startsWith('/journalentries')) expect([name, outcome.kind]).toEqual([name, 'accepted']);
      if (said === 'waits') expect([name, outcome.kind]).toEqual([name, 'waitingForChecker']);
      if (said === 'nothing') expect([name, ['inDoubt', 'retryLater', 'waitingForChecker'].includes(outcome.kind)]).toEqual([name, true]);
    }
  });

  test('of a whole enclosing batch: accepted only where every item was done, and nothing is lost to a case that may be sent again', () => {
    let seen = 0;
    for (const section of recordedSections) {
      for (const { name, request, response } of recordedExchanges(section)) {
        if (request.path !== '/batches?enclosingTransaction=true' || response.status !== 200 || !Array.isArray(request.body)) continue;
        const [first] = request.body as Item[];
        const { path } = split(first?.relativeUrl ?? '');
        if (first?.method !== 'POST' || !/transactions$/.test(path)) continue;
        seen += 1;
        const items = response.body as ItemAnswer[];
        const reply = { kind: 'answered' as const, status: 200, headers: response.headers, body: JSON.stringify(items) };
        const outcome = classifyOutcome(reply, { how: 'enclosing' });
        const isDone = items.length === request.body.length && items.every((item) => item.statusCode === 200);
        if (outcome.kind === 'accepted') expect([name, isDone]).toEqual([name, true]);
        if (isDone && path.startsWith('/savingsaccounts')) expect([name, outcome.kind]).toEqual([name, 'accepted']);
        const failed = JSON.stringify(items);
        if (/lock\.conflict|invalid\.json\.path/.test(failed)) expect([name, outcome.kind]).toEqual([name, 'retryLater']);
        if (/data\.integrity|duplicate/.test(failed)) expect([name, outcome.kind]).not.toEqual([name, 'rejected']);
      }
    }
    expect(seen).toBeGreaterThan(30);
  });

  test('by code, one way each', () => {
    const byCode = new Map<string, Set<string>>();
    for (const { status, headers, body } of commands) {
      if (status === 200) continue;
      const reply = { kind: 'answered' as const, status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
      const outcome = classifyOutcome(reply, { how: 'lone' });
      const error = body as { errors?: { userMessageGlobalisationCode: string }[]; userMessageGlobalisationCode?: string };
      const code =
        `${String(status)} ${error.errors?.[0]?.userMessageGlobalisationCode ?? error.userMessageGlobalisationCode ?? ''}`.trim();
      const known = byCode.get(code) ?? new Set<string>();
      known.add('why' in outcome ? `${outcome.kind} ${outcome.why}` : outcome.kind);
      byCode.set(code, known);
    }
    const others = [...byCode].filter(([, outcomes]) => !(outcomes.size === 1 && outcomes.has('rejected')));
    expect(Object.fromEntries(others.map(([code, outcomes]) => [code, [...outcomes].sort().join(', ')]))) // Everything else is rejected: a case that somebody settles.
      .toEqual({
        '400 error.msg.password.outdated': 'signInNeeded passwordExpired',
        '400 error.msg.savingsaccount.transaction.in.the.future': 'retryLater headOfficeDayBehind',
        '401': 'signInNeeded refused',
        // One code for whatever the database refuses: only the name of the guard of keys tells that our own key is taken.
        '403 error.msg.data.integrity.issue': 'inDoubt duplicateMarker, waitingForChecker',
        '403 error.msg.glJournalEntry.invalid.future.date': 'retryLater headOfficeDayBehind',
        '403 error.msg.loan.repayment.duplicate.externalId': 'inDoubt duplicateMarker',
        '403 error.msg.loan.transaction.cannot.be.a.future.date': 'retryLater headOfficeDayBehind',
        '403 error.msg.loan.writeoff.cannot.be.a.future.date': 'retryLater headOfficeDayBehind',
        '409 error.msg.loan.locked': 'retryLater loanLocked',
        '409 error.msg.platform.service.query.conflict': 'retryLater conflict',
        '415': 'inDoubt unknownShape',
        '425': 'inDoubt stillProcessing',
        '500': 'inDoubt serverError',
      });
  });
});
