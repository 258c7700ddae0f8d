// A loan paid out at the counter: money leaves the branch before head office was asked, so it counts against the offline limits. Head office is
// told the whole sum of the loan; what it takes off at once never leaves the drawer.

import type { LocalId } from '../../../kernel/ids.ts';
import { counterMoneyKind, type CounterMoney } from './counterMoney.ts';
import type { Kind } from './kind.ts';

export interface LoanDisbursalPayload extends CounterMoney {
  readonly kind: 'loanDisbursal';
  readonly loanId: LocalId;
  /** The sum of the loan in whole minor units: what was handed over, and the charges that were taken off it. */
  readonly principalMinor: number;
}

const atTheCounter = counterMoneyKind<LoanDisbursalPayload>({
  accountKind: 'loan',
  accountId: ({ loanId }) => loanId,
  cash: 'paid',
  papers: { back: 'disbursalReturned', again: 'disbursalPaidAgain' },
  delta: 1,
  what: 'disbursement',
  limitedOffline: true,
  // A loan changes its state by it.
  ridesInBatch: () => false,
});

export const loanDisbursal: Kind<LoanDisbursalPayload> = {
  ...atTheCounter,
  money: atTheCounter.money && {
    ...atTheCounter.money,
    effects: ({ loanId, principalMinor, transactionDate, receiptNumber }) => [
      {
        accountKind: 'loan',
        accountId: loanId,
        deltaMinor: principalMinor,
        posting: { what: 'disbursement', amountMinor: principalMinor, transactionDate, receiptNumber },
      },
    ],
  },
  changes: ({ loanId }) => [{ what: 'state', record: { kind: 'loan', localId: loanId }, state: 'active' }],
};

export function isLoanDisbursal(payload: { readonly kind: string }): payload is LoanDisbursalPayload {
  return payload.kind === 'loanDisbursal';
}
