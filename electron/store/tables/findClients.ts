// Finding a client by whatever the person at the counter has: words of the name in any order, a phone, an account number, an external
// id, or a misspelling. Exact ways come first; neighbours in sound fill up only when there is room. Budget: under 10 ms at 100,000
// clients (tests/bench).

import { matchRanges } from '../../../shared/domain/clients/matchRanges.ts';
import type { ClientSearch, FoundClient } from '../../ports/store.ts';
import { replicaClients } from '../schema/replica/clients.ts';
import type { SimilarWord, SimilarWords } from '../search/similarWords.ts';
import { phoneKeys, phonesIn } from '../search/phones.ts';
import type { SearchIndex } from '../search/searchIndex.ts';
import { fold, hasDigit, nameKey, numberKey, ownWordsOf, partsOf, searchText, wordsOf } from '../search/words.ts';
import { numbersOf, selectFrom } from '../statements.ts';
import type { Session } from '../statements.ts';
import { clientOf } from './clientTable.ts';

type Row = typeof replicaClients.$inferSelect;

const SIMILAR_WORDS_MOST = 6;
const ALIKE_ROWS_MOST = 20;
const HOLDERS_MOST = 200;
const SHORT_WORD = 3;
const EXTERNAL_ID_LENGTH_MIN = 4;
/** The beginning of a number that was given here, with the whole of its office. */
const LOCAL_NUMBER = /^P-[A-Z0-9]{2,5}-/;

/** As a phone or a page writes a number that can be pressed. */
const TEL = /^tel:/i;

/** Text order puts everything that begins with `key` from `key` up to this. */
function endOf(key: string): string {
  return `${key}\u{10FFFF}`;
}

function quoted(word: string): string {
  return `"${word}"`;
}

/** A full-text question: every word must be the beginning of one; where letters and digits stand in one, it may be two. */
function beginnings(words: readonly string[]): string {
  return words
    .map((word) => {
      const parts = partsOf(word).map((part) => `${quoted(part)}*`);
      return parts.length < 2 ? `${quoted(word)}*` : `(${quoted(word)}* OR (${parts.join(' AND ')}))`;
    })
    .join(' AND ');
}

