// What runs or stands in the books besides rows: triggers, views, tables, indexes. Whoever has their key can lay a trigger of their own among
// ours: it would write with this program's hand, in its transaction, and the sums of the rows would move along with it (I13). So nothing is
// written before only our own are there, and nothing after somebody laid one while the program ran.

import Database from 'better-sqlite3';
import type { Database as Handle } from 'better-sqlite3';
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
    .prepare(`SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`)
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

/** Of what acts by itself: takes out what is not ours and lays back what is missing. True where there was anything of the kind. */
export function putRulesRight(database: Handle): boolean {
  const version = schemaVersion(database);
  if (version === 0) return false;
  const [found, ours] = [rulesIn(database), ourRules(version)];
  const acting = differing(found, ours).filter((name) => /^(?:trigger|view) /.test(name));
  if (acting.length === 0) return false;
  const put = database.transaction(() => {
    for (const name of acting) {
      const other = found.get(name);
      if (other !== undefined) database.exec(`DROP ${other.type} "${other.name.replaceAll('"', '""')}"`);
    }
    for (const name of acting) database.exec(ours.get(name)?.sql ?? '');
  });
  put.immediate();
  return true;
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
