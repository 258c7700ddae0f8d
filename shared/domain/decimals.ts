// Numbers as head office has them: rates of twelve significant digits, money rounded to the currency, ties to the even digit
// (contract 8.1, fineract-observed 6). An instalment is reckoned in binary fractions there, and so here.

import Big from 'big.js';
import type { LoanCurrency } from './schedule/terms.ts';

const HALF_UP = 1;
const HALF_EVEN = 2;
const PRECISION = 12;

const Exact = Big();
Exact.DP = 40;
Exact.RM = HALF_EVEN;
// Text, not a number, so that no binary fraction slips in unseen.
export type Decimal = Big;

export function decimal(value: string | number): Decimal {
  return new Exact(String(value));
}

export function quotient(left: Decimal, right: Decimal, precision = PRECISION): Decimal {
  return left.div(right).prec(precision, HALF_EVEN);
}

export function product(left: Decimal, right: Decimal, precision = PRECISION): Decimal {
  return left.times(right).prec(precision, HALF_EVEN);
}

/** How amounts of one loan are made from what was reckoned. */
export interface Rounding {
  readonly money: (amount: Decimal) => number;
  /** An amount that was added to or taken from: a currency's multiple rounds it once more. */
  readonly again: (minor: number) => number;
  /** To the currency's digits only. */
  readonly toCurrency: (amount: Decimal) => number;
  /** A share of an amount: rounded to the currency first, then to its multiple. */
  readonly part: (minor: number, rate: Decimal) => number;
  readonly divided: (minor: number, by: number) => number;
  /** To whole multiples of the product, ties upward. */
  readonly toMultiple: (minor: number) => number;
  readonly instalment: (amount: number) => number;
  readonly exact: (minor: number) => Decimal;
}

function nearestMultiple(value: number, multiple: number): number {
  const above = Math.ceil(value / multiple) * multiple;
  const below = Math.floor(value / multiple) * multiple;
  return above - value > value - below ? below : above;
}

export function roundingOf(currency: LoanCurrency, installmentMultiple: number): Rounding {
  const scale = 10 ** currency.decimals;
  const rounds = currency.decimals === 0 && currency.multipleOf > 0;
  const unit = decimal(1).div(scale);
  const exact = (minor: number): Decimal => decimal(minor).times(unit);

  const toCurrency = (amount: Decimal): number => amount.round(currency.decimals, HALF_EVEN).times(scale).toNumber();
  const money = (amount: Decimal): number =>
    toCurrency(rounds && amount.gt(0) ? decimal(nearestMultiple(amount.toNumber(), currency.multipleOf)) : amount);

  return {
    money,
    toCurrency,
    again: (minor) => (rounds ? money(exact(minor)) : minor),
    exact,
    part: (minor, rate) => money(exact(minor).times(rate).round(currency.decimals, HALF_EVEN)),
    divided: (minor, by) => (by === 1 ? minor : money(exact(minor).div(by).round(currency.decimals, HALF_EVEN))),
    toMultiple: (minor) =>
      installmentMultiple === 0 ? minor : money(exact(minor).div(installmentMultiple).round(0, HALF_UP).times(installmentMultiple)),
    instalment: (amount) => money(decimal(installmentMultiple === 0 ? amount : nearestMultiple(amount, installmentMultiple))),
  };
}
