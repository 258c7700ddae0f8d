// Receipts again: listed, shown, and counted each time paper came out. The record itself never changes (I8).

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { answerPrintJob } from '../printing/answerPrintJob.ts';
import { receiptLine } from '../counter/receiptLine.ts';
import type { BranchParts } from '../parts.ts';
import type { Session } from '../session/sessions.ts';

type Receipts = BranchContract['receipts'];

export function listReceipts(parts: BranchParts, session: Session, input: ParsedInputOf<Receipts['list']>): AnswerOf<Receipts['list']> {
  return parts.store.read((read) => {
    const { rows, total } = read.receipts({
      businessDate: input.businessDate,
      username: input.mine ? session.username : undefined,
      offset: input.offset,
      most: input.most,
    });
    return ok({ lines: rows.map((receipt) => receiptLine(read, receipt)), total });
  });
}

export function showReceipt(parts: BranchParts, input: ParsedInputOf<Receipts['show']>): AnswerOf<Receipts['show']> {
  return parts.store.read((read) => {
    const receipt = read.receipt(input.receiptId);
    return receipt === null ? refuse({ code: 'receipt.unknown' }) : ok(receiptLine(read, receipt));
  });
}

export function markPrinted(
  parts: BranchParts,
  session: Session,
  input: ParsedInputOf<Receipts['markPrinted']>,
): AnswerOf<Receipts['markPrinted']> {
  return parts.store.write((write) => {
    const receipt = write.receipt(input.receiptId);
    if (receipt === null) return refuse({ code: 'receipt.unknown' });
    // What the printer is being sent this moment is not answered for it: it is counted when it is known.
    if (write.printJob(receipt.receiptId)?.state === 'printing') return ok(receiptLine(write, receipt));
    const said = { receiptId: receipt.receiptId, at: parts.clock.now(), by: session.username };
    write.insertPrintSaid({ ...said, what: input.what });
    if (input.what === 'cameOut') write.insertPrint({ ...said, copy: write.prints(receipt.receiptId).length });
    answerPrintJob(write, receipt.receiptId, input.what, said.at);
    return ok(receiptLine(write, receipt));
  });
}
