// M of the offline policy: the median instalment of the branch's running loans, so that limits fit the currency and the people (field-rules 1.2).
// Each currency has its own: an instalment in dollars says nothing about shillings.

import { defaultOfflinePolicy, type OfflinePolicy } from '../../shared/domain/savings/offlinePolicy.ts';
import { policyOf } from '../journal/settings.ts';
import type { ReadStore } from '../ports/store.ts';

const LOANS_LOOKED_AT = 500;

/** As the running loans have it now. `own`: the house's own currency. */
export function policyOfLoans(read: ReadStore, own: string): OfflinePolicy {
  const { rows } = read.loans({ show: 'active', businessDate: '1970-01-01', offset: 0, most: LOANS_LOOKED_AT });
  const byCurrency = Map.groupBy(rows, (loan) => loan.currency.code);
  const others = [...byCurrency].flatMap(([code, loans]) => {
    const minor = code === own ? null : median(loans);
    return minor === null ? [] : [[code, minor] as const];
  });
  return {
    ...defaultOfflinePolicy(median(byCurrency.get(own) ?? []) ?? policyOf(read).typicalInstalmentMinor),
    ...(others.length === 0 ? {} : { otherInstalments: Object.fromEntries(others) }),
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
