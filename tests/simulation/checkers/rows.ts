// Reading a PC's file or head office's books as an auditor would: plain SQL on the real handle, past every layer that is being judged.

import type { Database, Statement } from 'better-sqlite3';

/** Every number of head office's that a record had here, also one that somebody else had before. */
export const NUMBERS_LEARNED = `(SELECT kind, local_id, server_id FROM journal_server_ids
  UNION SELECT kind, local_id, server_id FROM journal_server_ids_again WHERE local_id IS NOT NULL)`;

/** Of these the one that each record learned last, in SQL. */
export const NUMBER_LEARNED_LAST = `(SELECT kind, local_id, server_id FROM (
  SELECT kind, local_id, server_id, row_number() OVER (PARTITION BY kind, local_id ORDER BY learned DESC, again DESC) AS place FROM (
    SELECT kind, local_id, server_id, position AS learned, 0 AS again FROM journal_server_ids
    UNION ALL SELECT kind, local_id, server_id, after_position, position FROM journal_server_ids_again WHERE local_id IS NOT NULL
  )) WHERE place = 1)`;

type Value = string | number | null;

const statementsOf = new WeakMap<Database, Map<string, Statement<Value[]>>>();

function prepared(database: Database, sql: string): Statement<Value[]> {
  let statements = statementsOf.get(database);
  if (statements === undefined) {
    statements = new Map();
    statementsOf.set(database, statements);
  }
  let statement = statements.get(sql);
  if (statement === undefined) {
    statement = database.prepare<Value[]>(sql);
    statements.set(sql, statement);
  }
  return statement;
}

// The caller knows the shape of its own query.
/* eslint-disable @typescript-eslint/no-unnecessary-type-parameters -- the row's shape stands in the query, which has no type */
export function rows<Row>(database: Database, sql: string, ...values: Value[]): readonly Row[] {
  return prepared(database, sql).all(...values) as Row[];
}

export function row<Row>(database: Database, sql: string, ...values: Value[]): Row | null {
  return (prepared(database, sql).get(...values) as Row | undefined) ?? null;
}

/**
 * The mark under which a command `c` of the receipt `r` stands at head office: the receipt's number, and which line it is where the receipt has
 * several. Said here once more, apart from the program.
 */
export const MARK = `coalesce((SELECT r.number || '/' || (l.key + 1) FROM json_each(r.body, '$.lines') l
  WHERE json_extract(l.value, '$.commandId') = c.command_id), r.number)`;

export function count(database: Database, sql: string, ...values: Value[]): number {
  const found = prepared(database, sql).get(...values) as Record<string, number> | undefined;
  return Object.values(found ?? {})[0] ?? 0;
}
