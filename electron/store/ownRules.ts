// What runs or stands in the books besides rows: triggers, views, tables, indexes. Whoever has their key can lay a trigger of their own among
// ours: it would write with this program's hand, in its transaction, and the sums of the rows would move along with it (I13). So nothing is
// written before only our own are there, and nothing after somebody laid one while the program ran. A table whose columns have other names
// gives other values under the same sums, and an index that says other than its table leads to another row: on neither is anything sent.

import Database from 'better-sqlite3';
import type { Database as Handle } from 'better-sqlite3';
import { StoreFault } from '../ports/store.ts';
import { migrate, schemaVersion } from './migrate.ts';
import { allMigrations } from './migrations/allMigrations.ts';

interface Rule {
  readonly type: string;
  readonly name: string;
  readonly sql: string;
}

/** SQLite writes a name that was changed in quotes. */
function plain(sql: string): string {
  return sql.replace(/["\s]+/g, ' ');
}

function rulesIn(database: Handle): ReadonlyMap<string, Rule> {
  const rules = database
    // SQLite runs also what somebody wrote into its own table under one of the names that it keeps for itself; nothing of ours is called so.
    .prepare('SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name')
    .all() as Rule[];
  return new Map(rules.map((rule) => [`${rule.type} ${rule.name}`, rule]));
}

const madeByUs = new Map<number, ReadonlyMap<string, Rule>>();

/** As this program makes them, at that version; made once in a process. */
function ourRules(version: number): ReadonlyMap<string, Rule> {
  const known = madeByUs.get(version);
  if (known !== undefined) return known;
  const empty = new Database(':memory:');
  try {
    migrate(
      empty,
      allMigrations.filter((migration) => migration.version <= version),
    );
    const made = rulesIn(empty);
    madeByUs.set(version, made);
    return made;
  } finally {
    empty.close();
  }
}

function differing(found: ReadonlyMap<string, Rule>, ours: ReadonlyMap<string, Rule>): readonly string[] {
  return [...new Set([...found.keys(), ...ours.keys()])].filter((name) => {
    const [one, other] = [found.get(name), ours.get(name)];
    return one === undefined || other === undefined || plain(one.sql) !== plain(other.sql);
  });
}

/** The first that is not as this program made it; null when all are. */
export function differingRule(database: Handle): string | null {
  return differing(rulesIn(database), ourRules(schemaVersion(database)))[0] ?? null;
}

/** Triggers act by themselves, an index decides what is found, and so does what SQLite notes of them. */
const ACTING = /^(?:trigger|view|index) |^table sqlite_stat/i;

export interface PutRight {
  /** Something of another hand was taken out, or something of ours laid back. */
  readonly any: boolean;
  /** What is left, of the tables, is as this program made it. */
  readonly isAsMade: boolean;
}

/** Of what acts by itself: takes out what is not ours and lays back what is missing. A table is left as it is: rows lie in it. */
export function putRulesRight(database: Handle): PutRight {
  const version = schemaVersion(database);
  if (version === 0) return { any: false, isAsMade: true };
  const [found, ours] = [rulesIn(database), ourRules(version)];
  const other = differing(found, ours);
  const acting = other.filter((name) => ACTING.test(name));
  const isAsMade = acting.length === other.length;
  if (acting.length === 0) return { any: false, isAsMade };
  const put = database.transaction(() => {
    for (const name of acting) {
      const laid = found.get(name);
      if (laid !== undefined) database.exec(`DROP ${laid.type} "${laid.name.replaceAll('"', '""')}"`);
    }
    for (const name of acting) database.exec(ours.get(name)?.sql ?? '');
  });
  put.immediate();
  // SQLite takes a trigger whose kind is written in capitals, and leaves it in its table when it is dropped: the next look at it brings it back.
  const left = differing(rulesIn(database), ours).find((name) => ACTING.test(name));
  if (left !== undefined) throw new StoreFault('corrupt', 'a rule of another hand cannot be taken out of the books');
  return { any: true, isAsMade };
}

/** Asked at the beginning of each write: whether another connection laid rules of its own since the last time. */
export function ruleWatch(database: Handle): () => boolean {
  const written = database.prepare('PRAGMA data_version').pluck();
  const laid = database.prepare('PRAGMA schema_version').pluck();
  let [seen, known] = [written.get(), laid.get()];
  return () => {
    // Only a commit of another connection moves it.
    const now = written.get();
    if (now === seen) return false;
    const other = laid.get();
    if (other !== known && differingRule(database) !== null) return true;
    [seen, known] = [now, other];
    return false;
  };
}

/**
 * Whether every index of that table says what its rows say. One that was made over other rows, and laid beside these, leads to another row than
 * was asked for, with every row as it was. Takes time that grows with the table.
 */
export function isIndexRight(database: Handle, table: string): boolean {
  return (database.prepare(`PRAGMA integrity_check("${table}")`).pluck().all() as string[]).every((line) => line === 'ok');
}
