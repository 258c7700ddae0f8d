// The one head office of a simulated world: the practice head office, its backups and its going down, and its books as an auditor reads
// them, straight from the tables. People in other offices and its own jobs act here; the branch reaches it only through a network.

import Database from 'better-sqlite3';
import type { HttpRequest } from '../../electron/fineract/http.ts';
import type { Database as Handle } from 'better-sqlite3';
import { createPracticeHeadOffice, type PracticeHeadOffice } from '../../electron/practice/createPracticeHeadOffice.ts';
import type { Manners } from '../../electron/practice/manners.ts';
import { passwordDigest } from '../../electron/practice/authentication.ts';
import { keysOf, type Delivery } from './faultyNetwork.ts';

export const PASSWORD = 'practice';

export interface HeadOfficeBackup {
  readonly at: number;
  readonly image: Buffer;
  readonly passwords: ReadonlyMap<string, string>;
}

export interface HeadOfficeSide {
  practice(): PracticeHeadOffice;
  database(): Handle;
  isUp(): boolean;
  setUp(up: boolean): void;
  /** Its process starts anew on the same books: what it only had in mind (locks, planned crashes) is gone. */
  restart(): void;
  /** What people know as their password now. */
  passwordOf(username: string): string;
  setPassword(username: string, password: string): void;
  /** `inConflict`: a write under a key loses its account to somebody else's at this moment. */
  deliver(request: HttpRequest, inConflict?: true): Delivery | null;
  backUp(): HeadOfficeBackup;
  restore(backup: HeadOfficeBackup): void;
  /** Rises with every change of its books. */
  changes(): number;
  close(): void;
}

export interface HeadOfficeOptions {
  readonly now: () => number;
  readonly clients: number;
  readonly businessDate: string;
  /** Branches of its own beyond Kitale and Bungoma. */
  readonly moreOffices?: number;
  /** Every third savings account is one more of the client before. */
  readonly secondAccounts?: boolean;
  /** Some savings are kept in other money than shillings. */
  readonly currencies?: boolean;
  /** What its database and version make of it; without it those of the seeded practice institution. */
  readonly manners?: Partial<Manners>;
  /** So many rows and no more on a page of a list, however many are asked for. */
  readonly pageMost?: number;
  /** Hears every reply of head office, those included that never reach anybody. */
  readonly replied?: (delivery: Delivery) => void;
}

const imageByKind = new Map<string, Buffer>();

/** Seeded some days ago, so that instalments fell due since and the penalty job finds something to charge. */
const SEEDED_DAYS_AGO = 5;

const FIRST_OWN_OFFICE = 4;
const OFFICES = ['Webuye', 'Malaba', 'Kimilili', 'Turbo', 'Chwele', 'Lugari', 'Sirisia', 'Kapsara', 'Endebess'] as const;
export const OFFICES_MOST = OFFICES.length;
const CLIENTS_EACH = 3;
const CASHIER_ROLE = 2;
const MANAGER_ROLE = 4;

export function cashierOfOffice(place: number): string {
  return `cashier-${(OFFICES[place] ?? OFFICES[0]).toLowerCase()}`;
}

export function managerOfOffice(place: number): string {
  return `manager-${(OFFICES[place] ?? OFFICES[0]).toLowerCase()}`;
}

