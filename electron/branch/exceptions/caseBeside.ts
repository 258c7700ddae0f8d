// What whoever decides a case wants beside it: how the client is reached, what else was refused of theirs, and what they owe.

import type { ExceptionView } from '../../../shared/contract/sync.ts';
import { amountOf, signedMinor } from '../../../shared/domain/commands/kinds/allKinds.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import type { ExceptionRecord, ReadStore } from '../../ports/store.ts';
import { loanView } from '../loans/loanView.ts';
import type { BranchParts } from '../parts.ts';

const LOOKED_THROUGH = 200;
const SHOWN = 5;

export function caseBeside(
  read: ReadStore,
  parts: BranchParts,
  exception: ExceptionRecord,
  clientId: LocalId | null,
): NonNullable<ExceptionView['beside']> {
  if (clientId === null) return { phone: null, cases: [], loans: [] };
  const today = currentBusinessDate(read, parts.clock);
  const all = [...read.exceptionsWhere(true, LOOKED_THROUGH), ...read.exceptionsWhere(false, LOOKED_THROUGH)];
  const cases = all.flatMap((other) => {
    const command = other.exceptionId === exception.exceptionId ? null : read.command(other.commandId);
    const receipt = command?.receiptId == null ? null : read.receipt(command.receiptId);
    if (command === null || receipt?.clientId !== clientId) return [];
    return [
      {
        exceptionId: other.exceptionId,
        commandKind: command.kind,
        amountMinor: signedMinor(command.kind, amountOf(command.payload)?.amountMinor ?? 0),
        currency: receipt.currency,
        openedAt: other.openedAt,
        resolution: other.resolution,
      },
    ];
  });
  const loans = read.loansOf(clientId).map((loan) => loanView(read, loan, today));
  return {
    phone: read.client(clientId)?.mobileNo ?? null,
    cases: cases.toSorted((one, other) => other.openedAt - one.openedAt).slice(0, SHOWN),
    loans: loans
      .filter(({ status, outstandingMinor }) => status === 'active' && outstandingMinor > 0)
      .map((loan) => ({
        loanId: loan.loanId,
        accountNo: loan.accountNo,
        productName: loan.productName,
        outstandingMinor: loan.outstandingMinor,
        overdueMinor: loan.overdueMinor,
        daysBehind: loan.daysBehind,
        currency: loan.currency,
      })),
  };
}
