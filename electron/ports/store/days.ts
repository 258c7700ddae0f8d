// Business days of the branch.

import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';

export interface DayRecord {
  readonly businessDate: BusinessDate;
  readonly openedAt: number;
  readonly openedBy: string;
  readonly closedAt: number | null;
  readonly closedBy: string | null;
}

export interface DayReads {
  day(businessDate: BusinessDate): DayRecord | null;
  openDay(): DayRecord | null;
  lastDay(): DayRecord | null;
}

export interface DayWrites {
  insertDay(day: DayRecord): void;
  closeDay(businessDate: BusinessDate, closedAt: number, closedBy: string): void;
}
