// What an account did in a period, for the paper that its owner takes home. The balance of savings is reckoned back from what is known now, so
// that lines of before a migration, which nobody here has, are inside the balance that the period begins with.

import type { BusinessDate } from '../../kernel/businessDate.ts';
import { sumMinor } from '../../kernel/money.ts';

/** They stand in a history and change no balance. */
const STILL: ReadonlySet<string> = new Set(['accrual', 'accrualActivity', 'hold', 'release']);

/** `what`: a transaction's type as a history has it. */
export function movesMoney(what: string): boolean {
  return !STILL.has(what);
}

export interface StatementLine {
  readonly businessDate: BusinessDate;
  readonly what: string;
  /** Signed as the owner sees it. */
  readonly amountMinor: number;
  readonly reversed: boolean;
  readonly standing: 'savedHere' | 'sent' | 'confirmed' | 'needsYou';
}

export interface Statement<Line> {
  /** Oldest first; without those that head office undid and those that move nothing. */
  readonly lines: readonly Line[];
  readonly openingMinor: number;
  readonly inMinor: number;
  /** Not negative. */
  readonly outMinor: number;
  readonly closingMinor: number;
  /** Of the lines, what head office has not confirmed yet. */
  readonly unconfirmedMinor: number;
}

/**
 * `newestFirst`: the whole history, at least back to `from`. `nowMinor`: the account's balance with every line of it, after which `to` may lie.
 * Both dates belong to the period.
 */
export function statementOf<Line extends StatementLine>(
  newestFirst: readonly Line[],
  nowMinor: number,
  from: BusinessDate,
  to: BusinessDate,
): Statement<Line> {
  const moving = newestFirst.filter(({ what, reversed }) => !reversed && movesMoney(what));
  const sumOf = (lines: readonly Line[]): number => sumMinor(lines.map(({ amountMinor }) => amountMinor));
  const lines = moving.filter(({ businessDate }) => businessDate >= from && businessDate <= to).toReversed();
  const closingMinor = nowMinor - sumOf(moving.filter(({ businessDate }) => businessDate > to));
  return {
    lines,
    openingMinor: closingMinor - sumOf(lines),
    inMinor: sumOf(lines.filter(({ amountMinor }) => amountMinor > 0)),
    outMinor: 0 - sumOf(lines.filter(({ amountMinor }) => amountMinor < 0)),
    closingMinor,
    unconfirmedMinor: sumOf(lines.filter(({ standing }) => standing !== 'confirmed')),
  };
}
