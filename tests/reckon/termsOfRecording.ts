// A recorded `calculateLoanSchedule`, read as the terms that Tawi reckons from. Enumerations are head office's numbers (contract 6.7).

import Big from 'big.js';
import type { BusinessDate } from '../../shared/kernel/businessDate.ts';
import type { BranchCalendar, Holiday, LoanCharge, LoanTerms, MeetingRule, Recurrence, Unit } from '../../shared/domain/schedule/terms.ts';

type Fields = Readonly<Record<string, unknown>>;

export interface RecordedSchedule {
  readonly name: string;
  readonly currency: { readonly decimals: number; readonly inMultiplesOf: number };
  readonly recalculation: boolean;
  readonly product: Fields;
  readonly request: Fields;
  readonly charges?: readonly Fields[];
  readonly holidays?: readonly Fields[];
  readonly meetingCalendar?: { readonly startDate: string; readonly recurrence: string };
  readonly environment?: {
    readonly workingDays?: {
      readonly recurrence: string;
      readonly repaymentRescheduleType: number;
      readonly extendTermForDailyRepayments?: boolean;
    };
    readonly config?: Readonly<Record<string, readonly unknown[]>>;
  };
  readonly response?: { readonly periods: readonly Fields[] } & Fields;
  readonly refused?: { readonly httpStatus: number; readonly code: string };
}

const UNITS: readonly Unit[] = ['days', 'weeks', 'months', 'years'];
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const OFF_DAYS = ['sameDay', 'nextWorkingDay', 'nextRepaymentDay', 'previousWorkingDay'] as const;
const CHARGE_DUE: Readonly<Record<number, LoanCharge['due']>> = {
  1: 'disbursement',
  2: 'date',
  8: 'installment',
  9: 'overdue',
  12: 'tranche',
};
const RECKONED_AS = ['flat', 'percentOfAmount', 'percentOfAmountAndInterest', 'percentOfInterest', 'percentOfDisbursement'] as const;

/** Half-even, as head office makes money of what it is sent. */
export function toMinor(amount: string, decimals: number): number {
  return new Big(amount)
    .round(decimals, 2)
    .times(10 ** decimals)
    .toNumber();
}

function text(value: unknown): string {
  return typeof value === 'number' ? String(value) : typeof value === 'string' ? value : '0';
}

function number(value: unknown, otherwise = 0): number {
  return value === undefined || value === null ? otherwise : Number(value);
}

function date(value: unknown): BusinessDate | null {
  return typeof value === 'string' ? value : null;
}

function unit(value: unknown): Unit {
  return UNITS[number(value)] ?? 'months';
}

export function meetingRuleOf(recurrence: string): MeetingRule {
  const parts = new Map(recurrence.split(';').map((part) => part.split('=') as [string, string]));
  const units = { DAILY: 'days', WEEKLY: 'weeks', MONTHLY: 'months' } as const;
  const position = parts.get('BYSETPOS');
  const monthDay = parts.get('BYMONTHDAY');
  return {
    unit: Object.entries(units).find(([name]) => name === parts.get('FREQ'))?.[1] ?? 'weeks',
    interval: Number(parts.get('INTERVAL') ?? '1'),
    weekdays: (parts.get('BYDAY') ?? '').split(',').flatMap((day) => (day === '' ? [] : [WEEKDAYS.indexOf(day) + 1])),
    position: position === undefined ? null : Number(position),
    monthDay: monthDay === undefined ? null : Number(monthDay),
  };
}

function calendarOf(recorded: RecordedSchedule): BranchCalendar {
  const { workingDays, config = {} } = recorded.environment ?? {};
  const isOn = (name: string): boolean => config[name]?.[0] === true;
  const skip = config['skip-repayment-on-first-day-of-month'];
  const meets = recorded.meetingCalendar !== undefined;
  return {
    workingDays: workingDays === undefined ? [1, 2, 3, 4, 5, 6, 7] : [...meetingRuleOf(workingDays.recurrence).weekdays],
    offDays: OFF_DAYS[number(workingDays?.repaymentRescheduleType, 2) - 1] ?? 'nextWorkingDay',
    extendDailyTerm: workingDays?.extendTermForDailyRepayments === true,
    holidays: isOn('reschedule-repayments-on-holidays') ? (recorded.holidays ?? []).map(holidayOf) : [],
    interestFromDisbursal: isOn('interest-charged-from-date-same-as-disbursal-date'),
    skipFirstOfMonth: skip?.[0] === true && meets ? number(skip[1]) : null,
  };
}

function holidayOf(holiday: Fields): Holiday {
  const movedTo = number(holiday['reschedulingType'], 2) === 1 ? null : date(holiday['repaymentsRescheduledTo']);
  return { from: text(holiday['fromDate']), to: text(holiday['toDate']), movedTo };
}

function recurrenceOf(recorded: RecordedSchedule, start: BusinessDate): Recurrence | null {
  const { request, meetingCalendar } = recorded;
  if (meetingCalendar !== undefined) return { from: meetingCalendar.startDate, rule: meetingRuleOf(meetingCalendar.recurrence) };
  const nth = request['repaymentFrequencyNthDayType'];
  if (nth === undefined || unit(request['repaymentFrequencyType']) !== 'months') return null;
  const weekday = number(request['repaymentFrequencyDayOfWeekType']);
  return {
    from: date(request['repaymentsStartingFromDate']) ?? start,
    rule: { unit: 'months', interval: number(request['repaymentEvery'], 1), weekdays: [weekday], position: number(nth), monthDay: null },
  };
}

