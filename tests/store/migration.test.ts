// From any older schema to the newest, with rows, in one step that happens whole or not at all.

import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { copyBeforeMigration, migrate, newestVersion, schemaVersion } from '../../electron/store/migrate.ts';
import { allMigrations } from '../../electron/store/migrations/allMigrations.ts';
import { openDatabase } from '../../electron/store/openDatabase.ts';
import { AT, KEY, aClient, newId, openAt, tempFolder } from './storeWorld.ts';

const journalOnly = allMigrations.slice(0, 1);

/** An encrypted file of the previous version, with rows as that version wrote them. */
function previousFile(): string {
  const file = join(tempFolder(), 'store.sqlite');
  const database = openDatabase({ file, key: KEY }, 'write');
  database.pragma('journal_mode = WAL');
  migrate(database, journalOnly);
  database.exec(`
    INSERT INTO journal_entries VALUES (1, 'repayment', 'amina', '2026-11-18', ${AT}, '{"a":1}', '0', 'h1');
    INSERT INTO journal_days VALUES ('2026-11-18', ${AT}, 'otieno', NULL, NULL);
    INSERT INTO journal_server_ids VALUES (1, 'client', 5, '01980000-0000-7000-8000-000000000005');
    INSERT INTO local_settings VALUES ('policy', '{"most":3}');
    INSERT INTO local_owner VALUES (1, 41, 'before', ${AT});
  `);
  database.close();
  return file;
}

test('an empty file goes straight to the newest schema, without a copy', () => {
  const file = join(tempFolder(), 'store.sqlite');
  const store = openAt(file);
  expect(schemaVersion(store.database)).toBe(newestVersion());
  expect(readdirSync(join(file, '..')).filter((name) => name.includes('.schema-'))).toEqual([]);
});

test('a file of the previous version keeps its rows and learns the new tables; a copy of the old one stands beside it', () => {
  const file = previousFile();
  const store = openAt(file);
  expect(schemaVersion(store.database)).toBe(newestVersion());
  store.read((read) => {
    expect(read.entries(0, 9)).toEqual([
      { entry: 1, what: 'repayment', by: 'amina', businessDate: '2026-11-18', at: AT, body: { a: 1 }, previousHash: '0', hash: 'h1' },
    ]);
    expect([read.openDay()?.openedBy, read.setting('policy'), read.localIdOf('client', 5)]).toEqual([
      'otieno',
      { most: 3 },
      '01980000-0000-7000-8000-000000000005',
    ]);
  });
  expect(store.database.prepare('SELECT fencing FROM local_owner').pluck().get()).toBe(42);
  store.write((write) => write.saveClients([aClient(5, 'Mary Wafula')], AT, newId));
  expect(store.read((read) => read.findClients('mary', 9)[0]?.client.clientId)).toBe('01980000-0000-7000-8000-000000000005');

  const copy = openDatabase({ file: copyBeforeMigration(file, 1), key: KEY }, 'readonly');
  expect([schemaVersion(copy), copy.prepare('SELECT count(*) FROM journal_entries').pluck().get()]).toEqual([1, 1]);
  copy.close();
});

test('what one command depended on stands among what it needs, and a case keeps its number and its end', () => {
  const file = join(tempFolder(), 'store.sqlite');
  const database = openDatabase({ file, key: KEY }, 'write');
  database.pragma('journal_mode = WAL');
  database.pragma('foreign_keys = ON');
  migrate(
    database,
    allMigrations.filter(({ version }) => version < 7),
  );
  const insert = (sequence: number, commandId: string, dependsOn: string | null): void => {
    database
      .prepare(
        `INSERT INTO journal_commands (sequence, command_id, kind, payload_version, payload, amount_minor, subject, depends_on, recorded_by,
           business_date, recorded_at, clock_doubt, state, submission, idempotency_key, attempts, sent_as, post_singly)
         VALUES (?, ?, 'savingsDeposit', 1, '{"kind":"savingsDeposit"}', 100, 'savings:a', ?, 'amina', '2026-11-18', ${AT}, 0, 'rejected', 1, ?, 1,
           'amina', 0)`,
      )
      .run(sequence, commandId, dependsOn, `key ${sequence}`);
  };
  insert(1, 'before', null);
  insert(2, 'after', 'before');
  database.exec(
    `INSERT INTO journal_exceptions VALUES (7, 'case', 'before', 'refused', ${AT}, 'code', NULL, '{}', ${AT}, 'otieno', 'reverse', 'why', NULL, NULL)`,
  );
  database.close();
  const store = openAt(file);
  expect(store.database.prepare('SELECT command_id, needs FROM journal_prerequisites').all()).toEqual([
    { command_id: 'after', needs: 'before' },
  ]);
  expect(store.database.prepare('SELECT position, exception_id, resolution FROM journal_exceptions').all()).toEqual([
    { position: 7, exception_id: 'case', resolution: 'reverse' },
  ]);
  expect(store.database.pragma('foreign_key_check')).toEqual([]);
  expect(() => store.database.exec('DELETE FROM journal_exceptions')).toThrow(/I9/);
});

