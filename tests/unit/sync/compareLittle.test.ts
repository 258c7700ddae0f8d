// A little of the window is compared every night: a few records, and what each shelf counts. A record that only one way shows is found by the
// counts, wherever it stands.

import { expect, test } from 'vitest';
import { compareLittle, type Ways } from '../../../electron/sync/window/compareWays.ts';
import type { Way } from '../../../electron/sync/window/way.ts';
import type { SyncParts } from '../../../electron/sync/parts.ts';
import { Redacted } from '../../../shared/kernel/redacted.ts';

const READER = { username: 'reader', password: new Redacted('') };

function way(ids: readonly number[], total: number): Way {
  return {
    username: 'x',
    isWindow: false,
    pageRows: () => 10,
    list: (_shelf, page) =>
      Promise.resolve({
        ok: true,
        value: { listed: ids.slice(page.offset, page.offset + page.most).map((serverId) => ({ serverId, row: null })), total },
      }),
    read: (_shelf, wanted) =>
      Promise.resolve({
        ok: true,
        value: {
          rows: wanted.filter((id) => ids.includes(id)).map((serverId) => ({ serverId })) as never,
          gone: wanted.filter((id) => !ids.includes(id)),
          unreadable: [],
        },
      }),
  };
}

function partsWith(counted: number): SyncParts {
  const rows = { clients: counted, groups: counted, loans: counted, savings: counted };
  return {
    store: { read: () => [] },
    chance: { fraction: () => 0 },
    headOffice: { window: { tally: () => Promise.resolve({ ok: true, value: { rows } }) } },
  } as unknown as SyncParts;
}

async function differenceOf(api: readonly number[], window: readonly number[], total = api.length): Promise<string | null | undefined> {
  const ways: Ways = { api: way(api, total), window: way(window, window.length), sameScope: true };
  const compared = await compareLittle(partsWith(window.length), ways, READER);
  return compared.ok ? compared.value.difference : undefined;
}

test('equal counts say nothing, whatever a database tells as the total of a list', async () => {
  expect(await differenceOf([1, 2, 3], [1, 2, 3])).toBeNull();
  expect(await differenceOf([1, 2, 3], [1, 2, 3], 0)).toBeNull();
});

test('a record that one way shows alone is named', async () => {
  expect(await differenceOf([1, 2, 3], [1, 2])).toBe('clients 3: only the API shows it');
  expect(await differenceOf([1, 2], [1, 2, 3])).toBe('clients 3: only the window shows it');
  expect(await differenceOf([1, 2, 3], [1, 2], 0)).toBe('clients 3: only the API shows it');
});
