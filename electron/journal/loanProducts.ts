// The loan products of head office as the schedule's room understands them, from the rows that were pulled.

import type { LoanProduct, Limits, ProductCharge } from '../../shared/domain/loans/product.ts';
import type { NotReckoned, Unit } from '../../shared/domain/schedule/terms.ts';
import type { ReferenceRow } from '../ports/headOffice.ts';
import type { ReadStore } from '../ports/store.ts';

const UNITS: readonly Unit[] = ['days', 'weeks', 'months', 'years'];
const WHOLE_TERM = 4;
const DECLINING = 0;
const EQUAL_INSTALLMENTS = 1;
const DAILY = 0;
const FROM_SUBMISSION = 2;

/** Rows that an older program pulled lack the terms: they are left out until the list was read again. */
export function loanProductsOf(read: ReadStore): readonly LoanProduct[] {
  const charges = new Map(read.reference('loanProductCharges').map(({ serverId, body }) => [serverId, chargesIn(body['charges'])]));
  return read.reference('loanProducts').flatMap((row) => productOf(row, charges.get(row.serverId) ?? null));
}

/** As the shelf wrote them. */
function chargesIn(text: unknown): readonly ProductCharge[] {
  return typeof text === 'string' ? (JSON.parse(text) as readonly ProductCharge[]) : [];
}

function productOf({ serverId, name, body }: ReferenceRow, charges: readonly ProductCharge[] | null): readonly LoanProduct[] {
  const text = (member: string): string | null => (body[member] == null ? null : String(body[member]));
  const number = (member: string, otherwise = 0): number => Number(body[member] ?? otherwise);
  const bound = (member: string): number | null => (body[member] == null ? null : number(member));
  const is = (member: string): boolean => body[member] === true;
  const code = text('currencyCode');
  const unit = UNITS[number('repaymentFrequencyType', -1)];
  if (code === null || unit === undefined || body['principalMinor'] == null) return [];
  const whole = (member: string): Limits<number> => ({
    usual: number(member),
    least: bound(`min${capital(member)}`),
    most: bound(`max${capital(member)}`),
  });
  const inYear = number('daysInYearType', 1);
  const ratePer = number('interestRateFrequencyType', 2);
  return [
    {
      productId: serverId,
      name,
      currency: { code, decimals: number('currencyDecimals'), multipleOf: number('currencyMultipleOf') },
      principal: whole('principalMinor'),
      installments: whole('numberOfRepayments'),
      rate: {
        usual: text('interestRatePerPeriod') ?? '0',
        least: text('minInterestRatePerPeriod'),
        most: text('maxInterestRatePerPeriod'),
      },
      ratePer: ratePer === WHOLE_TERM ? 'term' : (UNITS[ratePer] ?? 'months'),
      fixed: {
        scheduleType: body['loanScheduleType'] === 'PROGRESSIVE' ? 'progressive' : 'cumulative',
        interestMethod: number('interestType') === DECLINING ? 'declining' : 'flat',
        amortization: number('amortizationType', EQUAL_INSTALLMENTS) === EQUAL_INSTALLMENTS ? 'equalInstallments' : 'equalPrincipal',
        interestPeriod: number('interestCalculationPeriodType', 1) === DAILY ? 'daily' : 'sameAsRepayment',
        partialPeriods: is('allowPartialPeriodInterestCalculation') || is('allowPartialPeriodInterestCalcualtion'),
        equalAmortization: is('isEqualAmortization'),
        daysInYear: inYear === 360 || inYear === 364 || inYear === 365 ? inYear : 'actual',
        daysInMonth: number('daysInMonthType', 1) === 30 ? 30 : 'actual',
        every: number('repaymentEvery', 1),
        unit,
        grace: {
          principal: number('graceOnPrincipalPayment'),
          interestPayment: number('graceOnInterestPayment'),
          interestCharged: number('graceOnInterestCharged'),
          recurringPrincipal: number('recurringMoratoriumOnPrincipalPeriods'),
        },
        fixedPrincipalPercent: text('fixedPrincipalPercentagePerInstallment'),
        installmentMultiple: number('installmentAmountInMultiplesOf'),
        lastThresholdPercent: text('principalThresholdForLastInstallment') ?? '0',
        startsAt: number('repaymentStartDateType', 1) === FROM_SUBMISSION ? 'submission' : 'disbursement',
        minimumDaysToFirst: number('minimumDaysBetweenDisbursalAndFirstRepayment'),
        downPaymentPercent: is('enableDownPayment') ? text('disbursedAmountPercentageForDownPayment') : null,
        interestRecalculated: is('isInterestRecalculationEnabled'),
      },
      strategy: text('transactionProcessingStrategyCode') ?? '',
      charges,
      onlyThere: onlyThereOf(is),
      from: text('startDate'),
      until: text('closeDate'),
    },
  ];
}

/** Rates that float, instalments that vary, and loans paid out in parts have terms of their own. */
function onlyThereOf(is: (member: string) => boolean): NotReckoned | null {
  return is('isLinkedToFloatingInterestRates') || is('allowVariableInstallments') || is('multiDisburseLoan') ? 'progressiveTerms' : null;
}

function capital(member: string): string {
  return `${member.charAt(0).toUpperCase()}${member.slice(1)}`;
}
