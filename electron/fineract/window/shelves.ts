// The shelves through the window: a second source beside each shelf's own file, with the same two functions and a third, what changed. A page
// brings whole records: the list, then the children of all its records together. Nothing here decides whether it may be used.

import type { Answer, Credential, Listed, PageWanted, ReadRows, ShelfName, ShelfRows } from '../../ports/headOffice.ts';
import type { ChangedPage, ChangedWanted } from '../../ports/window.ts';
import { decoding } from '../line.ts';
import type { Line } from '../line.ts';
import { Members, needed } from '../members.ts';
import { decodeClient } from '../shelves/clients.ts';
import { decodeGroup, inOrder } from '../shelves/groups.ts';
import { decodeLoan } from '../shelves/loans.ts';
import { decodeSavings } from '../shelves/savingsAccounts.ts';
import type { Breathing, ShelfSource } from '../shelves/shelf.ts';
import { clientAsRest, groupAsRest, loanAsRest, savingsAsRest } from './asRest.ts';
import type { ReportKey } from './reports.ts';
import { runReport } from './runReport.ts';
import type { Parameters } from './runReport.ts';

/** Child rows in one answer; head office holds an answer three times over. */
const CHILDREN_PAGE = 5_000;
/** Ids in one request: well below the 8 kB that its address may have, with ids of eight digits too. */
const IDS_AT_ONCE = 500;
/** As many loans have some 5,000 instalments, which is one answer. */
const LOANS_AT_ONCE = 400;
/** A row's moment is set before its transaction ends, and the ends come in another order: what was stamped so long before is asked for again. */
const OVERLAP_SECONDS = 300;
const PIECE_MS = 4;

const MODE = { all: 0, these: 1, changed: 2 } as const;

/** Records of one page. Accounts come with their children, whose requests name them all. */
export const PAGE_ROWS: Readonly<Record<ShelfName, number>> = { clients: 2_000, groups: 2_000, loans: LOANS_AT_ONCE, savings: IDS_AT_ONCE };

interface Shelf<Row> {
  readonly list: ReportKey;
  readonly children: readonly { readonly report: ReportKey; readonly owner: string }[];
  /** The record's own rows, then those of each of its children. */
  decode(rows: readonly Members[], children: readonly (readonly Members[])[], serverId: number): Row;
}

const SHELVES: { readonly [Name in ShelfName]: Shelf<ShelfRows[Name]> } = {
  clients: { list: 'clients', children: [], decode: (rows) => decodeClient(new Members(clientAsRest(only(rows)), 'client')) },
  // One row for each member, role and savings account.
  groups: {
    list: 'groups',
    children: [],
    decode: (rows) => ({
      ...decodeGroup(new Members(groupAsRest(rows), 'group')),
      savingsServerIds: inOrder(rows.flatMap((row) => row.id('savings') ?? [])),
    }),
  },
  loans: {
    list: 'loans',
    children: [
      { report: 'loanPeriods', owner: 'loan' },
      { report: 'loanTransactions', owner: 'loan' },
    ],
    decode: (rows, [periods = [], transactions = []], serverId) =>
      decodeLoan(new Members(loanAsRest(only(rows), periods, transactions), 'loan'), serverId),
  },
  savings: {
    list: 'savings',
    children: [
      { report: 'savingsCharges', owner: 'savings' },
      { report: 'savingsTransactions', owner: 'savings' },
    ],
    decode: (rows, [charges = [], transactions = []], serverId) =>
      decodeSavings(new Members(savingsAsRest(only(rows), charges, transactions), 'savings account'), serverId),
  },
};

export interface WindowSource<Row> {
  read(line: Line, serverIds: readonly number[], credential: Credential, breathing: Breathing): ReturnType<ShelfSource<Row>['read']>;
  list(line: Line, page: PageWanted, credential: Credential, breathing: Breathing): ReturnType<ShelfSource<Row>['list']>;
  changed(line: Line, wanted: ChangedWanted, credential: Credential, breathing: Breathing): Promise<Answer<ChangedPage<Row>>>;
}

export const WINDOW_SOURCES: { readonly [Name in ShelfName]: WindowSource<ShelfRows[Name]> } = {
  clients: sourceOf(SHELVES.clients, PAGE_ROWS.clients),
  groups: sourceOf(SHELVES.groups, PAGE_ROWS.groups),
  loans: sourceOf(SHELVES.loans, PAGE_ROWS.loans),
  savings: sourceOf(SHELVES.savings, PAGE_ROWS.savings),
};

interface Made<Row> {
  readonly serverId: number;
  readonly row: Row | null;
  /** Why there is no row. */
  readonly why: string;
}

