// What a loan of a product would cost, before anybody asks for one: head office's own schedule where it is reckoned here, and the name of what only
// head office reckons where it is not. A sum, a number or a rate that the product does not allow says its bound.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { scheduleCalendar } from '../../../shared/domain/calendar/workCalendar.ts';
import { hasChargesOnDates, isSoldOn, outOfLimits, termsOf, type LoanProduct } from '../../../shared/domain/loans/product.ts';
import { reckonSchedule } from '../../../shared/domain/schedule/reckonSchedule.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import { sumMinor } from '../../../shared/kernel/money.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { loanProductsOf } from '../../journal/loanProducts.ts';
import { workCalendarOf } from '../../journal/workCalendar.ts';
import type { ReadStore } from '../../ports/store.ts';
import type { BranchParts } from '../parts.ts';

type Loans = BranchContract['loans'];

export function listLoanProducts(parts: BranchParts): AnswerOf<Loans['listProducts']> {
  return parts.store.read((read) => {
    const today = currentBusinessDate(read, parts.clock);
    return ok({ businessDate: today, products: productsSold(read, today).map(productShown) });
  });
}

export function productsSold(read: ReadStore, on: BusinessDate): readonly LoanProduct[] {
  return loanProductsOf(read).filter((product) => isSoldOn(product, on));
}

export function productShown({ productId, name, currency, principal, installments, rate, ratePer, fixed }: LoanProduct) {
  return {
    productId,
    name,
    currency: { code: currency.code, decimals: currency.decimals },
    principal,
    installments,
    rate,
    ratePer,
    every: fixed.every,
    unit: fixed.unit,
  };
}

export function calculateLoan(parts: BranchParts, input: ParsedInputOf<Loans['calculate']>): AnswerOf<Loans['calculate']> {
  return parts.store.read((read) => {
    const product = loanProductsOf(read).find(({ productId }) => productId === input.productId);
    if (product === undefined) return refuse({ code: 'loanProduct.unknown' });
    const { submittedOn, ...rest } = input;
    const asked = { ...rest, ...(submittedOn === undefined ? {} : { submittedOn }), firstRepaymentOn: input.firstRepaymentOn ?? null };
    if (asked.firstRepaymentOn !== null && asked.firstRepaymentOn <= asked.disbursedOn) return refuse({ code: 'loan.firstBeforePayout' });
    const withCharges = product.charges !== null && !hasChargesOnDates(product);
    const out = outOfLimits(product, asked);
    if (out.length > 0) return ok({ out: [...out], schedule: null, why: null, withCharges });
    if (product.onlyThere !== null) return ok({ out: [], schedule: null, why: product.onlyThere, withCharges });
    const reckoned = reckonSchedule(termsOf(product, asked, scheduleCalendar(workCalendarOf(read))));
    if (!reckoned.ok) return ok({ out: [], schedule: null, why: reckoned.refusal.facts.why, withCharges });
    const { installments, payouts, principalMinor, interestMinor, feesMinor, penaltiesMinor, totalMinor } = reckoned.value;
    return ok({
      out: [],
      why: null,
      withCharges,
      schedule: {
        principalMinor,
        interestMinor,
        feesMinor: feesMinor + penaltiesMinor,
        takenAtPayoutMinor: sumMinor(payouts.map((each) => each.feesMinor)),
        totalMinor,
        installments: installments.map((each) => ({
          number: each.number,
          dueOn: each.dueOn,
          principalMinor: each.principalMinor,
          interestMinor: each.interestMinor,
          feesMinor: each.feesMinor + each.penaltiesMinor,
          totalMinor: each.principalMinor + each.interestMinor + each.feesMinor + each.penaltiesMinor,
          balanceMinor: each.balanceMinor,
        })),
      },
    });
  });
}
