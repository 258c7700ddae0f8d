// Which notes and coins a cashier counts, highest first, in whole minor units. A currency that is not listed gets the 1-2-5 series down to its
// smallest unit, which no circulating money leaves by much. The smallest unit itself always closes the list, so that every sum that the books
// can hold can be counted. Nothing is reckoned from this but the counted sum; a wrong row costs a keystroke, never money.

import type { Currency } from '../../shared/kernel/money.ts';

export interface Denominations {
  readonly notes: readonly number[];
  readonly coins: readonly number[];
}

/** Face values in major units; halves and less as fractions of one, which times the scale are whole. */
const KNOWN: Readonly<Record<string, { readonly notes: readonly number[]; readonly coins: readonly number[] }>> = {
  KES: { notes: [1000, 500, 200, 100, 50], coins: [40, 20, 10, 5, 1, 0.5] },
  UGX: { notes: [50_000, 20_000, 10_000, 5000, 2000, 1000], coins: [1000, 500, 200, 100, 50] },
  TZS: { notes: [10_000, 5000, 2000, 1000, 500], coins: [500, 200, 100, 50] },
  RWF: { notes: [5000, 2000, 1000, 500], coins: [100, 50, 20, 10, 5] },
  ETB: { notes: [200, 100, 50, 10, 5], coins: [1, 0.5, 0.25, 0.1, 0.05, 0.01] },
  GHS: { notes: [200, 100, 50, 20, 10, 5, 2, 1], coins: [2, 1, 0.5, 0.2, 0.1, 0.05] },
  NGN: { notes: [1000, 500, 200, 100, 50, 20, 10, 5], coins: [2, 1, 0.5] },
  XOF: { notes: [10_000, 5000, 2000, 1000, 500], coins: [500, 250, 200, 100, 50, 25, 10, 5] },
  XAF: { notes: [10_000, 5000, 2000, 1000, 500], coins: [500, 100, 50, 25, 10, 5] },
  TND: { notes: [50, 20, 10, 5], coins: [5, 2, 1, 0.5, 0.2, 0.1, 0.05] },
  MXN: { notes: [1000, 500, 200, 100, 50, 20], coins: [20, 10, 5, 2, 1, 0.5, 0.2, 0.1] },
  GTQ: { notes: [200, 100, 50, 20, 10, 5, 1], coins: [1, 0.5, 0.25, 0.1, 0.05, 0.01] },
  HNL: { notes: [500, 200, 100, 50, 20, 10, 5, 2, 1], coins: [0.5, 0.2, 0.1, 0.05] },
  PEN: { notes: [200, 100, 50, 20, 10], coins: [5, 2, 1, 0.5, 0.2, 0.1] },
  USD: { notes: [100, 50, 20, 10, 5, 1], coins: [1, 0.5, 0.25, 0.1, 0.05, 0.01] },
  EUR: { notes: [200, 100, 50, 20, 10, 5], coins: [2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01] },
  INR: { notes: [500, 200, 100, 50, 20, 10], coins: [20, 10, 5, 2, 1, 0.5] },
  PHP: { notes: [1000, 500, 200, 100, 50, 20], coins: [20, 10, 5, 1, 0.25, 0.05, 0.01] },
};
const SERIES = { notes: [1000, 500, 200, 100, 50, 20, 10], coins: [5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001] };

export function denominationsOf(currency: Currency): Denominations {
  const scale = 10 ** currency.decimals;
  const known = KNOWN[currency.code] ?? SERIES;
  // A face that is no whole number of minor units is not money of this currency as head office keeps it.
  const toMinor = (values: readonly number[]): number[] =>
    values.map((value) => Math.round(value * scale * 1000) / 1000).filter((minor) => minor >= 1 && Number.isInteger(minor));
  const coins = toMinor(known.coins);
  return { notes: toMinor(known.notes), coins: coins.at(-1) === 1 ? coins : [...coins, 1] };
}
