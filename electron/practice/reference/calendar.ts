// On which days head office works: an office's holidays and the days of the week. Only loans ask.
import type { HeadOffice } from '../call.ts';
import { dayNumber } from '../dates.ts';

export const HOLIDAY_ACTIVE = 300;

/** Whether an active holiday of the office covers the date. */
export function isHoliday(office: HeadOffice, officeId: number, date: string): boolean {
  return (
    office.book.get(
      `SELECT 1 FROM holiday h JOIN holiday_office o ON o.holiday_id = h.id WHERE o.office_id = ? AND h.status = ? AND h.from_date <= ? AND h.to_date >= ?`,
      officeId,
      HOLIDAY_ACTIVE,
      date,
      date,
    ) !== undefined
  );
}

const EVERY_DAY = 'FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,TU,WE,TH,FR,SA,SU';
const DAYS = ['TH', 'FR', 'SA', 'SU', 'MO', 'TU', 'WE'] as const;

export function workingDays(office: HeadOffice): string {
  const row = office.book.get(`SELECT value FROM setting WHERE name = 'working_days'`) as { value: string } | undefined;
  return row?.value ?? EVERY_DAY;
}

export function isWorkingDay(office: HeadOffice, date: string): boolean {
  const days = /BYDAY=([A-Z,]+)/.exec(workingDays(office))?.[1] ?? '';
  // Day 0, 1 January 1970, was a Thursday.
  return days.split(',').includes(DAYS[dayNumber(date) % 7] ?? '');
}
