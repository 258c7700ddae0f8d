// A database handle whose every statement can be the last. It stands between the store and SQLite: a process can die before or after any
// statement, the disk can be full or busy at any of them, and a process that died can do nothing more but have its transaction rolled back.
// It never changes what a statement does.

import type { Database, Statement } from 'better-sqlite3';

/** Thrown into a process that dies inside a statement. Whoever catches it is dead: nothing it does afterwards has any effect. */
export class ProcessDeath extends Error {
  constructor(where: string) {
    super(`the process died ${where}`);
    this.name = 'ProcessDeath';
  }
}

export type StatementKind = 'begin' | 'write' | 'commit';

/** One handle's way to its disk. */
export interface DiskGate {
  isDead(): boolean;
  /** Called before a statement that changes something; may throw ProcessDeath or a failure of the disk. */
  before(kind: StatementKind, what: string): void;
  after(kind: StatementKind, what: string): void;
}

export function diskFailure(code: 'SQLITE_FULL' | 'SQLITE_BUSY'): Error {
  const message = code === 'SQLITE_FULL' ? 'database or disk is full' : 'database is locked';
  return Object.assign(new Error(message), { code });
}

type Values = (string | number | bigint | Buffer | null)[];

/** 'insert journal_receipts' out of a statement's text. */
export function nameOfStatement(sql: string): string {
  const text = sql.replaceAll(/\s+/g, ' ').trim();
  const insert = /^INSERT(?: OR \w+)? INTO (\w+)/i.exec(text);
  if (insert !== null) return `insert ${insert[1] ?? ''}`;
  const update = /^UPDATE(?: OR \w+)? (\w+)/i.exec(text);
  if (update !== null) return `update ${update[1] ?? ''}`;
  const remove = /^DELETE FROM (\w+)/i.exec(text);
  if (remove !== null) return `delete ${remove[1] ?? ''}`;
  return text.slice(0, 30).toLowerCase();
}

/** Written with every transaction and of no meaning by themselves: what can happen at the statements around them can happen there. */
const SUMS = /^\s*(?:INSERT INTO local_row_sums|(?:CREATE|DROP)[^;]+summed_)/;

function kindOf(sql: string): StatementKind | 'read' | 'rollback' {
  if (SUMS.test(sql)) return 'read';
  const first = /^\s*(\w+)/.exec(sql)?.[1]?.toUpperCase() ?? '';
  if (first === 'BEGIN') return 'begin';
  if (first === 'COMMIT') return 'commit';
  if (first === 'ROLLBACK') return 'rollback';
  return first === 'SELECT' || first === 'PRAGMA' || first === 'WITH' ? 'read' : 'write';
}

export interface DiskAlterations {
  /** Instead of the text that was asked for; for mutants. */
  readonly pragma?: (text: string) => string;
  readonly read?: (sql: string, found: () => unknown) => unknown;
  /** What is bound to a statement in place of what was asked for; for programs of another year. */
  readonly bind?: (sql: string, values: readonly unknown[]) => readonly unknown[];
}

/** The members that the store uses, over the one real handle of the PC. */
export function gatedDatabase(database: Database, gate: DiskGate, alterations: DiskAlterations = {}): Database {
  function guarded<T>(sql: string, kind: ReturnType<typeof kindOf>, what: string, run: () => T): T {
    if (kind === 'rollback') return run();
    if (kind === 'read') {
      if (gate.isDead()) throw new ProcessDeath('before a reading');
      return alterations.read === undefined ? run() : (alterations.read(sql, run) as T);
    }
    gate.before(kind, what);
    const result = run();
    gate.after(kind, what);
    return result;
  }

  function gatedStatement(sql: string, statement: Statement<Values>): object {
    const [kind, what] = [kindOf(sql), nameOfStatement(sql)];
    const own = {
      run: (...values: Values) => guarded(sql, kind, what, () => statement.run(...((alterations.bind?.(sql, values) ?? values) as Values))),
      get: (...values: Values) => guarded(sql, kind, what, () => statement.get(...values)),
      all: (...values: Values) => guarded(sql, kind, what, () => statement.all(...values)),
      pluck: () => {
        statement.pluck();
        return own;
      },
      raw: () => {
        statement.raw();
        return own;
      },
      iterate: () => statement.iterate(),
    };
    return own;
  }

  const own = {
    function: (...given: Parameters<Database['function']>) => database.function(...given),
    prepare: (sql: string) => gatedStatement(sql, database.prepare<Values>(sql)),
    exec: (sql: string) => guarded(sql, kindOf(sql), nameOfStatement(sql), () => database.exec(sql)),
    pragma: (text: string, options?: { simple: boolean }) => database.pragma(alterations.pragma?.(text) ?? text, options),
    close: () => undefined,
    get inTransaction() {
      return database.inTransaction;
    },
    get memory() {
      return database.memory;
    },
    get name() {
      return database.name;
    },
  };
  return own as unknown as Database;
}
