// The date the books carry: a calendar day without a time or a zone, written YYYY-MM-DD. It is not the wall clock's today:
// a branch day may end after midnight. Arithmetic is in whole calendar days; zones belong to the clock port.

import { assert } from './assert.ts';

declare const businessDateBrand: unique symbol;
export type BusinessDate = string & { readonly [businessDateBrand]?: true };

const MS_PER_DAY = 86_400_000;

export function isBusinessDate(text: unknown): text is BusinessDate {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  return dayNumberToDate(dateToDayNumber(text)) === text;
}

/** Whole days since 1970-01-01; for differences and steps only. */
export function dateToDayNumber(date: BusinessDate): number {
  return Math.floor(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / MS_PER_DAY);
}

export function dayNumberToDate(dayNumber: number): BusinessDate {
  return new Date(dayNumber * MS_PER_DAY).toISOString().slice(0, 10);
}

export function addDays(date: BusinessDate, days: number): BusinessDate {
  assert(Number.isInteger(days), 'days are whole');
  return dayNumberToDate(dateToDayNumber(date) + days);
}

export function daysBetween(from: BusinessDate, to: BusinessDate): number {
  return dateToDayNumber(to) - dateToDayNumber(from);
}

/** Fineract answers dates as [2026, 11, 20]; ISO text is accepted too (contract 2.2). Null when it is neither. */
export function dateFromHeadOffice(value: unknown): BusinessDate | null {
  if (Array.isArray(value) && value.length >= 3) {
    const [year, month, day] = value as unknown[];
    if (typeof year !== 'number' || typeof month !== 'number' || typeof day !== 'number') return null;
    const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
    return isBusinessDate(text) ? text : null;
  }
  if (typeof value === 'string') {
    const text = value.slice(0, 10);
    return isBusinessDate(text) ? text : null;
  }
  return null;
}
