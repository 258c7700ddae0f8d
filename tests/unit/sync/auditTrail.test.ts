// The walk over head office's audit trail by itself: rows that come late under an old id, rows of which nothing came, and what one row makes
// stale. Rows are as a head office gives them that says in no word what came of a row.

import { describe, expect, test } from 'vitest';
import { FRESH_SYNC_STATE, type KeptSyncState } from '../../../electron/journal/settings.ts';
import type { AuditEntry } from '../../../electron/ports/headOffice.ts';
import type { ReadStore } from '../../../electron/ports/store.ts';
import { walkAudits } from '../../../electron/sync/pull/auditTrail.ts';
import { SHELVES } from '../../../electron/sync/shelves/shelfTable.ts';

function deed(auditId: number, change: Partial<AuditEntry> = {}): AuditEntry {
  return {
    auditId,
    action: 'DEPOSIT',
    entity: 'SAVINGSACCOUNT',
    resourceId: 900 + auditId,
    clientServerId: 5,
    loanServerId: null,
    groupServerId: null,
    subject: { kind: 'savings', serverId: auditId },
    savingsAccountNo: null,
    deed: true,
    unfinished: false,
    mark: `mark ${String(auditId)}`,
    ...change,
  };
}

/** Ids that are shown, newest first. */
function trail(rows: readonly AuditEntry[]) {
  const asked: number[] = [];
  const shown = rows.toSorted((one, other) => other.auditId - one.auditId);
  return {
    asked,
    ask: (offset: number, most: number) => {
      asked.push(offset);
      return Promise.resolve({ rows: shown.slice(offset, offset + most), total: shown.length });
    },
  };
}

async function walk(state: KeptSyncState, rows: readonly AuditEntry[], open: readonly number[] = []) {
  const { ask, asked } = trail(rows);
  let opened = 0;
  const walked = await walkAudits(
    state,
    'grace',
    ask,
    (ids) => Promise.resolve(rows.filter((row) => ids.includes(row.auditId))),
    () => {
      opened += 1;
      return Promise.resolve(new Set(open));
    },
    (detail) => new Error(detail),
  );
  const next: KeptSyncState = {
    ...state,
    auditCursor: walked.head,
    auditMarks: walked.marks,
    auditReader: 'grace',
    auditSeen: walked.seen,
    auditFloor: walked.floor,
    auditTotal: walked.total,
    watchedAudits: walked.watched,
  };
  return { ids: walked.entries.map((entry) => entry.auditId), broken: walked.broken, next, pages: asked.length, opened };
}

const upTo = (last: number, without: readonly number[] = []): AuditEntry[] =>
  Array.from({ length: last }, (_, index) => index + 1)
    .filter((id) => !without.includes(id))
    .map((id) => deed(id));

describe('a row that comes late under an old id', () => {
  test('is read although the cursor has passed it', async () => {
    const first = await walk({ ...FRESH_SYNC_STATE, auditCursor: 0 }, upTo(30, [29]));
    const second = await walk(first.next, upTo(30));
    expect([second.ids, second.broken]).toEqual([[29], false]);
    expect((await walk(second.next, upTo(30))).ids).toEqual([]);
  });

  test('far down is looked for because head office counts one more', async () => {
    const first = await walk({ ...FRESH_SYNC_STATE, auditCursor: 0 }, upTo(300, [70]));
    const idle = await walk(first.next, upTo(300, [70]));
    expect([idle.ids, idle.pages]).toEqual([[], 1]);
    const second = await walk(idle.next, [...upTo(300), deed(301)]);
    expect(second.ids.toSorted((one, other) => one - other)).toEqual([70, 301]);
    expect(second.pages).toBeGreaterThan(1);
  });

  test('far down is looked for where old rows were purged meanwhile, so that head office counts fewer', async () => {
    const first = await walk({ ...FRESH_SYNC_STATE, auditCursor: 0 }, upTo(300, [70]));
    const purged = [...upTo(300), deed(301)].filter(({ auditId }) => auditId > 40);
    const second = await walk(first.next, purged);
    expect(second.ids.toSorted((one, other) => one - other)).toEqual([70, 301]);
    expect((await walk(second.next, purged)).pages).toBe(1);
  });

  test('is read though it is older than every row that is remembered, where the trail was seen from its beginning', async () => {
    const first = await walk({ ...FRESH_SYNC_STATE, auditCursor: 0 }, upTo(4, [1]));
    expect((await walk(first.next, upTo(4))).ids).toEqual([1]);
  });

  test('cannot be told from what another reader is shown more, so that is read as well, once', async () => {
    const first = await walk({ ...FRESH_SYNC_STATE, auditCursor: 0 }, upTo(300, [70, 299]));
    const second = await walk({ ...first.next, auditReader: 'somebody else' }, upTo(300));
    expect(second.ids.toSorted((one, other) => one - other)).toEqual([70, 299]);
    const third = await walk({ ...second.next, auditReader: 'the first again' }, upTo(300, [70]));
    expect(third.ids).toEqual([]);
    expect((await walk({ ...third.next, auditReader: 'somebody else' }, upTo(300))).ids).toEqual([]);
  });
});