test('what was recorded about a record that an older program made one with another keeps order with what is about that one', () => {
  const file = join(tempFolder(), 'store.sqlite');
  const database = openDatabase({ file, key: KEY }, 'write');
  database.pragma('journal_mode = WAL');
  database.pragma('foreign_keys = ON');
  migrate(
    database,
    allMigrations.filter(({ version }) => version < 54),
  );
  const [ours, between, known] = [newId(), newId(), newId()];
  const insert = database.prepare(
    `INSERT INTO journal_commands (sequence, command_id, kind, payload_version, payload, subject, recorded_by, business_date, recorded_at,
       clock_doubt, state, submission, idempotency_key, attempts, sent_as, post_singly)
     VALUES (?, ?, 'clientTurn', 1, '{"kind":"clientTurn"}', ?, 'amina', '2026-11-18', ${AT}, 0, ?, 1, ?, 1, 'amina', 0)`,
  );
  insert.run(1, newId(), `client:${known}`, 'queued', newId());
  insert.run(2, newId(), `client:${ours}`, 'queued', newId());
  insert.run(3, newId(), `upload:picture:${ours}`, 'accepted', newId());
  insert.run(4, newId(), 'savings:a', 'queued', newId());
  database.exec(`
    INSERT INTO journal_subjects VALUES ('client:${ours}', 4);
    INSERT INTO journal_merges VALUES ('client', '${ours}', '${between}'), ('client', '${between}', '${known}');
  `);
  database.close();
  const store = openAt(file);
  expect(store.database.prepare('SELECT subject, sequence FROM journal_subjects ORDER BY sequence, subject').raw().all()).toEqual(
    [
      [`client:${between}`, 2],
      [`client:${known}`, 2],
      [`upload:picture:${between}`, 3],
      [`upload:picture:${known}`, 3],
      [`client:${between}`, 4],
      [`client:${known}`, 4],
      [`client:${ours}`, 4],
    ].sort(([one = '', at = 0], [other = '', then = 0]) => Number(at) - Number(then) || (String(one) < String(other) ? -1 : 1)),
  );
});

test('a file that is already newest is not copied and not changed', () => {
  const file = join(tempFolder(), 'store.sqlite');
  openAt(file).close();
  const database = openDatabase({ file, key: KEY }, 'write');
  const before = database.pragma('schema_version', { simple: true });
  expect(migrate(database)).toBe(newestVersion());
  expect(database.pragma('schema_version', { simple: true })).toBe(before);
  database.close();
  expect(readdirSync(join(file, '..'))).toEqual(['store.sqlite', 'store.sqlite-witness']);
});

test('a migration that fails in the middle leaves the old schema, the rows and the copy; the next try succeeds', () => {
  const file = previousFile();
  const broken = [
    ...allMigrations,
    { version: newestVersion() + 1, sql: 'CREATE TABLE replica_half (a TEXT) STRICT; INSERT INTO nowhere VALUES (1);' },
  ];
  const database = openDatabase({ file, key: KEY }, 'write');
  expect(() => migrate(database, broken)).toThrow(/nowhere/);
  expect(database.inTransaction).toBe(false);
  expect(schemaVersion(database)).toBe(1);
  expect(database.prepare(`SELECT count(*) FROM sqlite_schema WHERE name LIKE 'replica%'`).pluck().get()).toBe(0);
  expect(database.prepare('SELECT count(*) FROM journal_entries').pluck().get()).toBe(1);
  database.close();
  expect(existsSync(copyBeforeMigration(file, 1))).toBe(true);
  expect(openAt(file).read((read) => read.countEntries())).toBe(1);
});

test('every earlier version, also one in memory, arrives at the same schema', () => {
  const schemaOf = (database: Database.Database) => database.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all();
  const whole = new Database(':memory:');
  migrate(whole);
  for (let version = 1; version < allMigrations.length; version += 1) {
    const stepwise = new Database(':memory:');
    migrate(stepwise, allMigrations.slice(0, version));
    expect(migrate(stepwise)).toBe(version);
    expect(schemaOf(stepwise)).toEqual(schemaOf(whole));
  }
});

test('a copy that an earlier try left half made is made anew', () => {
  const file = previousFile();
  const copy = copyBeforeMigration(file, 1);
  openAt(file).close();
  rmSync(file);
  const again = openDatabase({ file, key: KEY }, 'write');
  migrate(again, journalOnly);
  again.exec(`INSERT INTO journal_entries VALUES (1, 'later', 'amina', '2026-11-18', ${AT}, '1', '0', 'h1')`);
  migrate(again);
  again.close();
  const kept = openDatabase({ file: copy, key: KEY }, 'readonly');
  expect(kept.prepare('SELECT what FROM journal_entries').pluck().get()).toBe('later');
  kept.close();
});
