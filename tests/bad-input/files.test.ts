// Every file of the data folder and of the store, damaged in every way we could think of. A start ends in the branch with all its rows, or
// in a start that says by a code why not; the damaged file stays as it was found, so that it can still be mended or put back. New empty
// books never stand where books were.

import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dataFolder, type DataFolder } from '../../electron/composition/dataFolder.ts';
import { inProcess } from '../../electron/host/inProcess.ts';
import { keyFileOf } from '../../electron/host/ports/keyFileWrap.ts';
import { StoreFault } from '../../electron/ports/store.ts';
import { checkIntegrity, isWhole, quickCheck } from '../../electron/store/integrity.ts';
import { migrate, newestVersion } from '../../electron/store/migrate.ts';
import { allMigrations } from '../../electron/store/migrations/allMigrations.ts';
import { openDatabase } from '../../electron/store/openDatabase.ts';
import { openStore, type OpenedStore } from '../../electron/store/openStore.ts';
import { storeFaultOf } from '../../electron/store/storeFaultOf.ts';
import { createJournalChecker } from '../simulation/checkers/journalChecker.ts';
import { openWorld } from '../world/branchWorld.ts';
import { ask, atTheCounter } from '../world/people.ts';
import { AT, KEY, aClient, anEntry, newId } from '../store/storeWorld.ts';
import { countCases, runs, sample, within } from './caseCount.ts';
import { good, newFolder, openAt, openedOffice, PASSWORD, readBooks, removeFolder } from './openedOffice.ts';

const count = countCases();
const BLOCKED = new Set([
  'store.busy',
  'store.full',
  'store.readOnly',
  'store.corrupt',
  'store.newer',
  'store.unknown',
  'store.keyLost',
  'branch.notOwner',
  'branch.notFounded',
  'choice.unreadable',
]);

let top: string;
let made = 0;
const fresh = (): string => {
  made += 1;
  const folder = join(top, String(made));
  mkdirSync(folder);
  return folder;
};
const fingerprint = (file: string): string =>
  existsSync(file) && statSync(file).isFile() ? createHash('sha256').update(readFileSync(file)).digest('hex') : 'no file';
const flipped = (bytes: Buffer, at: number, bit: number): Buffer => {
  const damaged = Buffer.from(bytes);
  damaged.writeUInt8(damaged.readUInt8(at) ^ (1 << bit), at);
  return damaged;
};

beforeAll(() => {
  top = newFolder();
});
afterAll(() => {
  removeFolder(top);
  count.print('files');
});

