// The house's own money: the one in which most of its accounts are kept, not the first of head office's list. Found with the first whole
// reading, said in an entry, and afterwards changed by a person only.

import type { Currency } from '../../shared/kernel/money.ts';
import { appendEntry } from '../journal/appendEntry.ts';
import { currentBusinessDate } from '../journal/currentBusinessDate.ts';
import { identityOf, saveSetting } from '../journal/settings.ts';
import type { JournalParts } from '../journal/parts.ts';
import type { WriteStore } from '../ports/store.ts';

export function findOwnCurrency(write: WriteStore, parts: Pick<JournalParts, 'clock' | 'digest'>): Currency {
  const identity = identityOf(write);
  const [most] = write.currenciesInUse();
  if (most === undefined || most.code === identity.currency.code) return identity.currency;
  const currency = { code: most.code, decimals: most.decimals };
  saveSetting(write, 'identity', { ...identity, currency });
  appendEntry(write, parts.digest, {
    what: 'currency.found',
    by: 'branch',
    businessDate: currentBusinessDate(write, parts.clock),
    at: parts.clock.now(),
    body: { before: identity.currency.code, now: currency.code, accounts: most.accounts },
  });
  return currency;
}
