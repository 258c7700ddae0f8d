// Dates as head office wants and gives them: text with its pattern beside it going out, lists of numbers coming in (contract 2).
// Only calendar days pass here; a time of day travels in notes and marker rows.

import { addDays, isBusinessDate } from '../../shared/kernel/businessDate.ts';
import type { BusinessDate } from '../../shared/kernel/businessDate.ts';

/** Stands in every body that carries a date or a number. */
export const DATE_FORMAT = { locale: 'en', dateFormat: 'yyyy-MM-dd' } as const;

/** Frequency types of head office: 0 days, 1 weeks, 2 months, 3 years; a missing day of a month becomes its last. */
export function addPeriod(from: BusinessDate, count: number, frequencyType: number): BusinessDate | null {
  if (!Number.isSafeInteger(count) || count < 0 || count > 10_000) return null;
  if (frequencyType === 0) return addDays(from, count);
  if (frequencyType === 1) return addDays(from, count * 7);
  if (frequencyType !== 2 && frequencyType !== 3) return null;
  const months = Number(from.slice(0, 4)) * 12 + Number(from.slice(5, 7)) - 1 + (frequencyType === 2 ? count : count * 12);
  const month = `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}`;
  for (let day = Number(from.slice(8, 10)); day >= 28; day -= 1) {
    const date = `${month}-${String(day).padStart(2, '0')}`;
    if (isBusinessDate(date)) return date;
  }
  const date = `${month}-${from.slice(8, 10)}`;
  return isBusinessDate(date) ? date : null;
}
