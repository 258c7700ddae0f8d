// Charges of a savings account: those that its application named and those added later. A withdrawal fee is paid with
// each withdrawal; a charge with a due date is paid or waived by a command of its own.
import { businessDate, type Call } from '../call.ts';
import { currencyAloneNow, jsonAmount, minorOfText } from '../amounts.ts';
import type { CommandResult } from '../commandLayer.ts';
import { given, type JsonObject, parseObject, readBody } from '../commandBody.ts';
import { addMonths, dateArray } from '../dates.ts';
import { chargeCalculationType, chargeTimeType, WITHDRAWAL_FEE } from '../enumerations.ts';
import { notFound, validationError } from '../errors.ts';
import { findCharge } from '../reference/chargeReplies.ts';
import { GL } from '../accounting/ledger.ts';
import { findSavings, insufficientBalance, replaySavings, SAVE_CHARGE, SAVE_FEE, SAVE_WAIVER, type SavingsRow } from './savingsAccount.ts';
import { repostAfter } from './savingsInterest.ts';
import { insertSavingsTransaction, postSavings, requireUsable, resultOf } from './savingsPosting.ts';

const PERCENT = 2;

export interface SavingsChargeRow {
  id: number;
  account_id: number;
  charge_id: number;
  name: string;
  time_type: number;
  calculation: number;
  penalty: number;
  /** Minor units, or hundredths of a percent. */
  amount: number;
  due_date: string | null;
  paid: number;
  waived: number;
  free_withdrawals: number;
  restart_every: number;
  restart_unit: number;
  payment_type_id: number | null;
  free_taken: number;
  free_since: string | null;
}

export function savingsChargesOf(call: Call, accountId: number): SavingsChargeRow[] {
  return call.office.book.all(
    `SELECT s.*, c.name, c.time_type, c.calculation, c.penalty, c.free_withdrawals, c.restart_every, c.restart_unit, c.payment_type_id FROM savings_charge s JOIN charge c ON c.id = s.charge_id WHERE s.account_id = ?
     ORDER BY s.due_date, s.id DESC`,
    accountId,
  ) as SavingsChargeRow[];
}

function addCharge(call: Call, account: SavingsRow, chargeId: number, amount: number | undefined, due: string | null): number {
  const charge = findCharge(call.office.book, chargeId);
  return call.office.book.run(
    'INSERT INTO savings_charge (account_id, charge_id, amount, due_date) VALUES (?,?,?,?)',
    account.id,
    charge.id,
    amount ?? charge.amount,
    due,
  );
}

/** `charges` of an application; those of the product are not taken over by themselves. */
export function keepChargesOfApplication(call: Call, account: SavingsRow, raw: unknown): void {
  if (!Array.isArray(raw)) return;
  for (const each of raw as JsonObject[]) {
    const amount = each['amount'];
    addCharge(
      call,
      account,
      Number(each['chargeId']),
      typeof amount === 'number' || typeof amount === 'string' ? (minorOfText(String(amount)) ?? undefined) : undefined,
      null,
    );
  }
}

/**
 * Takes the fees that a withdrawal sets off: a charge may be limited to one way of paying, and some withdrawals are free of it. Gives the
 * numbers of their rows.
 */
export function payWithdrawalFee(
  call: Call,
  account: SavingsRow,
  withdrawal: { readonly date: string; readonly minor: number; readonly paymentTypeId: number | null },
): readonly number[] {
  const { date, minor } = withdrawal;
  const rows: number[] = [];
  for (const charge of savingsChargesOf(call, account.id)) {
    if (charge.time_type !== WITHDRAWAL_FEE) continue;
    if (charge.payment_type_id !== null && charge.payment_type_id !== withdrawal.paymentTypeId) continue;
    if (isFree(call, account, charge)) continue;
    const fee = charge.calculation === PERCENT ? shareOf(minor, charge.amount) : charge.amount;
    if (fee === 0) continue;
    const id = insertSavingsTransaction(call, account, { type: SAVE_FEE, date, amount: fee });
    rows.push(id);
    postSavings(call, account, id, date, [
      [GL.savingsControl, fee],
      [GL.feeIncome, -fee],
    ]);
    call.office.book.run('UPDATE savings_charge SET paid = paid + ? WHERE id = ?', fee, charge.id);
  }
  return rows;
}

const SHARE_OF_ONE = 10_000n;

/** Hundredths of a percent of an amount, half of a minor unit to the even one, as head office rounds where nobody told it otherwise. */
function shareOf(minor: number, hundredths: number): number {
  const exact = BigInt(minor) * BigInt(hundredths);
  const whole = exact / SHARE_OF_ONE;
  const twice = (exact % SHARE_OF_ONE) * 2n;
  const isUp = twice > SHARE_OF_ONE || (twice === SHARE_OF_ONE && whole % 2n === 1n);
  return Number(isUp ? whole + 1n : whole);
}

const RESTARTS_BY_MONTH = 2;

