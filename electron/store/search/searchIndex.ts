// Keeps what searches look up in step with the rules by which it is made: books of an older program, and books whose country became known or
// another, have their words, keys and numbers made anew from the rows, in one transaction. It costs some seconds for a hundred thousand
// clients, once.

import { replicaClients } from '../schema/replica/clients.ts';
import { replicaGroups } from '../schema/replica/groups.ts';
import { localSearchIndex } from '../schema/local/searchIndex.ts';
import { change, insertInto, replacing, rowsOf, selectFrom } from '../statements.ts';
import type { Session } from '../statements.ts';
import { countryOf } from './country.ts';
import type { Whereabouts } from './country.ts';
import { phoneTokens } from './phones.ts';
import { soundOf } from './soundOf.ts';
import { hasDigit, nameKey, numberKey, SEARCH_RULES, searchText, wordsOf } from './words.ts';

const AT_ONCE = 1_000;

export interface SearchIndex {
  /** Two letters of ISO 3166; null where nothing tells it. */
  country(): string | null;
  /** Made by other rules, or for another country. */
  isBehind(): boolean;
  /** Inside a write. Answers whether something was made anew. */
  bringUp(): boolean;
}

export function searchIndex(session: Session): SearchIndex {
  const whereabouts = rowsOf<{ chosen: string | null; currencyCode: string | null; zone: string | null }>(
    session,
    `SELECT
       (SELECT value ->> '$.code' FROM local_settings WHERE name = 'country') AS chosen,
       (SELECT value ->> '$.currency.code' FROM local_settings WHERE name = 'identity') AS currencyCode,
       (SELECT value ->> '$.zone' FROM local_settings WHERE name = 'identity') AS zone`,
  );
  const made = selectFrom(session, localSearchIndex, 'WHERE only = 1');
  const note = insertInto(session, localSearchIndex, replacing(localSearchIndex, 'only'));
  const clients = selectFrom(session, replicaClients, 'WHERE client_row > ? ORDER BY client_row LIMIT ?');
  const groups = selectFrom(session, replicaGroups, 'WHERE group_row > ? ORDER BY group_row LIMIT ?');
  const saveClientKeys = change(session, 'UPDATE replica_clients SET name_key = ?, account_key = ? WHERE client_row = ?');
  const saveGroupKeys = change(session, 'UPDATE replica_groups SET name_key = ?, account_key = ? WHERE group_row = ?');
  const indexName = change(session, 'INSERT INTO replica_client_names (rowid, name) VALUES (?, ?)');
  const indexGroup = change(session, 'INSERT INTO replica_group_names (rowid, name) VALUES (?, ?)');
  const indexPhone = change(session, 'INSERT INTO replica_client_phones (rowid, phone) VALUES (?, ?)');
  const insertWord = change(session, 'INSERT INTO replica_name_words (word, sound) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const emptyNames = [
    change(session, `INSERT INTO replica_client_names (replica_client_names) VALUES ('delete-all')`),
    change(session, `INSERT INTO replica_group_names (replica_group_names) VALUES ('delete-all')`),
    change(session, 'DELETE FROM replica_name_words'),
  ];
  const emptyPhones = change(session, `INSERT INTO replica_client_phones (replica_client_phones) VALUES ('delete-all')`);
  const accounts = ['replica_loans', 'replica_savings'].map((table) => ({
    rows: rowsOf<{ row: number; accountNo: string; accountKey: string }>(
      session,
      `SELECT rowid AS row, account_no AS accountNo, account_key AS accountKey FROM ${table} WHERE rowid > ? ORDER BY rowid LIMIT ?`,
    ),
    save: change(session, `UPDATE ${table} SET account_key = ? WHERE rowid = ?`),
  }));

  function country(): string | null {
    const [known] = whereabouts();
    return countryOf(known ?? ({ chosen: null, currencyCode: null, zone: null } satisfies Whereabouts));
  }

  function isBehind(): boolean {
    const before = made.one();
    return before?.rules !== SEARCH_RULES || before.country !== country();
  }

  function remakeNames(): void {
    for (const empty of emptyNames) empty();
    eachOf(
      (after, most) => clients.all(after, most),
      'clientRow',
      (row) => {
        saveClientKeys(nameKey(row.displayName), numberKey(row.accountNo), row.clientRow);
        if (row.gone) return;
        indexName(row.clientRow, searchText(row.displayName));
        for (const word of wordsOf(row.displayName)) if (!hasDigit(word)) insertWord(word, soundOf(word));
      },
    );
    eachOf(
      (after, most) => groups.all(after, most),
      'groupRow',
      (row) => {
        saveGroupKeys(nameKey(row.name), numberKey(row.accountNo), row.groupRow);
        if (!row.gone) indexGroup(row.groupRow, searchText(row.name));
      },
    );
    for (const { rows, save } of accounts) {
      eachOf(rows, 'row', ({ row, accountNo, accountKey }) => {
        const key = numberKey(accountNo);
        if (key !== accountKey) save(key, row);
      });
    }
  }

  function remakePhones(country: string | null): void {
    emptyPhones();
    eachOf(
      (after, most) => clients.all(after, most),
      'clientRow',
      (row) => {
        if (!row.gone) indexPhone(row.clientRow, phoneTokens(row.mobileNo, country));
      },
    );
  }

  return {
    country,
    isBehind,
    bringUp: () => {
      if (!isBehind()) return false;
      const isNew = made.one()?.rules !== SEARCH_RULES;
      const now = country();
      if (isNew) remakeNames();
      remakePhones(now);
      note({ only: 1, rules: SEARCH_RULES, country: now });
      return true;
    },
  };
}

function eachOf<Row extends Record<Key, number>, Key extends string>(
  page: (after: number, most: number) => readonly Row[],
  key: Key,
  take: (row: Row) => void,
): void {
  for (let after = -1; ;) {
    const rows = page(after, AT_ONCE);
    for (const row of rows) take(row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < AT_ONCE) return;
    after = last[key];
  }
}
