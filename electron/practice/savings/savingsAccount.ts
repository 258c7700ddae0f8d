// A savings account as a whole: found, replayed in order of date after every change, and tested the way head
// office does: the whole dated history must stand, not today's balance alone. Amounts in minor units.
import type { Book } from '../book.ts';
import type { Call } from '../call.ts';
import { domainRule, notFound } from '../errors.ts';

export const SAVINGS_SUBMITTED = 100;
export const SAVINGS_APPROVED = 200;
export const SAVINGS_ACTIVE = 300;
export const SAVINGS_CLOSED = 600;

export const SUB_NONE = 0;
export const SUB_INACTIVE = 100;
export const SUB_DORMANT = 200;
export const SUB_BLOCKED = 400;
export const SUB_CREDITS_BLOCKED = 500;
export const SUB_DEBITS_BLOCKED = 600;

export const SAVE_DEPOSIT = 1;
export const SAVE_WITHDRAWAL = 2;
export const SAVE_INTEREST = 3;
export const SAVE_FEE = 4;
export const SAVE_WAIVER = 6;
export const SAVE_CHARGE = 7;
export const SAVE_TRANSFER_STARTED = 12;
export const SAVE_TRANSFER_APPROVED = 13;
export const SAVE_HOLD = 20;
export const SAVE_RELEASE = 21;

export interface SavingsTerms {
  /** Decimal text, percent a year. */
  annualRate: string;
  minRequiredBalance: number;
  enforceMinRequiredBalance: boolean;
  allowOverdraft: boolean;
  overdraftLimit: number;
  lienAllowed: boolean;
  maxAllowedLienLimit: number;
  lockedUntil: string | null;
  /** Minor units; what the product proposes. An account pays only the charges that its application named. */
  withdrawalFee: number;
  /** Where the account is not kept in the institution's first currency. */
  currency?: string;
  /** The product as head office's administrator wrote it, where it was made through the API. */
  asked?: Readonly<Record<string, unknown>>;
}

/** A number of the product as it was written; null where nothing was said. */
export function askedNumber(terms: SavingsTerms, name: string): number | null {
  const value = terms.asked?.[name];
  return typeof value === 'number' ? value : null;
}

export interface SavingsRow {
  id: number;
  account_no: string;
  external_id: string | null;
  client_id: number | null;
  group_id: number | null;
  office_id: number;
  officer_id: number | null;
  product_id: number;
  status: number;
  sub_status: number;
  reason_for_block: string | null;
  terms: string;
  submitted_on: string;
  approved_on: string | null;
  activated_on: string | null;
  closed_on: string | null;
  submitted_by: number | null;
  approved_by: number | null;
  activated_by: number | null;
  closed_by: number | null;
  interest_earned: number | null;
  interest_reckoned_on: string | null;
  charges_paid: number;
  balance: number;
  total_deposits: number;
  total_withdrawals: number;
  interest_posted: number;
  fees_charged: number;
  amount_on_hold: number;
  guarantor_hold: number;
  last_transaction_on: string | null;
}

export interface SavingsTransactionRow {
  id: number;
  account_id: number;
  office_id: number;
  type: number;
  date: string;
  amount: number;
  running_balance: number;
  reversed: number;
  submitted_on: string;
  payment_detail_id: number | null;
  note: string | null;
  reason_for_block: string | null;
  lien: number;
  release_id: number | null;
  fee_of: number | null;
  transfer_id: number | null;
  /** 1 where the interest engine posted it. */
  reckoned: number;
  created_by: number;
  created_at: number;
}

export interface GuarantorHoldRow {
  id: number;
  account_id: number;
  loan_id: number | null;
  amount: number;
  date: string;
  released_on: string | null;
}

export function savingsTermsOf(account: SavingsRow): SavingsTerms {
  return JSON.parse(account.terms) as SavingsTerms;
}

export function findSavings(call: Call, id: number): SavingsRow {
  const row = call.office.book.get('SELECT * FROM savings_account WHERE id = ?', id) as SavingsRow | undefined;
  if (row === undefined)
    throw notFound('error.msg.saving.account.id.invalid', `Savings account with identifier ${String(id)} does not exist`, [id]);
  return row;
}

export function savingsIdByExternalId(call: Call, externalId: string): number {
  const row = call.office.book.get('SELECT id FROM savings_account WHERE external_id = ?', externalId) as { id: number } | undefined;
  if (row === undefined)
    throw notFound('error.msg.saving.account.id.invalid', 'Savings account with identifier null does not exist', [null]);
  return row.id;
}

/** Null where it is kept in the institution's first currency, or is not there. */
export function savingsCurrency(book: Book, account: number | { readonly externalId: string }): string | null {
  const [column, value] = typeof account === 'number' ? ['id', account] : ['external_id', account.externalId];
  const row = book.get(`SELECT terms ->> '$.currency' AS currency FROM savings_account WHERE ${column} = ?`, value) as
    { currency: string | null } | undefined;
  return row?.currency ?? null;
}

