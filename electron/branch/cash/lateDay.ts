// Work after the close of a day goes on the next business date, marked: that day is opened before its date by a named person, who says by it that
// receipts are dated so, and it is not closed before it has begun.

import { nextOpenDay } from '../../../shared/domain/calendar/workCalendar.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import { readSetting, saveSetting } from '../../journal/settings.ts';
import { workCalendarOf } from '../../journal/workCalendar.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ReadStore, WriteStore } from '../../ports/store.ts';
import { sayDateOfLateDay } from './dateDoubt.ts';

/** The day of the calendar was closed, and stands closed. */
function isOver(read: ReadStore, today: BusinessDate): boolean {
  const known = read.day(today);
  return known !== null && known.closedAt !== null && read.dayInError(today)?.openedAgainAt !== null;
}

/** The date on which late work goes; null while the calendar's day is not over, and while a day is open. */
export function lateDateNow(read: ReadStore, today: BusinessDate): BusinessDate | null {
  return read.openDay() === null && isOver(read, today) ? nextOpenDay(workCalendarOf(read), today) : null;
}

/** In the transaction in which that day is opened. */
export function saveLateDay(write: WriteStore, clock: Clock, businessDate: BusinessDate, by: string, at: number): void {
  saveSetting(write, 'lateDay', { businessDate, by, at });
  sayDateOfLateDay(write, clock, businessDate, by, at);
}

/** The calendar day after whose close a fact of that business day is recorded now; null of usual work. */
export function afterHoursOf(read: ReadStore, clock: Clock, businessDate: BusinessDate): BusinessDate | null {
  const today = clock.localDate(clock.now());
  return today < businessDate && readSetting(read, 'lateDay')?.businessDate === businessDate ? today : null;
}
