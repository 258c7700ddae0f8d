// Somebody with the key of the books and without the seal (I13). Honest books are whole, whatever happened to them; then, each time on a copy, a
// row somewhere is taken away or made to say something else, past every trigger, or a rule is laid among ours, and it has to be found.

import Database from 'better-sqlite3';
import type { Database as Handle } from 'better-sqlite3';
import { auditBooks } from '../../../electron/store/auditBooks.ts';
import { SEAL_KEY } from '../../world/branchPc.ts';
import { forge } from '../../world/forged.ts';
import { LIFTS_SINCE_LAST_YEAR } from '../../world/lastYearsProgram.ts';
import type { Seeded } from '../../world/seed.ts';
import { holds } from './brokenPromise.ts';
import { count, rows } from './rows.ts';

const HANDS_TRIED = 6;

interface Column {
  readonly name: string;
  readonly type: string;
  readonly pk: number;
}

/** It would write with the program's own hand, and the sums of the rows would move along. */
const A_RULE = `CREATE TRIGGER made_up AFTER INSERT ON journal_entries BEGIN UPDATE local_staff SET permissions = '["ALL_FUNCTIONS"]'; END`;

/** What was done, or null where there was nothing to do it to. */
function lays(copy: Handle, chance: Seeded): string | null {
  if (chance.chance(0.1)) {
    copy.exec(A_RULE);
    return 'a rule of another hand';
  }
  copy.pragma('foreign_keys = OFF');
  copy.pragma('ignore_check_constraints = ON');
  const tables = rows<{ name: string }>(
    copy,
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND (name LIKE 'journal%' OR name IN ('local_staff', 'local_settings')) ORDER BY name`,
  ).filter(({ name }) => count(copy, `SELECT count(*) FROM ${name}`) > 0);
  const table = tables[chance.below(tables.length)]?.name;
  if (table === undefined) return null;
  const columns = rows<Column>(copy, `SELECT name, type, pk FROM pragma_table_info('${table}')`);
  const keys = columns.filter(({ pk }) => pk > 0);
  const at = chance.below(count(copy, `SELECT count(*) FROM ${table}`));
  const key = copy
    .prepare(`SELECT ${keys.map(({ name }) => name).join(', ')} FROM ${table} LIMIT 1 OFFSET ${String(at)}`)
    .raw()
    .get() as unknown[];
  const where = keys.map(({ name }) => `${name} = ?`).join(' AND ');
  const told = `${table} ${key.join(' ')}`;
  if (chance.chance(0.25)) {
    copy.prepare(`DELETE FROM ${table} WHERE ${where}`).run(...key);
    return `${told} is gone`;
  }
  const column = columns[chance.below(columns.length)] ?? keys[0];
  if (column === undefined) return null;
  const other =
    column.type === 'INTEGER' ? `coalesce(${column.name}, 0) + 1` : chance.chance(0.2) ? `'{}'` : `coalesce(${column.name}, '') || ' '`;
  try {
    const changed = copy
      .prepare(`UPDATE ${table} SET ${column.name} = ${other} WHERE ${where} AND ${column.name} IS NOT ${other}`)
      .run(...key).changes;
    return changed === 0 ? null : `${told}: ${column.name} changed`;
  } catch {
    // Another row has that already.
    return null;
  }
}

/** Every row says what its entry says and, where there is a seal, the rows add up: asked of books that nobody touched. */
export function checkHonest(name: string, database: Handle, sealKey: Uint8Array | null): void {
  const { finding } = auditBooks(database, sealKey, LIFTS_SINCE_LAST_YEAR);
  holds(finding === null, 'I13 honest books are whole', `${name}: ${finding?.what ?? ''} ${finding?.where ?? ''}`);
}

export function checkThief(name: string, database: Handle, chance: Seeded): void {
  const books = database.serialize();
  const copied = <T>(work: (copy: Handle) => T): T => {
    const copy = new Database(Buffer.from(books));
    try {
      return work(copy);
    } finally {
      copy.close();
    }
  };
  const foundIn = (copy: Handle) => auditBooks(copy, SEAL_KEY, LIFTS_SINCE_LAST_YEAR).finding;
  copied((copy) => checkHonest(name, copy, SEAL_KEY));
  for (let hand = 0; hand < HANDS_TRIED; hand += 1)
    copied((copy) => {
      const done = forge(copy, () => lays(copy, chance)) ?? null;
      holds(done === null || foundIn(copy) !== null, 'I13 a changed row is found', `${name}: ${done ?? ''}`);
    });
}
