// A loan product, as head office sells it: what may be asked for, and the terms that nobody asks about. Sums are whole minor units, rates decimal
// text (contract 6.7).

import type { BusinessDate } from '../../kernel/businessDate.ts';
import type { Currency } from '../../kernel/money.ts';
import { decimal } from '../decimals.ts';
import type { BranchCalendar, LoanCharge, LoanTerms, NotReckoned } from '../schedule/terms.ts';

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
  /** How head office lays a payment over what is owed. */
  readonly strategy: string;
  /** What every loan of it costs beside its interest; null until it was read. */
  readonly charges: readonly ProductCharge[] | null;
  /** What of it head office alone reckons. */
  readonly onlyThere: NotReckoned | null;
  /** Sold from then and until then. */
  readonly from: BusinessDate | null;
  readonly until: BusinessDate | null;
}

/** Head office takes it of a loan only where the application names it. */
export interface ProductCharge {
  readonly chargeId: number;
  readonly name: string;
  readonly charge: LoanCharge;
}

export interface LoanAsked {
  readonly principalMinor: number;
  readonly installments: number;
  readonly ratePercent: string;
  readonly disbursedOn: BusinessDate;
  /** Left out: on the day on which it is paid out. */
  readonly submittedOn?: BusinessDate;
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

export function isSoldOn({ from, until }: LoanProduct, on: BusinessDate): boolean {
  return (from ?? on) <= on && on <= (until ?? on);
}

/** What head office takes of every loan by itself, and what it is told: the rest has a day of its own, which nobody here says. */
export function chargesToName(product: Pick<LoanProduct, 'charges'>): readonly ProductCharge[] {
  return (product.charges ?? []).filter(({ charge }) => charge.due === 'disbursement' || charge.due === 'installment');
}

/** Whether it has charges that fall due on a day which only somebody at head office can say. */
export function hasChargesOnDates(product: Pick<LoanProduct, 'charges'>): boolean {
  return (product.charges ?? []).some(({ charge }) => charge.due === 'date' || charge.due === 'tranche');
}

/** The terms of a loan of that product as it is asked for. */
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
    submittedOn: asked.submittedOn ?? asked.disbursedOn,
    disbursedOn: asked.disbursedOn,
    firstRepaymentOn: asked.firstRepaymentOn,
    interestChargedFrom: null,
    recursOn: null,
    tranches: [],
    charges: chargesToName(product).map(({ charge }) => charge),
    calendar,
  };
}
