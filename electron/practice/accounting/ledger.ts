// Double entry: every money movement leaves lines whose debits equal their credits. Running totals make the
// check after each write cost the same however large the book is; ledger() adds everything up as proof.
import { currencyNow } from '../amounts.ts';
import type { Book } from '../book.ts';
import { businessDate, type Call, type HeadOffice } from '../call.ts';
import { domainRule, notFound } from '../errors.ts';

export const GL = {
  cash: 1,
  mobileMoney: 2,
  bank: 3,
  loanPortfolio: 4,
  suspense: 5,
  savingsControl: 6,
  overpayments: 7,
  capital: 8,
  interestIncome: 9,
  feeIncome: 10,
  penaltyIncome: 11,
  savingsInterest: 12,
  writeOffs: 13,
  cashDifferences: 14,
} as const;

const CREDIT = 1;
const DEBIT = 2;
export const ENTITY_LOAN = 1;
export const ENTITY_SAVINGS = 2;

export interface LedgerProof {
  /** Minor units. */
  debits: number;
  credits: number;
  balanced: boolean;
}

interface Posting {
  ref: string;
  officeId: number;
  date: string;
  submittedOn: string;
  entityType: number | null;
  entityId: number | null;
  createdBy: number;
  manual?: boolean;
  referenceNumber?: string | null;
  comments?: string | null;
}

export interface Movement extends Posting {
  /** Account and minor units; a debit is positive, a credit negative, zero is left out. */
  lines: readonly (readonly [glAccountId: number, minor: number])[];
}

export interface Entry {
  account: number;
  side: 'debit' | 'credit';
  /** Minor units. */
  amount: number;
}

export function postMovement(book: Book, movement: Movement): void {
  const entries = movement.lines
    .filter(([, minor]) => minor !== 0)
    .map(([account, minor]): Entry => ({ account, side: minor > 0 ? 'debit' : 'credit', amount: Math.abs(minor) }));
  postEntries(book, movement, entries);
}

/** As given: an entry of zero stays one. */
export function postEntries(book: Book, movement: Posting, entries: readonly Entry[]): void {
  let debits = 0;
  let credits = 0;
  for (const { account, side, amount } of entries) {
    if (side === 'debit') debits += amount;
    else credits += amount;
    book.run(
      `INSERT INTO journal_line (transaction_ref, office_id, gl_account_id, type, amount, entry_date, submitted_on, manual, entity_type, entity_id,
       reference_number, comments, created_by, currency) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
      movement.ref,
      movement.officeId,
      account,
      side === 'debit' ? DEBIT : CREDIT,
      amount,
      movement.date,
      movement.submittedOn,
      movement.manual === true ? 1 : 0,
      movement.entityType,
      movement.entityId,
      movement.referenceNumber ?? null,
      movement.comments ?? null,
      movement.createdBy,
      currencyNow(),
    );
  }
  book.run('UPDATE ledger_total SET debits = debits + ?, credits = credits + ? WHERE id = 1', debits, credits);
}

/** Takes back what a reference posted, by counter-lines under the same reference. */
export function reverseMovement(call: Call, ref: string): void {
  const book = call.office.book;
  const rows = book.all(
    'SELECT id, office_id, gl_account_id, type, amount, entry_date, entity_type, entity_id FROM journal_line WHERE transaction_ref = ? AND reversed = 0',
    ref,
  ) as {
    office_id: number;
    gl_account_id: number;
    type: number;
    amount: number;
    entry_date: string;
    entity_type: number | null;
    entity_id: number | null;
  }[];
  const first = rows[0];
  if (first === undefined) return;
  postMovement(book, {
    ref,
    officeId: first.office_id,
    date: first.entry_date,
    submittedOn: businessDate(call.office),
    entityType: first.entity_type,
    entityId: first.entity_id,
    createdBy: call.caller.id,
    lines: rows.map((row) => [row.gl_account_id, row.type === DEBIT ? -row.amount : row.amount] as const),
  });
  book.run('UPDATE journal_line SET reversed = 1 WHERE transaction_ref = ?', ref);
}

export function assertBalanced(office: HeadOffice): void {
  const total = office.book.get('SELECT debits, credits FROM ledger_total WHERE id = 1') as { debits: number; credits: number };
  if (total.debits !== total.credits) throw new Error('the ledger is out of balance');
}

export function ledgerProof(book: Book): LedgerProof {
  const sums = book.get(
    `SELECT COALESCE(SUM(CASE WHEN type = 2 THEN amount END), 0) AS debits, COALESCE(SUM(CASE WHEN type = 1 THEN amount END), 0) AS credits FROM journal_line`,
  ) as { debits: number; credits: number };
  const total = book.get('SELECT debits, credits FROM ledger_total WHERE id = 1') as { debits: number; credits: number };
  return { ...sums, balanced: sums.debits === sums.credits && total.debits === sums.debits && total.credits === sums.credits };
}

/** Posting on or before the last closing date of the office is refused. */
export function requireOpenPeriod(office: HeadOffice, officeId: number, date: string): void {
  const row = office.book.get('SELECT MAX(closing_date) AS closed FROM gl_closure WHERE office_id = ?', officeId) as {
    closed: string | null;
  };
  if (row.closed !== null && date <= row.closed) {
    throw domainRule(
      'error.msg.glJournalEntry.invalid.accounting.closed',
      'Journal entry cannot be made prior to last account closing date.',
      [row.closed, null, null],
    );
  }
}

export function fundAccount(office: HeadOffice, paymentTypeId: number | undefined): number {
  if (paymentTypeId === undefined) return GL.cash;
  const row = office.book.get('SELECT gl_account_id FROM payment_type WHERE id = ?', paymentTypeId) as
    { gl_account_id: number } | undefined;
  if (row === undefined)
    throw notFound('error.msg.payment.type.invalid', `PaymentType with ${String(paymentTypeId)} does not exist`, [paymentTypeId]);
  return row.gl_account_id;
}

const ACTIVITY_VAULT = 101;
const ACTIVITY_TELLERS = 102;
const ACTIVITY_TRANSFERS = 200;

function accountOfActivity(office: HeadOffice, activity: number): number | null {
  const row = office.book.get('SELECT gl_account_id FROM financial_activity WHERE activity = ?', activity) as
    { gl_account_id: number } | undefined;
  return row?.gl_account_id ?? null;
}

/** What is on its way from one account to another. An institution that has not said where it is kept can move nothing. */
export function transferAccount(office: HeadOffice): number {
  const account = accountOfActivity(office, ACTIVITY_TRANSFERS);
  if (account === null)
    throw notFound(
      'error.msg.financialActivityAccount.not.found',
      `Financial Activity account with for the financial Activity with Id ${String(ACTIVITY_TRANSFERS)} does not exist`,
      [ACTIVITY_TRANSFERS],
    );
  return account;
}

/** Where the cash of the vault and of the tellers is kept; null where the institution has not said. */
export function tellerAccounts(office: HeadOffice): { vault: number | null; tellers: number | null } {
  return { vault: accountOfActivity(office, ACTIVITY_VAULT), tellers: accountOfActivity(office, ACTIVITY_TELLERS) };
}
