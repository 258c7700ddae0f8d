// M of the offline policy: the median instalment of the branch's running loans, so that limits fit the currency and the people (field-rules 1.2).

import { policyOf } from '../journal/settings.ts';
import type { ReadStore } from '../ports/store.ts';

const LOANS_LOOKED_AT = 500;

/** Whole minor units; the default policy's M where no loan runs yet. */
export function typicalInstalmentMinor(read: ReadStore): number {
  const { rows } = read.loans({ show: 'active', businessDate: '1970-01-01', offset: 0, most: LOANS_LOOKED_AT });
  const instalments = rows
    .map((loan) => loan.periods.find((period) => period.period > 0))
    .filter((period) => period !== undefined)
    .map((period) => period.principalDueMinor + period.interestDueMinor)
    .filter((amountMinor) => amountMinor > 0)
    .sort((one, other) => one - other);
  return instalments[Math.floor(instalments.length / 2)] ?? policyOf(read).typicalInstalmentMinor;
}
