// Money is a whole number of minor units and its currency; it is never a float and never adds across currencies.
// Decimal text (as people and Fineract write it) is turned into minor units digit by digit, so no amount passes through binary fractions.

import { assert } from './assert.ts';

export interface Currency {
  readonly code: string;
  /** Digits after the point: KES 2, XAF 0, TND 3. Comes from the head office, never from a table of ours. */
  readonly decimals: number;
}

/** The largest sum Tawi takes in one go: beyond it a typing slip is certain, and sums of sums stay exact integers. */
export const AMOUNT_MINOR_MAX = 1_000_000_000_000;

/** '2550.5' with 2 decimals is 255050. Returns null for anything that is not a plain decimal with at most `decimals` digits after the point. */
export function decimalToMinor(text: string, decimals: number): number | null {
  const match = /^(-?)(\d{1,15})(?:\.(\d*))?$/.exec(text.trim());
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = ''] = match;
  const significant = fraction.replace(/0+$/, '');
  if (significant.length > decimals) return null;
  const minor = Number(whole + significant.padEnd(decimals, '0'));
  if (!Number.isSafeInteger(minor)) return null;
  return sign === '-' && minor !== 0 ? -minor : minor;
}

/** 255050 with 2 decimals is '2550.50': the text for a JSON number or a slip, without grouping. */
export function minorToDecimal(minor: number, decimals: number): string {
  assert(Number.isSafeInteger(minor), 'an amount is a whole number of minor units');
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  const sign = minor < 0 ? '-' : '';
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** Adds whole minor units of one currency and refuses to leave the safe integers. */
export function sumMinor(amounts: Iterable<number>): number {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  assert(Number.isSafeInteger(sum), 'a sum stays a whole number of minor units');
  return sum;
}
