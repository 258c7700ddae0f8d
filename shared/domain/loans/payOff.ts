// What paying off a loan takes today. A loan whose interest is reckoned anew each day is cheaper to pay off than its schedule says, and only
// head office can say by how much (fineract-observed 5): its figure counts for the day it was asked for, while nothing happened since.

import type { BusinessDate } from '../../kernel/businessDate.ts';

/** 'here': the balance itself. 'headOffice': its own figure of that day. 'upperBound': it takes no more than this, and perhaps less. */
export type PayOffKnown = 'here' | 'headOffice' | 'upperBound';

export interface PayOffQuote {
  readonly onDate: BusinessDate;
  readonly payOffMinor: number;
  /** The confirmed balance that it was reckoned from. */
  readonly outstandingMinor: number;
  readonly askedAt: number;
}

export interface PayOff {
  readonly minor: number;
  readonly known: PayOffKnown;
  readonly askedAt: number | null;
}

export function payOffOf(facts: {
  readonly needsServerReckoning: boolean;
  readonly confirmedOutstandingMinor: number;
  /** With everything unfinished already taken off. */
  readonly outstandingMinor: number;
  readonly unfinishedCount: number;
  readonly quote: PayOffQuote | null;
  readonly businessDate: BusinessDate;
}): PayOff {
  if (!facts.needsServerReckoning) return { minor: facts.outstandingMinor, known: 'here', askedAt: null };
  const { quote } = facts;
  const stands =
    quote !== null &&
    quote.onDate === facts.businessDate &&
    quote.outstandingMinor === facts.confirmedOutstandingMinor &&
    facts.unfinishedCount === 0;
  return stands
    ? { minor: quote.payOffMinor, known: 'headOffice', askedAt: quote.askedAt }
    : { minor: facts.outstandingMinor, known: 'upperBound', askedAt: null };
}
