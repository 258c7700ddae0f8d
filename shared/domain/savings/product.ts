// A savings product, as head office offers it: it sets the terms, and nobody at a branch chooses among them (contract 6.9). Sums are whole minor
// units, the rate decimal text.

import type { Currency } from '../../kernel/money.ts';
import type { Unit } from '../schedule/terms.ts';
import type { InterestTerms } from './interest.ts';

export interface SavingsTerms extends Pick<InterestTerms, 'ratePercent' | 'compounding' | 'posting' | 'balance' | 'daysInYear'> {
  /** What has to stay on it; null where nothing has to. */
  readonly minimumMinor: number | null;
  /** Nothing is paid out for so long after it is active. */
  readonly lockIn: { readonly length: number; readonly unit: Unit } | null;
  /** What is wanted as a first deposit; null where any sum will do. */
  readonly openingMinor: number | null;
}

/** Head office takes it of an account only where the application names it. */
export interface SavingsCharge {
  readonly chargeId: number;
  readonly name: string;
  /** A sum in whole units of the currency or a percentage, as head office keeps it. */
  readonly amount: string;
  /** What is taken at each withdrawal needs no day; every other one has a day, or money to be taken from, that nobody here can say. */
  readonly due: 'withdrawal' | 'otherwise';
}

export interface SavingsProduct {
  readonly productId: number;
  readonly name: string;
  readonly currency: Currency;
  readonly terms: SavingsTerms;
  /** What every account of it costs; null until it was read. */
  readonly charges: readonly SavingsCharge[] | null;
}

/** Whether an account of it can be opened here: its charges are known, and none of them needs what only head office can say. */
export function mayOpenHere({ charges }: Pick<SavingsProduct, 'charges'>): boolean {
  return charges?.every(({ due }) => due === 'withdrawal') === true;
}