describe('the data folder', () => {
  let template: string;
  /** As a power cut leaves it: books with their log beside them. */
  let crashed: string;
  let rowsKept: Readonly<Record<string, number>>;

  const countsOf = (root: string): Promise<Readonly<Record<string, number>>> =>
    readBooks(root, (database) =>
      Object.fromEntries(
        ['journal_entries', 'journal_commands', 'journal_receipts', 'journal_movements', 'journal_drawers', 'replica_clients'].map(
          (table) => [table, Number(database.prepare(`SELECT count(*) FROM ${table}`).pluck().get())],
        ),
      ),
    );

  beforeAll(async () => {
    template = fresh();
    crashed = fresh();
    const tawi = await openedOffice(template, 8);
    const desk = inProcess(tawi.doorway, 'desk');
    good(await desk.call('session.signIn', { username: 'achieng', password: PASSWORD }));
    good(await desk.call('cash.openDrawer', { openingMinor: 50_000_00 }));
    const { rows } = good<{ rows: { loanId: string }[] }>(await desk.call('loans.list', {}));
    for (let receipt = 0; receipt < 5; receipt += 1) {
      good(
        await desk.call('loans.takeRepayment', {
          formId: randomUUID(),
          loanId: rows[0]!.loanId,
          amountMinor: 1_00,
          paidWith: { paymentTypeId: 1 },
        }),
      );
    }
    cpSync(template, crashed, { recursive: true });
    await tawi.close();
    rowsKept = await countsOf(template);
    expect(rowsKept['journal_receipts']).toBe(5);
  }, within(60_000));

  /** Starts on a damaged copy, and again with the damage undone. */
  async function tryDamaged(
    what: string,
    damage: (folder: DataFolder) => string | null,
    from = template,
    mayBe: 'blocked' | 'open' | 'either' = 'blocked',
  ): Promise<string | null> {
    count.add('folder');
    const root = join(fresh(), 'data');
    cpSync(from, root, { recursive: true });
    const folder = dataFolder(root);
    rmSync(folder.lock, { force: true });
    const damaged = damage(folder);
    const before = damaged === null ? null : fingerprint(damaged);
    const tawi = await openAt(root, 8);
    const { call } = inProcess(tawi.doorway, 'desk');
    const start = good<{ state: string; blockedBy: string | null }>(await call('session.showStart', {}));
    const blockedBy = tawi.blockedBy();
    expect(start.state, `${what}: never taken for a first run`).not.toBe('firstRun');
    if (tawi.state() === 'blocked') {
      expect(BLOCKED.has(blockedBy ?? ''), `${what}: ${blockedBy ?? 'no code'}`).toBe(true);
      expect(start, what).toMatchObject({ state: 'blocked', blockedBy });
      expect(await call('session.openPractice', {}), what).toMatchObject({ ok: false, refusal: { code: 'branch.alreadyChosen' } });
      expect(await call('clients.list', {}), what).toMatchObject({ ok: false, refusal: { code: 'branch.notReady' } });
    } else {
      expect(tawi.state(), what).toBe('open');
      expect(await call('session.signIn', { username: 'grace', password: PASSWORD }), what).toMatchObject({ ok: true });
      expect(await call('clients.list', {}), what).toMatchObject({ ok: true });
    }
    if (mayBe !== 'either') expect(tawi.state(), what).toBe(mayBe);
    const wasOpen = tawi.state() === 'open';
    await tawi.close();
    if (damaged !== null && !wasOpen) expect(fingerprint(damaged), `${what}: the damaged file is as it was found`).toBe(before);
    if (wasOpen && mayBe === 'open') {
      const kept = await countsOf(root);
      for (const [table, rows] of Object.entries(rowsKept)) expect(kept[table], `${what}: ${table}`).toBeGreaterThanOrEqual(rows);
    }
    // Put back what was there, and everything is there again.
    if (damaged !== null && !wasOpen) {
      rmSync(damaged, { recursive: true, force: true });
      const original = join(from, damaged.slice(root.length));
      if (existsSync(original)) cpSync(original, damaged);
      const again = await openAt(root, 8);
      expect(again.state(), `${what}: mended`).toBe('open');
      await again.close();
      const kept = await countsOf(root);
      for (const [table, rows] of Object.entries(rowsKept)) expect(kept[table], `${what}: mended, ${table}`).toBeGreaterThanOrEqual(rows);
    }
    removeFolder(join(root, '..'));
    return blockedBy;
  }

  test(
    'a choice that cannot be read is never a first run',
    async () => {
      const whole = readFileSync(dataFolder(template).choice, 'utf8');
      const texts = [
        '',
        ' ',
        '{}',
        '[]',
        'null',
        '7',
        '"practice"',
        whole.slice(0, 9),
        whole.slice(0, -3),
        whole.replace('practice', 'Practice'),
        whole.replace('1', '2'),
        `\ufeff${whole}`,
        '\0'.repeat(40),
        '{"__proto__":{"kind":"practice","version":1}}',
      ];
      for (const text of texts) {
        const code = await tryDamaged(`choice ${JSON.stringify(text.slice(0, 20))}`, ({ choice }) => {
          writeFileSync(choice, text);
          return choice;
        });
        expect(code).toBe('choice.unreadable');
      }
      const code = await tryDamaged('a choice of another branch, whose books are not here', ({ choice }) => {
        writeFileSync(choice, JSON.stringify({ version: 1, kind: 'fineract', address: 'https://127.0.0.1:1', tenant: 'default' }));
        return choice;
      });
      expect(code).toBe('branch.notFounded');
    },
    within(60_000),
  );

  test(
    'a key that is lost or damaged opens nothing and is not replaced',
    async () => {
      const damages: readonly (readonly [string, (bytes: Buffer) => Buffer | null])[] = [
        ['gone', () => null],
        ['empty', () => Buffer.alloc(0)],
        ['cut', (bytes) => bytes.subarray(0, bytes.length >> 1)],
        ['nulls', (bytes) => Buffer.alloc(bytes.length)],
        ['flipped', (bytes) => flipped(bytes, bytes.length - 12, 1)],
        ['text', () => Buffer.from('Dear manager')],
      ];
      for (const which of ['branch key', 'machine key']) {
        for (const [what, damage] of damages) {
          const code = await tryDamaged(`${which} ${what}`, (folder) => {
            const file = which === 'branch key' ? folder.of('practice').key : keyFileOf(folder.root);
            const damaged = damage(readFileSync(file));
            if (damaged === null) rmSync(file);
            else writeFileSync(file, damaged);
            return file;
          });
          expect(code).toBe('store.keyLost');
        }
      }
    },
    within(60_000),
  );

  test(
    'books that are gone, empty, cut or foreign are said, and no new ones stand in their place',
    async () => {
      const damages: readonly (readonly [string, string, (file: string) => void])[] = [
        ['gone', 'branch.notFounded', (file) => rmSync(file)],
        ['empty', 'branch.notFounded', (file) => truncateSync(file, 0)],
        ['one byte', 'store.corrupt', (file) => truncateSync(file, 1)],
        ['half a page', 'store.corrupt', (file) => truncateSync(file, 2_048)],
        ['one page', 'store.corrupt', (file) => truncateSync(file, 4_096)],
        ['half', 'store.corrupt', (file) => truncateSync(file, (statSync(file).size >> 13) << 12)],
        ['text', 'store.corrupt', (file) => writeFileSync(file, 'Dear manager, '.repeat(1_000))],
        ['nulls', 'store.corrupt', (file) => writeFileSync(file, Buffer.alloc(40_960))],
        ['first byte', 'store.corrupt', (file) => writeFileSync(file, flipped(readFileSync(file), 0, 0))],
        ['first page', 'store.corrupt', (file) => writeFileSync(file, flipped(readFileSync(file), 1_000, 3))],
        [
          'a plain database',
          'store.corrupt',
          (file) => {
            rmSync(file);
            const other = new Database(file);
            other.exec('CREATE TABLE clients (name TEXT)');
            other.close();
          },
        ],
        ['of the head office', 'store.corrupt', (file) => cpSync(join(file, '..', 'head-office.sqlite'), file)],
      ];
      for (const [what, code, damage] of damages) {
        const said = await tryDamaged(`books ${what}`, (folder) => {
          const file = folder.of('practice').store;
          damage(file);
          return file;
        });
        expect(said, `books ${what}`).toBe(code);
      }
    },
    within(60_000),
  );

  test(
    'a folder where a file should be',
    async () => {
      for (const which of ['choice', 'key', 'store', 'machine key', 'diagnostics', 'lock'] as const) {
        await tryDamaged(
          `a folder for ${which}`,
          (folder) => {
            const file = {
              choice: folder.choice,
              key: folder.of('practice').key,
              store: folder.of('practice').store,
              'machine key': keyFileOf(folder.root),
              diagnostics: folder.diagnostics,
              lock: folder.lock,
            }[which];
            rmSync(file, { recursive: true, force: true });
            if (which === 'diagnostics') writeFileSync(file, 'a file');
            else mkdirSync(file);
            return which === 'diagnostics' || which === 'lock' ? null : file;
          },
          template,
          which === 'diagnostics' || which === 'lock' ? 'open' : 'blocked',
        );
      }
    },
    within(60_000),
  );

  test(
    'the practice head office’s own books, damaged',
    async () => {
      for (const [what, damage] of [
        ['text', (file: string) => writeFileSync(file, 'Dear manager, '.repeat(900))],
        ['half', (file: string) => truncateSync(file, (statSync(file).size >> 13) << 12)],
        ['nulls', (file: string) => writeFileSync(file, Buffer.alloc(8_192))],
      ] as const) {
        await tryDamaged(
          `head office ${what}`,
          ({ practiceHeadOffice }) => {
            damage(practiceHeadOffice);
            return practiceHeadOffice;
          },
          template,
          'either',
        );
      }
    },
    within(60_000),
  );

  test(
    'a log beside the books that is foreign, cut or damaged',
    async () => {
      const log = readFileSync(`${dataFolder(crashed).of('practice').store}-wal`);
      expect(log.length).toBeGreaterThan(4_096);
      const logs: readonly (readonly [string, Buffer, string])[] = [
        ['nulls beside closed books', Buffer.alloc(8_192), template],
        ['text beside closed books', Buffer.from('Dear manager '.repeat(900)), template],
        ['empty beside closed books', Buffer.alloc(0), template],
        ['cut to its head', log.subarray(0, 32), crashed],
        ['cut in a page', log.subarray(0, 32 + 4_120 + 2_000), crashed],
        ['flipped in its head', flipped(log, 9, 2), crashed],
        ['flipped in its middle', flipped(log, log.length >> 1, 2), crashed],
        ['whole', log, crashed],
      ];
      for (const [what, bytes, from] of logs) {
        await tryDamaged(
          `log ${what}`,
          (folder) => {
            writeFileSync(`${folder.of('practice').store}-wal`, bytes);
            rmSync(`${folder.of('practice').store}-shm`, { force: true });
            return null;
          },
          from,
          // Whatever a damaged log still held is gone with it; what then opens is whole, or is said to be no branch.
          from === crashed && what !== 'whole' ? 'either' : 'open',
        );
      }
    },
    within(60_000),
  );
});