test('a trail of which no row is remembered, because the window read until now, is not taken for the same history', async () => {
  const state = { ...FRESH_SYNC_STATE, auditCursor: 30, auditReader: null, auditMarks: [] };
  const first = await walk(state, upTo(34));
  expect(first.broken).toBe(true);
  expect((await walk(first.next, upTo(34))).broken).toBe(false);
});

test('a row of which nothing came makes nothing stale, until something comes of it', async () => {
  const refused = deed(31, { deed: false, resourceId: null, clientServerId: null });
  const first = await walk({ ...FRESH_SYNC_STATE, auditCursor: 30, auditReader: 'grace' }, [...upTo(30), refused]);
  expect(first.ids).toEqual([]);
  const approved = await walk(first.next, [...upTo(30), deed(31)]);
  expect(approved.ids).toEqual([31]);
});

test('a row that is shown while it waits is read again until a checker has decided, though head office says in no word that it waits', async () => {
  const silent = (id: number) => deed(id, { deed: false, silent: true, resourceId: null, clientServerId: null });
  const state = { ...FRESH_SYNC_STATE, auditCursor: 30, auditReader: 'grace' };
  // The one failed, the other waits.
  const first = await walk(state, [...upTo(30), silent(31), silent(32)], [32]);
  expect([first.next.watchedAudits, first.opened]).toEqual([[32], 1]);
  const later = [...upTo(60, [31, 32]), silent(31)];
  const waiting = await walk(first.next, [...later, silent(32)], [32]);
  expect([waiting.next.watchedAudits, waiting.opened]).toEqual([[32], 0]);
  const approved = await walk(waiting.next, [...later, deed(32)]);
  expect([approved.ids, approved.next.watchedAudits, approved.pages]).toEqual([[32], [], 1]);
});

describe('what a row makes stale', () => {
  const account = (serverId: number) => ({ serverId, groupId: 'of somebody' });
  const read = {
    localIdOf: (kind: string, serverId: number) => `${kind} ${String(serverId)}`,
    groupsOfCenter: (id: number) => (id === 7 ? [{ groupId: 'group 4' }, { groupId: 'group 6' }] : []),
    membersOf: (groupId: string) => (groupId === 'group 4' ? [{ serverId: 39 }] : []),
    loansOf: () => [account(11)],
    savingsOf: () => [account(14)],
    loansOfGroup: (groupId: string) => (groupId === 'group 6' ? [account(26)] : []),
    savingsOfGroup: (groupId: string) => (groupId === 'group 6' ? [account(36)] : []),
    savingsNumbered: (accountNo: string) => (accountNo === '000000036' ? [36] : []),
  } as unknown as ReadStore;
  const stale = (row: AuditEntry): Record<string, unknown> => {
    const found: Record<string, unknown> = {};
    for (const shelf of SHELVES) {
      const ids = shelf.staleBy(row, read);
      if (ids.length > 0) found[shelf.name] = ids;
    }
    return found;
  };

  test('a deposit: the account of the request, not the transaction', () => {
    expect(stale(deed(43))).toEqual({ savings: [43] });
  });

  test('a repayment: the loan', () => {
    expect(
      stale(deed(1, { entity: 'LOAN', action: 'REPAYMENT', resourceId: 88, loanServerId: 9, subject: { kind: 'loan', serverId: 9 } })),
    ).toEqual({ loans: [9] });
  });

  test('the collection sheet of a centre: the accounts of its groups and of their members', () => {
    const sheet = deed(2, {
      entity: 'CENTER',
      action: 'SAVECOLLECTIONSHEET',
      resourceId: 7,
      clientServerId: null,
      subject: { kind: 'center', serverId: 7 },
    });
    expect(stale(sheet)).toEqual({ loans: [11, 26], savings: [14, 36] });
  });

  test('the collection sheet of a group: its own accounts and those of its members', () => {
    const sheet = deed(3, { entity: 'GROUP', action: 'SAVECOLLECTIONSHEET', resourceId: 4, clientServerId: null, subject: null });
    expect(stale(sheet)).toEqual({ loans: [11], savings: [14] });
  });

  test('a transfer that is named by the number of its source', () => {
    const transfer = deed(4, {
      entity: 'ACCOUNTTRANSFER',
      action: 'CREATE',
      resourceId: 2,
      clientServerId: null,
      subject: null,
      savingsAccountNo: '000000036',
    });
    expect(stale(transfer)).toEqual({ savings: [36] });
  });

  test('a deed on a group: the group', () => {
    expect(stale(deed(5, { entity: 'GROUP', action: 'UPDATE', resourceId: 4, clientServerId: null, subject: null }))).toEqual({
      groups: [4],
    });
  });
});
