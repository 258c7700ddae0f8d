// Money held on an account and released, and the blocks on an account. Holds move no books. What head office keeps as
// held is a figure of its own: an undone hold stays in it, and anything may be "released", a deposit too.
import { businessDate, type Call } from '../call.ts';
import type { CommandResult } from '../commandLayer.ts';
import { given, parseObject, readBody } from '../commandBody.ts';
import { savingsSubStatus } from '../enumerations.ts';
import { containerRefusal, integrityIssue, validationError } from '../errors.ts';
import {
  findSavings,
  lastRowOn,
  replaySavings,
  SAVE_HOLD,
  SAVE_RELEASE,
  savingsTermsOf,
  type SavingsTransactionRow,
  SUB_BLOCKED,
  SUB_CREDITS_BLOCKED,
  SUB_DEBITS_BLOCKED,
  SUB_NONE,
} from './savingsAccount.ts';
import { requireActiveOwner } from '../owners.ts';
import { insertSavingsTransaction, requireActive, resultOf } from './savingsPosting.ts';

function failed(suffix: string, accountId: number): Error {
  return validationError(`validation.msg.savingsaccount.${suffix}`, `Failed data validation due to: ${suffix}.`, null, [null, [accountId]]);
}

export function holdAmount(call: Call, accountId: number): CommandResult {
  const body = readBody(parseObject(call.body), 'savingsaccount', [
    'transactionDate',
    'transactionAmount',
    'reasonForBlock',
    'lienAllowed',
  ]);
  const on = body.date('transactionDate');
  const amount = body.amount('transactionAmount');
  const reason = body.text('reasonForBlock', 100);
  const lien = body.flag('lienAllowed') ?? false;
  body.check();
  const account = findSavings(call, accountId);
  const terms = savingsTermsOf(account);
  const date = given(on);
  requireActiveOwner(call, account);
  requireActive(account, date);
  const last = lastRowOn(call.office.book, account.id);
  if (last !== null && date < last) {
    throw validationError(
      'validation.msg.savingsaccount.date.validation.msg.date.can.not.be.before.last.transaction.date',
      'Failed data validation due to: validation.msg.date.can.not.be.before.last.transaction.date.',
      'date',
      [last, ['Amount can be put on hold only after last transaction']],
    );
  }
  const minimum = terms.enforceMinRequiredBalance ? terms.minRequiredBalance : 0;
  const left = account.balance - minimum - account.guarantor_hold - account.amount_on_hold - given(amount);
  if (lien && !terms.lienAllowed) throw failed('lien.is.not.allowed.in.product.level', account.id);
  if (lien && left < -terms.maxAllowedLienLimit) throw failed('lien.limit.exceeded', account.id);
  if (!lien && left < 0) throw failed('insufficient.balance', account.id);
  const id = insertSavingsTransaction(call, account, { type: SAVE_HOLD, date, amount: given(amount), reason, lien });
  changeHeld(call, account.id, given(amount));
  return resultOf(account, { resourceId: id });
}

function changeHeld(call: Call, accountId: number, by: number): void {
  const { book } = call.office;
  book.run('UPDATE savings_account SET amount_on_hold = amount_on_hold + ? WHERE id = ?', by, accountId);
  replaySavings(book, findSavings(call, accountId));
}

export function releaseAmount(call: Call, accountId: number, transactionId: number): CommandResult {
  readBody(parseObject(call.body), 'savingsaccount', []).check();
  const { book } = call.office;
  const account = findSavings(call, accountId);
  const row = book.get('SELECT * FROM savings_transaction WHERE id = ? AND account_id = ?', transactionId, account.id) as
    SavingsTransactionRow | undefined;
  if (row === undefined) throw containerRefusal(500, 'Internal Server Error', call.path, call.office.now());
  if (row.release_id !== null || row.reversed === 1) {
    throw validationError(
      'validation.msg.savingsaccount.amount.validation.msg.amount.is.not.on.hold',
      'Failed data validation due to: validation.msg.amount.is.not.on.hold.',
      'amount',
      [row.amount / 100, ['Transaction amount is not on hold']],
    );
  }
  const id = insertSavingsTransaction(call, account, { type: SAVE_RELEASE, date: businessDate(call.office), amount: row.amount });
  // Its reason is gone with it.
  book.run('UPDATE savings_transaction SET release_id = ?, reason_for_block = NULL WHERE id = ?', id, row.id);
  changeHeld(call, account.id, -row.amount);
  return resultOf(account, { resourceId: id });
}

const BLOCKS = {
  block: SUB_BLOCKED,
  blockDebit: SUB_DEBITS_BLOCKED,
  blockCredit: SUB_CREDITS_BLOCKED,
  unblock: SUB_BLOCKED,
  unblockDebit: SUB_DEBITS_BLOCKED,
  unblockCredit: SUB_CREDITS_BLOCKED,
} as const;

export type BlockCommand = keyof typeof BLOCKS;

export function isBlockCommand(command: string): command is BlockCommand {
  return Object.hasOwn(BLOCKS, command);
}

export function blockSavings(call: Call, accountId: number, command: BlockCommand): CommandResult {
  const asked = parseObject(call.body);
  const { book } = call.office;
  const account = findSavings(call, accountId);
  const isLifted = command.startsWith('unblock');
  const reason = typeof asked['reasonForBlock'] === 'string' ? asked['reasonForBlock'] : '';
  // Head office swaps code and message here, and clients meet it so.
  if (!isLifted && reason === '') throw integrityIssue('Reason For Block is Mandatory', 'error.msg.reason.for.block.mandatory', null);
  requireActive(account, null);
  if (isLifted && account.sub_status !== BLOCKS[command]) {
    throw validationError(
      `validation.msg.savingsaccount.${command}.not.in.blocked.state`,
      'Failed data validation due to: not.in.blocked.state.',
      'subStatus',
      [null, []],
    );
  }
  const now = isLifted ? SUB_NONE : BLOCKS[command];
  book.run('UPDATE savings_account SET sub_status = ?, reason_for_block = ? WHERE id = ?', now, isLifted ? null : reason, account.id);
  return resultOf(account, { resourceId: account.id, changes: { subStatus: savingsSubStatus(now) } });
}
