// Deposits and withdrawals, their undoing and correcting. Each refusal carries head office's own code; no transaction
// here ever has an external id, as in the real one.
import type { Call } from '../call.ts';
import type { CommandResult } from '../commandLayer.ts';
import { given, parseObject, readBody } from '../commandBody.ts';
import { containerRefusal, domainRule, notFound, unavailable, validationError } from '../errors.ts';
import { fundAccount, GL, requireOpenPeriod } from '../accounting/ledger.ts';
import { keepPaymentDetail, PAYMENT_FIELDS, paymentChanges, type PaymentDetail, readPaymentDetail } from '../paymentDetail.ts';
import {
  findSavings,
  insufficientBalance,
  replaySavings,
  SAVE_DEPOSIT,
  SAVE_FEE,
  SAVE_INTEREST,
  SAVE_WITHDRAWAL,
  type SavingsRow,
  savingsTermsOf,
  type SavingsTransactionRow,
  SUB_BLOCKED,
  SUB_CREDITS_BLOCKED,
  SUB_DEBITS_BLOCKED,
} from './savingsAccount.ts';
import { payWithdrawalFee } from './savingsCharges.ts';
import { repostAfter } from './savingsInterest.ts';
import { awaken, insertSavingsTransaction, postSavings, requireActive, requireUsable, resultOf, reverseSavings } from './savingsPosting.ts';

const NOTE_MOST = 1000;

export interface Move {
  date: string;
  minor: number;
  payment: PaymentDetail | null;
  note?: string | undefined;
  transferId?: number;
  /** Instead of the fund of the payment type. */
  counterAccount?: number;
}

function requireOpenSide(account: SavingsRow, kind: 'deposit' | 'withdrawal'): void {
  if (account.sub_status === SUB_BLOCKED) {
    throw domainRule(
      'error.msg.saving.account.blocked.transaction.not.allowed',
      `Any transaction to ${String(account.id)} is not allowed, since the account is blocked`,
      [account.id],
    );
  }
  if (kind === 'deposit' && account.sub_status === SUB_CREDITS_BLOCKED) {
    throw domainRule(
      'error.msg.savings.account.credit.transaction.not.allowed',
      `Any Credit transactions to ${String(account.id)} is not allowed, since the account is blocked for credits`,
      [account.id],
    );
  }
  if (kind === 'withdrawal' && account.sub_status === SUB_DEBITS_BLOCKED) {
    throw domainRule(
      'error.msg.savings.account.debit.transaction.not.allowed',
      `Any debit transactions from ${String(account.id)} is not allowed, since the account is blocked for debits`,
      [account.id],
    );
  }
}

/** Nothing may be dated before the client came from another office. */
function requireAfterTransfer(call: Call, account: SavingsRow, kind: 'deposit' | 'withdrawal', date: string): void {
  if (account.client_id === null) return;
  const client = call.office.book.get('SELECT office_joined_on FROM client WHERE id = ?', account.client_id) as
    { office_joined_on: string | null } | undefined;
  const joined = client?.office_joined_on ?? null;
  if (joined === null || date >= joined) return;
  throw domainRule(
    `error.msg.savings.${kind === 'deposit' ? 'deposit' : 'withdraw'}.not.permitted.before.client.transfer.date`,
    'Transactions on savings account prior to the customer joining date are not permitted',
    [joined],
  );
}

/** Whether the next withdrawal's fee gets its number before the withdrawal. */
function isFeeFirst({ office }: Call): boolean {
  if (office.manners().feeRow === 'behind') return false;
  const newest = office.book.get('SELECT MAX(id) AS id FROM savings_transaction') as { id: number | null };
  return Math.floor((newest.id ?? 0) / 2) % 2 === 1;
}

/** The move itself, without reading a request: row, fee, books, replay. Gives the new row's id. */
export function postMove(call: Call, account: SavingsRow, kind: 'deposit' | 'withdrawal', move: Move): number {
  requireOpenSide(account, kind);
  requireUsable(call, account, move.date);
  requireAfterTransfer(call, account, kind, move.date);
  const terms = savingsTermsOf(account);
  if (kind === 'withdrawal' && terms.lockedUntil !== null && move.date < terms.lockedUntil) {
    throw validationError(
      'error.msg.savingsaccount.transaction.withdrawals.blocked.during.lockin.period',
      `Withdrawal is not allowed. No withdrawals are allowed until after ${terms.lockedUntil}`,
      'transactionDate',
      [move.date, terms.lockedUntil],
    );
  }
  const fund = move.counterAccount ?? fundAccount(call.office, move.payment?.paymentTypeId);
  const payFees = (): readonly number[] =>
    kind === 'withdrawal' && move.transferId === undefined
      ? payWithdrawalFee(call, account, { date: move.date, minor: move.minor, paymentTypeId: move.payment?.paymentTypeId ?? null })
      : [];
  const early = isFeeFirst(call) ? payFees() : null;
  const id = insertSavingsTransaction(call, account, {
    type: kind === 'deposit' ? SAVE_DEPOSIT : SAVE_WITHDRAWAL,
    date: move.date,
    amount: move.minor,
    paymentDetailId: keepPaymentDetail(call.office, move.payment),
    note: move.note,
    ...(move.transferId === undefined ? {} : { transferId: move.transferId }),
  });
  const toAccount = kind === 'deposit' ? move.minor : -move.minor;
  postSavings(call, account, id, move.date, [
    [fund, toAccount],
    [GL.savingsControl, -toAccount],
  ]);
  for (const fee of early ?? payFees()) call.office.book.run('UPDATE savings_transaction SET fee_of = ? WHERE id = ?', id, fee);
  const outcome = replaySavings(call.office.book, account);
  if (kind === 'withdrawal' && outcome.brokenOn !== null) throw insufficientBalance(outcome.balance, move.minor);
  repostAfter(call, account, move.date);
  awaken(call, account);
  return id;
}

