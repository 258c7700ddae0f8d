// Papers of which these books cannot know whether they came out: a process ended in the middle of one, or the books are a copy or an older state
// and the paper may have come out elsewhere, or since. None of them is sent again before a person has said that it did not come out.

import type { PrintJob, WriteStore } from '../ports/store.ts';

const JOBS_MOST = 100_000;

export function doubtPrintJobs(write: WriteStore, at: number, why: string, isInDoubt: (job: PrintJob) => boolean = () => true): void {
  for (const job of write.printJobs(JOBS_MOST)) {
    if (job.state !== 'unsure' && isInDoubt(job)) doubtPrintJob(write, job, at, why);
  }
}

export function doubtPrintJob(write: WriteStore, job: PrintJob, at: number, why: string): void {
  write.savePrintJob({ ...job, state: 'unsure', why });
  write.insertPrintSaid({ receiptId: job.receiptId, at, by: job.by, what: 'asked' });
}
