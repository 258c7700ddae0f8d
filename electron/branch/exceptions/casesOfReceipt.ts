// The open cases of one receipt. Each line has a case of its own; money that goes back for several of them at once goes back on one paper.

import type { CommandRecord } from '../../../shared/domain/commands/command.ts';
import { placedPostings, type PlacedPosting } from '../../../shared/domain/receipts/lines.ts';
import type { Receipt } from '../../../shared/domain/records.ts';
import type { ExceptionRecord, ReadStore } from '../../ports/store.ts';

export interface CaseOfReceipt {
  readonly exception: ExceptionRecord;
  readonly command: CommandRecord;
  readonly placed: PlacedPosting;
}

/** Those whose money may go back together: head office holds none of them. In the order of the paper. */
export function casesOfReceipt(read: ReadStore, receipt: Receipt): readonly CaseOfReceipt[] {
  return placedPostings(receipt).flatMap((placed): CaseOfReceipt[] => {
    const { commandId } = placed.posting;
    const exception = commandId === null ? null : read.openExceptionOf(commandId);
    const command = commandId === null ? null : read.command(commandId);
    return exception === null || command === null || exception.kind === 'postedAfterAll' ? [] : [{ exception, command, placed }];
  });
}
