// What every part of the seeding shares: the book, the one source of chance, the business date, and the ids that the
// parts agree on. It must stay free of rules.
import type { Book } from '../book.ts';
import { dayNumber } from '../dates.ts';
import type { Random } from '../random.ts';

export interface SeedWorld {
  book: Book;
  random: Random;
  today: string;
}

export const KITALE = 2;
export const BUNGOMA = 3;
export const CASHIER_USER = 3;

/** Morning of a date in Nairobi, as an instant. */
export function morningOf(date: string): number {
  return dayNumber(date) * 86_400_000 + 6 * 3_600_000;
}

/** Whose an account is: a client's, or a group's own. */
export type SeedOwner = { clientId: number; groupId: null } | { clientId: null; groupId: number };
