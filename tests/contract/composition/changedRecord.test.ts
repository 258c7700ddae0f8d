// Somebody with the key changes what was recorded, with the program closed: a row, an order, a whole chain reckoned anew, the memory beside the
// books too. Each attack is done on real books of the program, with its own triggers out of the way, and each is found (I13).

import { forge } from '../../world/forged.ts';
import { kindsWhere } from '../../world/kindsInTheWorld.ts';
import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { branchKeys } from '../../../electron/composition/branchKey.ts';
import { dataFolder } from '../../../electron/composition/dataFolder.ts';
import type { Tawi } from '../../../electron/composition/openTawi.ts';
import { inProcess } from '../../../electron/host/inProcess.ts';
import type { InProcess } from '../../../electron/host/inProcess.ts';
import { keyFileWrap } from '../../../electron/host/ports/keyFileWrap.ts';
import { auditWhole, backUp } from '../../../electron/store/backup.ts';
import { migrate } from '../../../electron/store/migrate.ts';
import { allMigrations } from '../../../electron/store/migrations/allMigrations.ts';
import { openDatabase } from '../../../electron/store/openDatabase.ts';
import { sumsOverUpdate } from '../../../electron/store/rowSums.ts';
import { openWitness, witnessFileOf } from '../../../electron/store/witness.ts';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { cash } from '../../../shared/contract/cash.ts';
import type { StartView } from '../../../shared/contract/session.ts';
import type { ReceiptLine } from '../../../shared/contract/shapes.ts';
import type { SyncStatus } from '../../../shared/contract/sync.ts';
import { entryHash, payloadHash, receiptHash } from '../../../shared/domain/journal/entryWords.ts';
import type { ChainedEntry } from '../../../shared/domain/journal/entryWords.ts';
import type { Receipt } from '../../../shared/domain/records.ts';
import type { Json } from '../../../shared/kernel/canonicalJson.ts';
import { reveal } from '../../../shared/kernel/redacted.ts';
import { uuidV7 } from '../../../shared/kernel/uuidV7.ts';
import { asking, openIn } from './openedTawi.ts';

type Day = OutputOf<(typeof cash)['showDay']>;

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** Books with more than two hundred entries behind and before the money, the line cut, everything waiting. */
let honest: string;
let headOnPaper: string;
let folder: string;
let tawi: Tawi | null = null;
let page: InProcess;
let forms = 0;

async function open(): Promise<void> {
  tawi = await openIn(folder);
  page = inProcess(tawi.doorway, 'window:1');
}

async function close(): Promise<void> {
  await tawi?.close();
  tawi = null;
}

const { value, until } = asking(() => page);

function formId(): string {
  forms += 1;
  return uuidV7(1_795_000_000_000 + forms, new Uint8Array(10).fill(forms % 250));
}

async function notes(clientId: string, count: number): Promise<void> {
  for (let at = 0; at < count; at += 1)
    await value('clients.addNote', { formId: formId(), clientId, text: `note ${String(at)}`, askFirst: false });
}

beforeAll(async () => {
  honest = mkdtempSync(join(tmpdir(), 'tawi-honest-'));
  folder = honest;
  await open();
  await value('session.openPractice');
  await value('session.signIn', { username: 'grace', password: 'practice' });
  await until<StartView>('session.showStart', (start) => start.state === 'ready');
  await value('practice.setLine', { cut: true });
  await value('cash.openDrawer', { openingMinor: 100_000 });
  const { rows } = await value<{ rows: { clientId: string }[] }>('clients.list', { most: 50 });
  let savingsId = '';
  for (const { clientId } of rows) {
    const client = await value<{ savings: { savingsId: string; mayDeposit: boolean }[] }>('clients.show', { clientId });
    savingsId = client.savings.find((each) => each.mayDeposit)?.savingsId ?? savingsId;
    if (savingsId !== '') break;
  }
  const clientId = rows[0]?.clientId ?? '';
  for (const amountMinor of [70_000, 5_000, 2_000])
    await value<ReceiptLine>('savings.takeDeposit', { formId: formId(), savingsId, amountMinor, paidWith: { paymentTypeId: 1 } });
  await notes(clientId, 215);
  await value<ReceiptLine>('savings.takeDeposit', { formId: formId(), savingsId, amountMinor: 3_000, paidWith: { paymentTypeId: 1 } });
  headOnPaper = (await value<Day>('cash.showDay')).headHash ?? '';
  await close();
}, 120_000);
afterAll(() => rmSync(honest, { recursive: true, force: true }));

function begin(): void {
  folder = mkdtempSync(join(tmpdir(), 'tawi-changed-'));
  cpSync(honest, folder, { recursive: true });
}
afterEach(async () => {
  await close();
  if (folder !== honest) rmSync(folder, { recursive: true, force: true });
});

const store = (): string => dataFolder(folder).of('practice').store;

async function keys() {
  const found = await branchKeys(dataFolder(folder).of('practice'), [keyFileWrap(folder)]);
  if (found === null) throw new Error('no keys');
  return { file: store(), key: reveal(found.books), sealKey: reveal(found.seal) };
}

async function attack(change: (database: Database) => void): Promise<void> {
  const database = openDatabase(await keys(), 'write');
  database.pragma('foreign_keys = OFF');
  forge(database, change);
  database.close();
}

