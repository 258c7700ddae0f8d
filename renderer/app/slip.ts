// What a slip says, before and after it is issued. An issued receipt fits as it is; the slip beside a form has the same words and no number
// yet. A slip never computes a figure: a reprint shows exactly what was fixed when the receipt was issued (I8).

import type { Receipt } from '../../shared/contract/shapes.ts';

export type Slip = Pick<
  Receipt,
  | 'kind'
  | 'institution'
  | 'officeName'
  | 'practice'
  | 'businessDate'
  | 'clockDoubt'
  | 'clientName'
  | 'clientAccountNo'
  | 'accountKind'
  | 'accountNo'
  | 'currency'
  | 'cash'
  | 'paymentTypeName'
  | 'givenMinor'
  | 'changeMinor'
  | 'allocation'
  | 'parts'
  | 'fee'
  | 'balanceAfterMinor'
  | 'nextDueDate'
  | 'nextDueMinor'
  | 'balancesAsOf'
  | 'note'
  | 'servedBy'
  | 'agreedBy'
  | 'deviceCode'
  | 'lines'
  | 'dateSaid'
  | 'overdueLeftMinor'
  | 'paidReference'
  | 'undoes'
> & {
  readonly number: string | null;
  readonly recordedAt: number | null;
  readonly amountMinor: number | null;
  readonly hash: string | null;
};

/** One line of a slip by itself, for a copy: its own sum and what it did to its account. The number and the hash are those of the whole. */
export function slipOfLine(slip: Slip, at: number): Slip {
  const line = slip.lines?.[at - 1];
  if (line === undefined) return slip;
  const { kind, accountKind, accountNo, amountMinor, allocation, parts, fee, balanceAfterMinor, nextDueDate, nextDueMinor, balancesAsOf } =
    line;
  return {
    ...slip,
    kind,
    accountKind,
    accountNo,
    amountMinor,
    allocation,
    parts,
    fee,
    balanceAfterMinor,
    nextDueDate,
    nextDueMinor,
    balancesAsOf,
    givenMinor: null,
    changeMinor: null,
    lines: undefined,
  };
}