/** Counts the free withdrawals of a charge. By months the count begins anew; by days head office reckons backwards, and it never does. */
function isFree(call: Call, account: SavingsRow, charge: SavingsChargeRow): boolean {
  if (charge.free_withdrawals === 0) return false;
  const { book } = call.office;
  const today = businessDate(call.office);
  const since = charge.free_since ?? account.activated_on ?? today;
  if (charge.restart_unit === RESTARTS_BY_MONTH && today.slice(0, 7) >= addMonths(since, charge.restart_every).slice(0, 7)) {
    book.run('UPDATE savings_charge SET free_taken = 1, free_since = ? WHERE id = ?', today, charge.id);
    return true;
  }
  if (charge.free_taken >= charge.free_withdrawals) return false;
  book.run('UPDATE savings_charge SET free_taken = free_taken + 1 WHERE id = ?', charge.id);
  return true;
}

export function addSavingsCharge(call: Call, accountId: number): CommandResult {
  const body = readBody(parseObject(call.body), 'savingsaccountcharge', [
    'chargeId',
    'amount',
    'dueDate',
    'feeOnMonthDay',
    'monthDayFormat',
    'feeInterval',
  ]);
  const chargeId = body.identifier('chargeId');
  const amount = body.amount('amount');
  const due = body.optionalDate('dueDate');
  body.check();
  const account = findSavings(call, accountId);
  const charge = findCharge(call.office.book, given(chargeId));
  if (charge.time_type !== WITHDRAWAL_FEE && due === undefined) {
    throw validationError(
      'validation.msg.savingsaccountcharge.dueDate.cannot.be.blank',
      'The parameter `dueDate` is mandatory.',
      'dueDate',
      [null],
    );
  }
  const id = addCharge(call, account, charge.id, given(amount), due ?? null);
  return resultOf(account, { resourceId: id });
}

function findSavingsCharge(call: Call, accountId: number, id: number): SavingsChargeRow {
  const row = savingsChargesOf(call, accountId).find((each) => each.id === id);
  if (row === undefined)
    throw notFound('error.msg.savings.account.charge.id.invalid', `Savings account charge with identifier ${String(id)} does not exist`, [
      id,
    ]);
  return row;
}

export function paySavingsCharge(call: Call, accountId: number, chargeId: number): CommandResult {
  const body = readBody(parseObject(call.body), 'savingsaccountcharge', ['amount', 'dueDate']);
  const amount = body.amount('amount');
  const on = body.date('dueDate');
  body.check();
  const account = findSavings(call, accountId);
  const charge = findSavingsCharge(call, account.id, chargeId);
  const date = given(on);
  const minor = given(amount);
  requireUsable(call, account, date);
  const id = insertSavingsTransaction(call, account, { type: SAVE_CHARGE, date, amount: minor });
  postSavings(call, account, id, date, [
    [GL.savingsControl, minor],
    [charge.penalty === 1 ? GL.penaltyIncome : GL.feeIncome, -minor],
  ]);
  call.office.book.run('UPDATE savings_charge SET paid = paid + ? WHERE id = ?', minor, charge.id);
  const outcome = replaySavings(call.office.book, account);
  if (outcome.brokenOn !== null) throw insufficientBalance(outcome.balance, minor);
  repostAfter(call, account, date);
  return resultOf(account, { resourceId: charge.id });
}

export function waiveSavingsCharge(call: Call, accountId: number, chargeId: number): CommandResult {
  const account = findSavings(call, accountId);
  const charge = findSavingsCharge(call, account.id, chargeId);
  const { book } = call.office;
  const left = charge.amount - charge.paid - charge.waived;
  const date = charge.due_date ?? account.activated_on ?? account.submitted_on;
  insertSavingsTransaction(call, account, { type: SAVE_WAIVER, date, amount: left });
  book.run('UPDATE savings_charge SET waived = waived + ? WHERE id = ?', left, charge.id);
  replaySavings(book, account);
  return resultOf(account, { resourceId: charge.id });
}

export function deleteSavingsCharge(call: Call, accountId: number, chargeId: number): CommandResult {
  const account = findSavings(call, accountId);
  const charge = findSavingsCharge(call, account.id, chargeId);
  call.office.book.run('DELETE FROM savings_charge WHERE id = ?', charge.id);
  return resultOf(account, { resourceId: charge.id });
}

export function savingsChargeReply(row: SavingsChargeRow): object {
  const isPercent = row.calculation === PERCENT;
  const isFee = row.time_type === WITHDRAWAL_FEE;
  return {
    id: row.id,
    chargeId: row.charge_id,
    accountId: row.account_id,
    name: row.name,
    chargeTimeType: chargeTimeType(row.time_type),
    dueDate: dateArray(row.due_date),
    chargeCalculationType: chargeCalculationType(row.calculation),
    percentage: isPercent ? jsonAmount(row.amount) : 0,
    amountPercentageAppliedTo: 0,
    currency: currencyAloneNow(),
    amount: isPercent ? 0 : jsonAmount(row.amount),
    amountPaid: jsonAmount(row.paid),
    amountWaived: jsonAmount(row.waived),
    amountWrittenOff: 0,
    amountOutstanding: isFee ? 0 : jsonAmount(row.amount - row.paid - row.waived),
    amountOrPercentage: jsonAmount(row.amount),
    penalty: row.penalty === 1,
    isActive: true,
    isFreeWithdrawal: row.free_withdrawals > 0,
    ...(row.free_withdrawals === 0
      ? {}
      : {
          freeWithdrawalChargeFrequency: row.free_withdrawals,
          restartFrequency: row.restart_every,
          restartFrequencyEnum: row.restart_unit,
        }),
  };
}
