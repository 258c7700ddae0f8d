// Business days of the branch.

import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';

export interface DayRecord {
  readonly businessDate: BusinessDate;
  readonly openedAt: number;
  readonly openedBy: string;
  readonly closedAt: number | null;
  readonly closedBy: string | null;
}

/** A day that a wrong clock opened. While it has not opened again on its own date, it hinders no other day. */
export interface DayInError {
  readonly businessDate: BusinessDate;
  readonly saidAt: number;
  readonly saidBy: string;
  readonly reason: string;
  readonly openedAgainAt: number | null;
  readonly openedAgainBy: string | null;
}

/** A manager took the close of a day back: the report that it had made stays as it is, and the next close makes another. */
export interface DayReopening {
  /** The number of that report. */
  readonly report: string;
  readonly businessDate: BusinessDate;
  readonly reopenedAt: number;
  readonly reopenedBy: string;
  readonly reason: string;
}

export interface DayReads {
  day(businessDate: BusinessDate): DayRecord | null;
  openDay(): DayRecord | null;
  /** The latest by its date; one that stands closed as an error is no day. */
  lastDay(): DayRecord | null;
  /** The last that was said of that day. */
  dayInError(businessDate: BusinessDate): DayInError | null;
  /** In the order in which their reports were made. */
  dayReopenings(businessDate: BusinessDate): readonly DayReopening[];
}

export interface DayWrites {
  insertDay(day: DayRecord): void;
  closeDay(businessDate: BusinessDate, closedAt: number, closedBy: string): void;
  insertDayInError(day: DayInError): void;
  /** A closed day that stands as an error opens on its own date. */
  openDayAgain(businessDate: BusinessDate, at: number, by: string): void;
  /** A closed day opens, and the newest report of it is taken back. */
  reopenDay(reopening: DayReopening): void;
}