/** A definition of head office, with the day and the sum that the loan gave it. */
export function chargeOf(definition: Fields, on: BusinessDate | null, amount: unknown, minor: (value: unknown) => number): LoanCharge {
  const capOf = (value: unknown): number | null => (value === undefined || value === null ? null : minor(value));
  return {
    due: CHARGE_DUE[number(definition['chargeTimeType'])] ?? 'overdue',
    on,
    reckonedAs: RECKONED_AS[number(definition['chargeCalculationType'], 1) - 1] ?? 'flat',
    amount: text(amount),
    penalty: definition['penalty'] === true,
    cap: { leastMinor: capOf(definition['minCap']), mostMinor: capOf(definition['maxCap']) },
  };
}

function chargesOf(recorded: RecordedSchedule, minor: (value: unknown) => number): readonly LoanCharge[] {
  const named = (recorded.request['charges'] ?? []) as readonly Fields[];
  return named.flatMap((charge) => {
    const definition = recorded.charges?.find((each) => each['chargeId'] === charge['chargeId']);
    return definition === undefined ? [] : [chargeOf(definition, date(charge['dueDate']), charge['amount'] ?? definition['amount'], minor)];
  });
}

export function termsOfRecording(recorded: RecordedSchedule): LoanTerms {
  const { product, request, currency } = recorded;
  const minor = (value: unknown): number => toMinor(text(value), currency.decimals);
  const minorOrNull = (value: unknown): number | null => (value === undefined || value === null ? null : minor(value));
  const submittedOn = date(request['submittedOnDate']) ?? '';
  const disbursedOn = date(request['expectedDisbursementDate']) ?? submittedOn;
  const startsAt = number(product['repaymentStartDateType'], 1) === 2 ? 'submission' : 'disbursement';
  const days = number(product['daysInYearType'], 1);
  const rateUnit = number(product['interestRateFrequencyType']);
  const tranches = product['multiDisburseLoan'] === true ? ((request['disbursementData'] ?? []) as readonly Fields[]) : [];
  const declaresInstalment = request['fixedEmiAmount'] !== undefined;
  return {
    currency: { decimals: currency.decimals, multipleOf: currency.inMultiplesOf },
    principalMinor: minor(request['principal']),
    scheduleType: product['loanScheduleType'] === 'PROGRESSIVE' ? 'progressive' : 'cumulative',
    interestMethod: number(request['interestType']) === 0 ? 'declining' : 'flat',
    amortization: number(request['amortizationType']) === 1 ? 'equalInstallments' : 'equalPrincipal',
    interestPeriod: number(request['interestCalculationPeriodType']) === 0 ? 'daily' : 'sameAsRepayment',
    partialPeriods: (request['allowPartialPeriodInterestCalcualtion'] ?? product['allowPartialPeriodInterestCalcualtion']) === true,
    equalAmortization: request['isEqualAmortization'] === true,
    rate: { percent: text(request['interestRatePerPeriod']), per: rateUnit === 4 ? 'term' : unit(rateUnit) },
    daysInYear: days === 360 || days === 364 || days === 365 ? days : 'actual',
    daysInMonth: number(product['daysInMonthType'], 1) === 30 ? 30 : 'actual',
    installments: number(request['numberOfRepayments']),
    every: number(request['repaymentEvery'], 1),
    unit: unit(request['repaymentFrequencyType']),
    term: number(request['loanTermFrequency']),
    grace: {
      principal: number(request['graceOnPrincipalPayment']),
      interestPayment: number(request['graceOnInterestPayment']),
      interestCharged: number(request['graceOnInterestCharged']),
      recurringPrincipal: number(request['recurringMoratoriumOnPrincipalPeriods']),
    },
    fixedInstallmentMinor: declaresInstalment ? minorOrNull(request['fixedEmiAmount']) : null,
    fixedPrincipalPercent:
      request['fixedPrincipalPercentagePerInstallment'] === undefined ? null : text(request['fixedPrincipalPercentagePerInstallment']),
    installmentMultiple: number(product['installmentAmountInMultiplesOf']),
    lastThresholdPercent: text(product['principalThresholdForLastInstallment'] ?? (product['multiDisburseLoan'] === true ? 50 : 0)),
    submittedOn,
    disbursedOn,
    startsAt,
    firstRepaymentOn: date(request['repaymentsStartingFromDate']),
    interestChargedFrom: date(request['interestChargedFromDate']),
    minimumDaysToFirst: number(product['minimumDaysBetweenDisbursalAndFirstRepayment']),
    recursOn: recurrenceOf(recorded, startsAt === 'submission' ? submittedOn : disbursedOn),
    downPaymentPercent: product['enableDownPayment'] === true ? text(product['disbursedAmountPercentageForDownPayment']) : null,
    tranches: tranches.map((each) => ({ on: date(each['expectedDisbursementDate']) ?? '', amountMinor: minor(each['principal']) })),
    charges: chargesOf(recorded, minor),
    interestRecalculated: recorded.recalculation,
    calendar: calendarOf(recorded),
  };
}
