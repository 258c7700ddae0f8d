// What a schedule is reckoned from, and what it is. Sums are minor units of the loan's currency, rates and percentages decimal text as head
// office writes them, dates business dates. Terms carry what head office's product and the application say; nothing here has a default.

import type { BusinessDate } from '../../kernel/businessDate.ts';

export type Unit = 'days' | 'weeks' | 'months' | 'years';

export interface LoanCurrency {
  readonly decimals: number;
  /** Head office rounds every amount of a currency without decimals to this multiple; 0 when it does not. */
  readonly multipleOf: number;
}

export interface LoanTerms {
  readonly currency: LoanCurrency;
  readonly principalMinor: number;
  readonly scheduleType: 'cumulative' | 'progressive';
  readonly interestMethod: 'declining' | 'flat';
  readonly amortization: 'equalInstallments' | 'equalPrincipal';
  readonly interestPeriod: 'daily' | 'sameAsRepayment';
  /** Same as repayment, but a broken period costs by its days. */
  readonly partialPeriods: boolean;
  readonly equalAmortization: boolean;
  readonly rate: { readonly percent: string; readonly per: Unit | 'term' };
  readonly daysInYear: 'actual' | 360 | 364 | 365;
  readonly daysInMonth: 'actual' | 30;
  readonly installments: number;
  readonly every: number;
  readonly unit: Unit;
  /** The term in `unit`, as the application states it. */
  readonly term: number;
  readonly grace: {
    readonly principal: number;
    readonly interestPayment: number;
    readonly interestCharged: number;
    readonly recurringPrincipal: number;
  };
  /** Set where the officer gave the instalment. */
  readonly fixedInstallmentMinor: number | null;
  readonly fixedPrincipalPercent: string | null;
  /** In whole units of the currency; 0 when instalments are not rounded. */
  readonly installmentMultiple: number;
  /** Percent of an instalment below which a rest is added to it; only with a given instalment. */
  readonly lastThresholdPercent: string;
  readonly submittedOn: BusinessDate;
  readonly disbursedOn: BusinessDate;
  readonly startsAt: 'disbursement' | 'submission';
  readonly firstRepaymentOn: BusinessDate | null;
  readonly interestChargedFrom: BusinessDate | null;
  readonly minimumDaysToFirst: number;
  readonly recursOn: Recurrence | null;
  readonly downPaymentPercent: string | null;
  /** Empty when all is paid out at once. */
  readonly tranches: readonly { readonly on: BusinessDate; readonly amountMinor: number }[];
  readonly charges: readonly LoanCharge[];
  readonly interestRecalculated: boolean;
  readonly calendar: BranchCalendar;
}

/** Instalments on the meetings of a group, or on the nth weekday of the month. */
export interface Recurrence {
  readonly from: BusinessDate;
  readonly rule: MeetingRule;
}

export interface MeetingRule {
  readonly unit: 'days' | 'weeks' | 'months';
  readonly interval: number;
  /** 1 Monday to 7 Sunday; empty for the day of `from`. */
  readonly weekdays: readonly number[];
  /** 1 to 4, or -1 for the last; with one weekday. */
  readonly position: number | null;
  readonly monthDay: number | null;
}

export interface BranchCalendar {
  /** 1 Monday to 7 Sunday. */
  readonly workingDays: readonly number[];
  readonly offDays: 'sameDay' | 'nextWorkingDay' | 'nextRepaymentDay' | 'previousWorkingDay';
  readonly extendDailyTerm: boolean;
  readonly holidays: readonly Holiday[];
  readonly interestFromDisbursal: boolean;
  /** Days by which a meeting on the first of a month is put off; null when it is not. */
  readonly skipFirstOfMonth: number | null;
}

export interface Holiday {
  readonly from: BusinessDate;
  readonly to: BusinessDate;
  /** The day repayments move to; null for the next repayment day. */
  readonly movedTo: BusinessDate | null;
}

export interface LoanCharge {
  readonly due: 'disbursement' | 'tranche' | 'installment' | 'date' | 'overdue';
  /** The day it falls due; only with `date`. */
  readonly on: BusinessDate | null;
  readonly reckonedAs: 'flat' | 'percentOfAmount' | 'percentOfAmountAndInterest' | 'percentOfInterest' | 'percentOfDisbursement';
  /** A sum in whole units, or a percentage. */
  readonly amount: string;
  readonly penalty: boolean;
  readonly cap: { readonly leastMinor: number | null; readonly mostMinor: number | null };
}

/** One row of a schedule that is paid. */
export interface Installment {
  readonly number: number;
  readonly from: BusinessDate;
  readonly dueOn: BusinessDate;
  readonly principalMinor: number;
  readonly interestMinor: number;
  readonly feesMinor: number;
  readonly penaltiesMinor: number;
  /** Of the loan, once it is paid. */
  readonly balanceMinor: number;
  readonly downPayment: boolean;
}

export interface Schedule {
  readonly payouts: readonly { readonly on: BusinessDate; readonly amountMinor: number; readonly feesMinor: number }[];
  readonly installments: readonly Installment[];
  readonly principalMinor: number;
  readonly interestMinor: number;
  /** With those that are taken at disbursement. */
  readonly feesMinor: number;
  readonly penaltiesMinor: number;
  readonly totalMinor: number;
}

/** What head office alone reckons: shown so, never guessed. */
export type NotReckoned =
  | 'interestRecalculation'
  | 'flatEqualAmortization'
  | 'offDaysSameDay'
  | 'neverEnds'
  | 'installmentBelowInterest'
  | 'dueBeforeStart'
  | 'progressiveTerms'
  | 'chargeKind';
