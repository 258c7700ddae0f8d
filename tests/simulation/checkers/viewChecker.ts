// I6 and I10: what a screen shows against a sum made apart from it. Provisional = what the replica holds + every promise of ours that is
// unfinished, or accepted and not in the replica yet; the replica in its turn against head office's books as far as the cursors claim.

import type { Database } from 'better-sqlite3';
import { savingsBooks } from '../../../electron/branch/savings/savingsView.ts';
import { loanView } from '../../../electron/branch/loans/loanView.ts';
import type { PulledTransaction } from '../../../electron/ports/headOffice.ts';
import type { LoanRecord, ReadStore, SavingsRecord } from '../../../electron/ports/store.ts';
import type { CommandKindName } from '../../../shared/domain/commands/kinds/allKinds.ts';
import { readStoreOn } from '../../../electron/store/readStore.ts';
import { nothingWritten } from '../../../electron/store/statements.ts';
import { searchIndex } from '../../../electron/store/search/searchIndex.ts';
import { similarWords } from '../../../electron/store/search/similarWords.ts';
import { KINDS_IN_THE_WORLD, kindsWhere } from '../../world/kindsInTheWorld.ts';
import { LIFTS_SINCE_LAST_YEAR } from '../../world/lastYearsProgram.ts';
import { holds } from './brokenPromise.ts';
import { count, MARK, row, rows } from './rows.ts';

const readers = new WeakMap<Database, ReadStore>();

/** A reader of its own on the real handle: a mutant's reading is not believed. */
export function readerOf(database: Database): ReadStore {
  let reader = readers.get(database);
  if (reader === undefined) {
    const session = { database, writing: false, written: nothingWritten(), payloadLifts: LIFTS_SINCE_LAST_YEAR };
    reader = readStoreOn(session, similarWords(session), searchIndex(session));
    readers.set(database, reader);
  }
  return reader;
}

interface Owed {
  readonly commandId: string;
  readonly kind: CommandKindName;
  readonly state: string;
  readonly amountMinor: number;
  readonly number: string;
  /** What its paper says that head office takes on top: of several lines each has its own. */
  readonly feeMinor: number;
}

function promisesOn(database: Database, subject: string): readonly Owed[] {
  return rows<Owed>(
    database,
    `SELECT c.command_id AS commandId, c.kind, c.state, c.amount_minor AS amountMinor, ${MARK} AS number,
       coalesce((SELECT json_extract(l.value, '$.fee.minor') FROM json_each(r.body, '$.lines') l
         WHERE json_extract(l.value, '$.commandId') = c.command_id), json_extract(r.body, '$.fee.minor'), 0) AS feeMinor
     FROM journal_commands c JOIN journal_receipts r ON r.receipt_id = c.receipt_id WHERE c.subject = ?`,
    subject,
  );
}

/** What goes out of a savings account or into it without a receipt: signed as the account feels it. */
function transfersOn(database: Database, savingsId: string): readonly (Owed & { readonly moves: number })[] {
  return rows<Owed & { moves: number }>(
    database,
    `SELECT command_id AS commandId, kind, state, amount_minor AS amountMinor, '' AS number, 0 AS feeMinor,
       CASE json_extract(payload, '$.fromSavingsId') WHEN ? THEN -1 ELSE 1 END AS moves
     FROM journal_commands WHERE kind IN ${kindsWhere(({ isTransfer }) => isTransfer)}
       AND ? IN (json_extract(payload, '$.fromSavingsId'), json_extract(payload, '$.toSavingsId'))`,
    savingsId,
    savingsId,
  );
}

function isThere(promise: Owed, transactions: readonly PulledTransaction[]): boolean {
  return transactions.some(
    (transaction) =>
      !transaction.reversed &&
      Math.abs(transaction.amountMinor) === promise.amountMinor &&
      (transaction.receiptNumber?.replace(/~\d+$/, '') === promise.number ||
        transaction.externalId?.replace(/~\d+$/, '') === promise.commandId),
  );
}