describe('the store', () => {
  const ENTRIES = 120;
  let whole: Buffer;
  let log: Buffer;
  let crashedBooks: Buffer;

  function filled(file: string): OpenedStore {
    const store = openStore({ file, key: KEY, now: () => AT, ownerName: 'test' });
    store.write((write) => {
      for (let entry = 1; entry <= ENTRIES; entry += 1)
        write.insertEntry(anEntry(entry, { body: { note: `entry ${String(entry)} `.repeat(30) } }));
      write.saveClients([aClient(1, 'Mary Nekesa Wafula'), aClient(2, 'Joseph Barasa')], AT, newId);
    });
    return store;
  }

  beforeAll(() => {
    const file = join(fresh(), 'store.sqlite');
    const store = filled(file);
    store.database.pragma('wal_checkpoint(TRUNCATE)');
    for (let entry = ENTRIES + 1; entry <= ENTRIES + 20; entry += 1) store.write((write) => write.insertEntry(anEntry(entry)));
    crashedBooks = readFileSync(file);
    log = readFileSync(`${file}-wal`);
    store.close();
    whole = readFileSync(file);
  });

  interface Seen {
    readonly fault: string | null;
    /** What the books say, as far as they can be read. */
    readonly entries: number;
    readonly same: boolean;
    readonly found: boolean;
  }

  const contentOf = (store: OpenedStore): string =>
    store.read((read) =>
      JSON.stringify([
        read.entries(0, 10_000),
        read.accountServerIds('client'),
        read.findClients('nekesa', 5).map((one) => one.client.displayName),
      ]),
    );
  let honest: string | undefined;

  /** Opens and reads everything; anything but a store's fault or a whole reading fails the test. */
  function look(bytes: Buffer, beside: Buffer | null = null): Seen {
    count.add('store');
    const folder = fresh();
    const file = join(folder, 'store.sqlite');
    writeFileSync(file, bytes);
    if (beside !== null) writeFileSync(`${file}-wal`, beside);
    let store: OpenedStore | null = null;
    try {
      store = openStore({ file, key: KEY, now: () => AT, ownerName: 'test' });
      const found = quickCheck(store.database).length > 0;
      const content = contentOf(store);
      const entries = store.read((read) => read.countEntries());
      if (!found) expect(isWhole(checkIntegrity(store.database))).toBe(true);
      return { fault: null, entries, same: content === honest, found };
    } catch (error) {
      const fault = storeFaultOf(error);
      if (!(fault instanceof StoreFault)) throw error;
      if (store === null)
        expect(fingerprint(file), 'a refused file is as it was found').toBe(createHash('sha256').update(bytes).digest('hex'));
      return { fault: fault.kind, entries: 0, same: false, found: false };
    } finally {
      store?.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }

  beforeAll(() => {
    const file = join(fresh(), 'store.sqlite');
    writeFileSync(file, whole);
    const store = openStore({ file, key: KEY, now: () => AT, ownerName: 'test' });
    honest = contentOf(store);
    store.close();
    expect(look(whole)).toEqual({ fault: null, entries: ENTRIES + 20, same: true, found: false });
  });

  test(
    'a flipped bit anywhere is a fault or changes nothing',
    () => {
      const places = sample(fc.tuple(fc.integer({ min: 0, max: whole.length - 1 }), fc.integer({ min: 0, max: 7 })), runs(120), 'flips');
      for (const [at, bit] of places) {
        const seen = look(flipped(whole, at, bit));
        const noticed = seen.fault === 'corrupt' || seen.found;
        expect(noticed || seen.same, `bit ${String(bit)} of byte ${String(at)}: ${JSON.stringify(seen)}`).toBe(true);
      }
    },
    within(60_000),
  );

  test(
    'pages that were overwritten, swapped or zeroed',
    () => {
      const pages = whole.length / 4_096;
      const places = sample(
        fc.tuple(
          fc.integer({ min: 0, max: pages - 1 }),
          fc.integer({ min: 0, max: pages - 1 }),
          fc.constantFrom('zero', 'swap', 'noise', 'older'),
        ),
        runs(40),
        'pages',
      );
      for (const [one, other, how] of places) {
        const damaged = Buffer.from(whole);
        const page = damaged.subarray(one * 4_096, (one + 1) * 4_096);
        if (how === 'zero') page.fill(0);
        else if (how === 'noise') for (let at = 0; at < page.length; at += 1) page[at] = (at * 197 + other * 31) & 255;
        else if (how === 'swap') whole.copy(page, 0, other * 4_096, (other + 1) * 4_096);
        else crashedBooks.copy(page, 0, Math.min(one * 4_096, crashedBooks.length), Math.min((one + 1) * 4_096, crashedBooks.length));
        const seen = look(damaged);
        // A page as it was earlier is sealed like any other; only where the rows hang together does it show.
        const noticed = seen.fault === 'corrupt' || seen.found;
        expect(noticed || seen.same || how === 'older', `${how} ${String(one)} ${String(other)}: ${JSON.stringify(seen)}`).toBe(true);
      }
    },
    within(60_000),
  );

  test(
    'a file cut at any length, or with something behind it',
    () => {
      const lengths = [
        1,
        15,
        16,
        99,
        100,
        1_023,
        4_095,
        4_096,
        4_097,
        whole.length - 1,
        whole.length - 4_096,
        ...sample(fc.integer({ min: 1, max: whole.length - 1 }), runs(40), 'cuts'),
      ];
      for (const length of lengths) {
        const seen = look(whole.subarray(0, length));
        expect(seen.fault === 'corrupt' || seen.found || seen.same, `cut at ${String(length)}: ${JSON.stringify(seen)}`).toBe(true);
      }
      for (const tail of [Buffer.from('x'), Buffer.alloc(4_096), Buffer.alloc(5_000, 7)]) {
        const seen = look(Buffer.concat([whole, tail]));
        expect(seen.fault === 'corrupt' || seen.found || seen.same, `tail of ${String(tail.length)}: ${JSON.stringify(seen)}`).toBe(true);
      }
    },
    within(60_000),
  );

  test(
    'files of any bytes',
    () => {
      for (const bytes of sample(fc.uint8Array({ minLength: 1, maxLength: 9_000 }), runs(40), 'foreign')) {
        expect(look(Buffer.from(bytes)).fault).toBe('corrupt');
        expect(look(Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.from(bytes)])).fault).toBe('corrupt');
      }
    },
    within(60_000),
  );

  test(
    'a log that is cut or damaged ends at a whole commit; what stood before it is there',
    () => {
      expect(look(crashedBooks, log)).toMatchObject({ fault: null, entries: ENTRIES + 20 });
      const cuts = sample(fc.integer({ min: 0, max: log.length - 1 }), runs(30), 'log cuts').map((length) => log.subarray(0, length));
      const flips = sample(
        fc.tuple(fc.integer({ min: 0, max: log.length - 1 }), fc.integer({ min: 0, max: 7 })),
        runs(30),
        'log flips',
      ).map(([at, bit]) => flipped(log, at, bit));
      for (const damaged of [...cuts, ...flips, Buffer.alloc(9_000, 1)]) {
        const seen = look(crashedBooks, damaged);
        if (seen.fault !== null || seen.found) {
          expect([null, 'corrupt']).toContain(seen.fault);
          continue;
        }
        expect(seen.entries).toBeGreaterThanOrEqual(ENTRIES);
        expect(seen.entries).toBeLessThanOrEqual(ENTRIES + 20);
      }
      // Without its log the books are as of the last checkpoint, and whole.
      expect(look(crashedBooks)).toMatchObject({ fault: null, entries: ENTRIES });
    },
    within(60_000),
  );

  test('a log of other books is not read into these', () => {
    const file = join(fresh(), 'store.sqlite');
    const other = filled(file);
    other.database.pragma('wal_checkpoint(TRUNCATE)');
    other.write((write) => write.insertEntry(anEntry(ENTRIES + 1, { body: { note: 'of other books' } })));
    const foreign = readFileSync(`${file}-wal`);
    other.close();
    const seen = look(whole, foreign);
    expect(seen.fault === 'corrupt' || seen.found || seen.same, JSON.stringify(seen)).toBe(true);
  });

  test('newer, older and unfinished schemas', () => {
    for (const version of [newestVersion() + 1, newestVersion() + 100, 2 ** 31 - 1]) {
      const file = join(fresh(), 'store.sqlite');
      writeFileSync(file, whole);
      const database = openDatabase({ file, key: KEY }, 'write');
      database.pragma(`user_version = ${String(version)}`);
      database.close();
      expect(look(readFileSync(file)).fault).toBe('newer');
    }
    for (const [pragma, kind] of [['application_id = 7', 'corrupt']] as const) {
      const file = join(fresh(), 'store.sqlite');
      writeFileSync(file, whole);
      const database = openDatabase({ file, key: KEY }, 'write');
      database.pragma(pragma);
      database.close();
      expect(look(readFileSync(file)).fault).toBe(kind);
    }
    // A version that is older than its tables would make a migration run into them: a fault, and nothing half done.
    for (const version of [0, -1]) {
      const file = join(fresh(), 'store.sqlite');
      writeFileSync(file, whole);
      const database = openDatabase({ file, key: KEY }, 'write');
      database.pragma(`user_version = ${String(version)}`);
      database.close();
      expect(look(readFileSync(file)).fault).not.toBeNull();
    }
    const file = join(fresh(), 'store.sqlite');
    const older = openDatabase({ file, key: KEY }, 'write');
    migrate(older, allMigrations.slice(0, 1));
    older
      .prepare(
        `INSERT INTO journal_entries (entry, what, by, business_date, at, body, previous_hash, hash) VALUES (1, 'x', 'a', '2026-11-20', 1, '{}', '0', 'h')`,
      )
      .run();
    older.close();
    const store = openStore({ file, key: KEY, now: () => AT, ownerName: 'test' });
    expect(store.read((read) => read.countEntries())).toBe(1);
    store.close();
    count.add('store', 2);
  });

  test('the file is taken away or exchanged while it is open', () => {
    const folder = fresh();
    const file = join(folder, 'store.sqlite');
    writeFileSync(file, whole);
    const store = openStore({ file, key: KEY, now: () => AT, ownerName: 'test' });
    renameSync(file, `${file}.moved`);
    writeFileSync(file, 'Dear manager');
    let fault: unknown = null;
    try {
      store.write((write) => write.insertEntry(anEntry(ENTRIES + 21)));
    } catch (error) {
      fault = error;
    }
    expect(fault === null || fault instanceof StoreFault).toBe(true);
    store.close();
    expect(readFileSync(file, 'utf8')).toBe('Dear manager');
    count.add('store');
  });

  test(
    'a disk that is full refuses the next row, keeps the others and goes on when there is room',
    () => {
      for (const room of Array.from({ length: runs(12) }, (_, pages) => pages)) {
        count.add('full disk');
        const file = join(fresh(), 'store.sqlite');
        writeFileSync(file, whole);
        const store = openStore({ file, key: KEY, now: () => AT, ownerName: 'test' });
        store.database.pragma(`max_page_count = ${String(Number(store.database.pragma('page_count', { simple: true })) + room)}`);
        let written = ENTRIES + 20;
        let fault: unknown = null;
        while (fault === null && written < 2_000) {
          try {
            store.write((write) => write.insertEntry(anEntry(written + 1, { body: { note: 'x'.repeat(3_000) } })));
            written += 1;
          } catch (error) {
            fault = error;
          }
        }
        expect(fault).toMatchObject({ kind: 'full' });
        expect(store.read((read) => read.countEntries())).toBe(written);
        expect(isWhole(checkIntegrity(store.database))).toBe(true);
        store.database.pragma('max_page_count = 1073741823');
        store.write((write) => write.insertEntry(anEntry(written + 1)));
        store.close();
      }
    },
    within(60_000),
  );
});

