// A journal entry at head office that carries refused money in the branch's suspense account until it is recovered, or out of it again. It
// touches no client's account and no drawer, and goes alone (contract 5.3).

import type { BusinessDate } from '../../../kernel/businessDate.ts';
import type { LocalId } from '../../../kernel/ids.ts';
import type { Kind } from './kind.ts';

export interface SuspensePayload {
  readonly kind: 'suspensePosting';
  readonly exceptionId: LocalId;
  readonly transactionDate: BusinessDate;
  readonly amountMinor: number;
  readonly decimals: number;
  readonly currency: string;
  readonly officeServerId: number;
  readonly debitGlAccountId: number;
  readonly creditGlAccountId: number;
  /** At most 50 characters; carries the marker by which the entry is found again (contract 6.11). */
  readonly referenceNumber: string;
  /** The number of the receipt whose money it carries. */
  readonly note: string;
}

export const suspensePosting: Kind<SuspensePayload> = {
  version: 1,
  lifts: [],
  // A later posting about the same money takes the subject of the first along.
  subjects: ({ exceptionId }) => [`suspense:${exceptionId}`],
  refersTo: () => [],
  teaches: () => null,
  numbered: () => null,
  concerns: () => null,
  money: {
    amountOf: ({ amountMinor, decimals }) => ({ amountMinor, decimals }),
    cash: null,
    papers: null,
    sign: 1,
    limitedOffline: false,
    effects: () => [],
    // Recorded once more under another date where that is wanted (a case of its own is never made of it).
    submittedAs: (payload, { postedOn }) => (postedOn === null ? payload : { ...payload, transactionDate: postedOn }),
    freeDate: ({ transactionDate }) => transactionDate,
    receiptOf: ({ note }) => note,
  },
  changes: () => [],
  editable: () => ({}),
  edit: () => null,
  ridesInBatch: () => false,
  // Nothing at head office refuses a second posting to the books with the same reference.
  looksUpBeforeItGoesAgain: true,
  ways: ['resubmit', 'reverse', 'suspend', 'recognise'],
  never: ['reverse'],
};

export function isSuspensePosting(payload: { readonly kind: string }): payload is SuspensePayload {
  return payload.kind === 'suspensePosting';
}
