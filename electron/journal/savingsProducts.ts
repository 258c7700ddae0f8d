// The savings products of head office as the branch understands them, from the rows that were pulled.

import type { Unit } from '../../shared/domain/schedule/terms.ts';
import type { Every } from '../../shared/domain/savings/interest.ts';
import type { SavingsCharge, SavingsProduct } from '../../shared/domain/savings/product.ts';
import type { ReferenceRow } from '../ports/headOffice.ts';
import type { ReadStore } from '../ports/store.ts';

const UNITS: readonly Unit[] = ['days', 'weeks', 'months', 'years'];
const EVERY: Readonly<Record<number, Every>> = { 1: 'day', 4: 'month', 5: 'quarter', 6: 'halfYear', 7: 'year' };
const DAILY_BALANCE = 1;

/** Rows that an older program pulled lack the terms: they are left out until the list was read again. */
export function savingsProductsOf(read: ReadStore): readonly SavingsProduct[] {
  const charges = new Map(read.reference('savingsProductCharges').map(({ serverId, body }) => [serverId, chargesIn(body['charges'])]));
  return read.reference('savingsProducts').flatMap((row) => productOf(row, charges.get(row.serverId) ?? null));
}

/** As the shelf wrote them. */
function chargesIn(text: unknown): readonly SavingsCharge[] {
  return typeof text === 'string' ? (JSON.parse(text) as readonly SavingsCharge[]) : [];
}

function productOf({ serverId, name, body }: ReferenceRow, charges: readonly SavingsCharge[] | null): readonly SavingsProduct[] {
  const number = (member: string): number => Number(body[member] ?? 0);
  const code = body['currencyCode'];
  const compounding = EVERY[number('interestCompoundingPeriodType')];
  const posting = EVERY[number('interestPostingPeriodType')];
  if (typeof code !== 'string' || compounding === undefined || posting === undefined) return [];
  const length = number('lockinPeriodFrequency');
  const unit = UNITS[number('lockinPeriodFrequencyType')];
  const openingMinor = number('minRequiredOpeningBalanceMinor');
  return [
    {
      productId: serverId,
      name,
      currency: { code, decimals: number('currencyDecimals') },
      terms: {
        ratePercent: String(body['nominalAnnualInterestRate'] ?? '0'),
        compounding,
        posting,
        balance: number('interestCalculationType') === DAILY_BALANCE ? 'daily' : 'average',
        daysInYear: number('interestCalculationDaysInYearType') === 360 ? 360 : 365,
        minimumMinor: body['enforceMinRequiredBalance'] === true ? number('minRequiredBalanceMinor') : null,
        lockIn: length === 0 || unit === undefined ? null : { length, unit },
        openingMinor: openingMinor === 0 ? null : openingMinor,
      },
      charges,
    },
  ];
}