/** What the replica does not know yet, signed as the account feels it. */
function openMinor(promises: readonly (Owed & { readonly moves?: number })[], transactions: readonly PulledTransaction[]): number {
  let sum = 0;
  for (const promise of promises) {
    // A recognised one stands in the confirmed row under marks of somebody else.
    if (promise.state === 'resolved' || promise.state === 'withdrawn' || isThere(promise, transactions)) continue;
    sum += (promise.moves ?? KINDS_IN_THE_WORLD[promise.kind].moves) * promise.amountMinor - promise.feeMinor;
  }
  return sum;
}

interface HeldHere {
  readonly commandId: string;
  readonly letsGo: number;
  readonly holdId: string | null;
  readonly holdServerId: number | null;
  readonly amountMinor: number;
  readonly serverId: number | null;
  readonly state: string;
  readonly movedAt: number;
}

const HOLDS = kindsWhere(({ holds: what }) => what !== undefined);
const LETS_GO = kindsWhere(({ holds: what }) => what === 'letGo');

/** What was held here beyond what the replica's row holds, less what was let go of either and it does not show. */
function heldHere(database: Database, savings: SavingsRecord, transactions: readonly PulledTransaction[]): number {
  const facts = rows<HeldHere>(
    database,
    `SELECT command_id AS commandId, kind IN ${LETS_GO} AS letsGo, json_extract(payload, '$.holdId') AS holdId,
       json_extract(payload, '$.holdServerId') AS holdServerId, json_extract(payload, '$.amountMinor') AS amountMinor,
       server_resource_id AS serverId, state, (SELECT max(at) FROM journal_command_events e WHERE e.command_id = c.command_id
         AND e.position = (SELECT max(position) FROM journal_command_events l WHERE l.command_id = c.command_id)) AS movedAt
     FROM journal_commands c WHERE kind IN ${HOLDS} AND json_extract(payload, '$.savingsId') = ?`,
    savings.savingsId,
  );
  const rowsThere = transactions.filter(({ what, reversed }) => what === 'hold' && !reversed);
  const isOver = ({ state, movedAt }: HeldHere): boolean =>
    state === 'accepted' ? movedAt > savings.pulledAt : !['withdrawn', 'resolved', 'rejected'].includes(state);
  const made = facts.filter(({ letsGo, state }) => letsGo === 0 && state !== 'withdrawn');
  const rowOf = ({ commandId, serverId, amountMinor }: HeldHere): PulledTransaction | undefined =>
    rowsThere.find(({ externalId }) => externalId?.startsWith(commandId) === true) ??
    rowsThere.find(
      (each) =>
        each.externalId === null &&
        each.hold?.reason === null &&
        each.serverTransactionId === serverId &&
        each.amountMinor === -amountMinor,
    );
  let sum = 0;
  for (const hold of made) if (isOver(hold) && rowOf(hold) === undefined) sum += hold.amountMinor;
  const ended = new Set<string>();
  for (const fact of facts) {
    if (fact.letsGo === 0 || !isOver(fact)) continue;
    const own = made.find(({ holdId }) => fact.holdId !== null && holdId === fact.holdId);
    const there = own === undefined ? rowsThere.find(({ serverTransactionId }) => serverTransactionId === fact.holdServerId) : rowOf(own);
    const name = own?.holdId ?? String(fact.holdServerId);
    const isHeld = there === undefined ? own !== undefined && isOver(own) : there.hold?.releasedBy === null;
    if (isHeld && !ended.has(name)) sum -= fact.amountMinor;
    ended.add(name);
  }
  return sum;
}

function allOf<Account>(
  database: Database,
  table: 'replica_savings' | 'replica_loans',
  read: (localId: string) => Account | null,
): readonly Account[] {
  const key = table === 'replica_savings' ? 'savings_id' : 'loan_id';
  return rows<{ id: string }>(database, `SELECT ${key} AS id FROM ${table} WHERE gone = 0`).flatMap(({ id }) => read(id) ?? []);
}