describe('a counter on a full disk', () => {
  test(
    'each receipt is there whole or was refused',
    async () => {
      const world = await openWorld(
        { seed: 'full disk', branches: 1, clients: 8, markers: 'strong' },
        {
          hit: () => undefined,
          note: () => undefined,
          leaves: () => undefined,
          returns: () => undefined,
          committed: () => undefined,
          replied: () => undefined,
          incident: (_pc, error) => {
            if (!(error instanceof StoreFault && error.kind === 'full')) throw error;
          },
        },
      );
      try {
        const pc = world.pcs[0]!;
        const cashier = { pc, username: 'achieng' };
        pc.start();
        await world.time.pass(5 * 60_000);
        expect(await atTheCounter(world, cashier)).toBe(true);
        const { rows } = ((await ask(world, cashier, 'loans.list', {})) as { value: { rows: { loanId: string }[] } }).value;
        const checker = createJournalChecker('full disk');
        const database = pc.database();
        let refused = 0;
        let given = 0;
        for (let press = 0; press < runs(60); press += 1) {
          count.add('full counter');
          const room = Number(database.pragma('page_count', { simple: true })) + (press % 4);
          database.pragma(`max_page_count = ${String(press % 3 === 2 ? 1_073_741_823 : room)}`);
          const answer = await ask(world, cashier, 'loans.takeRepayment', {
            formId: randomUUID(),
            loanId: rows[press % rows.length]!.loanId,
            amountMinor: 1_00,
            note: 'x'.repeat(400),
            paidWith: { paymentTypeId: 1 },
          });
          if (answer.kind === 'ok') given += 1;
          else {
            expect(answer).toMatchObject({ kind: 'refused', code: 'store.full' });
            refused += 1;
          }
          checker.check(database, true);
          expect(Number(database.prepare('SELECT count(*) FROM journal_receipts').pluck().get())).toBe(given);
        }
        expect(refused).toBeGreaterThan(3);
        expect(given).toBeGreaterThan(10);
      } finally {
        world.close();
      }
    },
    within(60_000),
  );
});
