// Papers that wait for their printer.

import type { PrintJobReads, PrintJobWrites } from '../../ports/store.ts';
import { localPrintJobs } from '../schema/local/printJobs.ts';
import { change, insertInto, numberOf, replacing, selectFrom } from '../statements.ts';
import type { Session } from '../statements.ts';

export function readPrintJobs(session: Session): PrintJobReads {
  const one = selectFrom(session, localPrintJobs, 'WHERE receipt_id = ?');
  const all = selectFrom(session, localPrintJobs, 'ORDER BY asked_at, rowid LIMIT ?');
  const count = numberOf(session, 'SELECT count(*) FROM local_print_jobs');
  return {
    printJob: (receiptId) => one.one(receiptId),
    printJobs: (most) => all.all(most),
    countPrintJobs: () => count() ?? 0,
  };
}

export function writePrintJobs(session: Session): PrintJobWrites {
  const remove = change(session, 'DELETE FROM local_print_jobs WHERE receipt_id = ?');
  return {
    savePrintJob: insertInto(session, localPrintJobs, replacing(localPrintJobs, 'receipt_id')),
    deletePrintJob: (receiptId) => void remove(receiptId),
  };
}