function sourceOf<Row>(shelf: Shelf<Row>, pageRows: number): WindowSource<Row> {
  async function heads(
    line: Line,
    parameters: Parameters,
    credential: Credential,
  ): Promise<Answer<ReadonlyMap<number, readonly Members[]>>> {
    const answer = await runReport(line, shelf.list, parameters, credential);
    return answer.ok ? decoding(() => Map.groupBy(byId(answer.value), (row) => needed(row.id('id'), row, 'id'))) : answer;
  }

  /** Whole records in pieces, between which the thread is free for the screens. One that cannot be understood holds back no other. */
  async function whole(
    line: Line,
    found: ReadonlyMap<number, readonly Members[]>,
    credential: Credential,
    { monotonicMs, breathe }: Breathing,
  ): Promise<Answer<readonly Made<Row>[]>> {
    const children: ReadonlyMap<number, readonly Members[]>[] = [];
    for (const child of found.size === 0 ? [] : shelf.children) {
      const rows = await readChildren(line, child.report, child.owner, [...found.keys()], credential, breathe);
      if (!rows.ok) return rows;
      children.push(rows.value);
    }
    const made: Made<Row>[] = [];
    let pieceBegan = monotonicMs();
    for (const [serverId, rows] of found) {
      const own = children.map((each) => each.get(serverId) ?? []);
      const row = decoding(() => shelf.decode(rows, own, serverId));
      const why = row.ok || row.trouble.kind !== 'nonsense' ? '' : row.trouble.detail;
      made.push({ serverId, row: row.ok ? row.value : null, why });
      if (monotonicMs() - pieceBegan < PIECE_MS) continue;
      await breathe();
      pieceBegan = monotonicMs();
    }
    await breathe();
    return { ok: true, value: made };
  }

  return {
    async list(line, page, credential, breathing) {
      const found = await heads(line, { mode: MODE.all, after: page.after, most: page.most }, credential);
      if (!found.ok) return found;
      const made = await whole(line, found.value, credential, breathing);
      return made.ok ? { ok: true, value: { listed: made.value.map(listedOf), total: page.offset + made.value.length } } : made;
    },

    async read(line, serverIds, credential, breathing) {
      const all: { rows: Row[]; gone: number[]; unreadable: ReadRows<Row>['unreadable'][number][] } = {
        rows: [],
        gone: [],
        unreadable: [],
      };
      for (let start = 0; start < serverIds.length; start += IDS_AT_ONCE) {
        const part = serverIds.slice(start, start + IDS_AT_ONCE);
        const found = await heads(line, { mode: MODE.these, ids: part.join(','), most: part.length }, credential);
        if (!found.ok) return found;
        const made = await whole(line, found.value, credential, breathing);
        if (!made.ok) return made;
        for (const { serverId, row, why } of made.value) {
          if (row === null) all.unreadable.push({ serverId, why });
          else all.rows.push(row);
        }
        all.gone.push(...part.filter((serverId) => !found.value.has(serverId)));
      }
      return { ok: true, value: all };
    },

    async changed(line, wanted, credential, breathing) {
      const parameters = {
        mode: MODE.changed,
        after: wanted.after,
        most: pageRows,
        since: secondsBefore(wanted.since),
        tx: wanted.aboveTransaction,
      };
      const found = await heads(line, parameters, credential);
      if (!found.ok) return found;
      const marks = new Map([...found.value].map(([serverId, rows]) => [serverId, markOf(only(rows))]));
      const fresh = new Map([...found.value].filter(([serverId]) => !wanted.isKnown(serverId, marks.get(serverId) ?? '')));
      const made = await whole(line, fresh, credential, breathing);
      if (!made.ok) return made;
      const newest = [...found.value.values()].reduce<string | null>((latest, rows) => later(latest, momentOf(only(rows))), null);
      const next = found.value.size < pageRows ? null : ([...found.value.keys()].at(-1) ?? null);
      return { ok: true, value: { listed: made.value.map(listedOf), marks, next, newest } };
    },
  };
}

/** Every child row of these records, by record. */
async function readChildren(
  line: Line,
  report: ReportKey,
  owner: string,
  ids: readonly number[],
  credential: Credential,
  breathe: () => Promise<void>,
): Promise<Answer<ReadonlyMap<number, readonly Members[]>>> {
  const found = new Map<number, Members[]>();
  for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
    const part = ids.slice(start, start + IDS_AT_ONCE).join(',');
    for (let after: number | null = 0; after !== null;) {
      const answer: Answer<readonly Members[]> = await runReport(line, report, { ids: part, after, most: CHILDREN_PAGE }, credential);
      if (!answer.ok) return answer;
      const read: Answer<number | null> = decoding(() => {
        const rows = byId(answer.value);
        for (const row of rows) {
          const account = needed(row.id(owner), row, owner);
          const list = found.get(account);
          if (list === undefined) found.set(account, [row]);
          else list.push(row);
        }
        return rows.length < CHILDREN_PAGE ? null : needed(rows.at(-1)?.id('id') ?? null, new Members({}, report), 'id');
      });
      if (!read.ok) return read;
      after = read.value;
      await breathe();
    }
  }
  return { ok: true, value: found };
}

function listedOf<Row>({ serverId, row }: Made<Row>): Listed<Row> {
  return { serverId, row };
}

function only(rows: readonly Members[]): Members {
  return needed(rows[0] ?? null, new Members({}, 'report'), 'row');
}

/** Head office wraps our statement, and promises no order of its answer. */
function byId(rows: readonly Members[]): readonly Members[] {
  return rows.toSorted((one, other) => (one.id('id') ?? 0) - (other.id('id') ?? 0));
}

/** 'yyyy-MM-dd HH:mm:ss.ffffff' in UTC, so that text compares as time does; another database writes the offset behind it. */
export function momentOf(row: Members): string | null {
  return row.text('modified')?.replace(/\+00(?::?00)?$/, '') ?? null;
}

function markOf(row: Members): string {
  return `${String(row.integer('version') ?? '')} ${momentOf(row) ?? ''}`;
}

function later(one: string | null, other: string | null): string | null {
  return one === null || (other !== null && other > one) ? other : one;
}

function secondsBefore(moment: string): number {
  const seconds = Math.floor(Date.parse(`${moment.slice(0, 10)}T${moment.slice(11, 19)}Z`) / 1_000);
  return Number.isFinite(seconds) ? Math.max(0, seconds - OVERLAP_SECONDS) : 0;
}
