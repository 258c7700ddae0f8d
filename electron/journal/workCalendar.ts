// Which days head office works for this office, from its own lists. What was not read is taken for a head office that closes on no day.

import type { WorkCalendar } from '../../shared/domain/calendar/workCalendar.ts';
import type { ReferenceRow } from '../ports/headOffice.ts';
import type { ReadStore } from '../ports/store.ts';

const EVERY_DAY: readonly number[] = [1, 2, 3, 4, 5, 6, 7];
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const OFF_DAYS = ['sameDay', 'nextWorkingDay', 'nextRepaymentDay', 'previousWorkingDay'] as const;
/** A holiday that somebody activated. */
const ACTIVE = 300;
/** The repayments of that holiday move to the next day on which they are due. */
const TO_NEXT_REPAYMENT = 1;

export function workCalendarOf(read: ReadStore): WorkCalendar {
  const [week] = read.reference('workingDays');
  const settings = new Map(read.reference('configuration').map(({ name, body }) => [name, body]));
  const isOn = (name: string): boolean => settings.get(name)?.['enabled'] === true;
  // A version that has no such setting has no such permission either; only who may not see the settings is not told.
  const allowed = (name: string): boolean | null => (read.shelf('configuration') === null ? null : isOn(name));
  const skip = settings.get('skip-repayment-on-first-day-of-month');
  return {
    workingDays: week === undefined ? EVERY_DAY : weekdaysOf(week),
    offDays: OFF_DAYS[Number(week?.body['repaymentRescheduleType'] ?? 2) - 1] ?? 'nextWorkingDay',
    extendDailyTerm: week?.body['extendTermForDailyRepayments'] === true,
    holidays: read.reference('holidays').flatMap(holidayOf),
    holidaysMoveRepayments: isOn('reschedule-repayments-on-holidays'),
    interestFromDisbursal: isOn('interest-charged-from-date-same-as-disbursal-date'),
    skipFirstOfMonth: skip?.['enabled'] === true ? Number(skip['value'] ?? 0) : null,
    loansOnHolidays: allowed('allow-transactions-on-holiday'),
    loansOnDaysOff: allowed('allow-transactions-on-non-workingday'),
  };
}

/** A rule that names no day of the week, or none that is known, says nothing. */
function weekdaysOf({ name }: ReferenceRow): readonly number[] {
  const named = /BYDAY=([A-Z,]+)/.exec(name)?.[1]?.split(',') ?? [];
  const days = named.flatMap((day) => (WEEKDAYS.includes(day) ? [WEEKDAYS.indexOf(day) + 1] : []));
  return days.length === 0 ? EVERY_DAY : days;
}

function holidayOf({ name, body }: ReferenceRow): WorkCalendar['holidays'] {
  const { fromDate, toDate, repaymentsRescheduledTo, reschedulingType, status } = body;
  if (status !== ACTIVE || typeof fromDate !== 'string' || typeof toDate !== 'string') return [];
  const movedTo = reschedulingType !== TO_NEXT_REPAYMENT && typeof repaymentsRescheduledTo === 'string' ? repaymentsRescheduledTo : null;
  return [{ name, from: fromDate, to: toDate, movedTo }];
}
