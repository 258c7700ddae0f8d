// What somebody does to the books who has their key: past the rules that stand in them, which are as before afterwards.

import type { Database } from 'better-sqlite3';

/** `change` under no trigger of the books: SQL, or whatever is to be done to them. */
export function forge<T>(database: Database, change: string | ((database: Database) => T)): T | undefined {
  const triggers = database.prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`).all() as { name: string; sql: string }[];
  for (const { name } of triggers) database.exec(`DROP TRIGGER ${name}`);
  try {
    if (typeof change === 'function') return change(database);
    database.exec(change);
    return undefined;
  } finally {
    for (const { sql } of triggers) database.exec(sql);
  }
}
