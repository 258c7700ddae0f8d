// M of the offline policy: the median instalment of the branch's running loans, so that limits fit the currency and the people (field-rules 1.2).
// Each currency has its own: an instalment in dollars says nothing about shillings.

import { defaultOfflinePolicy, type OfflinePolicy } from '../../shared/domain/savings/offlinePolicy.ts';
import type { Currency } from '../../shared/kernel/money.ts';
import { usualInstalmentOf } from './settings.ts';
import type { ReadStore } from '../ports/store.ts';

const LOANS_LOOKED_AT = 500;

/** As the running loans have it now. `own`: the house's own currency. `before`: what was known of a currency in which no loan runs now. */
export function policyOfLoans(read: ReadStore, own: Currency, before: Readonly<Record<string, number>> = {}): OfflinePolicy {
  const { rows } = read.loans({ show: 'active', businessDate: '1970-01-01', offset: 0, most: LOANS_LOOKED_AT });
  const ofLoans = [...Map.groupBy(rows, (loan) => loan.currency.code)].flatMap(([code, loans]) => {
    const minor = median(loans);
    return minor === null ? [] : [[code, minor] as const];
  });
  const { [own.code]: ownMinor, ...others } = { ...before, ...Object.fromEntries(ofLoans) };
  return {
    ...defaultOfflinePolicy(ownMinor ?? usualInstalmentOf(own)),
    ...(Object.keys(others).length === 0 ? {} : { otherInstalments: others }),
  };
}

/** Whole minor units; null where no loan runs yet. */
function median(loans: ReturnType<ReadStore['loans']>['rows']): number | null {
  const instalments = loans
    .map((loan) => loan.periods.find((period) => period.period > 0))
    .filter((period) => period !== undefined)
    .map((period) => period.principalDueMinor + period.interestDueMinor)
    .filter((amountMinor) => amountMinor > 0)
    .sort((one, other) => one - other);
  return instalments[Math.floor(instalments.length / 2)] ?? null;
}
