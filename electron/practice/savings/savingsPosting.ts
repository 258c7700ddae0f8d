// What every write on savings does: a row in the account, balanced lines in the books, and their taking back.
import { requireActiveOwner } from '../owners.ts';
import { businessDate, type Call } from '../call.ts';
import type { CommandResult } from '../commandLayer.ts';
import { validationError } from '../errors.ts';
import { ENTITY_SAVINGS, postMovement, requireOpenPeriod, reverseMovement } from '../accounting/ledger.ts';
import { SAVINGS_ACTIVE, type SavingsRow, type SavingsTransactionRow, SUB_DORMANT, SUB_INACTIVE, SUB_NONE } from './savingsAccount.ts';

export function resultOf(account: SavingsRow, rest: CommandResult): CommandResult {
  return {
    officeId: account.office_id,
    clientId: account.client_id ?? undefined,
    groupId: account.group_id ?? undefined,
    savingsId: account.id,
    ...rest,
  };
}

interface NewTransaction {
  type: number;
  date: string;
  amount: number;
  paymentDetailId?: number | null;
  note?: string | undefined;
  reason?: string | undefined;
  lien?: boolean;
  transferId?: number;
  isReckoned?: boolean;
}

export function insertSavingsTransaction(call: Call, account: SavingsRow, row: NewTransaction): number {
  return call.office.book.run(
    `INSERT INTO savings_transaction (account_id, office_id, type, date, amount, running_balance, submitted_on, payment_detail_id, note, reason_for_block, lien, transfer_id,
     reckoned, created_by, created_at) VALUES (?,?,?,?,?,0,?,?,?,?,?,?,?,?,?)`,
    account.id,
    account.office_id,
    row.type,
    row.date,
    row.amount,
    businessDate(call.office),
    row.paymentDetailId ?? null,
    row.note ?? null,
    row.reason ?? null,
    row.lien === true ? 1 : 0,
    row.transferId ?? null,
    row.isReckoned === true ? 1 : 0,
    call.caller.id,
    call.office.now(),
  );
}

export function postSavings(
  call: Call,
  account: SavingsRow,
  id: number,
  date: string,
  lines: readonly (readonly [number, number])[],
): void {
  postMovement(call.office.book, {
    ref: `S${String(id)}`,
    officeId: account.office_id,
    date,
    submittedOn: businessDate(call.office),
    entityType: ENTITY_SAVINGS,
    entityId: account.id,
    createdBy: call.caller.id,
    lines,
  });
}

export function reverseSavings(call: Call, row: Pick<SavingsTransactionRow, 'id'>): void {
  call.office.book.run('UPDATE savings_transaction SET reversed = 1 WHERE id = ?', row.id);
  reverseMovement(call, `S${String(row.id)}`);
}

export function requireActive(account: SavingsRow, date: string | null): void {
  if (account.status === SAVINGS_ACTIVE) return;
  throw validationError(
    'error.msg.savingsaccount.transaction.account.is.not.active',
    'Transaction is not allowed. Account is not active.',
    'transactionDate',
    [date],
  );
}

export function requireUsable(call: Call, account: SavingsRow, date: string): void {
  requireActiveOwner(call, account);
  requireActive(account, date);
  if (date > businessDate(call.office)) {
    throw validationError(
      'error.msg.savingsaccount.transaction.in.the.future',
      'Transaction date cannot be in the future.',
      'transactionDate',
      [date],
    );
  }
  if (account.activated_on !== null && date < account.activated_on) {
    throw validationError(
      'error.msg.savingsaccount.transaction.before.activation.date',
      'Transaction date cannot be before accounts activation date.',
      'transactionDate',
      [date, account.activated_on],
    );
  }
  requireOpenPeriod(call.office, account.office_id, date);
}

export function awaken(call: Call, account: SavingsRow): void {
  if (account.sub_status === SUB_INACTIVE || account.sub_status === SUB_DORMANT) {
    call.office.book.run('UPDATE savings_account SET sub_status = ? WHERE id = ?', SUB_NONE, account.id);
  }
}
