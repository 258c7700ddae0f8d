// Sums of money that may be of several currencies: the house's own, and each other one by itself. Two kinds of money never add up.

import { sumMinor, type Currency } from '../../../shared/kernel/money.ts';

export interface Sum {
  readonly currency: Currency;
  readonly minor: number;
}

/** `others`: left out where there is nothing of them, in the order in which they come first. */
export function sumsByCurrency(own: Currency, sums: readonly Sum[]): { readonly ownMinor: number; readonly others?: Sum[] } {
  const groups = byCurrency(own, sums);
  const others = groups.others.map(({ currency, of }) => ({ currency, minor: sumMinor(of.map(({ minor }) => minor)) }));
  return { ownMinor: sumMinor(groups.own.map(({ minor }) => minor)), ...(others.length === 0 ? {} : { others }) };
}

export interface ByCurrency<Of> {
  readonly own: readonly Of[];
  readonly others: readonly { readonly currency: Currency; readonly of: readonly Of[] }[];
}

/** One code with other places is other money: its minor units are of another size. */
export function byCurrency<Of extends { readonly currency: Currency }>(own: Currency, all: readonly Of[]): ByCurrency<Of> {
  const groups = Map.groupBy(all, ({ currency: { code, decimals } }) => `${code} ${decimals}`);
  const key = `${own.code} ${own.decimals}`;
  return {
    own: groups.get(key) ?? [],
    others: [...groups].flatMap(([each, of]) => {
      const [first] = of;
      return each === key || first === undefined ? [] : [{ currency: first.currency, of }];
    }),
  };
}
