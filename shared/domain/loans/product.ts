// A loan product, as head office sells it: what may be asked for, and the terms that nobody asks about. Sums are whole minor units, rates decimal
// text (contract 6.7).

import type { BusinessDate } from '../../kernel/businessDate.ts';
import type { Currency } from '../../kernel/money.ts';
import { decimal } from '../decimals.ts';
import type { BranchCalendar, LoanTerms, NotReckoned } from '../schedule/terms.ts';

/** What is usual, and between what it may be chosen; null where there is no bound. */
export interface Limits<T> {
  readonly usual: T;
  readonly least: T | null;
  readonly most: T | null;
}

/** What the product alone says of a schedule. */
type FixedTerms = Omit<
  LoanTerms,
  | 'currency'
  | 'principalMinor'
  | 'rate'
  | 'installments'
  | 'term'
  | 'fixedInstallmentMinor'
  | 'submittedOn'
  | 'disbursedOn'
  | 'firstRepaymentOn'
  | 'interestChargedFrom'
  | 'recursOn'
  | 'tranches'
  | 'charges'
  | 'calendar'
>;

export interface LoanProduct {
  readonly productId: number;
  readonly name: string;
  readonly currency: Currency & { readonly multipleOf: number };
  readonly principal: Limits<number>;
  readonly installments: Limits<number>;
  readonly rate: Limits<string>;
  readonly ratePer: LoanTerms['rate']['per'];
  readonly fixed: FixedTerms;
  /** What of it head office alone reckons. */
  readonly onlyThere: NotReckoned | null;
  /** Sold from then and until then. */
  readonly from: BusinessDate | null;
  readonly until: BusinessDate | null;
}

export interface LoanAsked {
  readonly principalMinor: number;
  readonly installments: number;
  readonly ratePercent: string;
  readonly disbursedOn: BusinessDate;
  readonly firstRepaymentOn: BusinessDate | null;
}

export interface OutOfLimits {
  readonly field: 'principal' | 'installments' | 'rate';
  readonly why: 'tooLittle' | 'tooMuch';
  /** The bound: minor units of a sum, or a number or rate as text. */
  readonly bound: string;
}

export function outOfLimits(product: LoanProduct, { principalMinor, installments, ratePercent }: LoanAsked): readonly OutOfLimits[] {
  const judge = (field: OutOfLimits['field'], value: number | string, { least, most }: Limits<number | string>): readonly OutOfLimits[] => {
    if (least !== null && decimal(value).lt(decimal(least))) return [{ field, why: 'tooLittle', bound: String(least) }];
    if (most !== null && decimal(value).gt(decimal(most))) return [{ field, why: 'tooMuch', bound: String(most) }];
    return [];
  };
  return [
    ...judge('principal', principalMinor, product.principal),
    ...judge('installments', installments, product.installments),
    ...judge('rate', ratePercent, product.rate),
  ];
}

/** The terms of a loan that is applied for on the day on which it is paid out. */
export function termsOf(product: LoanProduct, asked: LoanAsked, calendar: BranchCalendar): LoanTerms {
  const { fixed, currency, ratePer } = product;
  return {
    ...fixed,
    currency,
    principalMinor: asked.principalMinor,
    rate: { percent: asked.ratePercent, per: ratePer },
    installments: asked.installments,
    term: asked.installments * fixed.every,
    fixedInstallmentMinor: null,
    submittedOn: asked.disbursedOn,
    disbursedOn: asked.disbursedOn,
    firstRepaymentOn: asked.firstRepaymentOn,
    interestChargedFrom: null,
    recursOn: null,
    tranches: [],
    charges: [],
    calendar,
  };
}