export function findClients(session: Session, similar: SimilarWords, index: SearchIndex): ClientSearch {
  const byRow = selectFrom(session, replicaClients, 'WHERE client_row = ?');
  const named = numbersOf(session, 'SELECT rowid FROM replica_client_names WHERE replica_client_names MATCH ? ORDER BY rank LIMIT ?');
  // One short beginning fits thousands: ranking them all says nothing and costs the most, so the exact word leads and the rest come as kept.
  const namedUnranked = numbersOf(session, 'SELECT rowid FROM replica_client_names WHERE replica_client_names MATCH ? LIMIT ?');
  const phoned = numbersOf(session, 'SELECT rowid FROM replica_client_phones WHERE replica_client_phones MATCH ? LIMIT ?');
  const accountIs = numbersOf(session, 'SELECT client_row FROM replica_clients WHERE gone = 0 AND account_key = ? LIMIT ?');
  const accountBegins = numbersOf(
    session,
    'SELECT client_row FROM replica_clients WHERE gone = 0 AND account_key >= ? AND account_key < ? ORDER BY account_key LIMIT ?',
  );
  const externalBegins = numbersOf(
    session,
    `SELECT client_row FROM replica_clients
     WHERE gone = 0 AND external_id IS NOT NULL AND external_id COLLATE NOCASE >= ? AND external_id COLLATE NOCASE < ? LIMIT ?`,
  );
  const localBegins = numbersOf(
    session,
    `SELECT client_row FROM journal_local_numbers AS given JOIN replica_clients AS client ON client.client_id = coalesce(
       (SELECT into_local_id FROM journal_merges WHERE local_id = given.record_id AND kind = 'client'), given.record_id
     ) WHERE given.record_kind = 'client' AND client.gone = 0 AND given.number >= ? AND given.number < ? LIMIT ?`,
  );
  const holderOf = (table: 'replica_loans' | 'replica_savings', condition: string) =>
    numbersOf(
      session,
      `SELECT DISTINCT client_row FROM ${table} AS account JOIN replica_clients AS client ON client.client_id = account.client_id
       WHERE account.gone = 0 AND client.gone = 0 AND ${condition} LIMIT ?`,
    );
  const loanIs = holderOf('replica_loans', 'account.account_key = ?');
  const savingsIs = holderOf('replica_savings', 'account.account_key = ?');
  const loanBegins = holderOf('replica_loans', 'account.account_key >= ? AND account.account_key < ?');
  const savingsBegins = holderOf('replica_savings', 'account.account_key >= ? AND account.account_key < ?');
  // The plus keeps the phones as a set to look into, instead of asking the names once for each of them.
  const namedAndPhoned = numbersOf(
    session,
    `SELECT rowid FROM replica_client_names WHERE replica_client_names MATCH ?
       AND +rowid IN (SELECT rowid FROM replica_client_phones WHERE replica_client_phones MATCH ?) LIMIT ?`,
  );
  const namedAmong = numbersOf(
    session,
    `SELECT rowid FROM replica_client_names
     WHERE replica_client_names MATCH ? AND +rowid IN (SELECT value FROM json_each(?)) LIMIT ?`,
  );

  /** `text` is digits, with a plus, zeros and blanks as people put them. */
  function phones(text: string, most: number): number[] {
    const found = new Set<number>();
    for (const key of phoneKeys(text, index.country())) {
      if (found.size < most) for (const row of phoned(beginnings([key]), most)) found.add(row);
    }
    return [...found].slice(0, most);
  }

  /** Each group of digits for itself, or all of them as one number. */
  function phoneQuestion(keys: readonly string[]): string {
    return [`(${beginnings(keys)})`, ...phoneKeys(keys.join(''), index.country()).map((key) => beginnings([key]))].join(' OR ');
  }

  type How = FoundClient['how'];

  function byNumber(text: string, key: string, most: number): Map<number, How> {
    const found = new Map<number, How>();
    const add = (rows: () => readonly number[], how: How): void => {
      if (found.size >= most) return;
      for (const row of rows()) if (!found.has(row) && found.size < most) found.set(row, how);
    };
    if (key !== '') {
      add(() => accountIs(key, most), 'number');
      add(() => loanIs(key, most), 'account');
      add(() => savingsIs(key, most), 'account');
      add(() => accountBegins(key, endOf(key), most), 'number');
      if (isDigits(key)) add(() => phones(text, most), 'phone');
      add(() => loanBegins(key, endOf(key), most), 'account');
      add(() => savingsBegins(key, endOf(key), most), 'account');
    }
    const upper = text.toUpperCase();
    if (LOCAL_NUMBER.test(upper)) add(() => localBegins(upper, endOf(upper), most), 'number');
    if (text.length >= EXTERNAL_ID_LENGTH_MIN) add(() => externalBegins(text, endOf(text), most), 'externalId');
    return found;
  }

  /** Whose name and number fit together; the words of both kinds all match. */
  function rowsNamedAndNumbered(names: readonly string[], keys: readonly string[], most: number): number[] {
    const found = new Set(keys.every(isDigits) ? namedAndPhoned(beginnings(names), phoneQuestion(keys), most) : []);
    const [key, ...others] = keys;
    if (found.size < most && key !== undefined && others.length === 0) {
      const holders = [
        ...accountBegins(key, endOf(key), HOLDERS_MOST),
        ...loanIs(key, HOLDERS_MOST),
        ...savingsIs(key, HOLDERS_MOST),
        ...loanBegins(key, endOf(key), HOLDERS_MOST),
        ...savingsBegins(key, endOf(key), HOLDERS_MOST),
      ];
      for (const row of namedAmong(beginnings(names), JSON.stringify(holders), most)) found.add(row);
    }
    return [...found].slice(0, most);
  }

  function rowsNamed(words: readonly string[], most: number): number[] {
    const [word = '', ...others] = words;
    if (others.length > 0 || word.length > SHORT_WORD) return named(beginnings(words), most);
    const exact = named(quoted(word), most);
    if (exact.length >= most) return exact;
    return [...new Set([...exact, ...namedUnranked(beginnings(words), most)])].slice(0, most);
  }

  function rowsAlike(words: readonly string[], skip: ReadonlySet<number>, most: number): Row[] {
    const alternatives = words.map((word) => ({ word, alike: similar.find(word, SIMILAR_WORDS_MOST) }));
    if (alternatives.every(({ alike }) => alike.length === 0)) return [];
    const match = alternatives
      .map(({ word, alike }) => `(${[`${quoted(word)}*`, ...alike.map((one) => quoted(one.word))].join(' OR ')})`)
      .join(' AND ');
    const rows: Row[] = [];
    for (const clientRow of namedUnranked(match, ALIKE_ROWS_MOST + skip.size)) {
      if (skip.has(clientRow)) continue;
      const row = byRow.one(clientRow);
      if (row !== null) rows.push(row);
    }
    return nearestFirst(rows, alternatives).slice(0, most);
  }

  return {
    findClients: (text, most) => {
      const trimmed = text.trim().replace(TEL, '');
      const words = wordsOf(trimmed);
      if (words.length === 0 || most <= 0) return [];
      const names = words.filter((word) => !hasDigit(word));
      const numbers = words.filter(hasDigit);
      const found = new Map<number, How>();

      if (names.length === 0) {
        // A number is often written in groups: first as one, then each group for itself.
        for (const [row, how] of byNumber(trimmed, numberKey(trimmed), most)) found.set(row, how);
        if (found.size < most && numbers.length > 1) {
          for (const row of phoned(beginnings(numbers.map(numberKey)), most))
            if (found.size < most && !found.has(row)) found.set(row, 'phone');
        }
        // A name may have digits too: 'Amani 2', 'Accept002'.
        if (found.size < most) for (const row of rowsNamed(words, most - found.size)) if (!found.has(row)) found.set(row, 'words');
      } else if (numbers.length === 0) {
        const own = ownWordsOf(trimmed);
        if (own.length > 0) for (const row of named(beginnings(own), most)) found.set(row, 'words');
        if (found.size < most) for (const row of rowsNamed(names, most - found.size)) found.set(row, 'words');
        if (found.size < most && trimmed.length >= EXTERNAL_ID_LENGTH_MIN) {
          for (const row of externalBegins(trimmed, endOf(trimmed), most - found.size)) if (!found.has(row)) found.set(row, 'externalId');
        }
      } else {
        for (const row of rowsNamed(words, most)) found.set(row, 'words');
        if (found.size < most)
          for (const row of rowsNamedAndNumbered(names, numbers.map(numberKey), most - found.size)) found.set(row, 'words');
        // Letters and digits may also be one number or id: 'AB-1042', a UUID.
        if (found.size < most)
          for (const [row, how] of byNumber(trimmed, numberKey(trimmed), most - found.size)) if (!found.has(row)) found.set(row, how);
      }

      const clients: FoundClient[] = [];
      for (const [clientRow, how] of found) {
        const row = byRow.one(clientRow);
        if (row !== null) clients.push({ client: clientOf(row), how });
      }
      if (clients.length < most && names.length > 0) {
        for (const row of rowsAlike(words, new Set(found.keys()), most - clients.length))
          clients.push({ client: clientOf(row), how: 'soundsAlike' });
      }
      return clients;
    },
    matchesIn: (name, text) => matchRanges(name, text, fold),
    nameKey,
    phonesIn: (text) => phonesIn(text, index.country()),
  };
}

function isDigits(key: string): boolean {
  return /^\d+$/.test(key);
}

/** Fewest slips first; among equals by name. */
function nearestFirst(
  rows: readonly Row[],
  alternatives: readonly { readonly word: string; readonly alike: readonly SimilarWord[] }[],
): Row[] {
  function slips(row: Row): number {
    const has = searchText(row.displayName).split(' ');
    let sum = 0;
    for (const { word, alike } of alternatives) {
      if (has.some((one) => one.startsWith(word))) continue;
      sum += Math.min(...alike.filter((one) => has.includes(one.word)).map((one) => one.distance + 1));
    }
    return sum;
  }
  return rows
    .map((row) => ({ row, slips: slips(row) }))
    .sort((a, b) => a.slips - b.slips || (a.row.nameKey < b.row.nameKey ? -1 : 1))
    .map(({ row }) => row);
}
