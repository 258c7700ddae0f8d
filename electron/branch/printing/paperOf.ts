// What a paper of a receipt says, as it goes to the printer now: the words of the receipt in the job's language, whether it is a copy, and where
// the money stands meanwhile.

import { slipLines, slipOfLine, type SlipLine } from '../../../shared/domain/receipts/slipLines.ts';
import type { Receipt } from '../../../shared/domain/records.ts';
import { receiptCode } from '../../../shared/domain/receipts/receiptCode.ts';
import type { PaperWords } from '../../ports/printers.ts';
import type { PrintJob, ReadStore } from '../../ports/store.ts';
import { receiptLine } from '../counter/receiptLine.ts';

export function paperOf(read: ReadStore, receipt: Receipt, job: PrintJob, words: PaperWords): readonly SlipLine[] {
  const whole = receiptLine(read, receipt);
  const isCopy = whole.printedAt !== null;
  const line = isCopy ? job.line : null;
  const stands = line === null ? whole : (whole.postings[line - 1] ?? whole);
  return slipLines(
    line === null ? receipt : slipOfLine(receipt, line),
    { say: words(job.language), writing: { language: job.language, country: read.institutionCountry() }, zone: receipt.zone },
    {
      standing: stands.standing,
      closedAs: stands.closedAs,
      copy: isCopy ? { number: whole.copies + 1, by: read.staff(job.by)?.displayName ?? job.by, at: job.askedAt, line } : null,
      code: receiptCode(receipt),
    },
  );
}
