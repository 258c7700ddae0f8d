// The one head office of a simulated world: the practice head office, its backups and its going down, and its books as an auditor reads
// them, straight from the tables. People in other offices and its own jobs act here; the branch reaches it only through a network.

import Database from 'better-sqlite3';
import type { HttpRequest } from '../../electron/fineract/http.ts';
import type { Database as Handle } from 'better-sqlite3';
import { createPracticeHeadOffice, type PracticeHeadOffice } from '../../electron/practice/createPracticeHeadOffice.ts';
import type { Delivery } from './faultyNetwork.ts';

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
  /** What people know as their password now. */
  passwordOf(username: string): string;
  setPassword(username: string, password: string): void;
  deliver(request: HttpRequest): Delivery | null;
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
  /** Hears every reply of head office, those included that never reach anybody. */
  readonly replied?: (delivery: Delivery) => void;
}

const imageByKind = new Map<string, Buffer>();

/** Seeding costs more than everything a short world does afterwards, so the first books of each kind are made once. */
function firstImage({ clients, businessDate, now }: HeadOfficeOptions): Buffer {
  const key = `${clients} ${businessDate}`;
  const known = imageByKind.get(key);
  if (known !== undefined) return known;
  const made = createPracticeHeadOffice({ file: ':memory:', now, clients, businessDate, seed: 20261120 });
  const image = made.snapshot();
  made.close();
  imageByKind.set(key, image);
  return image;
}

export function createHeadOfficeSide(options: HeadOfficeOptions): HeadOfficeSide {
  let database = new Database(firstImage(options));
  let practice = createPracticeHeadOffice({ file: ':memory:', now: options.now, database });
  let up = true;
  let earlier = 0;
  let passwords = new Map<string, string>();

  function changesOf(handle: Handle): number {
    return Number(handle.prepare('SELECT total_changes()').pluck().get());
  }

  return {
    practice: () => practice,
    database: () => database,
    isUp: () => up,
    setUp(value) {
      up = value;
    },
    passwordOf: (username) => passwords.get(username) ?? PASSWORD,
    setPassword(username, password) {
      passwords.set(username, password);
      practice.control.setPassword(username, password);
    },
    deliver(request) {
      if (!up) return null;
      const reply = practice.handle({ method: request.method, url: request.url, headers: { ...request.headers }, body: request.body });
      options.replied?.(reply);
      return reply;
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
