// Schedules and allocation against worked examples of head office, to the cent. The examples are data beside this file and
// are never adjusted to fit.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { minorOfText } from '../../electron/practice/amounts.ts';
import { allocate, freshDues, placeCharges, unpaid } from '../../electron/practice/loans/allocation.ts';
import { buildSchedule, type LoanTerms } from '../../electron/practice/loans/schedule.ts';

interface Example {
  id: string;
  title: string;
  inputs: {
    principal: string;
    annualInterestRatePercent: string;
    interestType: LoanTerms['interestType'];
    interestCalculationPeriod: LoanTerms['interestCalculation'];
    amortization: LoanTerms['amortization'];
    numberOfRepayments: number;
    repaymentEvery: number;
    repaymentFrequency: LoanTerms['repaymentFrequency'];
    disbursementDate: string;
    graceOnPrincipalPayment: number;
    graceOnInterestPayment: number;
    interestFreePeriods: number;
    installmentAmountInMultiplesOf?: number;
    fixedPrincipalPercentagePerInstallment?: string;
  };
  rows: { n: number; dueDate: string; principal: string; interest: string }[];
}

const examples = JSON.parse(readFileSync(new URL('scheduleExamples.json', import.meta.url), 'utf8')) as Example[];

function termsOf(inputs: Example['inputs']): LoanTerms {
  return {
    annualRate: inputs.annualInterestRatePercent,
    ratePerPeriod: inputs.annualInterestRatePercent,
    interestRateFrequency: 3,
    interestType: inputs.interestType,
    interestCalculation: inputs.interestCalculationPeriod,
    amortization: inputs.amortization,
    numberOfRepayments: inputs.numberOfRepayments,
    repaymentEvery: inputs.repaymentEvery,
    repaymentFrequency: inputs.repaymentFrequency,
    graceOnPrincipal: inputs.graceOnPrincipalPayment,
    graceOnInterestPayment: inputs.graceOnInterestPayment,
    interestFreePeriods: inputs.interestFreePeriods,
    installmentMultiple: (inputs.installmentAmountInMultiplesOf ?? 0) * 100,
    fixedPrincipalPercentage: inputs.fixedPrincipalPercentagePerInstallment ?? null,
  };
}

describe('worked examples of head office, to the cent', () => {
  test.each(examples.map((example) => [example.id, example.title, example] as const))('%s: %s', (_id, _title, example) => {
    const rows = buildSchedule(minorOfText(example.inputs.principal) ?? 0, termsOf(example.inputs), example.inputs.disbursementDate);
    expect(rows.map(({ number, dueDate, principal, interest }) => ({ n: number, dueDate, principal, interest }))).toEqual(
      example.rows.map((row) => ({
        n: row.n,
        dueDate: row.dueDate,
        principal: minorOfText(row.principal),
        interest: minorOfText(row.interest),
      })),
    );
  });

  test('there are examples of flat and declining, daily and per period', () => {
    expect(new Set(examples.map((example) => example.inputs.interestType))).toEqual(new Set(['flat', 'declining']));
    expect(new Set(examples.map((example) => example.inputs.interestCalculationPeriod))).toEqual(new Set(['daily', 'sameAsRepayment']));
  });
});

test('standard strategy, penalty 10 and fee 103 due at disbursal, 100 and 300 paid: 56 is left of the first installment', () => {
  const terms = {
    ...termsOf(examples[0]?.inputs ?? ({} as Example['inputs'])),
    interestType: 'flat' as const,
    annualRate: '12',
    numberOfRepayments: 3,
    interestCalculation: 'sameAsRepayment' as const,
    installmentMultiple: 100,
  };
  const dues = freshDues(buildSchedule(100_000, terms, '2023-01-01'));
  placeCharges(dues, [
    { amount: 1_000, penalty: true, dueDate: '2023-01-01' },
    { amount: 10_300, penalty: false, dueDate: '2023-01-01' },
  ]);
  expect(allocate(dues, 10_000, '2023-01-10')).toEqual({ penalty: 1_000, fee: 9_000, interest: 0, principal: 0, overpayment: 0 });
  allocate(dues, 30_000, '2023-01-10');
  expect(dues.map(unpaid)).toEqual([5_600, 34_300, 34_400]);
  expect(dues[0]?.paidInAdvance).toBe(40_000);
});

test('a charge after the last due date adds an installment, and what is left over is overpaid', () => {
  const dues = freshDues([{ number: 1, fromDate: '2026-01-01', dueDate: '2026-02-01', principal: 100, interest: 10 }]);
  placeCharges(dues, [{ amount: 5, penalty: true, dueDate: '2026-02-03' }]);
  expect(dues.map((row) => row.number)).toEqual([1, 2]);
  expect(allocate(dues, 120, '2026-02-05')).toEqual({ principal: 100, interest: 10, penalty: 5, fee: 0, overpayment: 5 });
});
