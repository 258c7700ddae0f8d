// The payout of a loan taken back on its own day, after head office was told of it: the cash comes back over the counter, and head office is asked
// to undo what it holds. It leaves no transaction there, so its loan is shown as holding it where the payout's own transaction is gone.

import type { LocalId } from '../../../kernel/ids.ts';
import { counterMoneyKind, type CounterMoney } from './counterMoney.ts';
import type { Kind } from './kind.ts';

export interface DisbursalUndoPayload extends CounterMoney {
  readonly kind: 'disbursalUndo';
  readonly loanId: LocalId;
  /** What paid it out: it is undone, and nothing else of that loan. */
  readonly disbursalId: LocalId;
  /** The voucher's number: not every head office keeps a mark of its own on a payout. */
  readonly undoesReceipt: string;
  /** The sum of the loan in whole minor units, as head office was told of it. */
  readonly principalMinor: number;
}

const atTheCounter = counterMoneyKind<DisbursalUndoPayload>({
  accountKind: 'loan',
  accountId: ({ loanId }) => loanId,
  cash: 'taken',
  // Where head office holds on to the payout, she gets the money once more.
  papers: { back: 'disbursalPaidAgain', again: 'disbursalReturned' },
  delta: -1,
  what: null,
  limitedOffline: false,
  ridesInBatch: () => false,
});

export const disbursalUndo: Kind<DisbursalUndoPayload> = {
  ...atTheCounter,
  money: atTheCounter.money && {
    ...atTheCounter.money,
    effects: ({ loanId, principalMinor, transactionDate, receiptNumber }) => [
      {
        accountKind: 'loan',
        accountId: loanId,
        deltaMinor: -principalMinor,
        posting: { what: null, amountMinor: principalMinor, transactionDate, receiptNumber },
      },
    ],
    // Head office keeps no date of it.
    freeDate: () => null,
  },
  changes: ({ loanId }) => [{ what: 'state', record: { kind: 'loan', localId: loanId }, state: 'approved' }],
  // A second one is refused there, but by then it may have been paid out anew: what is known of the first comes before.
  looksUpBeforeItGoesAgain: true,
  ways: ['resubmit', 'reverse', 'suspend'],
  never: ['recognise'],
};

export function isDisbursalUndo(payload: { readonly kind: string }): payload is DisbursalUndoPayload {
  return payload.kind === 'disbursalUndo';
}