/** A branch with two people, which takes over some clients of Kitale with all their accounts. */
function openOffice(database: Handle, place: number): void {
  const officeId = FIRST_OWN_OFFICE + place;
  const name = OFFICES[place] ?? OFFICES[0];
  const hierarchy = `.${String(officeId)}.`;
  database
    .prepare('INSERT INTO office (id, name, external_id, hierarchy, parent_id, opened_on) VALUES (?, ?, ?, ?, 1, ?)')
    .run(officeId, `${name} branch`, `${name.slice(0, 2).toUpperCase()}${String(officeId)}`, hierarchy, '2019-01-07');
  for (const [index, username] of [cashierOfOffice(place), managerOfOffice(place)].entries()) {
    const staffId = 100 + 2 * place + index;
    database
      .prepare(
        `INSERT INTO staff (id, office_id, firstname, lastname, mobile_no, external_id, is_loan_officer, is_active, joined_on)
         VALUES (?, ?, ?, ?, NULL, ?, 0, 1, '2019-01-07')`,
      )
      .run(staffId, officeId, username, name, `staff-${String(staffId)}`);
    database
      .prepare(
        `INSERT INTO user_account (id, username, password_hash, office_id, scope, staff_id, firstname, lastname) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(staffId, username, passwordDigest(username, PASSWORD), officeId, hierarchy, staffId, username, name);
    database.prepare('INSERT INTO user_role (user_id, role_id) VALUES (?, ?)').run(staffId, index === 0 ? CASHIER_ROLE : MANAGER_ROLE);
  }
  const moving = database
    .prepare('SELECT id FROM client WHERE office_id = 2 ORDER BY id DESC LIMIT ?')
    .pluck()
    .all(CLIENTS_EACH) as number[];
  for (const clientId of moving) {
    database.prepare('UPDATE client SET office_id = ?, staff_id = NULL WHERE id = ?').run(officeId, clientId);
    database.prepare('DELETE FROM group_member WHERE client_id = ?').run(clientId);
    for (const table of ['loan', 'savings_account'])
      database.prepare(`UPDATE ${table} SET office_id = ?, officer_id = NULL WHERE client_id = ?`).run(officeId, clientId);
  }
}

/** Seeding costs more than everything a short world does afterwards, so the first books of each kind are made once. */
function firstImage({ clients, businessDate, now, moreOffices = 0, currencies = false }: HeadOfficeOptions): Buffer {
  const key = `${clients} ${businessDate} ${moreOffices} ${String(currencies)}`;
  const known = imageByKind.get(key);
  if (known !== undefined) return known;
  const seededOn = new Date(Date.parse(`${businessDate}T00:00:00Z`) - SEEDED_DAYS_AGO * 86_400_000).toISOString().slice(0, 10);
  const database = new Database(':memory:');
  const made = createPracticeHeadOffice({
    file: ':memory:',
    now,
    clients: clients + CLIENTS_EACH * moreOffices,
    businessDate: seededOn,
    seed: 20261120,
    currencies,
    database,
  });
  made.control.setBusinessDate(businessDate);
  for (let place = 0; place < moreOffices; place += 1) openOffice(database, place);
  const image = made.snapshot();
  made.close();
  imageByKind.set(key, image);
  return image;
}

export function createHeadOfficeSide(options: HeadOfficeOptions): HeadOfficeSide {
  let database = new Database(firstImage(options));
  let practice = createPracticeHeadOffice({ file: ':memory:', now: options.now, database, manners: options.manners ?? {} });
  if (options.secondAccounts === true)
    database.exec(`UPDATE savings_account SET client_id = before.client_id FROM savings_account before
      WHERE savings_account.id % 3 = 0 AND before.id = savings_account.id - 1 AND before.office_id = savings_account.office_id`);
  let up = true;
  let earlier = 0;
  let passwords = new Map<string, string>();

  function changesOf(handle: Handle): number {
    return Number(handle.prepare('SELECT total_changes()').pluck().get());
  }

  function inSmallPages({ method, url }: HttpRequest): string {
    const { pageMost } = options;
    if (pageMost === undefined || method !== 'GET' || !LIST.test(url)) return url;
    return url.replace(/\blimit=(\d+)/, (_whole, asked: string) => `limit=${String(Math.min(Number(asked), pageMost))}`);
  }

  return {
    practice: () => practice,
    database: () => database,
    isUp: () => up,
    setUp(value) {
      up = value;
    },
    restart() {
      practice = createPracticeHeadOffice({ file: ':memory:', now: options.now, database });
      up = true;
    },
    passwordOf: (username) => passwords.get(username) ?? PASSWORD,
    setPassword(username, password) {
      passwords.set(username, password);
      practice.control.setPassword(username, password);
    },
    deliver(request, inConflict) {
      if (!up) return null;
      const losing = inConflict === true ? keysOf(request) : [];
      for (const key of losing) practice.control.answerKey(key, 409);
      const reply = practice.handle({
        method: request.method,
        url: inSmallPages(request),
        headers: { ...request.headers },
        body: textOf(request),
      });
      for (const key of losing) practice.control.answerKey(key, null);
      options.replied?.(reply);
      // Its clock is right: it stands beside every answer, as any server writes it.
      return { ...reply, headers: { ...reply.headers, date: new Date(options.now()).toUTCString() } };
    },
    backUp: () => ({ at: options.now(), image: practice.snapshot(), passwords: new Map(passwords) }),
    restore(backup) {
      earlier += changesOf(database) + 1;
      practice.close();
      database = new Database(Buffer.from(backup.image));
      practice = createPracticeHeadOffice({ file: ':memory:', now: options.now, database });
      passwords = new Map(backup.passwords);
    },
    changes: () => earlier + changesOf(database),
    close: () => practice.close(),
  };
}

const LIST = /^\/(?:clients|loans|savingsaccounts)\?/;

/** As the listener of practice hands it on: a form byte by byte. */
function textOf({ body, bytes }: HttpRequest): string | null {
  return bytes === undefined ? body : Buffer.from(bytes).toString('latin1');
}