/** The whole chain reckoned anew from one entry on, as somebody does who has the key of the books and no seal. */
function chainAnew(database: Database): void {
  const rows = database
    .prepare(
      `SELECT entry, what, by, business_date AS businessDate, at, body, previous_hash AS previousHash, hash FROM journal_entries ORDER BY entry`,
    )
    .all() as (Omit<ChainedEntry, 'body'> & { body: string })[];
  let previousHash = '0'.repeat(64);
  for (const row of rows) {
    const entry = { ...row, body: JSON.parse(row.body) as ChainedEntry['body'], previousHash };
    const hash = entryHash(entry, sha256);
    database.prepare('UPDATE journal_entries SET previous_hash = ?, hash = ? WHERE entry = ?').run(previousHash, hash, row.entry);
    previousHash = hash;
  }
}

/** The number of somebody else's account becomes that of the account of the deposits, as after a restore of head office. */
const GIVEN_AGAIN = `INSERT INTO journal_server_ids_again (kind, server_id, local_id, after_position)
  SELECT 'savings', server_id, (SELECT payload ->> '$.savingsId' FROM journal_commands WHERE amount_minor = 70000), 999999
  FROM journal_server_ids WHERE kind = 'savings'
    AND local_id <> (SELECT payload ->> '$.savingsId' FROM journal_commands WHERE amount_minor = 70000) LIMIT 1`;

const DEPOSIT = `(SELECT command_id FROM journal_commands WHERE amount_minor = 70000)`;

/** No later paper names its hash, and its own is right again. */
function newNameOnTheLastPaper(database: Database): void {
  const last = database.prepare('SELECT position, body FROM journal_receipts ORDER BY position DESC LIMIT 1').get() as {
    position: number;
    body: string;
  };
  const receipt = { ...(JSON.parse(last.body) as Receipt), servedBy: 'Daniel Wekesa' };
  const anew = JSON.stringify({ ...receipt, hash: receiptHash(receipt, sha256) });
  database.prepare('UPDATE journal_receipts SET body = ? WHERE position = ?').run(anew, last.position);
}

/** The deposit over 700.00 becomes one over 7.00, in every row that says its sum, its receipt hashed anew. */
function sevenInsteadOf(database: Database): void {
  const { body } = database.prepare(`SELECT body FROM journal_receipts WHERE command_id = ${DEPOSIT}`).get() as { body: string };
  const receipt = { ...(JSON.parse(body) as Receipt), amountMinor: 700 };
  const anew = { ...receipt, hash: receiptHash(receipt, sha256) };
  database.prepare(`UPDATE journal_receipts SET body = ?, amount_minor = 700 WHERE command_id = ${DEPOSIT}`).run(JSON.stringify(anew));
  database.exec(`UPDATE journal_movements SET amount_minor = 700 WHERE command_id = ${DEPOSIT}`);
  database.exec(`UPDATE journal_effects SET delta_minor = 700 WHERE command_id = ${DEPOSIT}`);
  const { payload } = database.prepare(`SELECT payload FROM journal_commands WHERE command_id = ${DEPOSIT}`).get() as { payload: string };
  const said = { ...(JSON.parse(payload) as Readonly<Record<string, Json>>), amountMinor: 700 };
  database
    .prepare(
      `UPDATE journal_entries SET body = json_set(body, '$.amountMinor', 700, '$.receiptHash', ?, '$.payloadHash', ?)
       WHERE json_extract(body, '$.commandId') = ${DEPOSIT}`,
    )
    .run(anew.hash, payloadHash(said, sha256));
  database.prepare(`UPDATE journal_commands SET amount_minor = 700, payload = ? WHERE command_id = ${DEPOSIT}`).run(JSON.stringify(said));
}

test('honest books are whole, and their backup says so', async () => {
  begin();
  expect((await auditWhole(await keys())).finding).toBeNull();
  const made = await backUp({ ...(await keys()), folder: dataFolder(folder).of('practice').backups, at: 1_795_000_000_000 });
  expect(made.audit).toMatchObject({ finding: null });
  expect(made.audit.entries).toBeGreaterThan(220);
});

