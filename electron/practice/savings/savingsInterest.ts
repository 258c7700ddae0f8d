// Interest on savings as head office reckons it: by day on the balance at the end of each day, compounded daily, cut
// into calendar months, posted on the first day after a month. Only the pieces that practice's products use are here.
import { businessDate, type Call } from '../call.ts';
import { addDays, dateParts, daysBetween, lengthOfMonth } from '../dates.ts';
import { GL } from '../accounting/ledger.ts';
import { insertSavingsTransaction, postSavings, reverseSavings } from './savingsPosting.ts';
import {
  effectOf,
  replaySavings,
  SAVE_INTEREST,
  type SavingsRow,
  savingsTermsOf,
  savingsTransactionsOf,
  type SavingsTransactionRow,
} from './savingsAccount.ts';

interface Period {
  from: string;
  /** Last day that earns. */
  to: string;
  /** Where head office books it. */
  bookedOn: string;
  isWhole: boolean;
  /** Minor units. */
  interest: number;
}

function monthEnd(date: string): string {
  const [year, month] = dateParts(date);
  return `${date.slice(0, 8)}${String(lengthOfMonth(year, month)).padStart(2, '0')}`;
}

/** From activation to today, cut at month ends and at postings that somebody dated by hand. */
function periodsOf(start: string, today: string, cuts: readonly string[]): Omit<Period, 'interest'>[] {
  const periods: Omit<Period, 'interest'>[] = [];
  let from = start;
  while (from <= today) {
    const whole = monthEnd(from);
    const cut = cuts.find((each) => each > from && each <= whole);
    const end = cut === undefined ? whole : addDays(cut, -1);
    periods.push({ from, to: end < today ? end : today, bookedOn: addDays(end, 1), isWhole: end < today });
    from = addDays(end, 1);
  }
  return periods;
}

/** What each period earned; money moves only count, posted interest joins the base as it was earned. */
export function earnings(account: SavingsRow, rows: readonly SavingsTransactionRow[], today: string): Period[] {
  const rate = Number(savingsTermsOf(account).annualRate) / 100 / 365;
  const start = account.activated_on;
  if (rate === 0 || start === null) return [];
  const money = rows.filter((row) => row.reversed === 0 && row.reckoned === 0 && effectOf(row) !== 0);
  const byHand = rows
    .filter((row) => row.reversed === 0 && row.reckoned === 1 && !row.date.endsWith('-01'))
    .map((row) => row.date)
    .sort();
  let carried = 0;
  return periodsOf(start, today, byHand).map((period) => {
    let earned = 0;
    let day = period.from;
    let balance = money.filter((row) => row.date < period.from).reduce((sum, row) => sum + effectOf(row), 0);
    const changes = money.filter((row) => row.date >= period.from && row.date <= period.to);
    for (let index = 0; index <= changes.length; index += 1) {
      const next = changes[index];
      const until = next?.date ?? addDays(period.to, 1);
      const days = daysBetween(day, until);
      const base = balance + carried + earned;
      if (days > 0 && base > 0) earned += base * ((1 + rate) ** days - 1);
      if (next === undefined) break;
      balance += effectOf(next);
      day = until;
    }
    carried += earned;
    return { ...period, interest: Math.round(earned) };
  });
}

/** Keeps beside the account what its interest comes to today; a posting makes it money. */
export function reckonInterest(call: Call, account: SavingsRow): void {
  const { book } = call.office;
  if (Number(savingsTermsOf(account).annualRate) === 0 || account.activated_on === null) return;
  const today = businessDate(call.office);
  const earned = earnings(account, savingsTransactionsOf(book, account.id), today).reduce((sum, period) => sum + period.interest, 0);
  book.run('UPDATE savings_account SET interest_earned = ?, interest_reckoned_on = ? WHERE id = ?', earned, today, account.id);
}

function post(call: Call, account: SavingsRow, date: string, amount: number): void {
  const id = insertSavingsTransaction(call, account, { type: SAVE_INTEREST, date, amount, isReckoned: true });
  postSavings(call, account, id, date, [
    [GL.savingsInterest, amount],
    [GL.savingsControl, -amount],
  ]);
}

/** Posts each whole period that is not posted yet, and anew where an earlier posting has become wrong. */
export function postEarnedInterest(call: Call, account: SavingsRow, asOn?: string): void {
  const { book } = call.office;
  const today = businessDate(call.office);
  const rows = savingsTransactionsOf(book, account.id);
  const posted = rows.filter((row) => row.reversed === 0 && row.reckoned === 1);
  for (const period of earnings(account, rows, today)) {
    if (!period.isWhole) continue;
    const standing = posted.find((row) => row.date === period.bookedOn);
    if (standing?.amount === period.interest) continue;
    if (standing !== undefined) reverseSavings(call, standing);
    post(call, account, period.bookedOn, period.interest);
  }
  if (asOn !== undefined) {
    const until = earnings(account, savingsTransactionsOf(book, account.id), addDays(asOn, -1));
    const last = until[until.length - 1];
    if (last !== undefined && !posted.some((row) => row.date === asOn)) post(call, account, asOn, last.interest);
  }
  replaySavings(book, account);
  reckonInterest(call, account);
}

/** A move dated before a posting makes that posting wrong. What the plain job of the control posted is money like any other. */
export function repostAfter(call: Call, account: SavingsRow, date: string): void {
  const touched = call.office.book.get(
    'SELECT id FROM savings_transaction WHERE account_id = ? AND reckoned = 1 AND reversed = 0 AND date > ?',
    account.id,
    date,
  );
  if (touched === undefined) reckonInterest(call, account);
  else postEarnedInterest(call, account);
}
