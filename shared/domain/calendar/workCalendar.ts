// The days on which head office works for an office, and what it refuses on the others: loans are neither paid out nor repaid on a holiday or a
// day off unless it is set so, and savings know no such days (contract 2.4).

import { addDays, type BusinessDate } from '../../kernel/businessDate.ts';
import { weekdayOf } from '../schedule/dates.ts';
import type { BranchCalendar, Holiday } from '../schedule/terms.ts';

export interface NamedHoliday extends Holiday {
  readonly name: string;
}

export interface WorkCalendar extends BranchCalendar {
  readonly holidays: readonly NamedHoliday[];
  /** Whether repayments due on a holiday move; where not, a schedule knows no holidays. */
  readonly holidaysMoveRepayments: boolean;
  /** Whether loans are paid out and repaid on such days all the same; null where this branch is not told. */
  readonly loansOnHolidays: boolean | null;
  readonly loansOnDaysOff: boolean | null;
}

export interface ClosedDay {
  readonly why: 'holiday' | 'dayOff';
  /** The holiday's name; empty of a day off. */
  readonly name: string;
  /** False where head office may be set to allow it and this branch is not told. */
  readonly certain: boolean;
}

/** Why head office refuses what is done to loans on that day; null where it does not. */
export function closedOn(calendar: WorkCalendar, date: BusinessDate): ClosedDay | null {
  const holiday = calendar.holidays.find(({ from, to }) => from <= date && date <= to);
  if (holiday !== undefined && calendar.loansOnHolidays !== true)
    return { why: 'holiday', name: holiday.name, certain: calendar.loansOnHolidays === false };
  if (!calendar.workingDays.includes(weekdayOf(date)) && calendar.loansOnDaysOff !== true)
    return { why: 'dayOff', name: '', certain: calendar.loansOnDaysOff === false };
  return null;
}

/** So many days in a row that are all closed are a list gone wrong. */
const LOOKED_AT = 31;

/** The first day after that one on which head office works; the very next where there is none within a month. */
export function nextOpenDay(calendar: WorkCalendar, after: BusinessDate): BusinessDate {
  for (let days = 1; days <= LOOKED_AT; days += 1) {
    const date = addDays(after, days);
    if (closedOn(calendar, date) === null) return date;
  }
  return addDays(after, 1);
}

/** What a schedule asks of it. */
export function scheduleCalendar(calendar: WorkCalendar): BranchCalendar {
  return calendar.holidaysMoveRepayments ? calendar : { ...calendar, holidays: [] };
}
