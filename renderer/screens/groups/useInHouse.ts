// Sums of many, by currency. The house's own comes first, for it is told without a code; what is not of it stands beneath.

import type { Currency } from '../../../shared/kernel/money.ts';
import { useFormat } from '../../app/format.ts';
import { togetherBy } from '../../components/alsoSums.ts';

interface Sum {
  readonly currency: Currency;
  readonly minor: number;
}

/** Adds up sums in minor units: `minor` in the house's own currency, `others` one for each other that there is. */
export function useInHouse(): (sums: readonly Sum[]) => { readonly minor: number; readonly others: readonly Sum[] } {
  const format = useFormat();
  return (sums) => {
    const each = togetherBy(sums);
    const isOwn = ({ currency }: Sum): boolean => currency.code === format.currency.value.code;
    return { minor: each.find(isOwn)?.minor ?? 0, others: each.filter((one) => !isOwn(one)) };
  };
}
