// A deposit into a savings account. Only with the marker row does a batch keep it from being posted twice.

import type { LocalId } from '../../../kernel/ids.ts';
import { counterMoneyKind, type CounterMoney } from './counterMoney.ts';

export interface SavingsDepositPayload extends CounterMoney {
  readonly kind: 'savingsDeposit';
  readonly savingsId: LocalId;
}

export const savingsDeposit = counterMoneyKind<SavingsDepositPayload>({
  accountKind: 'savings',
  accountId: ({ savingsId }) => savingsId,
  cash: 'taken',
  papers: { back: 'moneyReturned', again: 'moneyTakenAgain' },
  delta: 1,
  what: 'deposit',
  limitedOffline: false,
  ridesInBatch: ({ markers }) => markers === 'strong',
});
