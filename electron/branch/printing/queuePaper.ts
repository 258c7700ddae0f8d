// A receipt's way to paper begins in the transaction that issues it, so that none is forgotten whatever ends in between. While a paper of a
// receipt is on its way no second one is: what is asked for meanwhile is that one.

import type { Receipt } from '../../../shared/domain/records.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { readSetting } from '../../journal/settings.ts';
import type { WriteStore } from '../../ports/store.ts';

/** The original of a receipt that was issued just now, where this PC prints by itself. */
export function queueOriginal(write: WriteStore, receipt: Receipt, by: string): void {
  if (readSetting(write, 'printers')?.byItself === true) queuePaper(write, receipt, by, null, receipt.recordedAt);
}

/** Behind an original that came out of a printer of this PC, where the office keeps a paper of each receipt. It says that it is a copy. */
export function queueOfficeCopy(write: WriteStore, receiptId: LocalId, by: string, at: number): void {
  const receipt = write.receipt(receiptId);
  if (receipt === null || readSetting(write, 'printers')?.officeCopy !== true || write.prints(receiptId).length !== 1) return;
  queuePaper(write, receipt, by, null, at);
}

/** False where no printer is set. */
export function queuePaper(write: WriteStore, { receiptId }: Receipt, by: string, line: number | null, at: number): boolean {
  const printers = readSetting(write, 'printers');
  if (printers === null) return false;
  if (write.printJob(receiptId) !== null) return true;
  write.savePrintJob({
    receiptId,
    line,
    language: printers.language,
    by,
    askedAt: at,
    state: 'waiting',
    tries: 0,
    nextAt: at,
    why: null,
  });
  return true;
}