export function moveSavings(call: Call, accountId: number, kind: 'deposit' | 'withdrawal'): CommandResult {
  const asked = parseObject(call.body);
  const body = readBody(asked, 'savingsaccount.transaction', ['transactionDate', 'transactionAmount', ...PAYMENT_FIELDS, 'note']);
  const on = body.date('transactionDate');
  const amount = body.amount('transactionAmount');
  const payment = readPaymentDetail(body, true);
  const note = body.optionalText('note', Number.MAX_SAFE_INTEGER);
  body.check();
  const account = findSavings(call, accountId);
  // The column is shorter than what head office lets through, and nobody catches it there.
  if (note !== undefined && note.length > NOTE_MOST) throw containerRefusal(500, 'Internal Server Error', call.path, call.office.now());
  const id = postMove(call, account, kind, { date: given(on), minor: given(amount), payment, note });
  return resultOf(account, { resourceId: id, changes: paymentChanges(asked) });
}

export function findTransaction(call: Call, accountId: number, transactionId: number): SavingsTransactionRow {
  const row = call.office.book.get('SELECT * FROM savings_transaction WHERE id = ? AND account_id = ?', transactionId, accountId) as
    SavingsTransactionRow | undefined;
  if (row === undefined) throw unknownTransaction(accountId, transactionId);
  return row;
}

function unknownTransaction(accountId: number, transactionId: number): Error {
  return notFound(
    'error.msg.saving.account.trasaction.id.invalid',
    `Savings account with savings identifier ${String(accountId)} and trasaction identifier ${String(transactionId)} does not exist`,
    [accountId, transactionId],
  );
}

function takeBack(call: Call, account: SavingsRow, row: SavingsTransactionRow): void {
  const { book } = call.office;
  // A fee whose row has another number stays taken.
  const fees = book.all(
    'SELECT * FROM savings_transaction WHERE fee_of = ? AND id = ? AND reversed = 0 AND type = ?',
    row.id,
    row.id + 1,
    SAVE_FEE,
  );
  for (const each of [row, ...(fees as SavingsTransactionRow[])]) reverseSavings(call, each);
  for (const fee of fees as SavingsTransactionRow[])
    book.run('UPDATE savings_charge SET paid = MAX(0, paid - ?) WHERE account_id = ? AND paid >= ?', fee.amount, account.id, fee.amount);
  const outcome = replaySavings(book, account);
  if (outcome.brokenOn !== null && (row.type === SAVE_DEPOSIT || row.type === SAVE_INTEREST)) {
    throw validationError(
      'validation.msg.savingsaccount.undotransaction.results.in.balance.going.negative',
      'A later balance would go negative.',
      'transactionId',
      [outcome.brokenOn],
    );
  }
  repostAfter(call, account, row.date);
}

/** The answer's resourceId is the account, as head office has it. What is undone already is undone again without a word. */
export function undoSavings(call: Call, accountId: number, transactionId: number, mustStand = false): CommandResult {
  readBody(parseObject(call.body), 'savingsaccount', ['transactionDate', 'transactionAmount', 'note', 'isBulk']).check();
  const account = findSavings(call, accountId);
  const row = findTransaction(call, account.id, transactionId);
  requireNoTransfer(row);
  requireActive(account, row.date);
  if (mustStand && row.reversed === 1) throw unknownTransaction(accountId, transactionId);
  requireOpenPeriod(call.office, account.office_id, row.date);
  if (row.reversed === 0) takeBack(call, account, row);
  return resultOf(account, { resourceId: account.id });
}

function requireNoTransfer(row: SavingsTransactionRow): void {
  if (row.transfer_id === null) return;
  throw unavailable(
    'error.msg.saving.account.transfer.transaction.update.not.allowed',
    `Savings account transaction:${String(row.id)} update not allowed as it involves in account transfer`,
    [row.id],
  );
}

/** Another amount or date for a deposit or a withdrawal that stands: the row is taken back and made anew. */
export function correctSavings(call: Call, accountId: number, transactionId: number): CommandResult {
  const asked = parseObject(call.body);
  const body = readBody(asked, 'savingsaccount.transaction', ['transactionDate', 'transactionAmount', ...PAYMENT_FIELDS, 'note']);
  const on = body.date('transactionDate');
  const amount = body.amount('transactionAmount');
  const payment = readPaymentDetail(body, false);
  body.check();
  const account = findSavings(call, accountId);
  const row = findTransaction(call, account.id, transactionId);
  requireNoTransfer(row);
  if (row.reversed === 1 || (row.type !== SAVE_DEPOSIT && row.type !== SAVE_WITHDRAWAL)) {
    throw unavailable(
      'error.msg.saving.account.trasaction.update.notallowed',
      `Savings Account transaction update not allowed with savings identifier ${String(accountId)} and trasaction identifier ${String(transactionId)}`,
      [accountId, transactionId],
    );
  }
  requireOpenPeriod(call.office, account.office_id, row.date);
  reverseSavings(call, row);
  const id = postMove(call, account, row.type === SAVE_DEPOSIT ? 'deposit' : 'withdrawal', {
    date: given(on),
    minor: given(amount),
    payment,
  });
  return resultOf(account, { resourceId: id, changes: paymentChanges(asked) });
}