export function savingsIn(database: Database): readonly SavingsRecord[] {
  return allOf(database, 'replica_savings', (id) => readerOf(database).savings(id));
}

export function loansIn(database: Database): readonly LoanRecord[] {
  return allOf(database, 'replica_loans', (id) => readerOf(database).loan(id));
}

export function checkViews(name: string, database: Database, businessDate: string): void {
  const read = readerOf(database);
  for (const savings of savingsIn(database)) {
    const promises = [...promisesOn(database, `savings:${savings.savingsId}`), ...transfersOn(database, savings.savingsId)];
    const transactions = read.savingsTransactions(savings.savingsId);
    const { ledgerMinor: shown, onHoldMinor: shownHeld } = savingsBooks(read, savings);
    const wanted = savings.ledgerMinor + openMinor(promises, transactions);
    holds(shown === wanted, 'I6 provisional balance', `${name}: savings ${savings.accountNo} shows ${shown}, the sum is ${wanted}`);
    const heldMinor = savings.onHoldMinor + heldHere(database, savings, transactions);
    holds(
      shownHeld === heldMinor,
      'I6 provisional balance',
      `${name}: savings ${savings.accountNo} shows ${shownHeld} held, the sum is ${heldMinor}`,
    );
  }
  for (const loan of loansIn(database)) {
    const promises = promisesOn(database, `loan:${loan.loanId}`);
    const view = loanView(read, loan, businessDate);
    // Nobody owes anything on what was given back, whatever head office reckons of it until it was told.
    const isGivenBack =
      loan.status === 'active' && view.status === 'approved' && promises.some(({ kind }) => KINDS_IN_THE_WORLD[kind].payout === 'undone');
    const owed = isGivenBack ? 0 : loan.outstandingMinor - loan.overpaidMinor + openMinor(promises, read.loanTransactions(loan.loanId));
    const shown = view.outstandingMinor - view.overpaidMinor;
    holds(shown === owed, 'I6 provisional balance', `${name}: loan ${loan.accountNo} shows ${shown}, the sum is ${owed}`);
  }
}

const SHELVES: readonly (readonly [shelf: string, table: string])[] = [
  ['clients', 'replica_clients'],
  ['groups', 'replica_groups'],
  ['loans', 'replica_loans'],
  ['savings', 'replica_savings'],
];

function cursorOf(text: string | null): { readonly offset?: number } {
  return text === null ? {} : (JSON.parse(text) as { offset?: number });
}

/** How many rows of a shelf head office took away while they were read: listed, and gone when they were asked for. */
export type TakenAway = (shelf: string) => number;
export const NOTHING_TAKEN: TakenAway = () => 0;

export function checkShelves(name: string, database: Database, takenAway: TakenAway): void {
  for (const [shelf, table] of SHELVES) {
    const kept = row<{ cursor: string }>(database, 'SELECT cursor FROM replica_shelves WHERE shelf = ?', shelf);
    const offset = cursorOf(kept?.cursor ?? null).offset ?? 0;
    // What could not be read is under the cursor too: named, and tried again.
    const held =
      count(database, `SELECT count(*) FROM ${table}`) + count(database, 'SELECT count(*) FROM replica_left_out WHERE shelf = ?', shelf);
    holds(held >= offset - takenAway(shelf), 'I10 cursor with rows', `${name}: ${shelf} stands at ${offset} and holds ${held}`);
  }
}

export interface CursorChecker {
  check(name: string, database: Database, books: Database): void;
  /** Head office's books changed without an audit row: until the replica agrees again, no cursor claims to cover these accounts. */
  changedUnaudited(kind: 'loan' | 'savings', serverId: number): void;
  everythingUnaudited(): void;
  /**
   * Head office is put back from these books to those that the answer is told: a cursor claims nothing until its PC has walked the new audit
   * trail, and then it claims that trail.
   */
  restoring(pcs: readonly { readonly name: string; readonly database: Database }[], before: Database): (after: Database) => void;
}

