// What a client owes or may be paid in other currencies than the one of their row.

import type { ClientRow } from '../../shared/contract/clients.ts';
import type { Currency } from '../../shared/kernel/money.ts';

type Sums = readonly { readonly currency: Currency; readonly minor: number }[];
type Others = Pick<ClientRow, 'others'>;

export function alsoDue({ others = [] }: Others): Sums {
  return others.map(({ currency, dueMinor }) => ({ currency, minor: dueMinor }));
}

export function alsoDueToday({ others = [] }: Others): Sums {
  return others.map(({ currency, dueTodayMinor }) => ({ currency, minor: dueTodayMinor }));
}

export function alsoOverdue({ others = [] }: Others): Sums {
  return others.map(({ currency, overdueMinor }) => ({ currency, minor: overdueMinor }));
}

export function alsoPayable({ others = [] }: Others): Sums {
  return others.map(({ currency, payableMinor }) => ({ currency, minor: payableMinor }));
}

/** Of many: each currency together, none with another. */
export function togetherBy(sums: Sums): Sums {
  return [...Map.groupBy(sums, ({ currency }) => `${currency.code} ${String(currency.decimals)}`).values()].flatMap(([first, ...more]) =>
    first === undefined ? [] : [{ currency: first.currency, minor: more.reduce((total, { minor }) => total + minor, first.minor) }],
  );
}
