// Z reports, one for each close, and the papers of them.

import type { DayReport } from '../../../shared/domain/cash/dayReport.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';

export interface ReportRecord {
  /** Counts from 1 over all days. */
  readonly sequence: number;
  readonly number: string;
  /** Null where it is of the whole day. */
  readonly drawerId: LocalId | null;
  readonly businessDate: BusinessDate;
  readonly body: DayReport;
  readonly hash: string;
}

export interface ReportPrint {
  readonly number: string;
  readonly at: number;
  readonly by: string;
  /** 0: the original. */
  readonly copy: number;
}

export interface ReportReads {
  lastReport(): ReportRecord | null;
  report(number: string): ReportRecord | null;
  reportOfDrawer(drawerId: LocalId): ReportRecord | null;
  /** In the order in which they were made. */
  reportsOf(businessDate: BusinessDate): readonly ReportRecord[];
  reportPrints(number: string): readonly ReportPrint[];
}

export interface ReportWrites {
  insertReport(report: ReportRecord): void;
  insertReportPrint(print: ReportPrint): void;
}
