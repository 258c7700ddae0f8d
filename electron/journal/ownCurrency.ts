// The house's own money: the one in which most of its accounts are kept, and where there are none its products; not the first of head
// office's list. Found with the first whole reading, said in an entry, and afterwards changed by a person only.

import type { Currency } from '../../shared/kernel/money.ts';
import { appendEntry } from './appendEntry.ts';
import { currentBusinessDate } from './currentBusinessDate.ts';
import type { JournalParts } from './parts.ts';
import { identityOf, policyOf, saveSetting } from './settings.ts';
import { policyOfLoans } from './typicalInstalment.ts';
import type { ReadStore, WriteStore } from '../ports/store.ts';

export interface KeptCurrency extends Currency {
  readonly accounts: number;
  readonly products: number;
}

type Parts = Pick<JournalParts, 'clock' | 'digest'>;

/** Every currency that is kept here or that head office chose, the most used first. */
export function currenciesKept(read: ReadStore): readonly KeptCurrency[] {
  const products = new Map<string, KeptCurrency>();
  for (const { body } of [...read.reference('loanProducts'), ...read.reference('savingsProducts')]) {
    const { currencyCode: code, currencyDecimals: decimals } = body;
    if (typeof code !== 'string' || typeof decimals !== 'number') continue;
    products.set(code, { code, decimals, accounts: 0, products: (products.get(code)?.products ?? 0) + 1 });
  }
  const all = new Map<string, KeptCurrency>();
  for (const { code, decimals, accounts } of read.currenciesInUse())
    all.set(code, { code, decimals, accounts, products: products.get(code)?.products ?? 0 });
  for (const each of products.values()) if (!all.has(each.code)) all.set(each.code, each);
  for (const { body } of read.reference('currencies')) {
    const { code, decimalPlaces: decimals } = body;
    if (typeof code === 'string' && typeof decimals === 'number' && !all.has(code))
      all.set(code, { code, decimals, accounts: 0, products: 0 });
  }
  return [...all.values()].sort(
    (one, other) => other.accounts - one.accounts || other.products - one.products || (one.code < other.code ? -1 : 1),
  );
}

/** With the first whole reading; limits are of the money that was found. What a person said stays. */
export function findOwnCurrency(write: WriteStore, parts: Parts): void {
  const { currency, currencySaid } = identityOf(write);
  const [most] = currenciesKept(write);
  const isUsed = most !== undefined && most.accounts + most.products > 0;
  const isOther = isUsed && (most.code !== currency.code || most.decimals !== currency.decimals);
  if (!isOther || currencySaid === true) {
    saveSetting(write, 'policy', policyOfLoans(write, currency));
    return;
  }
  const { code, decimals, accounts, products } = most;
  keep(write, parts, { code, decimals }, {}, 'branch', { what: 'currency.found', facts: { accounts, products } });
}

/** By a named person; the currency is one of those that are kept. */
export function changeOwnCurrency(write: WriteStore, parts: Parts, currency: Currency, by: string): void {
  const { typicalInstalmentMinor, otherInstalments } = policyOf(write);
  // A limit that was none because nothing was known of the money does not become one by being called the house's own.
  const own = identityOf(write).currency;
  // A sum in other minor units is another sum.
  const isCounted = own.code !== currency.code || own.decimals === currency.decimals;
  const before = { [currency.code]: 0, ...otherInstalments, ...(isCounted ? { [own.code]: typicalInstalmentMinor } : {}) };
  keep(write, parts, currency, before, by, { what: 'currency.changed', facts: {} });
}

function keep(
  write: WriteStore,
  parts: Parts,
  { code, decimals }: Currency,
  instalments: Readonly<Record<string, number>>,
  by: string,
  { what, facts }: { readonly what: string; readonly facts: Readonly<Record<string, number>> },
): void {
  const identity = identityOf(write);
  const currency = { code, decimals };
  saveSetting(write, 'identity', { ...identity, currency, ...(what === 'currency.changed' ? { currencySaid: true } : {}) });
  saveSetting(write, 'policy', policyOfLoans(write, currency, instalments));
  appendEntry(write, parts.digest, {
    what,
    by,
    businessDate: currentBusinessDate(write, parts.clock),
    at: parts.clock.now(),
    body: { before: identity.currency.code, now: code, decimals, ...facts },
  });
}