const EDITS: readonly (readonly [string, string | ((database: Database) => void), string])[] = [
  [
    'the amount of a receipt',
    `UPDATE journal_receipts SET amount_minor = 700, body = json_set(body, '$.amountMinor', 700) WHERE command_id = ${DEPOSIT}`,
    'receipt',
  ],
  [
    'a user name in a receipt',
    `UPDATE journal_receipts SET body = json_set(body, '$.servedBy', 'Daniel') WHERE command_id = ${DEPOSIT}`,
    'receipt',
  ],
  ['a name on the last paper, its hash reckoned anew: only its entry tells', newNameOnTheLastPaper, 'receipt'],
  ['the user of a receipt', `UPDATE journal_receipts SET username = 'daniel' WHERE command_id = ${DEPOSIT}`, 'receipt'],
  ['a receipt that is gone', `DELETE FROM journal_receipts WHERE command_id = ${DEPOSIT}`, 'receipt'],
  ['the amount of a movement', `UPDATE journal_movements SET amount_minor = 700 WHERE command_id = ${DEPOSIT}`, 'movement'],
  ['a movement that is gone', `DELETE FROM journal_movements WHERE command_id = ${DEPOSIT}`, 'movement'],
  [
    'a movement that was slipped in',
    `INSERT INTO journal_movements (movement_id, drawer_id, kind, amount_minor, command_id, receipt_id, at) SELECT 'x', drawer_id, 'paid', 1000, NULL, NULL, at FROM journal_movements LIMIT 1`,
    'movement',
  ],
  [
    'the payload of a command',
    `UPDATE journal_commands SET payload = json_set(payload, '$.note', 'other') WHERE command_id = ${DEPOSIT}`,
    'payload',
  ],
  [
    'the account of a command',
    `UPDATE journal_commands SET payload = json_set(payload, '$.savingsId', 'elsewhere') WHERE command_id = ${DEPOSIT}`,
    'payload',
  ],
  ['the sum that lists count', `UPDATE journal_commands SET amount_minor = 700 WHERE command_id = ${DEPOSIT}`, 'amount'],
  ['the maker of a command', `UPDATE journal_commands SET recorded_by = 'daniel' WHERE command_id = ${DEPOSIT}`, 'maker'],
  ['a command that is gone', `DELETE FROM journal_commands WHERE command_id = ${DEPOSIT}`, 'command'],
  ['a command without an entry', `UPDATE journal_commands SET entry = NULL WHERE command_id = ${DEPOSIT}`, 'command'],
  ['an effect', `UPDATE journal_effects SET delta_minor = 700 WHERE command_id = ${DEPOSIT}`, 'effect'],
  ['the opening of a drawer', `UPDATE journal_drawers SET opening_minor = 1`, 'drawer'],
  ['an entry of long ago', `UPDATE journal_entries SET by = 'mallory' WHERE entry = 3`, 'entry'],
  [
    'a newer entry',
    `UPDATE journal_entries SET body = json_set(body, '$.text', 'other') WHERE entry = (SELECT max(entry) - 20 FROM journal_entries)`,
    'entry',
  ],
  ['an entry that is gone', `DELETE FROM journal_entries WHERE entry = 9`, 'entry'],
  [
    'two entries in each other’s place',
    (database) => {
      database.exec('UPDATE journal_entries SET entry = 0 WHERE entry = 20');
      database.exec('UPDATE journal_entries SET entry = 20 WHERE entry = 21');
      database.exec('UPDATE journal_entries SET entry = 21 WHERE entry = 0');
    },
    'entry',
  ],
  [
    'an entry that was slipped in, the chain reckoned anew',
    (database) => {
      database.exec('UPDATE journal_entries SET entry = entry + 100000 WHERE entry > 30');
      database.exec(
        `INSERT INTO journal_entries SELECT 31, what, by, business_date, at, body, previous_hash, hash, seal FROM journal_entries WHERE entry = 30`,
      );
      database.exec('UPDATE journal_entries SET entry = entry - 99999 WHERE entry > 100000');
      chainAnew(database);
    },
    'seal',
  ],
  [
    'everything that says 700.00, the chain reckoned anew',
    (database) => {
      sevenInsteadOf(database);
      chainAnew(database);
    },
    'seal',
  ],
  ['the last entries', `DELETE FROM journal_entries WHERE entry > (SELECT max(entry) - 2 FROM journal_entries)`, 'command'],
  ['an event of a command', `UPDATE journal_command_events SET by = 'mallory' WHERE command_id = ${DEPOSIT}`, 'row'],
  ['an event that is gone', `DELETE FROM journal_command_events WHERE command_id = ${DEPOSIT}`, 'row'],
  [
    'a print that was slipped in',
    `INSERT INTO journal_prints (receipt_id, at, by, copy) SELECT receipt_id, 1, 'mallory', 7 FROM journal_receipts LIMIT 1`,
    'row',
  ],
  [
    'what was said of a print',
    `INSERT INTO journal_print_log (receipt_id, at, by, what) SELECT receipt_id, 1, 'mallory', 'cameOut' FROM journal_receipts LIMIT 1`,
    'row',
  ],
  [
    'a paper that waits for its printer',
    `INSERT INTO local_print_jobs SELECT receipt_id, NULL, 'en', 'mallory', 1, 'waiting', 0, 0, NULL FROM journal_receipts LIMIT 1`,
    'row',
  ],
  [
    'whose account is meant at head office',
    `UPDATE journal_server_ids SET server_id = server_id + 100000 WHERE kind = 'savings' AND local_id = (SELECT payload ->> '$.savingsId' FROM journal_commands WHERE command_id = ${DEPOSIT})`,
    'row',
  ],
  [
    'two clients in each other’s place',
    (database) => {
      const [one, other] = database
        .prepare(`SELECT server_id FROM journal_server_ids WHERE kind = 'client' LIMIT 2`)
        .pluck()
        .all() as number[];
      database.exec(`UPDATE journal_server_ids SET server_id = -1 WHERE kind = 'client' AND server_id = ${String(one)}`);
      database.exec(`UPDATE journal_server_ids SET server_id = ${String(one)} WHERE kind = 'client' AND server_id = ${String(other)}`);
      database.exec(`UPDATE journal_server_ids SET server_id = ${String(other)} WHERE kind = 'client' AND server_id = -1`);
    },
    'row',
  ],
  ['a number that was said to be given again', GIVEN_AGAIN, 'row'],
  ['one record in the place of another', `INSERT INTO journal_merges VALUES ('savings', 'a', 'b')`, 'row'],
  ['a number that was given', `INSERT INTO journal_local_numbers VALUES ('P-KTL-01-0001-X', 'client', 'a', '01', 1)`, 'row'],
  ['the order of a command', `INSERT INTO journal_subjects SELECT 'savings:elsewhere', sequence FROM journal_commands`, 'row'],
  [
    'what a command waits for',
    `INSERT INTO journal_prerequisites SELECT b.command_id, a.command_id FROM journal_commands AS a, journal_commands AS b WHERE a.sequence = 1 AND b.sequence = 2`,
    'row',
  ],
  ['what a command concerns', `DELETE FROM journal_record_facts`, 'row'],
  ['the state of a command', `UPDATE journal_commands SET state = 'withdrawn' WHERE command_id = ${DEPOSIT}`, 'row'],
  ['the rights of a person', `UPDATE local_staff SET permissions = '["ALL_FUNCTIONS"]' WHERE username = 'achieng'`, 'row'],
  ['a setting', `UPDATE local_settings SET value = json_set(value, '$.deviceCode', '77') WHERE name = 'identity'`, 'row'],
  [
    'a key that would make papers of another hand real',
    `UPDATE local_settings SET value = json_insert(value, '$.keys[#]', json_object('officeCode', 'KTL', 'deviceCode', '01', 'publicKey', 'x', 'since', 1)) WHERE name = 'deviceKeys'`,
    'deviceKey',
  ],
  [
    'what the square of a receipt says',
    `UPDATE journal_receipts SET body = json_set(body, '$.proof', replace(body ->> '$.proof', ':70000:', ':700:')) WHERE command_id = ${DEPOSIT}`,
    'proof',
  ],
  [
    'one letter of a signature',
    (database) => {
      const [{ position = 0, proof = '' } = {}] = database
        .prepare(`SELECT position, body ->> '$.proof' AS proof FROM journal_receipts WHERE command_id = ${DEPOSIT}`)
        .all() as { position?: number; proof?: string }[];
      const other = `${proof.slice(0, -50)}${proof.at(-50) === 'A' ? 'B' : 'A'}${proof.slice(-49)}`;
      database.prepare(`UPDATE journal_receipts SET body = json_set(body, '$.proof', ?) WHERE position = ?`).run(other, position);
    },
    'proof',
  ],
  [
    'who is said to have brought a key',
    `UPDATE local_settings SET value = json_set(value, '$.keys[0].broughtBy', 'grace') WHERE name = 'deviceKeys'`,
    'deviceKey',
  ],
  [
    'a signature that is gone',
    `UPDATE journal_receipts SET body = json_remove(body, '$.proof') WHERE position = (SELECT max(position) FROM journal_receipts)`,
    'proof',
  ],
  [
    'a row in a table of before, with the sums of before',
    (database) => {
      const sealed = database.prepare('SELECT sealed FROM local_row_sums').pluck().get();
      database.exec(`UPDATE local_staff SET role = 'Manager'`);
      database.prepare('UPDATE local_row_sums SET sealed = ?').run(sealed);
    },
    'row',
  ],
  ['the sums themselves', `UPDATE local_row_sums SET sealed = 'AAAA'`, 'row'],
  ['the sums that are gone', `DELETE FROM local_row_sums`, 'row'],
  ['a table of its own that is emptied, with its sums', `DELETE FROM local_row_sums; DELETE FROM journal_subjects`, 'row'],
  [
    'the address of head office',
    `UPDATE local_settings SET value = json_set(value, '$.address', json('{"kind":"fineract","address":"http://127.0.0.1:1","tenant":"x"}')) WHERE name = 'identity'`,
    'address',
  ],
];

