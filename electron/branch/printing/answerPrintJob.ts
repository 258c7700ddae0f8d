// What a person said of a paper, for the one that is on its way: it is done, or goes once more as what it was.

import type { PrintSaid } from '../../../shared/domain/records.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import type { WriteStore } from '../../ports/store.ts';
import { queueOfficeCopy } from './queuePaper.ts';

export function answerPrintJob(write: WriteStore, receiptId: LocalId, said: PrintSaid, at: number): void {
  const job = write.printJob(receiptId);
  // What the printer is being sent this moment is not answered for it.
  if (job === null || job.state === 'printing') return;
  if (said === 'cameOut') {
    write.deletePrintJob(receiptId);
    queueOfficeCopy(write, receiptId, job.by, at);
  }
  if (said === 'didNot') write.savePrintJob({ ...job, state: 'waiting', tries: 0, nextAt: at, why: null });
}
