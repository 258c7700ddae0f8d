// The head office's own book: one SQLite database, every statement prepared once. Transactions nest by
// savepoints, because an enclosing batch wraps commands that otherwise open their own.
import type Database from 'better-sqlite3';

export type SqlValue = string | number | null;

export interface Book {
  readonly database: Database.Database;
  get(sql: string, ...values: SqlValue[]): unknown;
  all(sql: string, ...values: SqlValue[]): unknown[];
  /** Gives the row id of an insert. */
  run(sql: string, ...values: SqlValue[]): number;
  /** How many rows a statement changed. */
  change(sql: string, ...values: SqlValue[]): number;
  transaction<Value>(work: () => Value): Value;
  close(): void;
}

export function openBook(database: Database.Database): Book {
  const prepared = new Map<string, Database.Statement<SqlValue[]>>();
  const prepare = (sql: string): Database.Statement<SqlValue[]> => {
    let statement = prepared.get(sql);
    if (statement === undefined) {
      statement = database.prepare<SqlValue[]>(sql);
      prepared.set(sql, statement);
    }
    return statement;
  };
  let depth = 0;
  return {
    database,
    get: (sql, ...values) => prepare(sql).get(...values),
    all: (sql, ...values) => prepare(sql).all(...values),
    run: (sql, ...values) => Number(prepare(sql).run(...values).lastInsertRowid),
    change: (sql, ...values) => prepare(sql).run(...values).changes,
    transaction(work) {
      const mark = `level_${String(depth)}`;
      prepare(depth === 0 ? 'BEGIN IMMEDIATE' : `SAVEPOINT ${mark}`).run();
      depth += 1;
      try {
        const value = work();
        depth -= 1;
        prepare(depth === 0 ? 'COMMIT' : `RELEASE ${mark}`).run();
        return value;
      } catch (error) {
        if (depth > 0) depth -= 1;
        if (database.inTransaction) {
          if (depth === 0) prepare('ROLLBACK').run();
          else {
            prepare(`ROLLBACK TO ${mark}`).run();
            prepare(`RELEASE ${mark}`).run();
          }
        }
        throw error;
      }
    },
    close() {
      prepared.clear();
      if (database.open) database.close();
    },
  };
}
