// What the kinds have in common by which a client's money crosses the counter: one account, one sum, one receipt.

import type { BusinessDate } from '../../../kernel/businessDate.ts';
import type { LocalId } from '../../../kernel/ids.ts';
import { markAnew } from '../anew.ts';
import { subjectOf, type AccountKind, type Kind, type MoneyTraits } from './kind.ts';

/** 'strong': a unique marker row refuses a second posting. 'weak': only the receipt number marks it (contract 4.2). */
export type MarkerMode = 'strong' | 'weak';

/** How the money was paid, as head office keeps it. Each text is at most 50 characters (contract 6.8, 6.9). */
export interface PaymentDetail {
  readonly paymentTypeId: number;
  readonly accountNumber?: string | undefined;
  readonly checkNumber?: string | undefined;
  readonly bankNumber?: string | undefined;
}

export interface CounterMoney {
  readonly transactionDate: BusinessDate;
  /** Whole minor units, always positive; the kind says which way the money went. */
  readonly amountMinor: number;
  readonly decimals: number;
  readonly payment: PaymentDetail;
  readonly receiptNumber: string;
  readonly note: string;
  readonly markers: MarkerMode;
}

interface Traits<P extends CounterMoney> {
  readonly accountKind: AccountKind;
  readonly accountId: (payload: P) => LocalId;
  readonly cash: 'taken' | 'paid';
  readonly papers: MoneyTraits<P>['papers'];
  /** Of the account's own sum: savings up or down, what is owed on a loan down. */
  readonly delta: 1 | -1;
  /** How head office's list of the account calls it; null where it keeps no transaction of it. */
  readonly what: string | null;
  readonly limitedOffline: boolean;
  readonly ridesInBatch: (payload: P) => boolean;
}

export function counterMoneyKind<P extends CounterMoney>(traits: Traits<P>): Kind<P> {
  const accountOf = (payload: P) => ({ kind: traits.accountKind, localId: traits.accountId(payload) });
  return {
    version: 1,
    lifts: [],
    subjects: (payload) => [subjectOf(accountOf(payload))],
    refersTo: (payload) => [accountOf(payload)],
    teaches: () => null,
    numbered: () => null,
    concerns: accountOf,
    money: {
      amountOf: ({ amountMinor, decimals }) => ({ amountMinor, decimals }),
      cash: traits.cash,
      papers: traits.papers,
      sign: traits.cash === 'paid' ? -1 : 1,
      limitedOffline: traits.limitedOffline,
      effects: (payload) => {
        const { amountMinor, transactionDate, receiptNumber } = payload;
        const posting = { what: traits.what, amountMinor, transactionDate, receiptNumber };
        return [{ accountKind: traits.accountKind, accountId: traits.accountId(payload), deltaMinor: traits.delta * amountMinor, posting }];
      },
      submittedAs: (payload, anew) => ({
        ...payload,
        receiptNumber: markAnew(payload.receiptNumber, anew),
        ...(anew.postedOn === null || anew.postedOn === payload.transactionDate
          ? {}
          : { transactionDate: anew.postedOn, note: `${payload.note} [${payload.transactionDate}]`.trim() }),
      }),
      freeDate: () => null,
      receiptOf: () => null,
    },
    changes: () => [],
    editable: () => ({}),
    edit: () => null,
    ridesInBatch: traits.ridesInBatch,
    looksUpBeforeItGoesAgain: false,
    ways: ['resubmit', 'reverse', 'suspend', 'recognise'],
    never: [],
  };
}
