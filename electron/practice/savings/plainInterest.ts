// The interest job of the control: simple daily interest on each day's balance since the last posting (or activation),
// posted on the business date. It is deliberately plainer than the real job, so that it may run on any day of a test;
// what it posts counts as money for the real reckoning.
import { businessDate, type Call } from '../call.ts';
import { daysBetween } from '../dates.ts';
import { GL } from '../accounting/ledger.ts';
import { effectOf, replaySavings, SAVE_INTEREST, type SavingsRow, savingsTermsOf, savingsTransactionsOf } from './savingsAccount.ts';
import { insertSavingsTransaction, postSavings } from './savingsPosting.ts';

export function postInterestOn(call: Call, account: SavingsRow): number {
  const { book } = call.office;
  const today = businessDate(call.office);
  const rows = savingsTransactionsOf(book, account.id).filter((row) => row.reversed === 0 && effectOf(row) !== 0);
  const lastPosting = [...rows].reverse().find((row) => row.type === SAVE_INTEREST);
  const start = lastPosting?.date ?? account.activated_on ?? today;
  let weighted = 0n;
  let balance = 0;
  for (const [index, row] of rows.entries()) {
    balance += effectOf(row);
    const next = rows[index + 1]?.date ?? today;
    const from = row.date > start ? row.date : start;
    const days = daysBetween(from, next);
    if (days > 0 && balance > 0) weighted += BigInt(balance) * BigInt(days);
  }
  const [whole = '0', fraction = ''] = savingsTermsOf(account).annualRate.split('.');
  const divisor = 36500n * 10n ** BigInt(fraction.length);
  const product = weighted * BigInt(whole + fraction);
  const interest = Number((product * 2n + divisor) / (divisor * 2n));
  if (interest <= 0) return 0;
  const id = insertSavingsTransaction(call, account, { type: SAVE_INTEREST, date: today, amount: interest });
  postSavings(call, account, id, today, [
    [GL.savingsInterest, interest],
    [GL.savingsControl, -interest],
  ]);
  replaySavings(book, account);
  return interest;
}
