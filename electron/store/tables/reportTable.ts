// Z reports and their papers.

import type { ReportReads, ReportWrites } from '../../ports/store.ts';
import { journalReportPrints } from '../schema/journal/reportPrints.ts';
import { journalReports } from '../schema/journal/reports.ts';
import { insertInto, selectFrom } from '../statements.ts';
import type { Session } from '../statements.ts';

export function readReports(session: Session): ReportReads {
  const last = selectFrom(session, journalReports, 'ORDER BY sequence DESC LIMIT 1');
  const byNumber = selectFrom(session, journalReports, 'WHERE number = ?');
  const ofDrawer = selectFrom(session, journalReports, 'WHERE drawer_id = ?');
  const onDate = selectFrom(session, journalReports, 'WHERE business_date = ? ORDER BY sequence');
  const prints = selectFrom(session, journalReportPrints, 'WHERE number = ? ORDER BY copy');
  return {
    lastReport: () => last.one(),
    report: (number) => byNumber.one(number),
    reportOfDrawer: (drawerId) => ofDrawer.one(drawerId),
    reportsOf: (businessDate) => onDate.all(businessDate),
    reportPrints: (number) => prints.all(number).map(({ position: _position, ...print }) => print),
  };
}

export function writeReports(session: Session): ReportWrites {
  return {
    insertReport: insertInto(session, journalReports),
    insertReportPrint: insertInto(session, journalReportPrints),
  };
}