/** How far a PC has read head office's audit trail; null before its first pull. */
export function auditCursorOf(database: Database): number | null {
  return (
    row<{ cursor: number | null }>(
      database,
      `SELECT json_extract(value, '$.auditCursor') AS cursor FROM local_settings WHERE name = 'syncState'`,
    )?.cursor ?? null
  );
}

function walkedAt(database: Database): string {
  return (
    row<{ at: string | null }>(
      database,
      `SELECT CAST(json_extract(value, '$.auditedAt') AS TEXT) AS at FROM local_settings WHERE name = 'syncState'`,
    )?.at ?? ''
  );
}

function auditsIn(books: Database): string | null {
  return (
    row<{ audits: string | null }>(books, `SELECT json_extract(value, '$.audits') AS audits FROM setting WHERE name = 'manners'`)?.audits ??
    null
  );
}

/** When a row of the audit trail was made; null where there is none of that number. */
function madeAt(auditId: number, books: Database): number | null {
  return row<{ at: number }>(books, 'SELECT made_at AS at FROM command_row WHERE id = ?', auditId)?.at ?? null;
}

export function createCursorChecker(takenAway: TakenAway = NOTHING_TAKEN): CursorChecker {
  let all = 0;
  /** A walk that was under way during the restore may have read the old trail; the one after it has not. */
  const walksToCome = new Map<string, { at: string; left: number }>();
  const agreedAt = new Map<string, number>();
  const decided = new Map<string, { checked: number; underWay: number; at: string; left: number }>();

  /**
   * Some head offices show the branch no row of what waits for a checker or never finished. What a checker decides later changes a row that lies
   * behind the cursor, and only a walk that began after the decision can have read it; what never finished no row tells at all. A PC that reads
   * through the window watches no rows: it finds the account by the day of its change, in the round after the decision.
   */
  function isTold(key: string, column: string, serverId: number, at: string, books: Database, hasWindow: boolean): boolean {
    if (auditsIn(books) !== 'bare' && !hasWindow) return true;
    const { checked, underWay } = row<{ checked: number; underWay: number }>(
      books,
      `SELECT count(checked_by) AS checked, count(CASE WHEN status = 4 THEN 1 END) AS underWay FROM command_row WHERE ${column} = ?`,
      serverId,
    ) ?? { checked: 0, underWay: 0 };
    const known = decided.get(key) ?? { checked: 0, underWay: 0, at, left: 0 };
    if (known.underWay !== underWay) agreedAt.delete(key);
    if (known.checked !== checked) Object.assign(known, { at, left: 2 });
    if (known.at !== at) known.left -= 1;
    decided.set(key, { checked, underWay, at, left: known.left });
    return known.left <= 0;
  }
  /**
   * Transfers of the account at head office when it last agreed: no branch sees their audit rows, so no cursor covers one. Nothing is known of
   * them where one was lost since in a restore, which a PC that sees no other row gone cannot notice either; another one may come in its place.
   */
  const transfersAt = new Map<string, number>();

  function transfersOf(kind: string, serverId: number, books: Database): number {
    return kind === 'loan' ? 0 : count(books, 'SELECT count(*) FROM account_transfer WHERE from_id = ? OR to_id = ?', serverId, serverId);
  }

  /** The last row that the PC read is still there, so its trail goes on: of what was lost without a row of its own it cannot know. */
  function forgetWhatDiffers(name: string, database: Database, books: Database): void {
    for (const key of [...agreedAt.keys()]) {
      const [pc, kind, serverId] = key.split(' ');
      if (pc !== name || (kind !== 'savings' && kind !== 'loan')) continue;
      if (!isAsInBooks(kind, Number(serverId), database, books)) agreedAt.delete(key);
    }
  }

  return {
    changedUnaudited(kind, serverId) {
      for (const key of [...agreedAt.keys()]) if (key.endsWith(`${kind} ${serverId}`)) agreedAt.delete(key);
    },
    everythingUnaudited() {
      all += 1;
    },
    restoring(pcs, before) {
      for (const { name, database } of pcs) walksToCome.set(name, { at: walkedAt(database), left: 2 });
      const countOf = (key: string, books: Database): number => {
        const [, kind = '', serverId] = key.split(' ');
        return transfersOf(kind, Number(serverId), books);
      };
      const had = new Map([...transfersAt.keys()].map((key) => [key, countOf(key, before)]));
      const readLast = new Map(pcs.map(({ name, database }) => [name, madeAt(auditCursorOf(database) ?? 0, before)]));
      return (after) => {
        for (const [key, count] of had) if (countOf(key, after) !== count) transfersAt.delete(key);
        for (const { name, database } of pcs)
          if (madeAt(auditCursorOf(database) ?? 0, after) === readLast.get(name)) forgetWhatDiffers(name, database, after);
      };
    },
    check(name, database, books) {
      checkShelves(name, database, takenAway);
      const state = row<{ value: string }>(database, `SELECT value FROM local_settings WHERE name = 'syncState'`);
      const kept =
        state === null
          ? null
          : (JSON.parse(state.value) as { auditCursor: number | null; watchedAudits: readonly number[]; firstPullDoneAt: number | null });
      if (kept?.firstPullDoneAt == null || kept.auditCursor === null) return;
      const toCome = walksToCome.get(name);
      if (toCome !== undefined) {
        const at = walkedAt(database);
        if (toCome.at !== at) toCome.left -= 1;
        toCome.at = at;
        if (toCome.left > 0) return;
        walksToCome.delete(name);
      }
      const hasWindow = count(database, `SELECT count(*) FROM local_settings WHERE name = 'window'`) > 0;
      for (const kind of ['savings', 'loan'] as const) {
        const table = kind === 'savings' ? 'replica_savings' : 'replica_loans';
        for (const { server_id: serverId } of rows<{ server_id: number }>(
          database,
          `SELECT server_id FROM ${table} WHERE gone = 0 AND server_id IS NOT NULL`,
        )) {
          const key = `${name} ${kind} ${serverId}`;
          const account = kind === 'savings' ? 'savings_id' : 'loan_id';
          const told = isTold(key, account, serverId, walkedAt(database), books, hasWindow);
          const agrees = isAsInBooks(kind, serverId, database, books);
          const transfers = transfersOf(kind, serverId, books);
          if (agrees) {
            agreedAt.set(key, all);
            transfersAt.set(key, transfers);
            continue;
          }
          const excused = agreedAt.get(key) !== all || transfersAt.get(key) !== transfers;
          const touched = count(books, `SELECT coalesce(max(id), 0) FROM command_row WHERE ${account} = ?`, serverId);
          const claims = told && kept.auditCursor >= touched && kept.watchedAudits.length === 0 && touched > 0;
          holds(
            !claims || excused,
            'I10 audit cursor with rows',
            `${name}: ${kind} ${serverId} differs from head office, whose audit ${touched} is behind the cursor ${kept.auditCursor}`,
          );
        }
      }
    },
  };
}

export function isAsInBooks(kind: 'loan' | 'savings', serverId: number, database: Database, books: Database): boolean {
  const read = readerOf(database);
  const localId = read.localIdOf(kind, serverId);
  if (localId === null) return true;
  if (kind === 'savings') {
    const balance = row<{ balance: number }>(books, 'SELECT balance FROM savings_account WHERE id = ?', serverId)?.balance;
    return balance === undefined || read.savings(localId)?.ledgerMinor === balance;
  }
  const repaid = count(
    books,
    'SELECT coalesce(sum(amount), 0) FROM loan_transaction WHERE loan_id = ? AND type = 2 AND reversed = 0',
    serverId,
  );
  const known = read.loanTransactions(localId).filter((each) => !each.reversed && each.what === 'repayment');
  return known.reduce((sum, each) => sum + each.amountMinor, 0) === repaid;
}
