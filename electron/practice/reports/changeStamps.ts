// When clients, loans and savings accounts last changed, and how often: head office stamps every row it saves, whoever made it do so. The
// database does it here too, so that no command can forget it. What stands since the seed has no stamp of its own.
import type { Book } from '../book.ts';

const NEVER_CHANGED = '2000-01-01 00:00:00.000000';

const STAMPED: readonly { readonly table: string; readonly kind: string; readonly id: string }[] = [
  { table: 'client', kind: 'client', id: 'id' },
  { table: 'loan', kind: 'loan', id: 'id' },
  { table: 'loan_transaction', kind: 'loan', id: 'loan_id' },
  { table: 'loan_charge', kind: 'loan', id: 'loan_id' },
  { table: 'savings_account', kind: 'savings', id: 'id' },
  { table: 'savings_transaction', kind: 'savings', id: 'account_id' },
];

export interface Stamp {
  readonly version: number;
  readonly modified: string;
}

/** To be called at every opening, after the seed: a file of before knows neither the table nor the triggers. */
export function stampChanges(book: Book, now: () => number): void {
  book.database.function('practice_moment', () => momentText(now()));
  book.database.exec(
    `CREATE TABLE IF NOT EXISTS change_stamp (kind TEXT NOT NULL, id INTEGER NOT NULL, version INTEGER NOT NULL, modified TEXT NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID;
     CREATE INDEX IF NOT EXISTS change_stamp_by_moment ON change_stamp (kind, modified);`,
  );
  for (const { table, kind, id } of STAMPED) {
    for (const deed of ['INSERT', 'UPDATE']) {
      book.database.exec(
        `CREATE TRIGGER IF NOT EXISTS stamp_${table}_${deed.toLowerCase()} AFTER ${deed} ON ${table} BEGIN
           INSERT INTO change_stamp (kind, id, version, modified) VALUES ('${kind}', NEW.${id}, 1, practice_moment())
           ON CONFLICT (kind, id) DO UPDATE SET version = version + 1, modified = excluded.modified; END;`,
      );
    }
  }
}

export function stampOf(book: Book, kind: string, id: number): Stamp {
  const row = book.get('SELECT version, modified FROM change_stamp WHERE kind = ? AND id = ?', kind, id) as Stamp | undefined;
  return row ?? { version: 0, modified: NEVER_CHANGED };
}

/** 'yyyy-MM-dd HH:mm:ss.ffffff' in UTC, as head office's columns read as text. */
export function momentText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 23).replace('T', ' ')}000`;
}