export function savingsTransactionsOf(book: Book, accountId: number): SavingsTransactionRow[] {
  return book.all('SELECT * FROM savings_transaction WHERE account_id = ? ORDER BY date, id', accountId) as SavingsTransactionRow[];
}

export function effectOf(row: Pick<SavingsTransactionRow, 'type' | 'amount'>): number {
  if (row.type === SAVE_DEPOSIT || row.type === SAVE_INTEREST) return row.amount;
  if (row.type === SAVE_WITHDRAWAL || row.type === SAVE_FEE || row.type === SAVE_CHARGE) return -row.amount;
  return 0;
}

/** What head office's running balance shows besides money: a hold lowers it, a release raises it. */
function heldBy(row: Pick<SavingsTransactionRow, 'type' | 'amount'>): number {
  if (row.type === SAVE_HOLD) return -row.amount;
  return row.type === SAVE_RELEASE ? row.amount : 0;
}

export function guarantorHoldsOf(book: Book, accountId: number): GuarantorHoldRow[] {
  return book.all('SELECT * FROM guarantor_hold WHERE account_id = ? ORDER BY date, id', accountId) as GuarantorHoldRow[];
}

/** Enforced minimum and guarantor holds as of a date: what a debit may not eat into. */
function reservedOn(terms: SavingsTerms, holds: readonly GuarantorHoldRow[], date: string): number {
  const minimum = terms.enforceMinRequiredBalance ? terms.minRequiredBalance : 0;
  const held = holds.reduce(
    (sum, hold) => sum + (hold.date <= date && (hold.released_on === null || hold.released_on > date) ? hold.amount : 0),
    0,
  );
  return minimum + held;
}

/** Neither an enforced minimum nor an overdraft is in it. */
export function availableOf(account: SavingsRow): number {
  return account.balance - account.guarantor_hold - account.amount_on_hold;
}

/** Head office tells the balance that would be left, never the fee. */
export function insufficientBalance(left: number, amount: number): Error {
  return domainRule('error.msg.savingsaccount.transaction.insufficient.account.balance', 'Insufficient account balance.', [
    'transactionAmount',
    left / 100,
    null,
    amount / 100,
  ]);
}

/** Replays the history, writes running balances and totals, and gives the first date on which a debit does not stand. */
export function replaySavings(book: Book, account: SavingsRow): { brokenOn: string | null; balance: number } {
  const terms = savingsTermsOf(account);
  const holds = guarantorHoldsOf(book, account.id);
  const floor = terms.allowOverdraft ? -terms.overdraftLimit : 0;
  const totals = { deposits: 0, withdrawals: 0, interest: 0, fees: 0, charges: 0 };
  let balance = 0;
  let shown = 0;
  let brokenOn: string | null = null;
  let lastOn: string | null = null;
  let lastDebitOn: string | null = null;
  for (const row of savingsTransactionsOf(book, account.id)) {
    if (row.reversed === 1) {
      if (row.running_balance !== 0) book.run('UPDATE savings_transaction SET running_balance = 0 WHERE id = ?', row.id);
      continue;
    }
    const effect = effectOf(row);
    balance += effect;
    shown += effect + heldBy(row);
    if (effect !== 0) lastOn = row.date;
    if (effect < 0) {
      lastDebitOn = row.date;
      if (brokenOn === null && balance - reservedOn(terms, holds, row.date) < floor) brokenOn = row.date;
    }
    if (row.type === SAVE_DEPOSIT) totals.deposits += row.amount;
    if (row.type === SAVE_WITHDRAWAL) totals.withdrawals += row.amount;
    if (row.type === SAVE_INTEREST) totals.interest += row.amount;
    if (row.type === SAVE_FEE) totals.fees += row.amount;
    if (row.type === SAVE_CHARGE) totals.charges += row.amount;
    if (row.running_balance !== shown) book.run('UPDATE savings_transaction SET running_balance = ? WHERE id = ?', shown, row.id);
  }
  const guarantor = holds.reduce((sum, hold) => sum + (hold.released_on === null ? hold.amount : 0), 0);
  const minimum = terms.enforceMinRequiredBalance ? terms.minRequiredBalance : 0;
  if (brokenOn === null && lastDebitOn !== null && balance - minimum - guarantor - account.amount_on_hold < floor) brokenOn = lastDebitOn;
  book.run(
    `UPDATE savings_account SET balance = ?, total_deposits = ?, total_withdrawals = ?, interest_posted = ?, fees_charged = ?, charges_paid = ?, guarantor_hold = ?,
     last_transaction_on = ? WHERE id = ?`,
    balance,
    totals.deposits,
    totals.withdrawals,
    totals.interest,
    totals.fees,
    totals.charges,
    guarantor,
    lastOn,
    account.id,
  );
  return { brokenOn, balance };
}

/** The date of the youngest standing row, holds and releases included; a later one may lie in the future. */
export function lastRowOn(book: Book, accountId: number): string | null {
  const row = book.get('SELECT MAX(date) AS last FROM savings_transaction WHERE account_id = ? AND reversed = 0', accountId) as {
    last: string | null;
  };
  return row.last;
}
