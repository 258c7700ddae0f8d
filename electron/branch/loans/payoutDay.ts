// Whether a loan may be promised for that day: on a holiday or a day off head office takes nothing for loans.

import type { Refusal } from '../../../shared/contract/define.ts';
import { closedOn } from '../../../shared/domain/calendar/workCalendar.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import { workCalendarOf } from '../../journal/workCalendar.ts';
import type { ReadStore } from '../../ports/store.ts';

export function payoutDayRefused(read: ReadStore, on: BusinessDate): Refusal<'loan.onHoliday' | 'loan.onDayOff'> | null {
  const closed = closedOn(workCalendarOf(read), on);
  if (closed?.certain !== true) return null;
  return closed.why === 'holiday' ? { code: 'loan.onHoliday', facts: { holiday: closed.name } } : { code: 'loan.onDayOff' };
}
