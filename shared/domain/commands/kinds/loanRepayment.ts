// A repayment of a loan. Its id is kept unique by head office, so it rides in a batch whatever the markers (contract 12, rule 3).

import type { LocalId } from '../../../kernel/ids.ts';
import { counterMoneyKind, type CounterMoney } from './counterMoney.ts';

export interface LoanRepaymentPayload extends CounterMoney {
  readonly kind: 'loanRepayment';
  readonly loanId: LocalId;
}

export const loanRepayment = counterMoneyKind<LoanRepaymentPayload>({
  accountKind: 'loan',
  accountId: ({ loanId }) => loanId,
  cash: 'taken',
  papers: { back: 'moneyReturned', again: 'moneyTakenAgain' },
  delta: -1,
  what: 'repayment',
  limitedOffline: false,
  ridesInBatch: () => true,
});
