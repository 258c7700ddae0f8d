// The currencies in which this branch keeps accounts, the house's own first. A drawer may be opened in each of them and in no other.

import type { Currency } from '../../../shared/kernel/money.ts';
import { identityOf } from '../../journal/settings.ts';
import type { ReadStore } from '../../ports/store.ts';

export function currenciesOf(read: ReadStore): readonly Currency[] {
  const own = identityOf(read).currency;
  return [own, ...read.currenciesInUse().flatMap(({ code, decimals }) => (code === own.code ? [] : [{ code, decimals }]))];
}