test.each(EDITS)('I13: %s: found', async (_name, change, what) => {
  begin();
  await attack((database) => (typeof change === 'string' ? void database.exec(change) : change(database)));
  expect((await auditWhole(await keys())).finding).toMatchObject({ what });
});

/** Who opened the file is written by whoever opens it; what head office has comes anew from there. */
const NOT_HELD = ['local_owner', 'local_row_sums'];

test('I13: one value of any table that holds more than head office’s own records: found', async () => {
  begin();
  const books = openDatabase(await keys(), 'readonly');
  const tables = books
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'replica\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'`)
    .pluck()
    .all() as string[];
  const columns = tables
    .filter((table) => !NOT_HELD.includes(table) && books.prepare(`SELECT 1 FROM ${table}`).get() !== undefined)
    .map((table) => {
      const last = books.prepare(`SELECT name, type FROM pragma_table_info(?) WHERE type <> 'BLOB' ORDER BY pk, cid DESC`).get(table);
      const key = books.prepare(`SELECT coalesce(group_concat(name), 'rowid') FROM pragma_table_info(?) WHERE pk > 0`).pluck().get(table);
      return { table, key: String(key), ...(last as { name: string; type: string }) };
    });
  books.close();
  const missed: string[] = [];
  for (const { table, key, name, type } of columns) {
    rmSync(folder, { recursive: true, force: true });
    begin();
    const other = type === 'INTEGER' ? `coalesce(${name}, 0) + 900000` : `coalesce(${name}, '') || ' '`;
    await attack((database) => {
      database.pragma('ignore_check_constraints = ON');
      database.exec(`UPDATE ${table} SET ${name} = ${other} WHERE (${key}) = (SELECT ${key} FROM ${table} LIMIT 1)`);
    });
    if ((await auditWhole(await keys())).finding === null) missed.push(`${table}.${name}`);
  }
  expect(missed).toEqual([]);
  expect(columns.length).toBeGreaterThan(12);
}, 120_000);

/** They would write in the program's own transactions, and the sums of the rows would move along with them. */
const RIGHTS_FOR_ALL = `CREATE TRIGGER made_up AFTER UPDATE ON local_staff WHEN NEW.permissions NOT LIKE '%ALL_FUNCTIONS%'
  BEGIN UPDATE local_staff SET permissions = '["ALL_FUNCTIONS"]' WHERE username = NEW.username; END`;
const ANOTHERS_ACCOUNT = `CREATE TRIGGER made_up AFTER INSERT ON journal_server_ids BEGIN
  UPDATE journal_server_ids SET server_id = server_id + 100000 WHERE position = NEW.position; END`;

const BY_HAND = 'PRAGMA writable_schema = ON;';
const written = (type: string, name: string): string => `${BY_HAND} INSERT INTO sqlite_schema VALUES
  ('${type}', '${name}', 'local_staff', 0, '${RIGHTS_FOR_ALL.replace('made_up', name).replaceAll("'", "''")}')`;
/** Of the same type and laid out as before: the sums stay, and every account has the number that says when it was learned. */
const NAMES_EXCHANGED = `${BY_HAND} UPDATE sqlite_schema SET sql = replace(replace(replace(sql, 'position', 'another'), 'server_id ', 'position '),
  'another', 'server_id') WHERE name = 'journal_server_ids'; UPDATE sqlite_schema SET sql = replace(sql, 'kind, server_id', 'kind, position')
  WHERE name = 'journal_server_ids'`;

const RULES: readonly (readonly [string, string])[] = [
  ['a trigger under a name that SQLite keeps for itself', written('trigger', 'sqlite_made_up')],
  [
    'an index under such a name',
    `CREATE INDEX made_up ON journal_server_ids (local_id, kind, server_id); ${BY_HAND}
     UPDATE sqlite_schema SET name = 'sqlite_made_up', sql = replace(sql, 'made_up', 'sqlite_made_up') WHERE name = 'made_up'`,
  ],
  ['what SQLite notes of the indexes', 'ANALYZE'],
  ['a trigger that gives rights', RIGHTS_FOR_ALL],
  ['a trigger that exchanges numbers', ANOTHERS_ACCOUNT],
  ['a rule of ours that is gone', 'DROP TRIGGER journal_entries_fixed'],
  [
    'a rule of ours that says something else',
    `DROP TRIGGER journal_entries_fixed; CREATE TRIGGER journal_entries_fixed BEFORE UPDATE ON journal_entries BEGIN SELECT 1; END`,
  ],
  ['a view', 'CREATE VIEW made_up AS SELECT 1'],
  ['an index under which something would not be found', 'DROP INDEX journal_commands_unfinished'],
  ['a trigger whose kind is in capitals', written('TRIGGER', 'made_up')],
  ['a table whose columns exchanged their names', NAMES_EXCHANGED],
];

/** Nothing of the rows is touched. */
async function lay(change: string | ((database: Database) => void)): Promise<void> {
  const database = openDatabase(await keys(), 'write');
  // Also what SQLite keeps from others: its own table of what stands in the file.
  database.unsafeMode(true);
  if (typeof change === 'string') database.exec(change);
  else change(database);
  database.close();
}

/** Two accounts change places in the indexes alone: these are made over other rows, and laid beside the ones that are there. */
async function exchangeInIndexes(): Promise<void> {
  const ofAccounts = `FROM sqlite_schema WHERE tbl_name = 'journal_server_ids'`;
  let schema: { readonly type: string; readonly name: string; readonly rootpage: number; readonly sql: string | null }[] = [];
  let pair: number[] = [];
  const exchange = (database: Database): void => {
    const [one = 0, other = 0] = pair;
    const move = database.prepare('UPDATE journal_server_ids SET position = ? WHERE position = ?');
    move.run(-1, one);
    move.run(one, other);
    move.run(other, -1);
  };
  await lay((database) => {
    const ofDeposit = `local_id = (SELECT payload ->> '$.savingsId' FROM journal_commands WHERE amount_minor = 70000)`;
    const two = `SELECT position FROM journal_server_ids WHERE kind = 'savings' ORDER BY ${ofDeposit} DESC, position LIMIT 2`;
    pair = database.prepare(two).pluck().all() as number[];
    forge(database, exchange);
    schema = database.prepare(`SELECT type, name, rootpage, sql ${ofAccounts} AND type IN ('table', 'index')`).all() as typeof schema;
    database.exec(`${BY_HAND} DELETE ${ofAccounts} AND type = 'index';
      UPDATE sqlite_schema SET sql = replace(sql, ',\n  UNIQUE (kind, server_id)', '') WHERE name = 'journal_server_ids'`);
  });
  await lay((database) => {
    forge(database, exchange);
    database.exec(BY_HAND);
    const back = database.prepare(`INSERT INTO sqlite_schema VALUES ('index', ?, 'journal_server_ids', ?, ?)`);
    for (const { type, name, rootpage, sql } of schema)
      if (type === 'index') back.run(name, rootpage, sql);
      else database.prepare('UPDATE sqlite_schema SET sql = ? WHERE name = ?').run(sql, name);
  });
}

test.each(RULES)('I13: %s: found', async (_name, sql) => {
  begin();
  await lay(sql);
  expect((await auditWhole(await keys())).finding).toMatchObject({ what: 'rule' });
});

/** The deposits of the account of the first one stand in another order in the index by which the next one is found. */
async function misorderInIndex(): Promise<void> {
  const INDEX = 'journal_commands_unfinished';
  await lay((database) => {
    const sql = String(database.prepare('SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(INDEX));
    // Made downwards, it is read upwards.
    database.exec(`DROP INDEX ${INDEX}; ${sql.replace('(subject, sequence,', '(subject, sequence DESC,')}; ${BY_HAND}`);
    database.prepare('UPDATE sqlite_schema SET sql = ? WHERE name = ?').run(sql, INDEX);
  });
}

test('I13: indexes that lead to other rows, every row as it was: found', async () => {
  begin();
  await exchangeInIndexes();
  const database = openDatabase(await keys(), 'readonly');
  const ofDeposit = `(SELECT payload ->> '$.savingsId' FROM journal_commands WHERE amount_minor = 70000)`;
  const asked = database.prepare(`SELECT server_id FROM journal_server_ids WHERE local_id = ${ofDeposit}`).pluck();
  const walked = database.prepare(`SELECT server_id FROM journal_server_ids NOT INDEXED WHERE local_id = ${ofDeposit}`).pluck();
  expect(asked.get()).not.toBe(walked.get());
  database.close();
  expect((await auditWhole(await keys())).finding).toEqual({ what: 'rule', where: 'index of journal_server_ids' });
});

test('I13: books that somebody put back to an older shape, so that an update begins their sums anew, stay found', async () => {
  begin();
  const { sealKey } = await keys();
  const before = allMigrations.findIndex(({ sql }) => sql.includes('local_row_sums'));
  await attack((database) => {
    database.exec(`UPDATE local_staff SET role = 'Manager'`);
    database.exec('DROP TABLE local_row_sums');
    database.pragma(`user_version = ${String(before)}`);
    migrate(database, allMigrations.slice(0, before + 1), () => sumsOverUpdate(database, sealKey));
  });
  expect((await auditWhole(await keys())).finding).toEqual({ what: 'row', where: 'local_row_sums' });
});

test('I13: a day of work, a bad end and a start leave the sums as they have to be', async () => {
  begin();
  await open();
  await value('session.signIn', { username: 'grace', password: 'practice' });
  await value('drafts.keep', { draftKey: 'deposit', body: '{"amount":"12"}' });
  await value('drafts.discard', { draftKey: 'deposit' });
  await notes((await value<{ rows: { clientId: string }[] }>('clients.list', { most: 1 })).rows[0]?.clientId ?? '', 3);
  // As the disk lies there while the program still runs: what a power cut leaves.
  const cut = mkdtempSync(join(tmpdir(), 'tawi-cut-'));
  try {
    cpSync(folder, cut, { recursive: true });
    const at = { ...(await keys()), file: dataFolder(cut).of('practice').store };
    expect((await auditWhole(at)).finding).toBeNull();
  } finally {
    rmSync(cut, { recursive: true, force: true });
  }
  await value('practice.setLine', { cut: false });
  await until<SyncStatus>('sync.showStatus', ({ oldestWaitingAt }) => oldestWaitingAt === null);
  await close();
  expect((await auditWhole(await keys())).finding).toBeNull();
});

test('a copy of changed books has a name of its own and pushes out none that was whole', async () => {
  begin();
  const { backups } = dataFolder(folder).of('practice');
  const whole = await backUp({ ...(await keys()), folder: backups, at: 1_795_000_000_000 });
  await attack((database) => database.exec(`UPDATE journal_movements SET amount_minor = 700 WHERE command_id = ${DEPOSIT}`));
  const changed = await backUp({ ...(await keys()), folder: backups, at: 1_795_000_000_001 });
  expect(changed).toMatchObject({
    path: expect.stringMatching(/\.differs$/) as string,
    removed: [],
    audit: { finding: { what: 'movement' } },
  });
  expect([existsSync(whole.path), existsSync(changed.path)]).toEqual([true, true]);
});

describe('the running program', () => {
  test('says it on the start page and on the page of the day, and sends nothing of it', async () => {
    begin();
    await attack((database) =>
      database.exec(`UPDATE journal_commands SET payload = json_set(payload, '$.note', 'other') WHERE command_id = ${DEPOSIT}`),
    );
    await open();
    await value('session.signIn', { username: 'grace', password: 'practice' });
    await value('practice.setLine', { cut: false });
    await until<StartView>('session.showStart', (start) => start.start?.chainWhole === false);
    expect((await value<Day>('cash.showDay')).record).toMatchObject({ finding: { what: 'payload' } });
    // The other deposits of other accounts, and every note, go; what was changed stays and says why.
    const status = await until<SyncStatus>('sync.showStatus', ({ stopped }) => stopped !== undefined && stopped.length > 0);
    expect(status.stopped).toEqual([expect.objectContaining({ kind: 'savingsDeposit', invariant: 'I13' })]);
    expect(status.sentence).toBe('stopped');
  });

  test('sends nothing on an entry that fits and that it did not seal', async () => {
    begin();
    await attack((database) => {
      sevenInsteadOf(database);
      chainAnew(database);
    });
    await open();
    await value('session.signIn', { username: 'grace', password: 'practice' });
    await value('practice.setLine', { cut: false });
    const status = await until<SyncStatus>('sync.showStatus', ({ stopped }) => stopped !== undefined && stopped.length > 0);
    expect(status.stopped).toContainEqual(expect.objectContaining({ kind: 'savingsDeposit', invariant: 'I13' }));
  });

  const EXCHANGED: [string, string][] = [
    [
      'the number of another account in the place of its own',
      `UPDATE journal_server_ids SET server_id = server_id + 100000 WHERE kind = 'savings'`,
    ],
    ['a number that was said to be given again', GIVEN_AGAIN],
    [
      'an account that was made one with another',
      `INSERT INTO journal_merges SELECT 'savings', payload ->> '$.savingsId', 'another' FROM journal_commands WHERE amount_minor = 70000`,
    ],
    ['a key of another hand', `UPDATE journal_commands SET idempotency_key = 'another' WHERE command_id = ${DEPOSIT}`],
    [
      'marks of another hand',
      `UPDATE journal_commands SET anew = '{"marks":1,"postedOn":null}' WHERE command_id = (SELECT command_id FROM journal_commands WHERE kind IN ${kindsWhere(({ isNote }) => isNote)} LIMIT 1)`,
    ],
    ['the name of somebody else', `UPDATE journal_commands SET sent_as = 'achieng' WHERE command_id = ${DEPOSIT}`],
    ['another order', `DELETE FROM journal_subjects; INSERT INTO journal_subjects VALUES ('savings:x', 1)`],
    ['another password', `UPDATE local_staff SET sealed_password = 'AAAA' WHERE username = 'peter'`],
    ['another setting', `UPDATE local_settings SET value = json_set(value, '$.deviceCode', '77') WHERE name = 'identity'`],
  ];

  test.each(EXCHANGED)('sends nothing under %s, also where it was put there while it runs', async (_name, sql) => {
    begin();
    await open();
    await value('session.signIn', { username: 'grace', password: 'practice' });
    await attack((database) => void database.exec(sql));
    await value('practice.setLine', { cut: false });
    const status = await until<SyncStatus>('sync.showStatus', ({ stopped }) => stopped !== undefined && stopped.length > 0);
    expect(status.stopped).toContainEqual(expect.objectContaining({ kind: 'savingsDeposit', invariant: 'I13' }));
    expect([status.sentence, status.counts.confirmedToday]).toEqual(['stopped', 0]);
  });

  test('sends nothing more once another hand wrote, also where it sent before', async () => {
    begin();
    await open();
    await value('session.signIn', { username: 'grace', password: 'practice' });
    await value('practice.setLine', { cut: false });
    await until<SyncStatus>('sync.showStatus', ({ oldestWaitingAt }) => oldestWaitingAt === null);
    await value('practice.setLine', { cut: true });
    const { rows } = await value<{ rows: { clientId: string }[] }>('clients.list', { most: 1 });
    await notes(rows[0]?.clientId ?? '', 1);
    await attack((database) => void database.exec(`UPDATE journal_commands SET idempotency_key = 'another' WHERE state = 'queued'`));
    await value('practice.setLine', { cut: false });
    const status = await until<SyncStatus>('sync.showStatus', ({ stopped }) => stopped !== undefined && stopped.length > 0);
    expect(status.stopped).toEqual([expect.objectContaining({ invariant: 'I13' })]);
  });

  test('knows a head that it did not seal, behind everything that it remembers', async () => {
    begin();
    await attack((database) => {
      database.exec(
        `INSERT INTO journal_entries SELECT entry + 1, what, by, business_date, at, body, hash, hash, seal FROM journal_entries ORDER BY entry DESC LIMIT 1`,
      );
      chainAnew(database);
    });
    await open();
    expect((await value<StartView>('session.showStart')).start?.memory).toBe('notOurs');
  });

  const MISLEADING: [string, () => Promise<void>][] = [
    ['indexes that lead to other rows', exchangeInIndexes],
    ['a table whose columns exchanged their names', () => lay(NAMES_EXCHANGED)],
    ['an order of what is under way that its index alone knows', () => misorderInIndex()],
  ];

  test.each(MISLEADING)('sends nothing over %s', async (_name, mislead) => {
    begin();
    await mislead();
    await open();
    await value('session.signIn', { username: 'grace', password: 'practice' });
    await value('practice.setLine', { cut: false });
    const status = await until<SyncStatus>('sync.showStatus', ({ stopped }) => stopped !== undefined && stopped.length > 0);
    expect(status.stopped).toContainEqual(expect.objectContaining({ kind: 'savingsDeposit', invariant: 'I13' }));
    expect([status.sentence, status.counts.confirmedToday]).toEqual(['stopped', 0]);
  });

  test('opens no books with a rule that cannot be taken out of them', async () => {
    begin();
    await lay(written('TRIGGER', 'made_up'));
    await open();
    expect(await value<StartView>('session.showStart')).toMatchObject({ state: 'blocked', blockedBy: 'store.corrupt' });
  });

  test.each(RULES.slice(0, 8))(
    'lets %s do nothing: it is put right before anything is written, and said until the day is closed',
    async (_name, sql) => {
      begin();
      await lay(sql);
      await open();
      expect((await value<StartView>('session.showStart')).start?.memory).toBe('otherRules');
      await value('session.signIn', { username: 'grace', password: 'practice' });
      await value('practice.setLine', { cut: false });
      await until<SyncStatus>('sync.showStatus', ({ oldestWaitingAt }) => oldestWaitingAt === null);
      await close();
      expect((await auditWhole(await keys())).finding).toBeNull();
      const database = openDatabase(await keys(), 'readonly');
      expect(database.prepare(`SELECT username FROM local_staff WHERE permissions LIKE '%ALL_FUNCTIONS%'`).pluck().all()).toEqual([]);
      expect(database.prepare('SELECT count(*) FROM journal_server_ids WHERE server_id > 100000').pluck().get()).toBe(0);
      database.close();
    },
  );

  test('writes nothing more once somebody laid a rule into the books that it has open', async () => {
    begin();
    await open();
    await value('session.signIn', { username: 'grace', password: 'practice' });
    const { rows } = await value<{ rows: { clientId: string }[] }>('clients.list', { most: 1 });
    const note = { clientId: rows[0]?.clientId, text: 'after', askFirst: false };
    await lay(`UPDATE local_settings SET value = value WHERE name = 'identity'`);
    expect(await page.call('clients.addNote', { formId: formId(), ...note })).toMatchObject({ ok: true });
    await lay(RIGHTS_FOR_ALL);
    expect(await page.call('clients.addNote', { formId: formId(), ...note })).toMatchObject({ refusal: { code: 'branch.notOwner' } });
    await close();
    await open();
    expect((await value<StartView>('session.showStart')).start?.memory).toBe('otherRules');
    await value('session.signIn', { username: 'grace', password: 'practice' });
    expect(await page.call('clients.addNote', { formId: formId(), ...note })).toMatchObject({ ok: true });
  });

  test('misses its memory beside books that are there, until the day is closed', async () => {
    begin();
    rmSync(witnessFileOf(store()));
    await open();
    expect((await value<StartView>('session.showStart')).start?.memory).toBe('missing');
    await value('session.signIn', { username: 'grace', password: 'practice' });
    await value('cash.closeDrawer', { countedMinor: 1, reason: 'counted' });
    await value('cash.closeDay');
    expect((await value<StartView>('session.showStart')).start?.memory).toBeNull();
  });

  test('knows a memory that somebody else wrote, with the last entries gone and the chain reckoned anew', async () => {
    begin();
    await attack((database) => {
      database.exec(`DELETE FROM journal_entries WHERE entry > (SELECT max(entry) - 2 FROM journal_entries)`);
      chainAnew(database);
    });
    rmSync(witnessFileOf(store()));
    const database = openDatabase(await keys(), 'readonly');
    const last = database.prepare('SELECT entry, hash FROM journal_entries ORDER BY entry DESC LIMIT 1').get() as {
      entry: number;
      hash: string;
    };
    database.close();
    const forged = openWitness(store());
    forged.tell(last, []);
    forged.settle();
    forged.close();
    await open();
    expect((await value<StartView>('session.showStart')).start?.memory).toBe('notOurs');
  });

  test('an older memory beside older books is what it cannot know; the head on paper knows it', async () => {
    begin();
    await open();
    await value('session.signIn', { username: 'grace', password: 'practice' });
    expect(await value('cash.checkHead', { head: headOnPaper })).toMatchObject({ found: { entry: expect.any(Number) as number } });
    expect(
      await value('cash.checkHead', {
        head: headOnPaper
          .slice(0, 20)
          .toUpperCase()
          .replace(/(.{4})/g, '$1 '),
      }),
    ).toMatchObject({
      found: { businessDate: expect.any(String) as string },
    });
    expect(await page.call('cash.checkHead', { head: 'abc' })).toMatchObject({ refusal: { code: 'head.tooShort' } });
    await close();
    await attack((database) => {
      sevenInsteadOf(database);
      chainAnew(database);
    });
    await open();
    await value('session.signIn', { username: 'grace', password: 'practice' });
    expect(await value('cash.checkHead', { head: headOnPaper })).toEqual({ found: null });
  });
});

test('copies of keys of another age open the books and are wrapped anew with a seal', async () => {
  begin();
  const at = dataFolder(folder).of('practice');
  copyFileSync(at.key, `${at.key}.copy`);
  const before = await keys();
  expect(Buffer.from(before.sealKey).equals(Buffer.from(before.key))).toBe(false);
  expect(existsSync(at.key)).toBe(true);
});
