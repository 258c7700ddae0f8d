// Reads the members of one JSON object of head office. Members may be missing or come in another form and are then null; what a row cannot
// be understood without is `needed`, and its absence stops the whole reading by name, so that no row is ever skipped in silence.

import { dateFromHeadOffice } from '../../shared/kernel/businessDate.ts';
import type { BusinessDate } from '../../shared/kernel/businessDate.ts';
import { ExactNumber } from './exactNumber.ts';
import { amountMinor } from './money.ts';
import { isJsonObject } from './readBody.ts';
import type { JsonObject } from './readBody.ts';

/** Names a shelf and a server id, never a content. */
export class Unreadable extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'Unreadable';
  }
}

export class Members {
  readonly where: string;
  readonly raw: JsonObject;

  constructor(value: unknown, where: string) {
    if (!isJsonObject(value)) throw new Unreadable(`${where}: not an object`);
    this.raw = value;
    this.where = where;
  }

  /** Says whose member is missing from here on. */
  named(where: string): Members {
    return new Members(this.raw, where);
  }

  integer(name: string): number | null {
    const value = this.raw[name];
    return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
  }

  id(name: string): number | null {
    const value = this.integer(name);
    return value !== null && value > 0 ? value : null;
  }

  text(name: string): string | null {
    const value = this.raw[name];
    if (typeof value === 'string') return value.trim() === '' ? null : value.trim();
    return typeof value === 'number' ? String(value) : null;
  }

  flag(name: string): boolean {
    return this.raw[name] === true;
  }

  date(name: string): BusinessDate | null {
    return dateFromHeadOffice(this.raw[name]);
  }

  child(name: string): Members | null {
    const value = this.raw[name];
    return isJsonObject(value) ? new Members(value, `${this.where}.${name}`) : null;
  }

  list(name: string): readonly unknown[] {
    const value = this.raw[name];
    return Array.isArray(value) ? (value as readonly unknown[]) : [];
  }

  children(name: string): readonly Members[] {
    return this.list(name).map((each) => new Members(each, `${this.where}.${name}`));
  }

  /** The number of an enumeration that comes as {id, code, value}. */
  enumeration(name: string): number | null {
    return this.child(name)?.integer('id') ?? this.integer(name);
  }

  /** Whole minor units. Zero is often left out; what is there must be an amount. */
  amount(name: string, decimals: number): number {
    return this.optionalAmount(name, decimals) ?? 0;
  }

  optionalAmount(name: string, decimals: number): number | null {
    const value = this.raw[name];
    if (value === undefined || value === null) return null;
    return needed(amountMinor(value, decimals), this, name);
  }

  scalar(name: string): string | number | boolean | null {
    const value = this.raw[name];
    if (value instanceof ExactNumber) return value.text;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
    return dateFromHeadOffice(value);
  }
}

/**
 * The transactions of a whole account. Head office leaves the member out where there are none; an account whose sums say that money moved, and
 * that shows no transaction, was cut short on the way: taken for whole, every promise in it would look lost.
 */
export function transactionsOf(account: Members): readonly Members[] {
  const shown = account.children('transactions');
  const summary = account.child('summary');
  const moved = shown.length === 0 && MOVED.some((name) => /[1-9]/.test(String(summary?.scalar(name) ?? '')));
  if (moved) throw new Unreadable(`${account.where}: transactions`);
  return shown;
}
const MOVED = ['accountBalance', 'totalDeposits', 'totalWithdrawals', 'principalDisbursed', 'totalRepayment'] as const;

export function needed<T>(value: T | null, members: Members, name: string): T {
  if (value === null) throw new Unreadable(`${members.where}: ${name}`);
  return value;
}
