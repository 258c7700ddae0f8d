// The first of the three books: what the screens were told. The people of the test write it down themselves, answer by answer; nothing in it
// comes from the branch's own files. A form that got no answer stays open here until the same form has got one.

import type { DrawerView, Receipt } from '../../shared/contract/shapes.ts';
import type { Resolution } from '../../shared/domain/records.ts';

export type MoneyVerb = 'takeRepayment' | 'takeDeposit' | 'payWithdrawal' | 'takeBasket';

/** A form as a cashier filled it in, and everything that was ever answered to it. */
export interface Form {
  readonly formId: string;
  readonly username: string;
  readonly verb: MoneyVerb;
  readonly accountKind: 'loan' | 'savings';
  readonly accountId: string;
  /** The account of a basket's second line; half of the sum goes to each. */
  readonly secondAccountId: string | null;
  readonly amountMinor: number;
  readonly receipts: Receipt[];
  /** The branch's last word, when it was no. */
  refusedWith: string | null;
  unanswered: number;
}

export interface ToldResolution {
  readonly exceptionId: string;
  readonly resolution: Resolution;
  readonly receiptId: string | null;
}

export interface ToldBook {
  readonly forms: Form[];
  /** Receipts whose paper was said to have come out, once per answer. */
  readonly prints: string[];
  readonly drawersClosed: DrawerView[];
  readonly resolutions: ToldResolution[];
}

export function emptyToldBook(): ToldBook {
  return { forms: [], prints: [], drawersClosed: [], resolutions: [] };
}

/** Everybody who was handed a receipt, the latest business date last. */
export function toldReceipts(told: ToldBook): Receipt[] {
  return told.forms.flatMap((form) => form.receipts.slice(0, 1));
}
