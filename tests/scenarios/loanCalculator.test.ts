// What a loan would cost, before anybody asks for one: equal to head office's own schedule, product by product, and refused by name or by bound.

import { describe, expect, test } from 'vitest';
import { play, type Scene } from './scene.ts';

interface ProductThere {
  readonly id: number;
  readonly repaymentEvery: number;
  readonly repaymentFrequencyType: { readonly id: number };
  readonly amortizationType: { readonly id: number };
  readonly interestType: { readonly id: number };
  readonly interestCalculationPeriodType: { readonly id: number };
}
interface PeriodThere {
  readonly period?: number;
  readonly dueDate: readonly [number, number, number];
  readonly totalDueForPeriod: number;
}

function askThere(scene: Scene, method: 'GET' | 'POST', url: string, body?: object): unknown {
  const reply = scene.control().requestAs('admin', { method, url, body: body === undefined ? null : JSON.stringify(body) });
  expect(reply.status).toBe(200);
  return JSON.parse(reply.body);
}

describe('the calculator', () => {
  test('says every product as head office does, without a line', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      const { products, businessDate } = await scene.get(scene.achieng, 'loans.listProducts', {});
      expect(products.length).toBe(4);
      for (const product of products) {
        const { productId, principal, installments, rate } = product;
        const asked = {
          productId,
          principalMinor: principal.usual,
          installments: installments.usual,
          ratePercent: rate.usual,
          disbursedOn: businessDate,
        };
        const here = await scene.get(scene.achieng, 'loans.calculate', asked);
        const there = askThere(scene, 'GET', `/loanproducts/${String(productId)}`) as ProductThere;
        const { periods } = askThere(scene, 'POST', '/loans?command=calculateLoanSchedule', {
          loanType: 'individual',
          clientId: 1,
          productId,
          principal: principal.usual / 100,
          loanTermFrequency: installments.usual * there.repaymentEvery,
          loanTermFrequencyType: there.repaymentFrequencyType.id,
          numberOfRepayments: installments.usual,
          repaymentEvery: there.repaymentEvery,
          repaymentFrequencyType: there.repaymentFrequencyType.id,
          interestRatePerPeriod: Number(rate.usual),
          amortizationType: there.amortizationType.id,
          interestType: there.interestType.id,
          interestCalculationPeriodType: there.interestCalculationPeriodType.id,
          transactionProcessingStrategyCode: 'mifos-standard-strategy',
          submittedOnDate: businessDate,
          expectedDisbursementDate: businessDate,
          locale: 'en',
          dateFormat: 'yyyy-MM-dd',
        }) as { readonly periods: readonly PeriodThere[] };
        const expected = periods
          .filter(({ period }) => period !== undefined)
          .map(({ dueDate: [year, month, day], totalDueForPeriod }) => ({
            dueOn: `${String(year)}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
            totalMinor: Math.round(totalDueForPeriod * 100),
          }));
        expect(
          here.schedule?.installments.map(({ dueOn, totalMinor }) => ({ dueOn, totalMinor })),
          product.name,
        ).toEqual(expected);
      }
    }));

  test('what the product does not allow is told with its bound, and an unknown product and a first instalment before the money are refused', () =>
    play({}, async (scene) => {
      const { products, businessDate } = await scene.get(scene.achieng, 'loans.listProducts', {});
      const group = products.find(({ name }) => name === 'Group weekly loan');
      const asked = {
        productId: group?.productId ?? 0,
        principalMinor: 99_999,
        installments: 16,
        ratePercent: '1.6',
        disbursedOn: businessDate,
      };
      expect(await scene.get(scene.achieng, 'loans.calculate', asked)).toMatchObject({
        out: [{ field: 'principal', why: 'tooLittle', bound: '100000' }],
        schedule: null,
      });
      expect((await scene.get(scene.achieng, 'loans.calculate', { ...asked, principalMinor: 100_000 })).schedule).not.toBeNull();
      expect((await scene.get(scene.achieng, 'loans.calculate', { ...asked, principalMinor: 5_000_001 })).out).toMatchObject([
        { why: 'tooMuch' },
      ]);
      expect(await scene.refusal(scene.achieng, 'loans.calculate', { ...asked, productId: 999 })).toBe('loanProduct.unknown');
      expect(await scene.refusal(scene.achieng, 'loans.calculate', { ...asked, firstRepaymentOn: businessDate })).toBe(
        'loan.firstBeforePayout',
      );
    }));
});
