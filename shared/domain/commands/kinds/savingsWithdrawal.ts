// A withdrawal from a savings account: money leaves the branch before head office was asked, so it counts against the offline limits.

import type { LocalId } from '../../../kernel/ids.ts';
import { counterMoneyKind, type CounterMoney } from './counterMoney.ts';

export interface SavingsWithdrawalPayload extends CounterMoney {
  readonly kind: 'savingsWithdrawal';
  readonly savingsId: LocalId;
}

export const savingsWithdrawal = counterMoneyKind<SavingsWithdrawalPayload>({
  accountKind: 'savings',
  accountId: ({ savingsId }) => savingsId,
  cash: 'paid',
  papers: { back: 'withdrawalReturned', again: 'withdrawalPaidAgain' },
  delta: -1,
  what: 'withdrawal',
  limitedOffline: true,
  ridesInBatch: ({ markers }) => markers === 'strong',
});
