// Money moved from one savings account of the branch to another, in one deed of head office: two accounts, two effects. No cash crosses the
// counter and nothing is on paper. Head office keeps no id of ours with it, so the description that stands beside both of its transactions
// carries the command's own id, and it is found again by that on either account (recordings 12-transfers).

import type { BusinessDate } from '../../../kernel/businessDate.ts';
import type { LocalId } from '../../../kernel/ids.ts';
import type { ExpectedPosting, Kind } from './kind.ts';
import { subjectOf } from './kind.ts';

export interface SavingsTransferPayload {
  readonly kind: 'savingsTransfer';
  readonly fromSavingsId: LocalId;
  readonly fromClientId: LocalId;
  readonly toSavingsId: LocalId;
  readonly toClientId: LocalId;
  readonly officeServerId: number;
  readonly transactionDate: BusinessDate;
  /** Whole minor units, always positive. */
  readonly amountMinor: number;
  readonly decimals: number;
  readonly note: string;
}

/** Head office takes 200 characters, and the mark with its origin needs most of them. */
export const TRANSFER_NOTE_MAX = 60;

const savingsRef = (localId: LocalId) => ({ kind: 'savings', localId }) as const;
const clientRef = (localId: LocalId) => ({ kind: 'client', localId }) as const;

export const savingsTransfer: Kind<SavingsTransferPayload> = {
  version: 1,
  lifts: [],
  subjects: ({ fromSavingsId, toSavingsId }) => [subjectOf(savingsRef(fromSavingsId)), subjectOf(savingsRef(toSavingsId))],
  refersTo: ({ fromSavingsId, toSavingsId, fromClientId, toClientId }) => [
    savingsRef(fromSavingsId),
    savingsRef(toSavingsId),
    clientRef(fromClientId),
    clientRef(toClientId),
  ],
  teaches: () => null,
  numbered: () => null,
  concerns: ({ fromSavingsId }) => savingsRef(fromSavingsId),
  money: {
    amountOf: ({ amountMinor, decimals }) => ({ amountMinor, decimals }),
    cash: null,
    papers: null,
    sign: 1,
    // What arrives can be paid out there before head office has said that it was ever here: it is risked like a withdrawal.
    limitedOffline: true,
    effects: (payload) => [
      { ...accountOf(payload.fromSavingsId), deltaMinor: -payload.amountMinor, posting: postingOf(payload, 'withdrawal') },
      { ...accountOf(payload.toSavingsId), deltaMinor: payload.amountMinor, posting: postingOf(payload, 'deposit') },
    ],
    submittedAs: (payload, { postedOn }) =>
      postedOn === null || postedOn === payload.transactionDate
        ? payload
        : { ...payload, transactionDate: postedOn, note: `${payload.note} [${payload.transactionDate}]`.trim() },
    freeDate: () => null,
    receiptOf: () => null,
  },
  changes: () => [],
  editable: () => ({}),
  edit: () => null,
  ridesInBatch: () => false,
  // Head office moves the same sum as often as it is asked to.
  looksUpBeforeItGoesAgain: true,
  ways: ['resubmit', 'withdraw', 'recognise'],
  never: [],
};

function accountOf(accountId: LocalId) {
  return { accountKind: 'savings', accountId } as const;
}

function postingOf({ amountMinor, transactionDate }: SavingsTransferPayload, what: string): ExpectedPosting {
  return { what, amountMinor, transactionDate, receiptNumber: '' };
}
